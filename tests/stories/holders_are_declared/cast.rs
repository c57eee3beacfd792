//! Holders who never were, and the files that tell of them.

use domain::calendar::Instant;
use domain::certifications::AccessRoute;
use domain::declarations::{
    Birthplace, Country, Details, Draft, Envelope, Exam, ExamMode, Honours, Initiative, OtherNames, Passage,
    Sex, TechnicalId,
};
use std::fmt::Debug;
use std::str::FromStr;

/// A file that is kept, by the name under which it is kept.
pub struct File {
    pub name: &'static str,
    pub envelope: Envelope,
    pub passages: Vec<Passage>,
}

fn of<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub fn id(number: u32) -> TechnicalId {
    of(&format!("IAHDF-2026-{number:06}"))
}

/// On a day of winter.
pub fn envelope() -> Envelope {
    Envelope {
        flow: of("7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11"),
        made_at: at("2026-11-22T09:15:00"),
        sender: of("09ZZZ999"),
        certifier: of("09ZZZ999"),
        contract: of("MCFCER999999"),
        says_action: true,
    }
}

fn at(utc: &str) -> Instant {
    Instant(of(utc))
}

/// What the State asks of somebody and nothing more.
pub fn draft(number: u32) -> Draft {
    Draft {
        contract: Some(envelope().contract),
        certification: Some(of("RNCP99999")),
        issued_on: Some(of("2026-10-20")),
        birth_name: Some(of("Delmotte")),
        first_name: Some(of("Élodie")),
        born: Some(of("1988")),
        sex: Some(Sex::Female),
        ..Draft::new(id(number))
    }
}

/// Somebody of whom as much is told as usually is.
pub fn passage(number: u32) -> Passage {
    let mut draft = draft(number);
    draft.born = Some(of("07/04/1988"));
    draft.birthplace = Birthplace::in_commune(of("59178"));
    draft.details = details();
    draft.passage().unwrap()
}

fn details() -> Details {
    Details {
        exam: Exam {
            starts_on: Some(of("2026-10-12")),
            ends_on: Some(of("2026-10-13")),
            mode: Some(ExamMode::OnSite),
            postal_code: Some(of("59500")),
        },
        honours: Some(Honours::Without),
        route: Some(AccessRoute::Continuing),
        initiative: Some(Initiative::Employer),
        enrolled_on: Some(of("2026-03-02")),
        ..Details::default()
    }
}

pub fn files() -> Vec<File> {
    let file = |name, passages: Vec<Passage>| File { name, envelope: envelope(), passages };
    let minimal = || vec![draft(42).passage().unwrap()];
    let summer = Envelope { made_at: at("2026-07-22T08:15:00"), ..envelope() };
    vec![
        file("minimal", minimal()),
        File { envelope: Envelope { sender: of("08YYY888"), ..envelope() }, ..file("full", vec![full()]) },
        file("born_abroad", born_abroad()),
        file(
            "unknown_day_and_month",
            ["1988", "04/1988", "07/04/1988"].into_iter().zip(1..).map(born).collect(),
        ),
        file("winter", minimal()),
        File { envelope: summer, ..file("summer", minimal()) },
        file("two_certifications", vec![passage(1), passage(2), of_the_other(3), of_the_other(4)]),
        file("hostile_names", hostile().iter().zip(1..).map(|(name, number)| named(name, number)).collect()),
    ]
}

/// Everything that we tell.
fn full() -> Passage {
    let mut draft = draft(1);
    draft.born = Some(of("07/04/1988"));
    let (usual, second) = (Some(of("Delmotte-Lenoir")), Some(of("Anne")));
    draft.other_names = OtherNames { usual, second, third: Some(of("Marie-Noëlle")) };
    draft.birthplace = Birthplace::in_commune(of("75115"));
    draft.details = Details {
        valid_until: Some(of("2031-10-20")),
        honours: Some(Honours::Highest),
        proof: Some(of("https://parcours.example/certificats/9K3W?langue=fr&page=1")),
        option: Some(of("Données & décision")),
        ..details()
    };
    draft.passage().unwrap()
}

fn born_abroad() -> Vec<Passage> {
    let place = |code: Option<&str>, country, town: Option<&str>| {
        let country = Country { code: code.map(of), name: of(country) };
        Birthplace::Abroad { country, town: town.map(of) }
    };
    let places = [
        place(Some("99109"), "ALLEMAGNE", Some("KÖLN")),
        place(Some("99109"), "ALLEMAGNE", None),
        place(None, "ALLEMAGNE", Some("KÖLN")),
        Birthplace::Unknown,
    ];
    let drafts =
        places.into_iter().zip(1..).map(|(birthplace, number)| Draft { birthplace, ..draft(number) });
    drafts.map(|draft| draft.passage().unwrap()).collect()
}

fn born((typed, number): (&str, u32)) -> Passage {
    Draft { born: Some(of(typed)), ..draft(number) }.passage().unwrap()
}

fn of_the_other(number: u32) -> Passage {
    Draft { certification: Some(of("RS9999")), ..draft(number) }.passage().unwrap()
}

fn hostile() -> [&'static str; 8] {
    [
        "O'Neil <b>&amp;</b>",
        "]]>",
        "</cpf:nomNaissance><cpf:nomUsage>X",
        "<!-- \"x\" -->",
        "<?xml version=\"1.0\"?>",
        "Ÿ Œ ß Ł \u{e9}e\u{301} ’",
        "名前 \u{1f600} \u{10348}",
        "  De \t La\n  Tour  ",
    ]
}

