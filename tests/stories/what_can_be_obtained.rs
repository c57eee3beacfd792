//! A certifier describes a certification, and everyone can read it.

use crate::harness::{Database, stories};
use crate::town::{Institute, Person};
use domain::access::Role;
use domain::organisations::Capacity;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

stories! {
    both: a_record_is_written_read_and_changed,
        what_is_wrong_with_a_record_is_said_and_nothing_is_lost,
        a_record_begins_from_the_national_register;
}

type Form<'a> = Vec<(&'a str, &'a str)>;

/// A record of two blocks, the second with two assessments.
fn filled(programme: &str) -> Form<'_> {
    vec![
        ("code", "rncp 99999"),
        ("programme", programme),
        ("intitule", "Chef de projet IA"),
        ("niveau", "7"),
        ("effet", "2026-01-01"),
        ("fin", "2028-12-31"),
        ("partielle", "oui"),
        ("voie", "continuing"),
        ("voie", "vae"),
        ("bloc_code", "RNCP99999BC01"),
        ("bloc_titre", "Cadrer un projet d’IA"),
        ("bloc_regle", "each"),
        ("bloc_code", "RNCP99999BC02"),
        ("bloc_titre", "Piloter un projet d’IA"),
        ("bloc_regle", "together"),
        ("epreuve_bloc", "1"),
        ("epreuve_titre", "Étude de cas"),
        ("epreuve_nature", "case_study"),
        ("epreuve_points", "20"),
        ("epreuve_seuil", "10"),
        ("epreuve_bloc", "2"),
        ("epreuve_titre", "Projet"),
        ("epreuve_nature", "project"),
        ("epreuve_points", "60"),
        ("epreuve_seuil", "30"),
        ("epreuve_bloc", "2"),
        ("epreuve_titre", "Soutenance"),
        ("epreuve_nature", "oral"),
        ("epreuve_points", "40"),
        ("epreuve_seuil", "20"),
        ("etape", "awareness"),
        ("niveau_requis", "5"),
        ("pieces", "Curriculum vitæ\nLettre de motivation"),
        ("jury_membres", "3"),
        ("jury_part", "50"),
        ("jury_quorum", "3"),
        ("jury_president", "oui"),
    ]
}

fn with<'a>(form: &Form<'a>, field: &'a str, value: &'a str) -> Form<'a> {
    let mut changed = form.clone();
    let at = changed.iter().position(|(name, _)| *name == field);
    match at {
        Some(at) => changed[at].1 = value,
        None => changed.push((field, value)),
    }
    changed
}

fn added(ines: &Person, form: &Form<'_>) -> String {
    let page = ines.post("/certifications", form);
    assert_eq!(page.status, 303, "{}", page.text());
    page.leads_to()
}

fn a_record_is_written_read_and_changed(database: &Database) {
    let institute = Institute::open(database);
    let ines = institute.manager();
    ines.get("/certifications")
        .is(200)
        .sees("Ajouter une certification")
        .sees("Les certifications seront ici");
    let programme = institute.programme.to_string();
    let form = filled(&programme);
    ines.get("/certifications/nouvelle").is(200).sees("Bloc 1");
    // The buttons that only add a line keep everything that was typed.
    let grown = ines.post("/certifications", &with(&form, "ajout", "bloc"));
    grown.is(200).sees("Bloc 3");
    assert!(
        grown.body.contains("value=\"RNCP 99999BC03\"") || grown.body.contains("RNCP99999BC03"),
        "a code is offered"
    );
    ines.post("/certifications", &with(&form, "ajout", "2")).is(200).sees("Épreuve 3").does_not_see("Bloc 3");

    let page = added(&ines, &form);
    let visitor = institute.town.visitor();
    let read = visitor.get(&page);
    read.is(200)
        .sees("Chef de projet IA")
        .sees("RNCP99999")
        .sees("Institut des Deux Canaux")
        .sees("Piloter un projet d’IA")
        .sees("le total des points atteint celui des seuils")
        .sees("Projet, 60 points, réussie à partir de 30")
        .sees("Avoir suivi une session de sensibilisation")
        .sees("Un niveau de qualification de 5 (bac + 2) ou plus")
        .sees("Lettre de motivation")
        .sees(
            "3 membres au moins, dont 50 % extérieurs au certificateur ; quorum de 3, présidence extérieure",
        )
        .does_not_see("Modifier la fiche");
    assert!(read.queries() <= 8, "{}", read.queries());
    visitor.get("/certifications").is(200).sees("2 blocs de compétences").sees("niveau 7");

    // Another version; whoever read the first one does not write over it.
    let record = format!("{page}/fiche");
    let first = ines.get(&record);
    first.is(200).sees("Modifier la fiche");
    assert!(first.body.contains("value=\"60\"") && first.body.contains("Lettre de motivation"));
    let second = with(&with(&form, "version", "1"), "intitule", "Cheffe ou chef de projet IA");
    ines.does(&record, &second).sees("La fiche est enregistrée.").sees("Cheffe ou chef de projet IA");
    ines.post(&record, &with(&form, "version", "1")).is(409);
    institute.town.the_journal_holds();

    // Another certifier reads it, and may not change it.
    let other = institute.town.organisation("Autre école", &[Capacity::Certifier]);
    institute.town.member("zoe@autre.example", Role::Certifier, Some(other));
    let zoe = institute.town.log_in("zoe@autre.example");
    zoe.get(&page).is(200).does_not_see("Modifier la fiche");
    zoe.get(&record).is(404);
    zoe.post(&record, &second).is(404);
}

