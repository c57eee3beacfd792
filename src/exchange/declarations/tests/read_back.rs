//! A file for the State, read again into what it was written from. Each child is taken in the order of the schema, and
//! one that is left over is a fault.

use crate::declarations::spelling;
use domain::calendar::{Day, Instant, Zone};
use domain::certifications::{AccessRoute, RecordCode, Register};
use domain::declarations::*;
use roxmltree::{Document, Node};
use std::fmt::Debug;
use std::str::FromStr;

const NAMESPACE: &str = "urn:cdc:cpf:pc5:schema:1.0.0";
const NIL: (&str, &str) = ("http://www.w3.org/2001/XMLSchema-instance", "nil");

/// The children of an element that were not read yet.
struct Children<'a>(Vec<Node<'a, 'a>>);

impl<'a> Children<'a> {
    fn of(node: Node<'a, 'a>) -> Self {
        let mut elements: Vec<_> = node.children().filter(Node::is_element).collect();
        elements.reverse();
        Self(elements)
    }

    fn optional(&mut self, name: &str) -> Option<Node<'a, 'a>> {
        self.0.pop_if(|node| node.has_tag_name((NAMESPACE, name)))
    }

    #[track_caller]
    fn one(&mut self, name: &str) -> Node<'a, 'a> {
        self.optional(name).unwrap_or_else(|| panic!("no {name}, but {:?}", self.0.last()))
    }

    #[track_caller]
    fn text(&mut self, name: &str) -> &'a str {
        let node = self.one(name);
        assert_eq!(node.attributes().len(), 0, "{name}");
        node.text().unwrap_or_else(|| panic!("{name} is empty"))
    }

    #[track_caller]
    fn read<T: FromStr<Err: Debug>>(&mut self, name: &str) -> T {
        self.text(name).parse().unwrap()
    }

    fn optional_read<T: FromStr<Err: Debug>>(&mut self, name: &str) -> Option<T> {
        self.optional(name).map(|node| node.text().unwrap().parse().unwrap())
    }

    /// Empty only when it says so.
    #[track_caller]
    fn nillable(&mut self, name: &str) -> Option<&'a str> {
        let node = self.one(name);
        assert_eq!(node.attribute(NIL), node.text().is_none().then_some("true"), "{name}");
        node.text()
    }

    #[track_caller]
    fn end(self) {
        assert!(self.0.is_empty(), "left over: {:?}", self.0);
    }
}

pub fn read_back(text: &str) -> (Envelope, Vec<Passage>) {
    let document = Document::parse(text).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((NAMESPACE, "flux")));
    let mut flux = Children::of(root);
    let (flow, stamp) = (flux.read("idFlux"), flux.text("horodatage"));
    let says_action =
        flux.optional("action").inspect(|node| assert_eq!(node.text(), Some("CREATION"))).is_some();
    let mut sender = Children::of(flux.one("emetteur"));
    flux.end();
    let sent_by = sender.read("idClient");
    let mut certifiers = Children::of(sender.one("certificateurs"));
    sender.end();
    let mut certifier = Children::of(certifiers.one("certificateur"));
    certifiers.end();
    let envelope = Envelope {
        flow,
        made_at: moment(stamp),
        sender: sent_by,
        certifier: certifier.read("idClient"),
        contract: certifier.read("idContrat"),
        says_action,
    };
    let mut passages = Vec::new();
    for certification in Children::of(certifier.one("certifications")).0.into_iter().rev() {
        read_certification(certification, &envelope, &mut passages);
    }
    certifier.end();
    (envelope, passages)
}

/// The offset must be that of Paris at that moment.
fn moment(stamp: &str) -> Instant {
    let read = chrono::DateTime::parse_from_rfc3339(stamp).unwrap();
    let instant = Instant::from_utc(read.to_utc());
    let local = instant.local(Zone::PARIS).format("%Y-%m-%dT%H:%M:%S").to_string();
    assert_eq!(stamp.get(..19), Some(local.as_str()));
    assert_eq!(stamp.len(), 25);
    instant
}

fn read_certification(node: Node<'_, '_>, envelope: &Envelope, passages: &mut Vec<Passage>) {
    assert!(node.has_tag_name((NAMESPACE, "certification")));
    let mut certification = Children::of(node);
    let (register, code): (Register, RecordCode) = (certification.read("type"), certification.read("code"));
    assert_eq!(code.register(), register);
    let nature = if envelope.sender == envelope.certifier { "CERTIFICATEUR" } else { "TIERS_CONFIANCE" };
    assert_eq!(certification.text("natureDeposant"), nature);
    for node in Children::of(certification.one("passageCertifications")).0.into_iter().rev() {
        assert!(node.has_tag_name((NAMESPACE, "passageCertification")));
        passages.push(read_passage(node, &envelope.contract, &code));
    }
    certification.end();
}

