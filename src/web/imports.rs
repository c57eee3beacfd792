//! A list of staff, from the paste to the confirmation.

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::uploads;
use super::visit::Visit;
use crate::actions;
use crate::actions::imports::{self, Mending, Preview, Sent, Summary};
use crate::domain::access::Action;
use crate::domain::ids::{ImportId, SessionId};
use crate::domain::imports::{Field, Line, Mistake, Verdict};
use crate::words::Words;
use askama::Template;
use serde::Deserialize;

pub fn doors(site: &mut Doors) {
    site.get("/salaries/import", Action::ImportStaff, ask);
    site.upload("/salaries/import", Action::ImportStaff, start);
    site.get("/salaries/import/modele.csv", Action::ImportStaff, model);
    site.get("/salaries/import/{import}", Action::ImportStaff, show);
    site.post("/salaries/import/{import}/verification", Action::ImportStaff, check);
    site.post("/salaries/import/{import}/confirmation", Action::ImportStaff, confirm);
    site.get("/salaries/import/{import}/refus.csv", Action::ImportStaff, give_back);
}

const CSV: &str = "text/csv; charset=utf-8";
/// Lines that a page shows at once.
const LINES: usize = 100;

#[derive(Template)]
#[template(path = "people/import.html")]
struct AskPage {
    shell: Shell,
    pasted: String,
    session: String,
    mistake: String,
}

#[derive(Deserialize)]
struct For {
    #[serde(default)]
    session: String,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let For { session } = visit.query()?;
    let shell = visit.shell(visit.w.import_title());
    Reply::page(&AskPage { shell, pasted: String::new(), session, mistake: String::new() })
}

fn start(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = uploads::read(visit.request)?;
    let (pasted, session) = (form.text("lignes"), form.text("session"));
    let sent = match &form.file {
        Some(file) => Sent::File { bytes: &file.bytes, name: &file.name },
        None => Sent::Pasted(pasted),
    };
    let wanted = session.parse::<SessionId>().ok();
    match imports::start(visit.house, &visit.actor, sent, wanted) {
        Ok(started) => {
            let path = format!("/salaries/import/{}", started.import);
            let w = visit.w;
            let mut notes = Vec::new();
            if started.guessed {
                notes.push(w.import_guessed().to_owned());
            }
            if !started.ignored.is_empty() {
                notes.push(w.import_ignored(&started.ignored));
            }
            if notes.is_empty() { Ok(Reply::see(&path)) } else { Ok(Reply::see_with(&path, notes.join(" "))) }
        }
        Err(actions::Error::Import(no)) => Reply::form_again(&AskPage {
            shell: visit.shell(visit.w.import_title()),
            pasted: pasted.to_owned(),
            session: session.to_owned(),
            mistake: visit.w.import_refusal(&no),
        }),
        Err(other) => Err(other.into()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a handler like the others")]
fn model(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let mut line = Line::default();
    for (field, text) in [
        (Field::FamilyName, "Carpentier"),
        (Field::GivenName, "Lou"),
        (Field::Email, "lou.carpentier@entreprise.example"),
        (Field::StaffNumber, "A-012"),
        (Field::JobGroup, visit.w.job_group_name(crate::domain::people::JobGroup::Clerk)),
        (Field::StartsOn, "01/09/2024"),
    ] {
        line.put(field, text);
    }
    let headings = Field::ALL.iter().map(|f| visit.w.import_field(*f)).collect::<Vec<_>>();
    Ok(Reply::file("salaries-modele.csv", CSV, imports::given_back(&headings, [(line, None)])))
}

/// The lines of one verdict, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    All,
    ToMend,
    New,
    Changed,
    Known,
    Twins,
}

impl Tab {
    const ALL: [(Self, &'static str); 6] = [
        (Self::All, "toutes"),
        (Self::ToMend, "a-completer"),
        (Self::New, "nouvelles"),
        (Self::Changed, "mises-a-jour"),
        (Self::Known, "connues"),
        (Self::Twins, "ecartees"),
    ];

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|(_, n)| *n == name).map_or(Self::All, |(tab, _)| tab)
    }

    fn shows(self, verdict: &Verdict) -> bool {
        match self {
            Self::All => true,
            Self::ToMend => matches!(verdict, Verdict::ToMend(_)),
            Self::New => matches!(verdict, Verdict::New(_)),
            Self::Changed => matches!(verdict, Verdict::Changed { .. }),
            Self::Known => matches!(verdict, Verdict::Known(_)),
            Self::Twins => matches!(verdict, Verdict::Twin { .. }),
        }
    }

    fn label(self, w: Words) -> &'static str {
        match self {
            Self::All => w.import_all(),
            Self::ToMend => w.import_to_mend(),
            Self::New => w.import_news(),
            Self::Changed => w.import_changeds(),
            Self::Known => w.import_knowns(),
            Self::Twins => w.import_twins(),
        }
    }

    fn count(self, of: Summary) -> usize {
        match self {
            Self::All => of.total(),
            Self::ToMend => of.to_mend,
            Self::New => of.added,
            Self::Changed => of.changed,
            Self::Known => of.known,
            Self::Twins => of.twins,
        }
    }
}

