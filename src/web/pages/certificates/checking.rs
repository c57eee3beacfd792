//! Where a stranger checks a certificate: by its code, by its number and a name, by its file.

use super::{facts, mark};
use crate::forms::mistakes::Mistakes;
use crate::forms::uploads;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::certificates::{Brought, Checked, Extent, by_code, by_file, by_number};
use actix_web::http::{StatusCode, header::HeaderName};
use askama::Template;
use domain::access::Action;
use domain::calendar::Zone;
use domain::certificates::{CertificateNumber, Validity, VerificationCode};
use serde::Deserialize;
use store::certificates::Successor;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/verifier", Action::ReadPublicPages, ask);
    routes.post("/verifier/numero", Action::ReadPublicPages, number);
    routes.upload("/verifier/fichier", Action::ReadPublicPages, file);
    routes.get("/verifier/{verification}", Action::ReadPublicPages, code);
}

#[derive(Template)]
#[template(path = "certificates/verify.html")]
struct VerifyPage {
    shell: Shell,
    form: Form,
    mistakes: Mistakes,
    /// What was not found: a title, and what to do.
    unknown: Option<(&'static str, &'static str)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    code: String,
    numero: String,
    nom: String,
}

fn page(visit: &Visit<'_>, form: Form, mistakes: Mistakes) -> VerifyPage {
    VerifyPage { shell: visit.shell(visit.w.verify_title()), form, mistakes, unknown: None }
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: Form = visit.query()?;
    if form.code.trim().is_empty() {
        return Reply::page(&page(visit, form, Mistakes::default()));
    }
    match form.code.parse::<VerificationCode>() {
        Ok(code) => Ok(Reply::see(&format!("/verifier/{}", code.as_str()))),
        Err(_) => {
            let mistakes = Mistakes::one("code", visit.w.code_wrong());
            Reply::form_again(&page(visit, form, mistakes))
        }
    }
}

fn unknown(
    visit: &Visit<'_>,
    status: StatusCode,
    form: Form,
    what: (&'static str, &'static str),
) -> Result<Reply, Problem> {
    let page = VerifyPage { unknown: Some(what), ..page(visit, form, Mistakes::default()) };
    Reply::page_with(status, &page)
}

/// The page of a paper. Its code has as many chances as there are grains of sand on many earths; it is not slowed down,
/// since a QR code is scanned by a whole room at once.
fn code(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let typed: String = visit.part("verification")?;
    let nothing = (w.code_unknown_title(), w.code_unknown());
    let again = Form { code: typed.clone(), ..Form::default() };
    let Ok(code) = typed.parse::<VerificationCode>() else {
        return unknown(visit, StatusCode::NOT_FOUND, again, nothing);
    };
    match by_code(visit.house, &code)? {
        Some(checked) => answer(visit, &checked, None),
        None => unknown(visit, StatusCode::NOT_FOUND, again, nothing),
    }
}

/// A number can be guessed, and a surname: few tries are answered.
fn number(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let form: Form = visit.form()?;
    let mut mistakes = Mistakes::default();
    let number: Option<CertificateNumber> = mistakes.read("numero", form.numero.parse(), w.number_wrong());
    if form.nom.trim().is_empty() {
        mistakes.add("nom", w.surname_missing());
    }
    let Some(number) = number.filter(|_| mistakes.is_empty()) else {
        return Reply::form_again(&page(visit, form, mistakes));
    };
    visit.slow_down()?;
    match by_number(visit.house, &number, &form.nom)? {
        Some(checked) => answer(visit, &checked, None),
        None => {
            let nothing = (w.number_unknown_title(), w.number_unknown());
            unknown(visit, StatusCode::UNPROCESSABLE_ENTITY, form, nothing)
        }
    }
}

fn file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let Some(file) = uploads::read(visit.request)?.file else {
        let mistakes = Mistakes::one("fichier", w.file_missing());
        return Reply::form_again(&page(visit, Form::default(), mistakes));
    };
    visit.slow_down()?;
    let nothing = match by_file(visit.house, &file.bytes)? {
        Brought::Same(checked) => return answer(visit, &checked, Some(File::Same)),
        Brought::OtherPicture(checked) => return answer(visit, &checked, Some(File::OtherPicture)),
        Brought::Altered(checked) => return answer(visit, &checked, Some(File::Altered)),
        Brought::UnknownPaper => (w.paper_unknown_title(), w.paper_unknown()),
        Brought::UnknownBadge => (w.badge_unknown_title(), w.badge_unknown()),
        Brought::Unreadable(_) => (w.file_unreadable_title(), w.file_unreadable()),
    };
    unknown(visit, StatusCode::UNPROCESSABLE_ENTITY, Form::default(), nothing)
}

/// What the file is that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    /// What was issued.
    Same,
    /// The badge that was issued, in a picture that may show anything.
    OtherPicture,
    /// Not what was issued.
    Altered,
}

#[derive(Template)]
#[template(path = "certificates/checked.html")]
struct CheckedPage {
    shell: Shell,
    validity: Validity,
    sentence: String,
    facts: Vec<(&'static str, String)>,
    digest: Option<String>,
    is_outline: bool,
    /// None where no file was brought.
    file: Option<File>,
    today: String,
}

impl CheckedPage {
    fn mark(&self) -> &'static str {
        if self.title_of_file().is_some() { "no" } else { mark(self.validity) }
    }

    /// What is said first of a file that is not as it was issued.
    fn title_of_file(&self) -> Option<&'static str> {
        title_of_file(self.shell.w, self.file)
    }

    fn help_of_file(&self) -> Option<&'static str> {
        let w = self.shell.w;
        self.file.map(|file| match file {
            File::Same => w.file_same(),
            File::OtherPicture => w.picture_other(),
            File::Altered => w.file_altered(),
        })
    }
}

fn title_of_file(w: Words, file: Option<File>) -> Option<&'static str> {
    match file {
        Some(File::Altered) => Some(w.file_altered_title()),
        Some(File::OtherPicture) => Some(w.picture_other_title()),
        Some(File::Same) | None => None,
    }
}

/// The page of somebody, which no search engine shall show.
fn answer(visit: &Visit<'_>, checked: &Checked, file: Option<File>) -> Result<Reply, Problem> {
    let w = visit.w;
    let title = title_of_file(w, file).map_or_else(|| w.validity_title(checked.validity), str::to_owned);
    let page = CheckedPage {
        shell: visit.shell(title),
        validity: checked.validity,
        sentence: w.validity_sentence(checked.validity, checked.successor.as_ref().map(Successor::told)),
        facts: facts(w, &checked.claims, checked.extent),
        digest: (checked.extent == Extent::Everything).then(|| checked.paper_digest.clone()),
        is_outline: checked.extent == Extent::Outline,
        file,
        today: w.moment(visit.house.clock.now(), Zone::OFFICE),
    };
    let noindex = HeaderName::from_static("x-robots-tag");
    Ok(Reply::page(&page)?.with(noindex, "noindex, noarchive"))
}
