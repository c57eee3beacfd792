//! Who a candidate is by birth: they tell it once, in their candidacy, and the certifier alone reads it.

use crate::harness::{Database, Kind, stories};
use crate::town::{CANDIDATE, Institute, Person, everything};
use domain::access::{Role, Subject};
use domain::declarations::Birthplace;
use domain::ids::CandidacyId;
use domain::organisations::Capacity;
use std::fs;

stories! {
    both: the_candidate_tells_it_and_the_certifier_reads_it,
        what_is_wrong_is_said_and_nothing_typed_is_lost,
        a_birthplace_is_found_by_its_name_or_its_code,
        nobody_else_learns_of_it_and_nothing_keeps_it_in_clear;
}

type Form = Vec<(&'static str, &'static str)>;

fn told() -> Form {
    vec![
        ("nom", "Vanderhaeghe"),
        ("nom_usage", "Delmotte"),
        ("prenom", "Lou"),
        ("prenom2", "Zoé"),
        ("prenom3", ""),
        ("naissance", "07/04/1988"),
        ("sexe", "female"),
        ("lieu", "france"),
        ("commune", "Tourcoing"),
        ("pays", ""),
        ("ville", ""),
        ("attestation", "oui"),
    ]
}

/// What no paper prints is told when it is typed, not when the certificate is due.
fn a_name_can_be_printed(lou: &Person, form: &str) {
    let said = "Le caractère « 東 » ne peut pas être imprimé";
    lou.post(form, &with(&[("nom", "東")])).is(422).sees(said);
    let abroad = [("lieu", "etranger"), ("commune", ""), ("pays", "Japon"), ("ville", "東京")];
    let page = lou.post(form, &with(&abroad));
    page.is(422).sees(said);
    assert!(page.body.contains("東京"), "what was typed stays");
    lou.post(form, &with(&[("prenom2", "-")])).is(422).sees("Un nom a au moins une lettre.");
}

fn with(changes: &[(&'static str, &'static str)]) -> Form {
    let mut form = told();
    for (name, value) in changes {
        form.retain(|(of, _)| of != name);
        form.push((name, value));
    }
    form
}

fn begins(institute: &Institute, lou: &Person) -> String {
    let page = format!("/certifications/{}/candidature", institute.certification());
    let form = [("voie", "continuing"), ("niveau", "6")];
    let page = lou.post(&page, &form);
    assert_eq!(page.status, 303, "{}", page.text());
    page.leads_to()
}

fn hands_in(lou: &Person, candidacy: &str) {
    let pieces = format!("{candidacy}/pieces");
    let sent =
        lou.upload(&pieces, &[("piece", "Curriculum vitæ")], "fichier", "cv.pdf", b"%PDF-1.4\n%%EOF\n");
    assert_eq!(sent.status, 303);
    assert_eq!(lou.post(&format!("{candidacy}/depot"), &[]).status, 303);
}

fn number(candidacy: &str) -> CandidacyId {
    candidacy.rsplit('/').next().unwrap().parse().unwrap()
}