fn what_is_wrong_with_a_record_is_said_and_nothing_is_lost(database: &Database) {
    let institute = Institute::open(database);
    let ines = institute.manager();
    let programme = institute.programme.to_string();
    let form = filled(&programme);
    for (field, value, said) in [
        ("code", "99999", "Écrivez RNCP ou RS suivi de un à cinq chiffres"),
        ("intitule", " ", "Donnez un intitulé d’une ligne"),
        ("fin", "bientôt", "Choisissez un jour."),
        ("fin", "2025-01-01", "L’enregistrement prend effet avant de finir"),
        ("bloc_code", "RNCP88888BC01", "Le code de chaque bloc commence par celui de la fiche"),
        ("bloc_code", "BC1", "Un code de bloc n’est pas reconnu"),
        ("epreuve_points", "vingt", "Une épreuve n’est pas complète"),
        ("epreuve_seuil", "21", "son seuil ne les dépasse pas"),
        ("pieces", "CV\ncv", "La même condition est écrite deux fois"),
        ("jury_quorum", "4", "son quorum n’en demande pas plus"),
        ("jury_part", "101", "de 0 à 100 %"),
        ("validite", "0", "La durée de validité s’écrit en mois"),
        ("programme", "", "ne participe encore à aucun programme"),
    ] {
        let page = ines.post("/certifications", &with(&form, field, value));
        page.is(422).sees(said);
        assert!(page.body.contains("Piloter un projet d’IA") && page.body.contains("Soutenance"), "{field}");
    }
    let mut without = form.clone();
    without.retain(|(name, _)| *name != "voie");
    ines.post("/certifications", &without).is(422).sees("Cochez au moins une voie d’accès.");
    ines.get("/certifications").sees("Les certifications seront ici");
    added(&ines, &form);
    ines.post("/certifications", &form).is(422).sees("Cette fiche est déjà dans vos certifications");
}

const STANDARD: &str = "Numero_Fiche;Intitule;Nomenclature_Europe_Niveau;Date_Effet;Date_Fin_Enregistrement;Validation_Partielle\n\
    RNCP99999;Chef de projet en intelligence artificielle;NIV7;01/01/2026;31/12/2028;Oui\n";
const BLOCKS: &str = "Numero_Fiche;Bloc_Competences_Code;Bloc_Competences_Libelle\n\
    RNCP99999;RNCP99999BC01;Cadrer un projet d’IA\nRNCP99999;RNCP99999BC03;Évaluer ses effets\n";
const CERTIFIERS: &str =
    "Numero_Fiche;Siret_Certificateur;Nom_Certificateur\nRNCP99999;90099999900012;Quelqu’un d’autre\n";

fn register() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("standard.csv", STANDARD), ("blocs.csv", BLOCKS), ("certificateurs.csv", CERTIFIERS)]
    {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn a_record_begins_from_the_national_register(database: &Database) {
    let institute = Institute::open(database);
    let ines = institute.manager();
    let page = "/certifications/repertoire";
    ines.get(page).is(200).sees("France compétences");
    let sends =
        |code: &str, bytes: &[u8]| ines.upload(page, &[("code", code)], "fichier", "export.zip", bytes);
    let read = sends("RNCP99999", &register());
    read.is(200).sees("Rempli avec ce que dit le répertoire. Rien n’est encore enregistré");
    for typed in
        ["Chef de projet en intelligence artificielle", "2028-12-31", "RNCP99999BC03", "Évaluer ses effets"]
    {
        assert!(read.body.contains(typed), "{typed}");
    }
    sends("RNCP12345", &register()).is(422).sees("Aucune ligne de ce fichier ne parle de RNCP12345.");
    sends("RNCP99999", b"PK\x03\x04 rien").is(422).sees("Ce fichier ne s’ouvre pas");
    sends("n’importe quoi", &register()).is(422).sees("Écrivez RNCP ou RS");
    ines.post(page, &[("code", "RNCP99999")]).is(422).sees("Choisissez un fichier.");

    // What is kept already keeps what the register does not say.
    let programme = institute.programme.to_string();
    added(&ines, &filled(&programme));
    let again = sends("RNCP99999", &register());
    again.is(200).sees("Modifier la fiche");
    for typed in [
        "Chef de projet en intelligence artificielle",
        "Étude de cas",
        "Évaluer ses effets",
        "Lettre de motivation",
    ] {
        assert!(again.body.contains(typed), "{typed}");
    }
    assert!(!again.body.contains("Soutenance"), "a block that the register does not name is left out");
}
