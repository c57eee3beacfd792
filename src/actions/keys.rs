//! The keys that sign: made when they are first needed, and renewed.

use super::{Act, Done, Error, House};
use credentials::{self, Keys, Signer};
use domain::access::{Action, Actor, Subject};
use domain::keys::{KeyPurpose, PublicKey, Refusal, Sealed};
use store::keys::Active;
use store::{self, Unique, journal::Line};

impl From<credentials::Fault> for Error {
    fn from(fault: credentials::Fault) -> Self {
        Self::Fault(fault.to_string())
    }
}

/// The key that signs for a purpose, in hand, and its number. It is made the first time.
pub fn signer(house: &House, purpose: KeyPurpose) -> Done<(i64, Signer)> {
    let keys = master(house)?;
    let active = match house.store.read(|conn| store::keys::active(conn, purpose))? {
        Some(active) => active,
        None => make(house, keys, purpose)?,
    };
    Ok((active.id, keys.signer(purpose, &active.public, &active.sealed)?))
}

/// Retires the key of a purpose and makes another one. What the old one signed is still checked with it.
pub fn renew(house: &House, actor: &Actor, purpose: KeyPurpose) -> Done<PublicKey> {
    actor.may(Action::RenewSigningKey)?;
    let (public, sealed) = master(house)?.new_signing_key(purpose)?;
    house.act(actor, Action::RenewSigningKey, |act| {
        if let Some(active) = store::keys::active(act.conn, purpose)? {
            store::keys::retire(act.conn, active.id, act.now)?;
        }
        add(act, purpose, &public, &sealed)
    })?;
    Ok(public)
}

/// Whether the key of a purpose is there and can be used; none while there is none yet.
pub fn check(house: &House, purpose: KeyPurpose) -> Done<Option<PublicKey>> {
    let keys = master(house)?;
    let Some(active) = house.store.read(|conn| store::keys::active(conn, purpose))? else { return Ok(None) };
    keys.signer(purpose, &active.public, &active.sealed)?;
    Ok(Some(active.public))
}

/// The master key, or why there is none.
pub(super) fn master(house: &House) -> Done<&Keys> {
    Ok(house.keys.as_ref().ok_or(Refusal::NoMasterKey)?)
}

fn make(house: &House, keys: &Keys, purpose: KeyPurpose) -> Done<Active> {
    let (public, sealed) = keys.new_signing_key(purpose)?;
    match house.act(&Actor::HOUSE, Action::RunRounds, |act| add(act, purpose, &public, &sealed)) {
        // Another server was faster: its key is ours too.
        Ok(()) | Err(Error::Store(store::Error::Taken(Unique::SigningKeyActive))) => {}
        Err(other) => return Err(other),
    }
    let active = house.store.read(|conn| store::keys::active(conn, purpose))?;
    Ok(active.ok_or(store::Error::Stale)?)
}

fn add(act: &mut Act<'_>, purpose: KeyPurpose, public: &PublicKey, sealed: &Sealed) -> Done<()> {
    let id = store::keys::add(act.conn, purpose, public, sealed, act.now)?;
    let reference = format!("signing_key:{id}");
    let line =
        Line { kind: "signing_key", reference: &reference, to: Some(public.as_str()), ..Line::default() };
    act.note(Subject::Installation, &[line])
}
