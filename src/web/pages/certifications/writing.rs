//! Writing a record: by hand, or begun from the files of the national register.

use super::form::{BlockLine, RecordForm, field_of};
use crate::forms::mistakes::Mistakes;
use crate::forms::uploads;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::certifications::{
    AccessRoute, Acquisition, AssessmentKind, Certification, Entry, Level, RecordCode, Refusal,
};
use domain::courses::Stage;
use domain::ids::CertificationId;

pub fn routes(routes: &mut Routes) {
    routes.get("/certifications/nouvelle", Action::EditCertification, ask_new);
    routes.post("/certifications", Action::EditCertification, add);
    routes.get("/certifications/repertoire", Action::EditCertification, ask_file);
    routes.upload("/certifications/repertoire", Action::EditCertification, read_file);
    routes.get("/certifications/{certification}/fiche", Action::EditCertification, ask_change);
    routes.post("/certifications/{certification}/fiche", Action::EditCertification, edit);
}

#[derive(Template)]
#[template(path = "certifications/form.html")]
struct FormPage {
    shell: Shell,
    /// The certification that is changed; none for a new one.
    id: Option<CertificationId>,
    form: RecordForm,
    blocks: Vec<BlockLine>,
    programmes: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    required_levels: Vec<(String, String)>,
    routes: Vec<(AccessRoute, bool)>,
    stages: Vec<(Stage, bool)>,
    kinds: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    mistakes: Mistakes,
    /// Said above a form that the register filled.
    notes: Vec<&'static str>,
}

fn page(visit: &Visit<'_>, id: Option<CertificationId>, form: RecordForm) -> Result<FormPage, Problem> {
    let w = visit.w;
    let programmes = match (id, visit.actor.organisation()) {
        (Some(_), _) => Vec::new(),
        (None, None) => return Err(Problem::NotFound),
        (None, Some(body)) => visit.read(|conn| store::programmes::joined_by(conn, body))?,
    };
    let level = |level: Level| (level.to_string(), w.level_choice(level));
    let levels = |none: &str| {
        let none = (String::new(), none.to_owned());
        [none].into_iter().chain(Level::ALL.into_iter().map(level)).collect()
    };
    Ok(FormPage {
        shell: visit.shell(if id.is_some() { w.edit_certification() } else { w.new_certification() }),
        id,
        blocks: form.blocks(),
        programmes: programmes.iter().map(|p| (p.id.to_string(), p.short_name.to_string())).collect(),
        levels: levels(w.no_level()),
        required_levels: levels(w.no_required_level()),
        routes: AccessRoute::ALL.iter().map(|route| (*route, form.has_route(*route))).collect(),
        stages: [Stage::Awareness, Stage::Practice].map(|stage| (stage, form.has_stage(stage))).to_vec(),
        kinds: AssessmentKind::ALL
            .iter()
            .map(|k| (k.to_string(), w.assessment_kind(*k).to_owned()))
            .collect(),
        rules: Acquisition::ALL.iter().map(|a| (a.to_string(), w.acquisition(*a).to_owned())).collect(),
        form,
        mistakes: Mistakes::default(),
        notes: Vec::new(),
    })
}

impl FormPage {
    fn with(self, mistakes: Mistakes) -> Self {
        Self { mistakes, ..self }
    }

    fn refused(self, no: Refusal) -> Self {
        let mistakes = Mistakes::one(field_of(no), self.shell.w.certification_refusal(no));
        self.with(mistakes)
    }
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, None, RecordForm::blank())?)
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: RecordForm = visit.form()?;
    if form.only_grows() {
        return Reply::page(&page(visit, None, form.grown())?);
    }
    let mut mistakes = Mistakes::default();
    let code = mistakes.read("code", form.code.parse::<RecordCode>(), visit.w.record_code_mistake());
    let no_programme = visit.w.certification_refusal(Refusal::NoProgramme);
    let programme = mistakes.read("programme", form.programme.parse(), no_programme);
    let record = form.read(visit.w, &mut mistakes);
    let (Some(code), Some(programme), Some(record)) = (code, programme, record) else {
        return Reply::form_again(&page(visit, None, form)?.with(mistakes));
    };
    match actions::certifications::add(visit.house, &visit.actor, programme, &code, &record) {
        Ok(id) => Ok(Reply::see_with(&format!("/certifications/{id}"), visit.w.certification_saved())),
        Err(Error::Refused(actions::Refusal::Certification(no))) => {
            Reply::form_again(&page(visit, None, form)?.refused(no))
        }
        Err(other) => Err(other.into()),
    }
}