fn the_candidate_tells_it_and_the_certifier_reads_it(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let (lou, ines) = (institute.town.log_in(CANDIDATE), institute.manager());
    let candidacy = begins(&institute, &lou);
    let (identity, form) = (format!("{candidacy}/identite"), format!("{candidacy}/identite/saisie"));
    lou.get(&candidacy).is(200).sees("Identité de naissance à renseigner");
    lou.get(&identity).is(200).sees("Rien n’est encore renseigné").sees("Renseigner mon identité");
    lou.get(&form).is(200).sees("Nom de naissance").does_not_see("Numéro de sécurité sociale");
    // A draft is its candidate's alone.
    ines.get(&identity).is(404);

    lou.does(&form, &told())
        .sees("Votre identité de naissance est confirmée.")
        .sees("Vanderhaeghe")
        .sees("Delmotte")
        .sees("Lou, Zoé")
        .sees("07/04/1988")
        .sees("Féminin")
        .sees("TOURCOING (59599), France");
    let today = institute.town.today().0.format("%d/%m/%Y").to_string();
    let read = lou.get(&candidacy);
    read.is(200).sees(&format!("confirmée le {today}"));
    assert!(read.queries() <= 8, "{}", read.queries());
    ines.get(&identity).is(404);
    hands_in(&lou, &candidacy);
    ines.get(&candidacy).is(200).sees(&format!("confirmée le {today}"));
    ines.get(&identity).is(200).sees("Vanderhaeghe").sees("TOURCOING").does_not_see("Modifier");
    // To tell it is the candidate's.
    ines.get(&form).is(404);
    ines.post(&form, &told()).is(403);

    // It may be told anew; what was told stands in the form, and is attested again.
    let again = lou.get(&form);
    assert!(again.body.contains("value=\"Vanderhaeghe\""), "{}", again.body);
    assert!(again.body.contains("value=\"59599 Tourcoing\""), "{}", again.body);
    assert!(!again.body.contains("checked"), "{}", again.body);
    lou.does(&form, &with(&[("prenom2", "Zoë"), ("commune", "59599 Tourcoing")])).sees("Lou, Zoë");
    ines.get(&identity).sees("Lou, Zoë");

    // Nothing more is told in a candidacy that is over; what was told can still be read.
    lou.does(&format!("{candidacy}/retrait"), &[]);
    lou.post(&form, &told()).is(422).sees("n’accepte plus de changement");
    assert_eq!(lou.get(&form).leads_to(), identity);
    ines.get(&identity).is(200).sees("Lou, Zoë");
    institute.town.the_journal_holds();
}

fn what_is_wrong_is_said_and_nothing_typed_is_lost(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let lou = institute.town.log_in(CANDIDATE);
    let candidacy = begins(&institute, &lou);
    let form = format!("{candidacy}/identite/saisie");
    let empty = lou.post(&form, &[]);
    empty.is(422);
    for said in [
        "Écrivez votre nom de naissance.",
        "Écrivez votre premier prénom.",
        "Écrivez votre date de naissance",
        "Choisissez le sexe",
        "Choisissez où vous êtes né.",
        "Cochez la case",
    ] {
        empty.sees(said);
    }
    let long: &'static str = Box::leak("é".repeat(61).into_boxed_str());
    let cases: [(&[(&'static str, &'static str)], &str); 11] = [
        (&[("nom", long)], "60 caractères au plus"),
        (&[("nom_usage", "Del\u{200e}motte")], "ne se lit pas"),
        (&[("prenom3", long)], "60 caractères au plus"),
        (&[("naissance", "31/02/1988")], "Cette date n’existe pas"),
        (&[("naissance", "88")], "Cette date n’existe pas"),
        (&[("naissance", "01/01/2150")], "Cette date est dans le futur."),
        (&[("sexe", "x")], "Choisissez le sexe"),
        (&[("commune", "")], "Écrivez votre commune de naissance."),
        (&[("commune", "Xyzzy")], "Aucune commune ne porte ce nom"),
        (&[("lieu", "etranger")], "Écrivez votre pays de naissance."),
        (&[("attestation", "")], "Cochez la case"),
    ];
    for (changes, said) in cases {
        let page = lou.post(&form, &with(changes));
        page.is(422).sees(said);
        for (name, value) in with(changes) {
            let is_typed = !["sexe", "lieu", "attestation"].contains(&name) && !value.is_empty();
            assert!(!is_typed || page.body.contains(&format!("value=\"{value}\"")), "{name} is lost: {said}");
        }
    }
    lou.post(&form, &with(&[("lieu", "etranger"), ("pays", " FRANCE ")]))
        .is(422)
        .sees("choisissez « en France »");
    lou.get(&candidacy).sees("à renseigner");
    a_name_can_be_printed(&lou, &form);
}

