//! The file for the State, a passage at a time: two hundred thousand never stand in memory together.
//!
//! One element a line and no indentation: it can be read and compared line by line, and is smaller by a quarter or more.

use super::spelling;
use domain::calendar::{Day, Zone};
use domain::declarations::{
    Batch, Birthplace, CivilName, CountryCode, Details, Envelope, Exam, Holder, OptionLabel, Passage,
    PlaceName, Placed, PostalCode, ProofLink, Refusal,
};
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

const NAMESPACE: &str = "urn:cdc:cpf:pc5:schema:1.0.0";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What is open around the passages of one certification.
const OF_A_CERTIFICATION: [&str; 2] = ["cpf:certification", "cpf:passageCertifications"];
/// What is open around the certifications.
const OF_A_FILE: [&str; 5] =
    ["cpf:flux", "cpf:emetteur", "cpf:certificateurs", "cpf:certificateur", "cpf:certifications"];

/// Why a file was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Out(#[from] io::Error),
}

/// A whole file.
#[derive(Debug)]
pub struct Written<W> {
    pub out: W,
    pub passages: usize,
    pub bytes: u64,
}

/// A file under way. What it wrote may be taken away between two passages ([`Writer::out`]); it is whole only after
/// [`Writer::end`].
pub struct Writer<W: Write> {
    xml: Elements<W>,
    batch: Batch,
}

/// Writes a whole file. The passages of one certification come one after the other.
pub fn write<W: Write>(
    out: W,
    envelope: Envelope,
    passages: impl IntoIterator<Item = Passage>,
) -> Result<Written<W>, Unwritable> {
    let mut writer = Writer::begin(out, envelope)?;
    for passage in passages {
        writer.passage(&passage)?;
    }
    writer.end()
}

impl<W: Write> Writer<W> {
    /// Writes all that comes before the first passage.
    pub fn begin(out: W, envelope: Envelope) -> Result<Self, Unwritable> {
        let batch = Batch::open(envelope)?;
        let mut writer = Self { xml: Elements::begin(out)?, batch };
        writer.head()?;
        Ok(writer)
    }

    /// Writes one passage, unless it does not go with the others: then nothing of it is written.
    pub fn passage(&mut self, passage: &Passage) -> Result<(), Unwritable> {
        let begun = self.batch.passages() > 0;
        if self.batch.admit(passage)? == Placed::First {
            if begun {
                self.xml.close_all(&OF_A_CERTIFICATION)?;
            }
            self.certification(passage)?;
        }
        self.xml.passage(passage)?;
        Ok(())
    }

    /// Writes what closes the file.
    pub fn end(mut self) -> Result<Written<W>, Unwritable> {
        self.batch.close()?;
        self.xml.close_all(&OF_A_CERTIFICATION)?;
        self.xml.close_all(&OF_A_FILE)?;
        let (out, bytes) = self.xml.end()?;
        Ok(Written { out, passages: self.batch.passages(), bytes })
    }

    /// Where it is written, so that what stands there may be taken away.
    pub fn out(&mut self) -> &mut W {
        self.xml.out()
    }

    fn head(&mut self) -> io::Result<()> {
        let envelope = self.batch.envelope();
        let [root, sender, certifiers, certifier, certifications] = OF_A_FILE;
        let root = BytesStart::new(root).with_attributes([("xmlns:cpf", NAMESPACE), ("xmlns:xsi", INSTANCE)]);
        self.xml.event(Event::Start(root))?;
        self.xml.leaf("cpf:idFlux", envelope.flow.as_str())?;
        // the true offset of the day: a file dated in summer is two hours from UTC
        self.xml.leaf("cpf:horodatage", &envelope.made_at.iso_in(Zone::PARIS))?;
        if envelope.says_action {
            self.xml.leaf("cpf:action", "CREATION")?;
        }
        self.xml.open(sender)?;
        self.xml.leaf("cpf:idClient", envelope.sender.as_str())?;
        self.xml.open(certifiers)?;
        self.xml.open(certifier)?;
        self.xml.leaf("cpf:idClient", envelope.certifier.as_str())?;
        self.xml.leaf("cpf:idContrat", envelope.contract.as_str())?;
        self.xml.open(certifications)
    }

    /// What stands before the first passage of a certification.
    fn certification(&mut self, first: &Passage) -> io::Result<()> {
        let [certification, passages] = OF_A_CERTIFICATION;
        self.xml.open(certification)?;
        self.xml.leaf("cpf:type", first.certification.register().as_str())?;
        self.xml.leaf("cpf:code", first.certification.as_str())?;
        self.xml.leaf("cpf:natureDeposant", spelling::depositor(self.batch.envelope().depositor()))?;
        self.xml.open(passages)
    }
}

/// Elements in the order of the schema: an optional one is left out, a nillable one stands empty and says so.
struct Elements<W: Write>(quick_xml::Writer<Counted<W>>);

impl<W: Write> Elements<W> {
    fn begin(out: W) -> io::Result<Self> {
        let mut xml = Self(quick_xml::Writer::new_with_indent(Counted { out, bytes: 0 }, b' ', 0));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(xml)
    }

    fn end(self) -> io::Result<(W, u64)> {
        let mut counted = self.0.into_inner();
        counted.write_all(b"\n")?;
        counted.flush()?;
        Ok((counted.out, counted.bytes))
    }

