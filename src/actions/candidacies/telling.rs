//! Who is told what of a candidacy.

use crate::{Done, House, letters};
use domain::access::Actor;
use domain::calendar::{Instant, Zone};
use domain::candidacies::Candidacy;
use domain::certifications::Entrance;
use domain::letters::{CandidacyNews, Dossier, Leads, Message};
use store::{self, Conn};

/// A candidacy as letters tell it.
pub(crate) fn dossier(conn: &mut Conn, house: &House, seen: &Candidacy, of: &Entrance) -> Done<Dossier> {
    let (certifier, _) = store::certifications::certifier(conn, seen.certifier)?;
    Ok(Dossier {
        certifier: certifier.to_string(),
        title: of.title.to_string(),
        code: of.code.to_string(),
        candidate: store::candidacies::candidate(conn, seen.person)?.full_name(),
        link: format!("{}/candidatures/{}", house.sender.public_url, seen.id),
    })
}

/// To the candidate, at the address of their account: no employer reads over their shoulder.
pub fn tell_candidate(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    seen: &Candidacy,
    of: &Entrance,
    news: CandidacyNews,
    now: Instant,
) -> Done<()> {
    tell_once(conn, house, actor, seen, of, (news, None), now)
}

/// The same; what names an occasion is said once.
pub fn tell_once(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    seen: &Candidacy,
    of: &Entrance,
    (news, occasion): (CandidacyNews, Option<String>),
    now: Instant,
) -> Done<()> {
    let Some(account) = store::accounts::of_person(conn, seen.person)? else { return Ok(()) };
    let to = store::accounts::addressee(conn, account)?;
    let mut dossier = dossier(conn, house, seen, of)?;
    match news.kind().nature().leads {
        Leads::Passages => dossier.link.push_str("/passages"),
        Leads::Certificates => dossier.link = format!("{}/certificats", house.sender.public_url),
        Leads::Declaration => dossier.link.push_str("/declaration"),
        Leads::There | Leads::Catalogue => {}
    }
    letters::post(conn, house, actor, &to, &Message::Candidacy { dossier, news }, occasion, now)
}

/// To whoever manages the certifier: a candidacy waits for an answer.
pub fn tell_certifier(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    seen: &Candidacy,
    of: &Entrance,
    now: Instant,
) -> Done<()> {
    let today = now.day(Zone::PARIS);
    let Some(to) = store::accounts::contact_of(conn, seen.certifier, today)? else { return Ok(()) };
    let dossier = dossier(conn, house, seen, of)?;
    let message = Message::Candidacy { dossier, news: CandidacyNews::CandidacyReceived };
    letters::post(conn, house, actor, &to, &message, None, now)
}
