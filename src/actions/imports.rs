//! Fifteen employees in three minutes: a list is read, shown, mended, and kept in one transaction.

use super::{Act, Done, Error, House};
use addresses::Page;
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::{Instant, Zone};
use domain::ids::{ImportId, OrganisationId, PersonId, SessionId};
use domain::imports::{self, Answer, Field, Layout, Line, Mistake, Sheet, Staff, Verdict};
use exchange::{self, Limits, Table};
use std::collections::HashMap;
use store::imports::KeptLine;
use store::{self, Conn};

/// What an employer sends.
#[derive(Debug, Clone, Copy)]
pub enum Sent<'a> {
    /// Cells copied from a spreadsheet, or typed.
    Pasted(&'a str),
    File {
        bytes: &'a [u8],
        name: &'a str,
    },
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub added: usize,
    pub back: usize,
    pub changed: usize,
    pub known: usize,
    pub to_mend: usize,
    pub twins: usize,
}

impl Summary {
    pub fn of(verdicts: &[Verdict]) -> Self {
        let mut summary = Self::default();
        for verdict in verdicts {
            *match verdict {
                Verdict::New(_) => &mut summary.added,
                Verdict::Back { .. } => &mut summary.back,
                Verdict::Changed { .. } => &mut summary.changed,
                Verdict::Known(_) => &mut summary.known,
                Verdict::ToMend(_) => &mut summary.to_mend,
                Verdict::Twin { .. } => &mut summary.twins,
            } += 1;
        }
        summary
    }

    /// Lines that are left out as they stand.
    pub fn refused(&self) -> usize {
        self.to_mend + self.twins
    }

    /// Lines that add or change something.
    pub fn to_keep(&self) -> usize {
        self.added + self.back + self.changed
    }

    pub fn total(&self) -> usize {
        self.to_keep() + self.known + self.refused()
    }
}

/// An import as a page shows it.
#[derive(Debug, Clone)]
pub struct Preview {
    pub import: store::imports::Import,
    /// One for each line, in order.
    pub verdicts: Vec<Verdict>,
}

/// A cell that was mended on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// The number of its line.
    pub line: usize,
    pub field: Field,
    pub text: String,
}

/// What the reader says of the lines on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mendings {
    pub cells: Vec<Mending>,
    /// By the number of the line; none takes an answer back.
    pub answers: Vec<(usize, Option<Answer>)>,
    /// Whether every line that differs from somebody's by the address alone, and is not answered, is that person's.
    pub same_people: bool,
}

/// Whether a list is only judged, or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    DryRun,
    Keep,
}

/// What the confirmation of an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed {
    pub summary: Summary,
    pub session: Option<SessionId>,
}

fn sheet(table: Table) -> Sheet {
    let rows = std::iter::once(table.header).chain(table.rows);
    Sheet::new(rows.map(|row| (row.line, row.cells)).collect())
}

/// Reads a list for the actor's company and keeps it for a day, until it is confirmed. Nobody is added yet. A session
/// that is not public is as if none was named.
pub fn start(house: &House, actor: &Actor, sent: Sent<'_>, session: Option<SessionId>) -> Done<ImportId> {
    actor.may(Action::ImportStaff)?;
    let company = actor.organisation().ok_or(store::Error::Missing)?;
    let table = match sent {
        Sent::Pasted(text) => exchange::read_pasted(text),
        Sent::File { bytes, name } => exchange::read_table(bytes, Some(name)),
    };
    let sheet = sheet(table.map_err(imports::Refusal::from)?);
    let layout = sheet.laid_out().map_err(imports::Refusal::from)?;
    house.act(actor, Action::ImportStaff, |act| {
        let session = match session.map(|id| store::sessions::heading(act.conn, id)) {
            None | Some(Err(store::Error::Missing)) => None,
            Some(found) => Some(found?.id),
        };
        let id = store::imports::add(act.conn, act.actor, company, session, (&sheet, &layout), act.now)?;
        act.made(&Page::Import(id));
        Ok(id)
    })
}

/// Reads what was sent again, with the columns as the reader says. What was mended or answered meanwhile stays.
pub fn set_layout(house: &House, actor: &Actor, id: ImportId, layout: &Layout) -> Done<()> {
    house.act(actor, Action::ImportStaff, |act| {
        let import = store::imports::get(act.conn, &act.reach, id, act.now)?;
        if import.done_at.is_some() {
            return Ok(());
        }
        import.sheet.check_rows(layout).map_err(imports::Refusal::from)?;
        let before = import.sheet.lines(&import.layout);
        let kept: HashMap<usize, (&Line, &Line)> =
            before.iter().zip(&import.lines).map(|(read, kept)| (read.number, (read, &kept.line))).collect();
        let mut lines: Vec<KeptLine> = Vec::new();
        for mut line in import.sheet.lines(layout) {
            if let Some((as_read, kept)) = kept.get(&line.number) {
                let is_mended = |field: &&Field| kept.cell(**field) != as_read.cell(**field);
                for field in Field::ALL.iter().filter(is_mended) {
                    line.put(*field, kept.cell(*field));
                }
                line.answer = kept.answer;
            }
            lines.push(KeptLine { line, person: None });
        }
        Ok(store::imports::set_layout(act.conn, id, layout, &lines)?)
    })
}

