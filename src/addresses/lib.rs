//! Where pages are: an address is a value, and reads as its path. That each of them is a route is held by
//! `tests/house/addresses.rs`.

use domain::ids::{
    AgreementId, CandidacyId, CertificationId, CourseId, DeclarationFileId, EnrolmentId, ImportId, JuryId,
    MembershipId, OrganisationId, PersonId, SessionId,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::{self, Display};

/// Declares pages, each with the pattern of its address; what stands in braces is filled in their order.
macro_rules! pages {
    ($($(#[$doc:meta])* $page:ident $(($($part:ident: $of:ty),+))? = $pattern:literal,)+) => {
        /// A page, with what its address names.
        #[derive(Debug, Clone, Copy)]
        pub enum Page<'a> {
            $($(#[$doc])* $page $(($($of),+))?,)+
        }

        impl Page<'_> {
            /// The address of each page, as its route is opened with it, and perhaps a question.
            pub const PATTERNS: &'static [&'static str] = &[$($pattern),+];
        }

        impl Display for Page<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$page $(($($part),+))? => fill(f, $pattern, &[$($($part as &dyn Display),+)?]),)+
                }
            }
        }
    };
}

pages! {
    Home = "/accueil",
    /// Home, in the part of this membership.
    HomeAs(membership: MembershipId) = "/accueil?comme={membership}",
    LogIn = "/connexion",
    /// The log-in, and the page after it.
    LogInThen(then: Then<'a>) = "/connexion?suite={then}",
    /// Where one asks for a link that sets a password.
    ForgottenPassword = "/mot-de-passe",
    /// Where an account gets its password, by a secret.
    Access(secret: &'a str) = "/acces/{secret}",
    Catalogue = "/catalogue",
    /// A session, as anybody sees it.
    Offer(session: SessionId) = "/catalogue/{session}",
    Session(session: SessionId) = "/sessions/{session}",
    SessionJournal(session: SessionId) = "/sessions/{session}/journal",
    Enrolment(enrolment: EnrolmentId) = "/inscriptions/{enrolment}",
    /// A place, by the personal link of who has it.
    Place(link: &'a str) = "/place/{link}",
    /// Where a room signs, by the code on its wall.
    Room(code: &'a str) = "/emargement/{code}",
    Survey(link: &'a str) = "/enquetes/{link}",
    Person(person: PersonId) = "/salaries/{person}",
    Organisation(organisation: OrganisationId) = "/entreprises/{organisation}",
    Import(import: ImportId) = "/salaries/import/{import}",
    Agreement(agreement: AgreementId) = "/accords/{agreement}",
    Course(course: CourseId) = "/formations/{course}",
    Certification(certification: CertificationId) = "/certifications/{certification}",
    Candidacy(candidacy: CandidacyId) = "/candidatures/{candidacy}",
    CandidacyAttempts(candidacy: CandidacyId) = "/candidatures/{candidacy}/passages",
    CandidacyDeclaration(candidacy: CandidacyId) = "/candidatures/{candidacy}/declaration",
    Certificates = "/certificats",
    /// A certificate, by its badge, as its certifier reads it.
    Certificate(badge: &'a str) = "/certificats/{certificate}/fiche",
    DeclarationFile(file: DeclarationFileId) = "/declarations/fichiers/{file}",
    Jury(jury: JuryId) = "/jurys/{jury}",
}

/// A page to go on to, as the question of another one.
#[derive(Debug, Clone, Copy)]
pub struct Then<'a>(pub &'a Page<'a>);

impl Display for Then<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        utf8_percent_encode(&self.0.to_string(), NON_ALPHANUMERIC).fmt(f)
    }
}

fn fill(f: &mut fmt::Formatter<'_>, pattern: &str, parts: &[&dyn Display]) -> fmt::Result {
    let mut parts = parts.iter();
    let mut rest = pattern;
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        f.write_str(before)?;
        if let Some(part) = parts.next() {
            part.fmt(f)?;
        }
        rest = after;
    }
    f.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_as_its_path() {
        for (page, path) in [
            (Page::Home, "/accueil"),
            (Page::Session(SessionId(7)), "/sessions/7"),
            (Page::SessionJournal(SessionId(7)), "/sessions/7/journal"),
            (Page::Place("a-b_c"), "/place/a-b_c"),
            (
                Page::LogInThen(Then(&Page::HomeAs(MembershipId(3)))),
                "/connexion?suite=%2Faccueil%3Fcomme%3D3",
            ),
        ] {
            assert_eq!(page.to_string(), path);
        }
    }
}
