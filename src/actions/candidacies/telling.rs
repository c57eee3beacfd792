//! Who is told what of a candidacy.

use crate::{Act, Done};
use domain::candidacies::Candidacy;
use domain::certifications::Entrance;
use domain::letters::{CandidacyNews, Dossier, Leads, Message};

/// A candidacy as letters tell it.
pub(crate) fn dossier(act: &mut Act<'_>, seen: &Candidacy, of: &Entrance) -> Done<Dossier> {
    let (certifier, _) = store::certifications::certifier(act.conn, seen.certifier)?;
    Ok(Dossier {
        certifier: certifier.to_string(),
        title: of.title.to_string(),
        code: of.code.to_string(),
        candidate: store::candidacies::candidate(act.conn, seen.person)?.full(),
        link: format!("{}/candidatures/{}", act.house.sender.public_url, seen.id),
    })
}

/// To the candidate, at the address of their account: no employer reads over their shoulder.
pub fn tell_candidate(act: &mut Act<'_>, seen: &Candidacy, of: &Entrance, news: CandidacyNews) -> Done<()> {
    tell_once(act, seen, of, (news, None))
}

/// The same; what names an occasion is said once.
pub fn tell_once(
    act: &mut Act<'_>,
    seen: &Candidacy,
    of: &Entrance,
    (news, occasion): (CandidacyNews, Option<String>),
) -> Done<()> {
    let Some(account) = store::accounts::of_person(act.conn, seen.person)? else { return Ok(()) };
    let to = store::accounts::addressee(act.conn, account)?;
    let mut dossier = dossier(act, seen, of)?;
    match news.kind().nature().leads {
        Leads::Passages => dossier.link.push_str("/passages"),
        Leads::Certificates => dossier.link = format!("{}/certificats", act.house.sender.public_url),
        Leads::Declaration => dossier.link.push_str("/declaration"),
        Leads::There | Leads::Catalogue => {}
    }
    act.post_once(&to, &Message::Candidacy { dossier, news }, occasion)
}

/// To whoever manages the certifier: a candidacy waits for an answer.
pub fn tell_certifier(act: &mut Act<'_>, seen: &Candidacy, of: &Entrance) -> Done<()> {
    let today = act.today();
    let Some(to) = store::accounts::contact_of(act.conn, seen.certifier, today)? else { return Ok(()) };
    let dossier = dossier(act, seen, of)?;
    let message = Message::Candidacy { dossier, news: CandidacyNews::CandidacyReceived };
    act.post(&to, &message)
}
