//! Who is told what of a candidacy.

use crate::{Act, Done};
use addresses::Page;
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
        link: act.house.sender.link(&Page::Candidacy(seen.id)),
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
    let page = match news.kind().nature().leads {
        Leads::Passages => Page::CandidacyAttempts(seen.id),
        Leads::Certificates => Page::Certificates,
        Leads::Declaration => Page::CandidacyDeclaration(seen.id),
        Leads::There | Leads::Catalogue => Page::Candidacy(seen.id),
    };
    dossier.link = act.house.sender.link(&page);
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
