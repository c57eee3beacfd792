//! What members do around a sitting: state their interests, open it, break it off, close it.

use super::{path_of, whole};
use crate::forms::{Choice, Declared, Field, Form, REASON, Several, Text};
use crate::frame::{Reply, Routes, Visit};
use actions::juries::Whole;
use askama::Template;
use domain::access::Action;
use domain::ids::JurorId;
use domain::juries::Juror;
use domain::named;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/jurys/{jury}/declaration", Action::StateInterest, state_interest);
    routes.form("/jurys/{jury}/ouverture", Action::ChairJury, open);
    routes.form("/jurys/{jury}/suspension", Action::ChairJury, adjourn);
    routes.form("/jurys/{jury}/cloture", Action::ChairJury, close);
}

named! {
    /// What a member states of a tie to the candidates.
    Tie {
        Free = "aucun",
        Tied = "lien",
    }
}

const TIE: Field<Tie> = Field::radio("lien", Words::statement_label, Words::statement_missing);
const WHICH: Text = Text::new("lequel", Words::which_interest).optional();
const PRESENT: Several<JurorId> = Several::boxes("present", Words::members_of_jury);

/// Names, one below the other.
#[derive(Template)]
#[template(path = "juries/names.html")]
struct Names {
    title: &'static str,
    names: Vec<String>,
}

/// A form about a jury that the reader sits in.
fn about<'v>(visit: &'v Visit<'v>, whole: &Whole, title: &str, help: &str) -> Form<'v> {
    let back = path_of(whole.seen.id);
    Form::new(visit, title).narrow().from(&back, whole.about.title.as_str()).lede(help)
}

fn state_interest<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    let whole = whole(visit, id)?;
    let names = whole.attempts.iter().map(|one| one.name.full()).collect();
    let ties = [(Tie::Free, w.no_interest()), (Tie::Tied, w.an_interest())];
    about(visit, &whole, w.state_interest(), w.state_interest_help())
        .ask(TIE)
        .among(ties.map(|(tie, label)| Choice::new(tie, label)))
        .ask(WHICH)
        .button(w.sign_statement())
        .submits(
            |form| Some((form.get(TIE)?, form.get(WHICH)?)),
            move |(tie, which)| {
                let interest = (tie == Tie::Tied).then_some(which.as_str());
                actions::juries::state_interest(visit.house, &visit.actor, id, interest)
            },
            move |()| Reply::see_with(&path_of(id), w.statement_made()),
        )
        .before(&Names { title: w.candidates(), names })
}

fn open<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    let whole = whole(visit, id)?;
    let member = |juror: &Juror| {
        let awaited = juror.statement.is_none().then(|| w.statement_awaited().to_lowercase());
        let detail = [Some(w.juror_capacity(juror.capacity).to_owned()), awaited];
        Choice::new(juror.id, &juror.name)
            .detailed(detail.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    Ok(about(visit, &whole, w.open_sitting(), w.open_sitting_help())
        .ask(PRESENT)
        .among(whole.jurors.iter().map(member))
        .button(w.open_sitting())
        .submits(
            |form| form.get(PRESENT),
            move |present| actions::juries::open(visit.house, &visit.actor, id, &present),
            move |()| Reply::see_with(&path_of(id), w.sitting_opened()),
        ))
}

fn adjourn<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    Ok(about(visit, &whole(visit, id)?, w.adjourn_sitting(), w.adjourn_sure())
        .ask(REASON)
        .button(w.adjourn_sitting())
        .submits(
            |form| form.get(REASON),
            move |why| actions::juries::adjourn(visit.house, &visit.actor, id, &why),
            move |()| Reply::see_with(&path_of(id), w.sitting_adjourned()),
        ))
}

fn close<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    Ok(about(visit, &whole(visit, id)?, w.close_jury(), w.close_jury_sure()).button(w.close_jury()).submits(
        |_| Some(()),
        move |()| actions::juries::close(visit.house, &visit.actor, id),
        move |()| Reply::see_with(&path_of(id), w.jury_closed()),
    ))
}