struct TabView {
    name: &'static str,
    label: &'static str,
    count: usize,
    current: bool,
}

struct CellView {
    label: &'static str,
    text: String,
    /// The name of the input that mends it.
    input: Option<String>,
    /// What a reader of the screen hears of that input.
    aria: String,
    wrong: bool,
}

struct LineView {
    number: usize,
    mark: &'static str,
    verdict: &'static str,
    remarks: Vec<String>,
    cells: Vec<CellView>,
}

#[derive(Template)]
#[template(path = "people/import_lines.html")]
struct LinesPage {
    shell: Shell,
    id: ImportId,
    summary: Summary,
    /// What the main button does.
    confirm: String,
    tabs: Vec<TabView>,
    tab: &'static str,
    headings: Vec<&'static str>,
    lines: Vec<LineView>,
    /// The line after which the next page starts.
    next: Option<usize>,
}

#[derive(Template)]
#[template(path = "people/import_done.html")]
struct DonePage {
    shell: Shell,
    id: ImportId,
    refused: Vec<(usize, String, String)>,
    enrol: Option<String>,
}

#[derive(Deserialize)]
struct View {
    #[serde(default)]
    voir: String,
    #[serde(default)]
    apres: String,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let view: View = visit.query()?;
    let preview = imports::preview(visit.house, &visit.actor, id)?;
    if preview.import.done_at.is_some() {
        return done(visit, &preview);
    }
    let w = visit.w;
    let summary = Summary::of(&preview.verdicts);
    let tab = Tab::named(&view.voir);
    let after: usize = view.apres.parse().unwrap_or(0);
    let shown = fields_shown(&preview);
    let mut lines: Vec<LineView> = preview
        .import
        .lines
        .iter()
        .zip(&preview.verdicts)
        .filter(|(kept, verdict)| tab.shows(verdict) && kept.line.number > after)
        .take(LINES + 1)
        .map(|(kept, verdict)| line_view(w, &kept.line, verdict, &shown))
        .collect();
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let tabs = Tab::ALL
        .into_iter()
        .map(|(one, name)| TabView {
            name,
            label: one.label(w),
            count: one.count(summary),
            current: one == tab,
        })
        .filter(|t| t.count > 0 || t.current)
        .collect();
    Reply::page(&LinesPage {
        shell: visit.shell(w.import_ready(summary.to_keep(), summary.known, summary.to_mend)),
        id,
        summary,
        confirm: w.import_confirm(summary.added, summary.changed),
        tabs,
        tab: Tab::ALL.into_iter().find(|(one, _)| *one == tab).map_or("toutes", |(_, name)| name),
        headings: shown.iter().map(|f| w.import_field(*f)).collect(),
        next: if more { lines.last().map(|l| l.number) } else { None },
        lines,
    })
}

/// The columns that say something: names and addresses always, the others when a line has them.
fn fields_shown(preview: &Preview) -> Vec<Field> {
    let is_used = |field: Field| match field {
        Field::FamilyName | Field::GivenName | Field::Email => true,
        Field::StaffNumber | Field::JobGroup | Field::StartsOn => {
            preview.import.lines.iter().any(|k| !k.line.cell(field).is_empty())
                || preview.verdicts.iter().any(|v| mended_in(v).contains(&field))
        }
    };
    Field::ALL.iter().copied().filter(|f| is_used(*f)).collect()
}

/// The cells in which a line can be mended.
fn mended_in(verdict: &Verdict) -> Vec<Field> {
    let Verdict::ToMend(mistakes) = verdict else { return Vec::new() };
    mistakes
        .iter()
        .flat_map(|mistake| match mistake {
            // A whole name may stand in one of the two.
            Mistake::Name { .. } => vec![Field::FamilyName, Field::GivenName],
            Mistake::Namesakes => vec![Field::StaffNumber, Field::Email],
            other => vec![other.field()],
        })
        .collect()
}

