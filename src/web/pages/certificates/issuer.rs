//! Under which name a certifier signs, and who answers for it.

use crate::forms::{Ask as _, Declared, Field, Form, REASON_NAME, Refused, Text};
use crate::frame::{Reply, Routes, Visit};
use askama::Template;
use domain::access::Action;
use domain::certificates::{Refusal, Signatory};
use domain::text::Name;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/certificats/signature", Action::EditIssuer, settle);
}

const NAME: Text = Text::line("nom", Words::issuer_name).help(Words::issuer_name_help);
const SIGNATORY: Field<Name> =
    Field::line("signataire", Words::issuer_signatory, Words::issuer_signatory_missing)
        .help(Words::issuer_signatory_help);
const QUALITY: Field<Name> = Field::line("qualite", Words::issuer_quality, Words::issuer_quality_missing)
    .help(Words::issuer_quality_help);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::IssuerName | Self::IssuerNameTaken | Self::NoHost => Some(NAME.name()),
            Self::ReasonMissing => Some(REASON_NAME),
            _ => None,
        }
    }
}

/// Under which name it signs since it was chosen, and where its public keys stand.
#[derive(Template)]
#[template(path = "certificates/issuer.html")]
struct Chosen {
    w: Words,
    name: String,
    keys: String,
}

fn settle<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let certifier = store::certificates::certifier_of(&visit.reach)?;
    let known = visit.read(|conn| store::certificates::issuer_of(conn, certifier))?;
    let form =
        Form::new(visit, w.issuer_title()).from("/certificats", w.certificates()).lede(w.issuer_help());
    let (form, chosen) = match &known {
        None => (form.ask(NAME), None),
        Some(issuer) => {
            let name = issuer.did.name().to_owned();
            let keys = format!("{}/did.json", issuer.did.folder());
            (form.within(&Chosen { w, name: name.clone(), keys })?, Some(name))
        }
    };
    let signatory = known.map(|issuer| issuer.signatory);
    Ok(form
        .ask_again(SIGNATORY, signatory.as_ref().map(|one| &one.name))
        .ask_again(QUALITY, signatory.as_ref().map(|one| &one.quality))
        .button(w.save())
        .submits(
            |form| {
                let name = chosen.or_else(|| form.get(NAME))?;
                Some((name, Signatory { name: form.get(SIGNATORY)?, quality: form.get(QUALITY)? }))
            },
            |(name, signatory)| {
                actions::certificates::settle_issuer(visit.house, &visit.actor, name.trim(), signatory)
            },
            move |()| Reply::see_with("/certificats/signature", w.issuer_kept()),
        ))
}
