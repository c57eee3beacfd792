//! What everyone may fetch to check a badge without us: the keys of a certifier, and what it revoked.

use super::making::pair;
use crate::{Done, House, keys};
use credentials::badges::{self, Issued};
use domain::access::{Action, Actor};
use domain::badges::StatusList;
use domain::calendar::Instant;
use domain::certificates::Issuer;
use domain::ids::StatusListId;
use domain::keys::{KeyPurpose, PublicKey};
use store::certificates::{Draft, Published};
use store::{self, Conn};

/// Days for which a published list may be relied on.
pub const LIST_DAYS: i64 = 7;
/// It is signed anew when fewer are left.
const FEW_DAYS: i64 = 4;
/// Clocks of others may be behind ours.
const SLOW_CLOCK_MINUTES: i64 = 5;

/// Signs every list anew that changed, or that ends soon. Answers how many, or the last failure.
pub fn publish(house: &House) -> Done<usize> {
    Actor::HOUSE.may(Action::PublishLists)?;
    let before = house.clock.now().plus_days(FEW_DAYS);
    let due = house.store.read(|conn| store::certificates::lists_due(conn, before))?;
    let (mut signed, mut failed) = (0, None);
    for id in due {
        match publish_one(house, id) {
            Ok(()) => signed += 1,
            // One certifier's keys keep none of the others waiting.
            Err(error) => {
                tracing::warn!("status list {id} is not signed anew: {error}");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(signed), Err)
}

fn publish_one(house: &House, id: StatusListId) -> Done<()> {
    let draft = house.store.read(|conn| store::certificates::draft(conn, id))?;
    let until = house.clock.now().plus_days(LIST_DAYS);
    let Issued { document, token } = signed(house, &draft, until)?;
    let copy = Published { document, token, valid_until: until };
    house.act(&Actor::HOUSE, Action::RunRounds, |act| {
        Ok(store::certificates::publish_list(act.conn, &draft, &copy)?)
    })
}

/// The same after something changed, which stands whatever becomes of the list: the next round signs it otherwise.
pub(super) fn publish_soon(house: &House) {
    if let Err(error) = publish(house) {
        tracing::warn!("a status list is not signed anew yet: {error}");
    }
}

fn signed(house: &House, draft: &Draft, until: Instant) -> Done<Issued> {
    let list = StatusList {
        url: super::making::read(&draft.issuer.list(draft.number))?,
        issuer: draft.issuer.did.clone(),
        revoked: draft.revoked.clone(),
        valid_from: house.clock.now().plus_minutes(-SLOW_CLOCK_MINUTES),
        valid_until: until,
    };
    Ok(badges::sign_list(&list, &pair(house, draft.issuer.certifier)?)?)
}

/// The lists of an issuer, signed to be relied on for so many days, each with its number: for copies that are kept
/// elsewhere.
pub fn signed_lists(house: &House, issuer: &Issuer, days: i64) -> Done<Vec<(i32, Issued)>> {
    Actor::HOUSE.may(Action::PublishLists)?;
    let until = house.clock.now().plus_days(days);
    let ids = house.store.read(|conn| store::certificates::lists_of(conn, issuer.certifier))?;
    let mut lists = Vec::with_capacity(ids.len());
    for id in ids {
        let draft = house.store.read(|conn| store::certificates::draft(conn, id))?;
        lists.push((draft.number, signed(house, &draft, until)?));
    }
    Ok(lists)
}

/// What an issuer publishes of its keys: `did.json`, and `jwks.json`.
pub fn documents(conn: &mut Conn, issuer: &Issuer) -> Done<(String, String)> {
    let tokens = store::keys::of_purpose(conn, KeyPurpose::BadgeTokens(issuer.certifier))?;
    let documents = store::keys::of_purpose(conn, KeyPurpose::BadgeDocuments(issuer.certifier))?;
    let all: Vec<PublicKey> = tokens.into_iter().chain(documents).collect();
    Ok((badges::did_document(&issuer.did, &all)?, badges::key_set(&issuer.did, &all)?))
}

/// Other keys sign for an issuer from now on; what the old ones signed is still checked with them.
pub fn renew_keys(house: &House, actor: &Actor, issuer: &Issuer) -> Done<[PublicKey; 2]> {
    let tokens = keys::renew(house, actor, KeyPurpose::BadgeTokens(issuer.certifier))?;
    let documents = keys::renew(house, actor, KeyPurpose::BadgeDocuments(issuer.certifier))?;
    Ok([tokens, documents])
}