fn named(name: &str, number: u32) -> Passage {
    Draft { birth_name: Some(of(name)), first_name: Some(of(name)), ..draft(number) }.passage().unwrap()
}

/// Passages that use each value of each list once.
pub fn every_value() -> Vec<Passage> {
    let most = AccessRoute::ALL.len();
    let passages = (0..most).map(|place| {
        let mut passage = full();
        passage.id = id(u32::try_from(place).unwrap());
        let details = &mut passage.details;
        details.route = AccessRoute::ALL.get(place).copied();
        details.initiative = Initiative::ALL.get(place).copied();
        details.honours = Honours::ALL.get(place).copied();
        details.exam.mode = ExamMode::ALL.get(place).copied();
        passage.holder.sex = Sex::ALL[place % Sex::ALL.len()];
        passage
    });
    passages.collect()
}

/// What breaks the full file: in words, what is replaced, and by what.
#[rustfmt::skip]
pub fn breaks() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("two elements in another order",
            "<cpf:donneeCertifiee>true</cpf:donneeCertifiee>\n<cpf:dateDebutExamen>2026-10-12</cpf:dateDebutExamen>",
            "<cpf:dateDebutExamen>2026-10-12</cpf:dateDebutExamen>\n<cpf:donneeCertifiee>true</cpf:donneeCertifiee>"),
        ("the names in another order",
            "<cpf:nomNaissance>Delmotte</cpf:nomNaissance>\n<cpf:nomUsage>Delmotte-Lenoir</cpf:nomUsage>",
            "<cpf:nomUsage>Delmotte-Lenoir</cpf:nomUsage>\n<cpf:nomNaissance>Delmotte</cpf:nomNaissance>"),
        ("an empty sex", "<cpf:sexe>F</cpf:sexe>", "<cpf:sexe/>"),
        ("a sex that is nil", "<cpf:sexe>F</cpf:sexe>", "<cpf:sexe xsi:nil=\"true\"/>"),
        ("another sex", "<cpf:sexe>F</cpf:sexe>", "<cpf:sexe>X</cpf:sexe>"),
        ("a fraction of a second", "2026-11-22T10:15:00+01:00", "2026-11-22T10:15:00.5+01:00"),
        ("a time by Z", "2026-11-22T10:15:00+01:00", "2026-11-22T09:15:00Z"),
        ("a time without offset", "2026-11-22T10:15:00+01:00", "2026-11-22T10:15:00"),
        ("a time of another century", "2026-11-22T10:15:00+01:00", "1826-11-22T10:15:00+01:00"),
        ("no scoring", "<cpf:scoring xsi:nil=\"true\"/>\n", ""),
        ("no mention", "<cpf:mentionValidee>MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY</cpf:mentionValidee>\n", ""),
        ("no usual name", "<cpf:nomUsage>Delmotte-Lenoir</cpf:nomUsage>\n", ""),
        ("an empty usual name that does not say nil", "<cpf:nomUsage>Delmotte-Lenoir</cpf:nomUsage>", "<cpf:nomUsage/>"),
        ("a value that says nil", "<cpf:scoring xsi:nil=\"true\"/>", "<cpf:scoring xsi:nil=\"true\">1</cpf:scoring>"),
        ("no end of validity", "<cpf:dateFinValidite>2031-10-20</cpf:dateFinValidite>\n", ""),
        ("no month of birth", "<cpf:moisNaissance>04</cpf:moisNaissance>\n", ""),
        ("a month of one digit", "<cpf:moisNaissance>04</cpf:moisNaissance>", "<cpf:moisNaissance>4</cpf:moisNaissance>"),
        ("no access route", "<cpf:modaliteAcces>FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION</cpf:modaliteAcces>\n", ""),
        ("a made-up access route", "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION", "AUTRE"),
        ("no technical number", "<cpf:idTechnique>IAHDF-2026-000001</cpf:idTechnique>\n", ""),
        ("no birthplace element", "<cpf:codeInseeNaissance>\n<cpf:codeInsee>75115</cpf:codeInsee>\n</cpf:codeInseeNaissance>\n", ""),
        ("a client number of seven", "08YYY888", "08YYY88"),
        ("an unknown action", "CREATION", "MODIFICATION"),
        ("a block", "RNCP99999", "RNCP99999BC01"),
        ("a date of French form", "2026-10-12", "12/10/2026"),
        ("a day that is none", "2026-10-12", "2026-02-30"),
        ("an element of no namespace", "<cpf:sexe>F</cpf:sexe>", "<sexe>F</sexe>"),
        ("another namespace", "urn:cdc:cpf:pc5:schema:1.0.0", "urn:cdc:cpf:pc5:schema:2.0.0"),
        ("an element too many", "<cpf:sexe>F</cpf:sexe>", "<cpf:sexe>F</cpf:sexe>\n<cpf:sexe>F</cpf:sexe>"),
        ("an ampersand that is not escaped", "Données &amp; décision", "Données & décision"),
        ("a control character", "Delmotte", "Del&#1;motte"),
        ("a name too long", "Anne", "Annnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnne"),
    ]
}