fn read_passage(node: Node<'_, '_>, contract: &ContractId, code: &RecordCode) -> Passage {
    let mut told = Children::of(node);
    let mut draft = Draft::new(told.read("idTechnique"));
    draft.contract = Some(contract.clone());
    draft.certification = Some(code.clone());
    draft.details.proof = told.optional_read("urlPreuve");
    draft.details.option = told.optional_read("libelleOption");
    assert_eq!(told.text("obtentionCertification"), "PAR_ADMISSION");
    assert_eq!(told.text("donneeCertifiee"), "true");
    draft.details.exam = Exam {
        starts_on: told.optional_read("dateDebutExamen"),
        ends_on: told.optional_read("dateFinExamen"),
        mode: told
            .optional("modalitePassageExamen")
            .map(|node| spelt(ExamMode::ALL, spelling::mode, node.text())),
        postal_code: told.optional_read("codePostalCentreExamen"),
    };
    draft.issued_on = Some(told.read("dateDebutValidite"));
    draft.details.valid_until = told.nillable("dateFinValidite").map(|day| day.parse::<Day>().unwrap());
    assert_eq!(told.text("presenceNiveauLangueEuro"), "false");
    assert_eq!(told.text("presenceNiveauNumeriqueEuro"), "false");
    assert_eq!(told.nillable("scoring"), None);
    let honours = told.nillable("mentionValidee");
    draft.details.honours = honours.map(|text| spelt(Honours::ALL, spelling::honours, Some(text)));
    read_enrolment(told.one("modalitesInscription"), &mut draft.details);
    let mut identity = Children::of(told.one("identificationTitulaire"));
    told.end();
    read_holder(identity.one("titulaire"), &mut draft);
    identity.end();
    draft.passage().unwrap()
}

fn read_enrolment(node: Node<'_, '_>, details: &mut Details) {
    let mut told = Children::of(node);
    let route = told.nillable("modaliteAcces");
    details.route = route.map(|text| spelt(AccessRoute::ALL, spelling::route, Some(text)));
    let initiative = told.optional("initiativeInscription");
    details.initiative = initiative.map(|node| spelt(Initiative::ALL, spelling::initiative, node.text()));
    details.enrolled_on = told.optional_read("dateInscription");
    told.end();
}

fn read_holder(node: Node<'_, '_>, draft: &mut Draft) {
    let mut told = Children::of(node);
    let number = |text: &str| {
        assert_eq!(text.len(), 2);
        text.parse::<u32>().unwrap()
    };
    draft.birth_name = Some(told.read("nomNaissance"));
    draft.other_names.usual = told.nillable("nomUsage").map(|name| name.parse().unwrap());
    draft.first_name = Some(told.read("prenom1"));
    draft.other_names.second = told.optional_read("prenom2");
    draft.other_names.third = told.optional_read("prenom3");
    let year = told.read("anneeNaissance");
    let (month, day) =
        (told.nillable("moisNaissance").map(number), told.nillable("jourNaissance").map(number));
    draft.born = Some(BirthDate::new(year, month, day).unwrap());
    draft.sex = Some(spelt(Sex::ALL, spelling::sex, Some(told.text("sexe"))));
    draft.birthplace = read_birthplace(&mut told);
    told.end();
}

fn read_birthplace(told: &mut Children<'_>) -> Birthplace {
    let mut choice = Children::of(told.one("codeCommuneNaissance"));
    let code = choice.optional("codeInseeNaissance").map(|node| {
        let mut inner = Children::of(node);
        let code = inner.text("codeInsee");
        inner.end();
        code
    });
    if code.is_none() {
        let mut inner = Children::of(choice.one("codePostalNaissance"));
        assert_eq!(inner.nillable("codePostal"), None);
        inner.end();
    }
    choice.end();
    let town = told.optional_read("libelleCommuneNaissance");
    let number: Option<String> = told.optional_read("codePaysNaissance");
    let country = told.optional("libellePaysNaissance").map(|node| node.text().unwrap());
    let abroad = code.is_none_or(|code| code.starts_with("99"));
    assert_eq!(number.as_deref(), code.filter(|_| abroad).and_then(|code| code.get(2..)));
    match (code, country) {
        (Some(commune), Some("FRANCE")) if !abroad => {
            Birthplace::France { commune: commune.parse().unwrap(), name: town }
        }
        (code, Some(name)) => {
            let country =
                Country { code: code.map(|code| code.parse().unwrap()), name: name.parse().unwrap() };
            Birthplace::Abroad { country, town }
        }
        (_, None) => Birthplace::Unknown,
    }
}

/// The value that is spelt so.
#[track_caller]
fn spelt<T: Copy>(all: &[T], spell: fn(T) -> &'static str, text: Option<&str>) -> T {
    let found = all.iter().copied().find(|one| Some(spell(*one)) == text);
    found.unwrap_or_else(|| panic!("{text:?} spells nothing"))
}
