//! Many requests at once, on one thread.

// A vocabulary for all harnesses: not each word is said in each.
#![allow(dead_code)]

use crate::client;
use actix_web::rt::net::TcpStream;
use actix_web::rt::{System, spawn};
use std::cell::RefCell;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub address: SocketAddr,
    pub connections: usize,
    pub seconds: f64,
}

/// What came of a load.
#[derive(Debug, Default, Clone)]
pub struct Outcome {
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
    /// Of the body, on average.
    pub bytes: usize,
    /// Questions to the database, on average.
    pub queries: usize,
    pub answers: usize,
    /// Answers of 400 and above.
    pub refused: usize,
}

impl Outcome {
    /// Microseconds of a time that went into all answers.
    pub fn each(&self, all: Duration) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "an average")]
        let answers = self.answers.max(1) as f64;
        all.as_secs_f64() * 1e6 / answers
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(
            f,
            "{:.0} a second, p50 {:.2} ms, p99 {:.2} ms",
            self.per_second,
            millis(self.p50),
            millis(self.p99)
        )
    }
}

#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    bytes: usize,
    queries: usize,
    refused: usize,
}

impl Load {
    /// The same request from every connection, until the time is over.
    pub fn again_and_again(&self, request: &[u8]) -> Outcome {
        let until = Instant::now() + Duration::from_secs_f64(self.seconds);
        let request = request.to_vec();
        self.drive(move |_| (Instant::now() < until).then(|| request.clone()))
    }

    /// Each of these once, over all connections.
    pub fn all_of(&self, requests: Vec<Vec<u8>>) -> Outcome {
        let mut requests = requests.into_iter();
        self.drive(move |_| requests.next())
    }

    /// What `next` gives for its number, until it gives nothing.
    fn drive(&self, next: impl FnMut(usize) -> Option<Vec<u8>> + 'static) -> Outcome {
        let next = Rc::new(RefCell::new((0, next)));
        let seen = Rc::new(RefCell::new(Seen::default()));
        let began = Instant::now();
        System::new().block_on(async {
            let clients: Vec<_> = (0..self.connections)
                .map(|_| {
                    let (next, seen, address) = (Rc::clone(&next), Rc::clone(&seen), self.address);
                    spawn(async move {
                        let mut stream = TcpStream::connect(address).await.expect("the server listens");
                        stream.set_nodelay(true).expect("a socket");
                        let mut buffer = Vec::new();
                        loop {
                            let request = {
                                let mut next = next.borrow_mut();
                                let number = next.0;
                                next.0 += 1;
                                (next.1)(number)
                            };
                            let Some(request) = request else { break };
                            let sent = Instant::now();
                            let (status, body, queries) =
                                exchange(&mut stream, &request, &mut buffer).await.expect("an answer");
                            let mut seen = seen.borrow_mut();
                            seen.times.push(sent.elapsed());
                            seen.bytes += body;
                            seen.queries += queries;
                            seen.refused += usize::from(status >= 400);
                        }
                    })
                })
                .collect();
            for client in clients {
                client.await.expect("a client");
            }
        });
        let took = began.elapsed().as_secs_f64();
        let mut seen = seen.borrow_mut();
        seen.times.sort_unstable();
        let answers = seen.times.len();
        let at = |share: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let place = (answers as f64 * share) as usize;
            seen.times.get(place.min(answers.saturating_sub(1))).copied().unwrap_or_default()
        };
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let per_second = answers as f64 / took;
        let average = |sum: usize| sum.checked_div(answers).unwrap_or_default();
        let (bytes, queries) = (average(seen.bytes), average(seen.queries));
        Outcome { per_second, p50: at(0.5), p99: at(0.99), bytes, queries, answers, refused: seen.refused }
    }
}

/// One request and its answer: the status, the bytes of the body, the questions to the database.
async fn exchange(
    stream: &mut TcpStream,
    request: &[u8],
    buffer: &mut Vec<u8>,
) -> io::Result<(u16, usize, usize)> {
    let mut rest = request;
    while !rest.is_empty() {
        stream.writable().await?;
        match stream.try_write(rest) {
            Ok(written) => rest = &rest[written..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    buffer.clear();
    let mut part = vec![0; 16 * 1024];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut part) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => buffer.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        if let Some((head, body)) = client::measure(buffer) {
            let head = std::str::from_utf8(&buffer[..head]).unwrap_or_default();
            let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
            return Ok((status, body, client::queries(head).unwrap_or_default()));
        }
    }
}