/// An import within reach, judged against the list as it stands now.
pub fn preview(house: &House, actor: &Actor, id: ImportId) -> Done<Preview> {
    let reach = actor.may(Action::ImportStaff)?;
    let now = house.clock.now();
    house.store.read(|conn| {
        let import = store::imports::get(conn, &reach, id, now)?;
        let verdicts = judged(conn, &reach, import.company, &import.lines, now)?;
        Ok(Preview { import, verdicts })
    })
}

fn judged(
    conn: &mut Conn,
    reach: &Reach,
    company: OrganisationId,
    kept: &[KeptLine],
    now: Instant,
) -> Done<Vec<Verdict>> {
    let staff = staff(conn, reach, company, now)?;
    let lines: Vec<Line> = kept.iter().map(|k| k.line.clone()).collect();
    Ok(imports::judge(&lines, &staff))
}

fn staff(conn: &mut Conn, reach: &Reach, company: OrganisationId, now: Instant) -> Done<Staff> {
    let today = now.day(Zone::OFFICE);
    let current = store::people::current(conn, reach, company, today)?;
    Ok(Staff { current, former: store::people::former(conn, reach, company, today)? })
}

/// Puts mended cells and answers in their lines; what is done already stays as it was.
pub fn mend(house: &House, actor: &Actor, id: ImportId, mendings: &Mendings) -> Done<()> {
    house.act(actor, Action::ImportStaff, |act| {
        let mut import = store::imports::get(act.conn, &act.reach, id, act.now)?;
        if import.done_at.is_some() || *mendings == Mendings::default() {
            return Ok(());
        }
        apply(&mut import.lines, mendings);
        if mendings.same_people {
            let verdicts = judged(act.conn, &act.reach, import.company, &import.lines, act.now)?;
            for (kept, verdict) in import.lines.iter_mut().zip(verdicts) {
                if matches!(verdict, Verdict::ToMend(m) if matches!(m.as_slice(), [Mistake::AnotherAddress { .. }]))
                {
                    kept.line.answer = Some(Answer::SamePerson);
                }
            }
        }
        Ok(store::imports::set(act.conn, id, &import.lines, None)?)
    })
}

fn apply(lines: &mut [KeptLine], mendings: &Mendings) {
    let places: HashMap<usize, usize> =
        lines.iter().enumerate().map(|(at, kept)| (kept.line.number, at)).collect();
    let place = |number: usize| places.get(&number).copied();
    for mending in &mendings.cells {
        if let Some(kept) = place(mending.line).and_then(|at| lines.get_mut(at)) {
            kept.line.put(mending.field, mending.text.trim());
        }
    }
    for (number, answer) in &mendings.answers {
        if let Some(kept) = place(*number).and_then(|at| lines.get_mut(at)) {
            kept.line.answer = *answer;
        }
    }
}

/// Adds and changes everybody whose line is right, all at once; lines that are not stay out. Confirming twice, even
/// at the same moment, adds nobody twice.
pub fn confirm(house: &House, actor: &Actor, id: ImportId, mendings: &Mendings) -> Done<Confirmed> {
    house.act(actor, Action::ImportStaff, |act| {
        let company = store::imports::get(act.conn, &act.reach, id, act.now)?.company;
        act.hold(|conn| store::organisations::hold(conn, company))?;
        // Read again under the hold: another confirmation may just have ended.
        let mut import = store::imports::get(act.conn, &act.reach, id, act.now)?;
        let session = import.session;
        if import.done_at.is_some() {
            let verdicts = judged(act.conn, &act.reach, company, &import.lines, act.now)?;
            return Ok(Confirmed { summary: Summary::of(&verdicts), session });
        }
        apply(&mut import.lines, mendings);
        let staff = staff(act.conn, &act.reach, company, act.now)?;
        let lines: Vec<Line> = import.lines.iter().map(|kept| kept.line.clone()).collect();
        let verdicts = imports::judge(&lines, &staff);
        let people = keep(act, company, &staff, &verdicts, &mut |_| ())?;
        for (line, person) in import.lines.iter_mut().zip(people) {
            line.person = person;
        }
        store::imports::set(act.conn, id, &import.lines, Some(act.now))?;
        let summary = Summary::of(&verdicts);
        told(act, company, &format!("import:{id}"), summary)?;
        Ok(Confirmed { summary, session })
    })
}

/// Lines that are written before it is said how far the import is.
const AT_ONCE: usize = 2_000;

