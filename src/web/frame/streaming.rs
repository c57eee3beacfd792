//! Files that are made while they are fetched. Whoever takes a piece has the next one made; whoever is slow holds the
//! place of the last row, and neither a thread nor a connection.

use super::error::{Problem, causes};
use super::reply::{Body, Reply};
use super::site::Shared;
use actions::exports::{Export, Piece};
use actions::{self, House};
use actix_web::error::BlockingError;
use actix_web::rt::time::sleep;
use actix_web::web::{self, Bytes};
use futures_util::stream::{self, Stream, StreamExt as _};
use std::future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Pieces that are made at the same time: half of the connections that a server has by default. Those who want one more
/// wait for their turn, first come, first served.
const AT_ONCE: usize = 4;

/// How long after a failure that passes the same piece is asked for again; after the last time the file is cut.
const PATIENCE: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(6)];

/// Bytes that a reader gets at once who could not tell a file that was cut from a whole one.
const WHOLE_AT_MOST: usize = 8 * 1024 * 1024;

/// The turns of those who fetch files, of one server.
#[derive(Debug)]
pub struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

/// Why a file ended before its end. The connection is closed without the mark of the end: whoever fetches it sees that
/// something is missing.
#[derive(Debug, thiserror::Error)]
#[error("the file was cut")]
pub struct Cut;

struct UnderWay {
    export: Export,
    shared: Shared,
    /// The path of the route, for the log.
    pattern: String,
}

/// The pieces of a file, each made when the one before was taken.
pub fn stream(
    first: Vec<u8>,
    export: Export,
    shared: &Shared,
    pattern: &str,
) -> impl Stream<Item = Result<Bytes, Cut>> + use<> {
    let under_way = UnderWay { export, shared: Arc::clone(shared), pattern: pattern.to_owned() };
    let first = stream::once(future::ready(Ok(Bytes::from(first))));
    first.chain(stream::try_unfold(Some(under_way), |under_way| async move {
        match under_way {
            Some(under_way) => under_way.go_on().await.map(Some),
            None => Ok(None),
        }
    }))
}

impl UnderWay {
    async fn go_on(mut self) -> Result<(Bytes, Option<Self>), Cut> {
        let (shared, pattern) = (Arc::clone(&self.shared), self.pattern.clone());
        let cut = |why: &dyn std::error::Error| {
            shared.1.metrics.count_cut();
            tracing::error!(door = %pattern, "a file was cut: {why}{}", causes(why));
            Cut
        };
        let mut waits = PATIENCE.into_iter();
        loop {
            // A piece that fell took along what would make it again.
            let (under_way, made) = self.piece().await.map_err(|fallen| cut(&fallen))?;
            self = under_way;
            match (made, waits.next()) {
                (Ok(Piece { bytes, is_last }), _) => {
                    return Ok((Bytes::from(bytes), (!is_last).then_some(self)));
                }
                (Err(actions::Error::Store(store::Error::Busy(_))), Some(wait)) => sleep(wait).await,
                (Err(error), _) => return Err(cut(&error)),
            }
        }
    }

    /// Itself with the next piece, once it is its turn; the turn is over with the piece.
    async fn piece(mut self) -> Result<(Self, actions::Done<Piece>), BlockingError> {
        let shared = Arc::clone(&self.shared);
        // Nobody closes the queue.
        let _turn = shared.1.turns.0.acquire().await;
        let made = web::block(move || {
            let made = self.export.next(&self.shared.0);
            (self, made)
        });
        made.await
    }
}

/// A file in pieces as one that has its length, for those who would not notice that it was cut.
pub fn whole(reply: Reply, house: &House) -> Result<Reply, Problem> {
    let Reply { body: Body::Pieces(mut bytes, mut export), .. } = reply else { return Ok(reply) };
    loop {
        let Piece { bytes: more, is_last } = export.next(house)?;
        bytes.extend(more);
        if bytes.len() > WHOLE_AT_MOST {
            return Err(Problem::OldProtocol);
        }
        if is_last {
            return Ok(Reply { body: Body::Whole(bytes), ..reply });
        }
    }
}