fn a_birthplace_is_found_by_its_name_or_its_code(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let lou = institute.town.log_in(CANDIDATE);
    let candidacy = begins(&institute, &lou);
    let form = format!("{candidacy}/identite/saisie");
    lou.does(&form, &with(&[("commune", "2a004")])).sees("AJACCIO (2A004), France");
    // Several bear the name: each is offered with its département.
    let several = lou.post(&form, &with(&[("commune", "Saint-Denis")]));
    several
        .is(422)
        .sees("Plusieurs communes répondent à ce nom")
        .sees("93066 Seine-Saint-Denis")
        .sees("97411 La Réunion");
    assert!(several.body.contains("value=\"Saint-Denis\""));
    assert!(
        !several.body.contains("type=\"hidden\" name=\"commune_code\""),
        "only what is chosen now counts"
    );
    lou.does(&form, &with(&[("commune", "Saint-Denis"), ("commune_code", "97411")]))
        .sees("SAINT-DENIS (97411), France");
    // One that was merged since is confirmed, since no list has it.
    let gone = lou.post(&form, &with(&[("commune", "59355 Lomme")]));
    gone.is(422).sees("n’est plus dans la liste d’aujourd’hui").sees("59355, n’existe plus");
    lou.does(&form, &with(&[("commune", "59355 Lomme"), ("commune_code", "59355")]))
        .sees("LOMME (59355), France");
    assert!(lou.get(&form).body.contains("value=\"59355 LOMME\""));
    lou.does(&form, &with(&[("lieu", "etranger"), ("pays", "Belgique"), ("ville", "Liège")]))
        .sees("Liège, Belgique")
        .does_not_see("Tourcoing");
    lou.does(&form, &with(&[("lieu", "inconnu"), ("naissance", "1988")])).sees("Lieu inconnu").sees("1988");

    let town = &institute.town;
    let kept = town
        .store()
        .read(|conn| actions::identities::read(&town.house, conn, &everything(), number(&candidacy)));
    let holder = kept.unwrap().unwrap().holder;
    assert_eq!((holder.birthplace, holder.born.month()), (Birthplace::Unknown, None));
}

fn nobody_else_learns_of_it_and_nothing_keeps_it_in_clear(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let lou = institute.town.log_in(CANDIDATE);
    let candidacy = begins(&institute, &lou);
    let (identity, form) = (format!("{candidacy}/identite"), format!("{candidacy}/identite/saisie"));
    lou.does(&form, &told());
    hands_in(&lou, &candidacy);

    let town = &institute.town;
    let other = town.organisation("Autre école", &[Capacity::Certifier]);
    town.member("zoe@autre.example", Role::Certifier, Some(other));
    town.member("paul@institut.example", Role::Juror, Some(institute.certifier));
    town.member("rh@verrerie.example", Role::Employer, Some(institute.company));
    town.member("karim@atelier.example", Role::TrainingManager, Some(institute.body));
    town.member("helene@atelier.example", Role::Operator, Some(institute.body));
    town.member("camille@parcours.example", Role::Administrator, None);
    let mia = town.employee(institute.company, "Mia", "Vasseur", None);
    town.account("mia@verrerie.example", Some(mia));
    for email in [
        "zoe@autre.example",
        "paul@institut.example",
        "rh@verrerie.example",
        "karim@atelier.example",
        "helene@atelier.example",
        "camille@parcours.example",
        "mia@verrerie.example",
    ] {
        let reader = town.log_in(email);
        assert_eq!(reader.get(&identity).status, 404, "{email}");
        assert_eq!(reader.get(&form).status, 404, "{email}");
        let refused = reader.post(&form, &told()).status;
        assert!(matches!(refused, 403 | 404), "{email}: {refused}");
    }

    let id = number(&candidacy);
    let kept = town.store().read(|conn| store::identities::get(conn, &everything(), id)).unwrap().unwrap();
    assert!(!kept.sealed.as_str().contains("Vanderhaeghe"), "{kept:?}");
    let lines =
        town.store().read(|conn| store::journal::of(conn, &everything(), Subject::Candidacy(id), None));
    let lines = lines.unwrap().rows;
    assert!(lines.iter().any(|line| line.kind == "identity"), "it is told that it was told");
    for secret in ["Vanderhaeghe", "TOURCOING"] {
        assert!(!format!("{lines:?}").contains(secret), "{secret} is in {lines:?}");
        let files = fs::read_dir(&database.folder).unwrap().flatten();
        for file in files.filter(|_| database.kind == Kind::Sqlite) {
            let bytes = fs::read(file.path()).unwrap();
            let is_there = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!is_there, "{secret} is in {}", file.path().display());
        }
    }
    for letter in town.letters() {
        assert!(!letter.text_body.contains("Vanderhaeghe"), "{}", letter.subject);
    }
    town.the_journal_holds();
}