fn own(visit: &Visit<'_>) -> Result<Certification, Problem> {
    let id: CertificationId = visit.part("certification")?;
    Ok(visit.read(|conn| store::certifications::own(conn, &visit.reach, id))?)
}

fn ask_change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let kept = own(visit)?;
    Reply::page(&page(visit, Some(kept.id), RecordForm::of(&kept))?)
}

fn edit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    // Whose record it is comes before what is wrong with the form.
    let id = own(visit)?.id;
    let form: RecordForm = visit.form()?;
    if form.only_grows() {
        return Reply::page(&page(visit, Some(id), form.grown())?);
    }
    let mut mistakes = Mistakes::default();
    let Some(record) = form.read(visit.w, &mut mistakes) else {
        return Reply::form_again(&page(visit, Some(id), form)?.with(mistakes));
    };
    match actions::certifications::edit(visit.house, &visit.actor, id, form.version, &record) {
        Ok(()) => Ok(Reply::see_with(&format!("/certifications/{id}"), visit.w.certification_saved())),
        Err(Error::Refused(actions::Refusal::Certification(no))) => {
            Reply::form_again(&page(visit, Some(id), form)?.refused(no))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "certifications/register.html")]
struct RegisterPage {
    shell: Shell,
    code: String,
    mistakes: Mistakes,
}

fn register_page(visit: &Visit<'_>, code: &str, mistakes: Mistakes) -> RegisterPage {
    RegisterPage { shell: visit.shell(visit.w.from_register()), code: code.to_owned(), mistakes }
}

fn ask_file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&register_page(visit, "", Mistakes::default()))
}

fn read_file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let upload = uploads::read(visit.request)?;
    let (w, typed) = (visit.w, upload.text("code"));
    let mut mistakes = Mistakes::default();
    let code = mistakes.read("code", typed.parse::<RecordCode>(), w.record_code_mistake());
    let file = upload.file.as_ref();
    if file.is_none() {
        mistakes.add("fichier", w.register_file_missing());
    }
    let (Some(code), Some(file)) = (code, file) else {
        return Reply::form_again(&register_page(visit, typed, mistakes));
    };
    match actions::certifications::read_register(&file.bytes, &code) {
        Ok(Some(entry)) => begun_from(visit, &entry),
        Ok(None) => {
            let mistakes = Mistakes::one("fichier", w.not_in_register(code.as_str()));
            Reply::form_again(&register_page(visit, typed, mistakes))
        }
        Err(_) => {
            let mistakes = Mistakes::one("fichier", w.register_damaged());
            Reply::form_again(&register_page(visit, typed, mistakes))
        }
    }
}

/// The form of the record that the certifier keeps already, or of a new one, filled by the register.
fn begun_from(visit: &Visit<'_>, entry: &Entry) -> Result<Reply, Problem> {
    let certifier = visit.actor.organisation().ok_or(Problem::NotFound)?;
    let (kept, (_, siret)) = visit.read(|conn| {
        let kept = store::certifications::by_code(conn, &visit.reach, &entry.code)?;
        Ok((kept, store::certifications::certifier(conn, certifier)?))
    })?;
    let mut form = kept.as_ref().map_or_else(RecordForm::blank, RecordForm::of);
    form.take(entry);
    let mut page = page(visit, kept.map(|kept| kept.id), form)?;
    page.notes.push(visit.w.register_read());
    if !entry.certifiers.is_empty() && siret.is_none_or(|siret| !entry.certifiers.contains(&siret)) {
        page.notes.push(visit.w.not_among_certifiers());
    }
    Reply::page(&page)
}
