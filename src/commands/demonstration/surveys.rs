//! What the made-up people think: most answer, some are silent, and the last surveys are still open.

use super::{Stage, cast};
use actions::rounds::{self, Reminders};
use actions::{self, House};
use anyhow::Context as _;
use credentials::Token;
use domain::access::{Action, Actor};
use domain::ids::QuestionId;
use domain::surveys::{Audience, Inquiry, Moment, Question, QuestionKind};
use std::collections::BTreeMap;
use store::surveys::Asked;
use store::{self, links::Purpose};

const HOT: &[&str] = &[
    "Les essais sur nos propres documents étaient le meilleur moment.",
    "Un peu rapide l’après-midi, mais tout a servi.",
    "J’ai enfin compris ce qu’il ne faut pas confier à un assistant.",
    "Il a manqué un exemple de mon métier.",
    "Relire avant d’envoyer\u{a0}: je le retiens.",
    "Merci pour la patience et pour les supports.",
    "J’aurais aimé une demi-journée de plus pour pratiquer.",
];
const COLD: &[&str] = &[
    "Je prépare mes comptes rendus avec un assistant et je les relis.",
    "Pas encore d’accès à l’outil dans mon service.",
    "Nous avons écrit une règle simple sur les données des clients.",
    "Le temps manque pour essayer.",
    "Je m’en sers chaque semaine pour chercher dans les normes.",
];
const EMPLOYER: &[&str] = &[
    "Un cas d’usage choisi avec l’encadrement, et du temps pour l’essayer.",
    "Un outil autorisé par notre service informatique.",
    "Une mise en pratique sur nos machines.",
];

/// Days ago on which the house made the rounds that asked the cold surveys.
const ROUNDS: [i64; 9] = [130, 115, 100, 85, 70, 55, 40, 25, 10];

/// Weeks after: the rounds ask, and most answer some days later.
pub fn weeks_after(stage: &Stage) -> anyhow::Result<()> {
    for days in ROUNDS {
        let then = stage.days_ago(days);
        rounds::run(&then, &Reminders(Vec::new()))?;
        answered(stage, &stage.days_ago(days - 3), Moment::Cold)?;
    }
    Ok(())
}

/// Those who were asked of late answer, but for the silent ones.
pub fn answered(stage: &Stage, then: &House, moment: Moment) -> anyhow::Result<()> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    let now = then.clock.now();
    // What the employer who shows the demonstration still has to answer.
    let employer = stage.acting(cast::EMPLOYER.email)?.may(Action::AnswerSurvey)?;
    let (asked, own) = then.store.read(|conn| {
        Ok::<_, store::Error>((store::surveys::list(conn, &reach)?, store::surveys::list(conn, &employer)?))
    })?;
    for one in asked.iter().filter(|one| one.moment == moment && one.until > now) {
        let is_last = one.until > stage.house.clock.now();
        let is_silent = one.id.0 % 4 == 1 || (is_last && own.iter().any(|kept| kept.id == one.id));
        if one.answered_on.is_none() && !is_silent {
            says(then, one)?;
        }
    }
    Ok(())
}

fn says(then: &House, asked: &Asked) -> anyhow::Result<()> {
    let now = then.clock.now();
    let token = Token::new()?;
    let (actor, questions) = then.store.write(|conn| {
        store::links::add(conn, &token.digest(), Purpose::Survey(asked.id), now.plus_minutes(1))?;
        let actor = store::links::holder(conn, &token.digest(), now)?;
        Ok::<_, store::Error>((actor, store::surveys::live(conn, asked.course, asked.inquiry())?))
    })?;
    let actor = actor.context("a link opens its survey")?;
    let typed: BTreeMap<QuestionId, String> =
        (0..).zip(&questions).map(|(place, one)| (one.id, said(asked, place, one))).collect();
    actions::surveys::answer(then, &actor, asked.id, &typed)?;
    Ok(())
}

fn said(asked: &Asked, place: i64, question: &Question) -> String {
    let turn = asked.id.0 + place;
    match question.wording.kind {
        QuestionKind::Scale => (if turn % 7 == 6 { 2 } else { 3 + index(turn, 3) }).to_string(),
        QuestionKind::YesNo => (if turn % 5 == 0 { "non" } else { "oui" }).to_owned(),
        QuestionKind::Text if turn % 2 == 0 => String::new(),
        QuestionKind::Text => {
            let texts = match (asked.inquiry(), asked.audience) {
                (Inquiry::HOT, _) => HOT,
                (_, Audience::Trainee) => COLD,
                (_, Audience::Employer) => EMPLOYER,
            };
            texts.get(index(turn / 2, texts.len())).copied().unwrap_or_default().to_owned()
        }
    }
}

fn index(turn: i64, of: usize) -> usize {
    usize::try_from(turn).unwrap_or(0) % of.max(1)
}