fn line_view(w: Words, line: &Line, verdict: &Verdict, shown: &[Field]) -> LineView {
    let (mark, said, remarks) = match verdict {
        Verdict::New(_) => ("ok", w.import_new(), Vec::new()),
        Verdict::Known(_) => ("", w.import_known(), vec![w.import_nothing_changes().to_owned()]),
        Verdict::Changed { changes, .. } => {
            ("done", w.import_changed(), changes.iter().map(|c| w.import_change(c)).collect())
        }
        Verdict::ToMend(mistakes) => {
            ("wait", w.import_to_mend(), mistakes.iter().map(|m| w.import_mistake(m)).collect())
        }
        Verdict::Twin { .. } => ("no", w.import_twin(), vec![w.import_reason(verdict)]),
    };
    let mended = mended_in(verdict);
    let wrong: Vec<Field> = match verdict {
        Verdict::ToMend(mistakes) => mistakes.iter().map(Mistake::field).collect(),
        Verdict::New(_) | Verdict::Known(_) | Verdict::Changed { .. } | Verdict::Twin { .. } => Vec::new(),
    };
    let cells = shown
        .iter()
        .map(|field| CellView {
            label: w.import_field(*field),
            text: line.cell(*field).to_owned(),
            input: mended.contains(field).then(|| format!("l{}.{field}", line.number)),
            aria: w.import_cell(*field, line.number),
            wrong: wrong.contains(field),
        })
        .collect();
    LineView { number: line.number, mark, verdict: said, remarks, cells }
}

/// The inputs of the page, by the line and the field in their names.
fn mendings(visit: &Visit<'_>) -> Result<Vec<Mending>, Problem> {
    let typed: Vec<(String, String)> = visit.form()?;
    let mending = |(name, text): (String, String)| {
        let (line, field) = name.strip_prefix('l')?.split_once('.')?;
        Some(Mending { line: line.parse().ok()?, field: field.parse().ok()?, text })
    };
    Ok(typed.into_iter().filter_map(mending).collect())
}

fn check(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    imports::mend(visit.house, &visit.actor, id, &mendings(visit)?)?;
    let view: View = visit.query()?;
    let tab = Tab::named(&view.voir);
    let name = Tab::ALL.into_iter().find(|(one, _)| *one == tab).map_or("toutes", |(_, name)| name);
    Ok(Reply::see(&format!("/salaries/import/{id}?voir={name}")))
}

fn confirm(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let confirmed = imports::confirm(visit.house, &visit.actor, id, &mendings(visit)?)?;
    let summary = confirmed.summary;
    let said = visit.w.import_done(summary.added, summary.changed, summary.known);
    let path = match confirmed.session {
        _ if summary.refused() > 0 => format!("/salaries/import/{id}"),
        Some(session) => format!("/inscriptions/nouvelle?session={session}&import={id}"),
        None => "/salaries".to_owned(),
    };
    Ok(Reply::see_with(&path, said))
}

/// Lines that were left out, each with its reason.
fn refused(w: Words, preview: &Preview) -> impl Iterator<Item = (&Line, String)> {
    let lines = preview.import.lines.iter().zip(&preview.verdicts);
    lines
        .filter(|(kept, _)| kept.person.is_none())
        .map(move |(kept, verdict)| (&kept.line, w.import_reason(verdict)))
        .filter(|(_, reason)| !reason.is_empty())
}

fn done(visit: &Visit<'_>, preview: &Preview) -> Result<Reply, Problem> {
    let id = preview.import.id;
    let refused: Vec<(usize, String, String)> = refused(visit.w, preview)
        .take(LINES)
        .map(|(line, reason)| {
            let name = format!("{} {}", line.cell(Field::GivenName), line.cell(Field::FamilyName));
            (line.number, name.trim().to_owned(), reason)
        })
        .collect();
    let title = match refused.len() {
        0 => visit.w.import_finished().to_owned(),
        _ => visit.w.import_left_out(Summary::of(&preview.verdicts).refused()),
    };
    let enrol = preview.import.session.map(|s| format!("/inscriptions/nouvelle?session={s}&import={id}"));
    Reply::page(&DonePage { shell: visit.shell(title), id, refused, enrol })
}

fn give_back(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let preview = imports::preview(visit.house, &visit.actor, id)?;
    let mut headings: Vec<&str> = Field::ALL.iter().map(|f| visit.w.import_field(*f)).collect();
    headings.push(visit.w.import_reason_heading());
    let lines = refused(visit.w, &preview).map(|(line, reason)| (line.clone(), Some(reason)));
    Ok(Reply::file("salaries-a-completer.csv", CSV, imports::given_back(&headings, lines)))
}
