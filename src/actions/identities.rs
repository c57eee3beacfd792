//! Who a candidate is by birth: told and confirmed by themselves, read by the certifier.

use super::{Done, Error, House, candidacies, certificates, keys};
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::{Instant, Zone};
use domain::candidacies::{Candidacy, Refusal};
use domain::declarations::Holder;
use domain::identities::{self, Told};
use domain::ids::CandidacyId;
use domain::keys::{KeyPurpose, Sealed};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{self, Conn, journal::Line};

/// Whether an identity may be told in a candidacy that the caller has found within its reach: while it leads on, and where
/// a jury found that blocks are acquired, which are certified after a withdrawal too.
pub fn is_open(conn: &mut Conn, seen: &Candidacy) -> Done<bool> {
    Ok(seen.state.is_live() || store::juries::has_acquired(conn, seen.id)?)
}

/// Tells who one is by birth, or tells it anew, while [`is_open`]. The journal says that it was told, and
/// nothing of what was told.
pub fn tell(house: &House, actor: &Actor, id: CandidacyId, told: &Told) -> Done<()> {
    actor.may(Action::TellIdentity)?;
    told.check(house.clock.now().day(Zone::OFFICE))?;
    let printed = certificates::holder(&told.holder)?;
    let place = printed.birthplace.as_ref().map(ToString::to_string);
    let texts = [Some(printed.printed_name()), printed.printed_usual_name(), place];
    if let Some(sign) = texts.iter().flatten().find_map(|text| papers::unprintable(text)) {
        return Err(identities::Refusal::Unprintable(sign).into());
    }
    let sealed =
        keys::master(house)?.seal(KeyPurpose::Identity, &about(id), text(&told.holder).as_bytes())?;
    house.act(actor, Action::TellIdentity, |act| {
        let seen = candidacies::held(act, id)?;
        if !is_open(act.conn, &seen)? {
            return Err(Refusal::Closed.into());
        }
        store::identities::keep(act.conn, id, &sealed, act.now)?;
        let reference = format!("candidacy:{id}");
        let line = Line { kind: "identity", reference: &reference, to: Some("confirmed"), ..Line::default() };
        act.note(Subject::Candidacy(id), &[line])
    })
}

/// An identity, opened.
#[derive(Debug, Clone)]
pub struct Identity {
    pub holder: Holder,
    /// When it was told first.
    pub told_at: Instant,
    /// When the candidate last told it and confirmed it.
    pub confirmed_at: Instant,
}

/// The identity told in a candidacy within reach; none while nothing was told.
pub fn read(house: &House, conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Done<Option<Identity>> {
    let Some(kept) = store::identities::get(conn, reach, id)? else { return Ok(None) };
    let holder = opened(house, id, &kept.sealed)?;
    Ok(Some(Identity { holder, told_at: kept.told_at, confirmed_at: kept.confirmed_at }))
}

/// Who was told of in a candidacy.
pub(super) fn opened(house: &House, id: CandidacyId, sealed: &Sealed) -> Done<Holder> {
    holder(&keys::master(house)?.open(KeyPurpose::Identity, &about(id), sealed)?)
}

fn about(id: CandidacyId) -> String {
    format!("identity:{id}")
}

/// What is sealed: an object of texts, in JSON.
fn text(holder: &Holder) -> String {
    let texts = identities::texts(holder).into_iter();
    Value::Object(texts.map(|(name, text)| (name.to_owned(), Value::String(text))).collect()).to_string()
}

fn holder(opened: &[u8]) -> Done<Holder> {
    let texts: BTreeMap<String, String> =
        serde_json::from_slice(opened).map_err(|e| Error::Fault(format!("an identity is no JSON: {e}")))?;
    identities::read(|name| texts.get(name).map(String::as_str)).map_err(|e| Error::Fault(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::declarations::{Birthplace, OtherNames, Sex};

    #[test]
    fn what_is_sealed_is_read_back() {
        let told = Holder {
            birth_name: "d’Hérouville « \\\" »".parse().unwrap(),
            first_name: "Zoé".parse().unwrap(),
            other_names: OtherNames { usual: "Nuñez".parse().ok(), ..OtherNames::default() },
            born: "04/1988".parse().unwrap(),
            sex: Sex::Female,
            birthplace: Birthplace::in_commune("59350".parse().unwrap()),
        };
        assert_eq!(holder(text(&told).as_bytes()).unwrap(), told);
        assert!(holder(b"").is_err());
        assert!(holder(b"{}").is_err());
        // Of an object that a later release wrote, what is known is read.
        let later = text(&told).replacen('{', "{\"later\":\"x\",", 1);
        assert_eq!(holder(later.as_bytes()).unwrap(), told);
    }
}