/// Writes what the verdicts say, and answers who each line turned out to be: who is known one by one, then everybody
/// who is new. Their order does not matter, since no two lines of an import claim the same person or number.
fn keep(
    act: &mut Act<'_>,
    company: OrganisationId,
    staff: &Staff,
    verdicts: &[Verdict],
    progress: &mut dyn FnMut(usize),
) -> Done<Vec<Option<PersonId>>> {
    let today = act.today();
    let by_person: HashMap<PersonId, _> = staff.current.iter().map(|e| (e.person.id, e)).collect();
    let mut people = Vec::with_capacity(verdicts.len());
    let mut news = Vec::new();
    for verdict in verdicts {
        people.push(match verdict {
            Verdict::New(new) => {
                news.push((new, new.starts_on.unwrap_or(today)));
                None
            }
            Verdict::Changed { person, to, .. } => {
                let known = by_person.get(person).ok_or(store::Error::Missing)?;
                known.check_change(to)?;
                store::people::set(act.conn, known, to)?;
                Some(*person)
            }
            Verdict::Back { person, to, .. } => {
                store::people::rejoin(act.conn, company, *person, to, to.starts_on.unwrap_or(today))?;
                Some(*person)
            }
            Verdict::Known(person) => Some(*person),
            Verdict::ToMend(_) | Verdict::Twin { .. } => None,
        });
        progress(people.len() - news.len());
    }
    let mut added = Vec::with_capacity(news.len());
    for some in news.chunks(AT_ONCE) {
        added.extend(store::people::add_many(act.conn, company, some, act.now)?);
        progress(people.len() - news.len() + added.len());
    }
    let of_news = people.iter_mut().zip(verdicts).filter(|(_, verdict)| matches!(verdict, Verdict::New(_)));
    for ((place, _), person) in of_news.zip(added) {
        *place = Some(person);
    }
    Ok(people)
}

fn told(act: &mut Act<'_>, company: OrganisationId, reference: &str, summary: Summary) -> Done<()> {
    if summary.to_keep() == 0 {
        return Ok(());
    }
    let count = summary.to_keep().to_string();
    let line = store::journal::Line {
        kind: "employees_imported",
        reference,
        to: Some(&count),
        ..store::journal::Line::default()
    };
    act.note(Subject::Organisation(company), &[line])
}

/// The same import from the command line, in one go, of longer lists than a page can show. `progress` hears how many of how many lines are written.
/// What cannot be kept is answered line by line beside the counts.
pub fn from_file(
    house: &House,
    company: OrganisationId,
    (bytes, name): (&[u8], &str),
    mode: Mode,
    mut progress: impl FnMut(usize, usize),
) -> Done<(Summary, Vec<(usize, Verdict)>)> {
    let reach = Actor::HOUSE.may(Action::ImportStaff)?;
    let table = exchange::read_table_within(bytes, Some(name), &Limits::LARGE);
    let sheet = sheet(table.map_err(imports::Refusal::from)?);
    let layout = sheet.laid_out().map_err(imports::Refusal::from)?;
    sheet.check_names(&layout)?;
    let lines = sheet.lines(&layout);
    drop(sheet);
    let judge = |conn: &mut Conn, now: Instant| {
        let company = store::organisations::get(conn, &reach, company)?.id;
        let staff = staff(conn, &reach, company, now)?;
        let verdicts = imports::judge(&lines, &staff);
        Ok::<_, Error>((company, staff, verdicts))
    };
    let verdicts = match mode {
        Mode::DryRun => house.store.read(|conn| judge(conn, house.clock.now()))?.2,
        Mode::Keep => house.act_at_length(&Actor::HOUSE, Action::ImportStaff, |act| {
            act.hold(|conn| store::organisations::hold(conn, company))?;
            let (company, staff, verdicts) = judge(act.conn, act.now)?;
            let total = verdicts.len();
            keep(act, company, &staff, &verdicts, &mut |done| progress(done, total))?;
            told(act, company, &format!("organisation:{company}"), Summary::of(&verdicts))?;
            Ok(verdicts)
        })?,
    };
    let summary = Summary::of(&verdicts);
    let is_refused = |verdict: &Verdict| matches!(verdict, Verdict::ToMend(_) | Verdict::Twin { .. });
    let judged = lines.iter().zip(verdicts).filter(|(_, verdict)| is_refused(verdict));
    Ok((summary, judged.map(|(line, verdict)| (line.number, verdict)).collect()))
}

/// Lines as a file that can be mended and sent again: the given headings, the cells, and why each was refused.
pub fn given_back(headings: &[&str], lines: impl IntoIterator<Item = (Line, Option<String>)>) -> Vec<u8> {
    let rows = lines.into_iter().map(|(line, reason)| {
        let mut cells = line.cells().to_vec();
        cells.extend(reason);
        cells
    });
    exchange::write_csv(headings, rows)
}