    fn out(&mut self) -> &mut W {
        &mut self.0.get_mut().out
    }

    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        self.0.write_event(event)
    }

    fn open(&mut self, name: &'static str) -> io::Result<()> {
        self.event(Event::Start(BytesStart::new(name)))
    }

    fn close(&mut self, name: &'static str) -> io::Result<()> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// Closes what was opened in this order.
    fn close_all(&mut self, names: &[&'static str]) -> io::Result<()> {
        names.iter().rev().try_for_each(|name| self.close(name))
    }

    fn leaf(&mut self, name: &'static str, text: &str) -> io::Result<()> {
        self.open(name)?;
        self.event(Event::Text(BytesText::from_escaped(partial_escape(text))))?;
        self.close(name)
    }

    fn optional(&mut self, name: &'static str, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.leaf(name, text))
    }

    fn nillable(&mut self, name: &'static str, text: Option<&str>) -> io::Result<()> {
        match text {
            Some(text) => self.leaf(name, text),
            None => self.event(Event::Empty(BytesStart::new(name).with_attributes([("xsi:nil", "true")]))),
        }
    }

    fn day(&mut self, name: &'static str, day: Option<Day>) -> io::Result<()> {
        self.optional(name, day.map(Day::iso).as_deref())
    }

    fn passage(&mut self, passage: &Passage) -> io::Result<()> {
        let details = &passage.details;
        self.open("cpf:passageCertification")?;
        self.leaf("cpf:idTechnique", passage.id.as_str())?;
        self.optional("cpf:urlPreuve", details.proof.as_ref().map(ProofLink::as_str))?;
        self.optional("cpf:libelleOption", details.option.as_ref().map(OptionLabel::as_str))?;
        self.leaf("cpf:obtentionCertification", "PAR_ADMISSION")?;
        self.leaf("cpf:donneeCertifiee", "true")?;
        self.exam(&details.exam)?;
        self.leaf("cpf:dateDebutValidite", &passage.issued_on.iso())?;
        self.nillable("cpf:dateFinValidite", details.valid_until.map(Day::iso).as_deref())?;
        self.leaf("cpf:presenceNiveauLangueEuro", "false")?;
        self.leaf("cpf:presenceNiveauNumeriqueEuro", "false")?;
        self.nillable("cpf:scoring", None)?;
        self.nillable("cpf:mentionValidee", details.honours.map(spelling::honours))?;
        self.enrolment(details)?;
        self.open("cpf:identificationTitulaire")?;
        self.holder(&passage.holder)?;
        self.close("cpf:identificationTitulaire")?;
        self.close("cpf:passageCertification")
    }

    fn exam(&mut self, exam: &Exam) -> io::Result<()> {
        self.day("cpf:dateDebutExamen", exam.starts_on)?;
        self.day("cpf:dateFinExamen", exam.ends_on)?;
        self.optional("cpf:modalitePassageExamen", exam.mode.map(spelling::mode))?;
        self.optional("cpf:codePostalCentreExamen", exam.postal_code.as_ref().map(PostalCode::as_str))
    }

    /// The way of a VAE is left out: the name of its element could not be verified, and one wrong name loses the file.
    fn enrolment(&mut self, details: &Details) -> io::Result<()> {
        self.open("cpf:modalitesInscription")?;
        self.nillable("cpf:modaliteAcces", details.route.map(spelling::route))?;
        self.optional("cpf:initiativeInscription", details.initiative.map(spelling::initiative))?;
        self.day("cpf:dateInscription", details.enrolled_on)?;
        self.close("cpf:modalitesInscription")
    }

    fn holder(&mut self, holder: &Holder) -> io::Result<()> {
        let (others, born) = (&holder.other_names, holder.born);
        let two_digits = |number: Option<u32>| number.map(|number| format!("{number:02}"));
        self.open("cpf:titulaire")?;
        self.leaf("cpf:nomNaissance", holder.birth_name.as_str())?;
        self.nillable("cpf:nomUsage", others.usual.as_ref().map(CivilName::as_str))?;
        self.leaf("cpf:prenom1", holder.first_name.as_str())?;
        self.optional("cpf:prenom2", others.second.as_ref().map(CivilName::as_str))?;
        self.optional("cpf:prenom3", others.third.as_ref().map(CivilName::as_str))?;
        self.leaf("cpf:anneeNaissance", &format!("{:04}", born.year()))?;
        self.nillable("cpf:moisNaissance", two_digits(born.month()).as_deref())?;
        self.nillable("cpf:jourNaissance", two_digits(born.day()).as_deref())?;
        self.leaf("cpf:sexe", spelling::sex(holder.sex))?;
        self.birthplace(&holder.birthplace)?;
        self.close("cpf:titulaire")
    }

    fn birthplace(&mut self, place: &Birthplace) -> io::Result<()> {
        let (code, town, country) = match place {
            Birthplace::Unknown => (None, None, None),
            Birthplace::France { commune, name } => (Some(commune.as_str()), name.as_ref(), None),
            Birthplace::Abroad { country, town } => {
                (country.code.as_ref().map(CountryCode::as_str), town.as_ref(), Some(country))
            }
        };
        self.open("cpf:codeCommuneNaissance")?;
        if let Some(code) = code {
            self.open("cpf:codeInseeNaissance")?;
            self.leaf("cpf:codeInsee", code)?;
            self.close("cpf:codeInseeNaissance")?;
        } else {
            self.open("cpf:codePostalNaissance")?;
            self.nillable("cpf:codePostal", None)?;
            self.close("cpf:codePostalNaissance")?;
        }
        self.close("cpf:codeCommuneNaissance")?;
        self.optional("cpf:libelleCommuneNaissance", town.map(PlaceName::as_str))?;
        let number = country.and_then(|country| country.code.as_ref()).map(CountryCode::number);
        self.optional("cpf:codePaysNaissance", number)?;
        let label = match place {
            Birthplace::Unknown => None,
            Birthplace::France { .. } => Some("FRANCE"),
            Birthplace::Abroad { country, .. } => Some(country.name.as_str()),
        };
        self.optional("cpf:libellePaysNaissance", label)
    }
}

/// Counts what goes through it.
struct Counted<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
