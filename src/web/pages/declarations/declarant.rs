//! Under which numbers a certifier declares.

use crate::forms::{Declared, Field, Form, Optional, Tick};
use crate::frame::{Reply, Routes, Visit};
use domain::access::Action;
use domain::declarations::{ClientId, ContractId, Declarant};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/declarations/numeros", Action::EditDeclarant, settle);
}

const CLIENT: Field<ClientId> =
    Field::line("client", Words::declaration_client, Words::declaration_client_wrong)
        .help(Words::declaration_client_help);
const CONTRACT: Field<ContractId> =
    Field::line("contrat", Words::declaration_contract, Words::declaration_contract_wrong)
        .help(Words::declaration_contract_help);
const SENDER: Optional<ClientId> =
    Field::line("deposant", Words::declaration_sender, Words::declaration_client_wrong)
        .help(Words::declaration_sender_help)
        .optional();
const SAYS_ACTION: Tick = Tick::new("action", Words::declaration_action);

fn settle<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let certifier = store::certificates::certifier_of(&visit.reach)?;
    let known = visit.read(|conn| store::declarations::declarant(conn, certifier))?;
    let other_sender = known.as_ref().filter(|known| known.sender != known.client);
    let says_action = known.as_ref().is_none_or(|known| known.says_action);
    Ok(Form::new(visit, w.declaration_numbers())
        .from("/declarations", w.declarations_title())
        .lede(w.declaration_numbers_help())
        .ask_again(CLIENT, known.as_ref().map(|known| &known.client))
        .ask_again(CONTRACT, known.as_ref().map(|known| &known.contract))
        .ask_again(SENDER, other_sender.map(|known| &known.sender))
        .ask_again(SAYS_ACTION, says_action.then_some(Tick::YES))
        .button(w.save())
        .submits(
            |form| {
                let client = form.get(CLIENT)?;
                Some(Declarant {
                    contract: form.get(CONTRACT)?,
                    sender: form.get(SENDER)?.unwrap_or_else(|| client.clone()),
                    says_action: form.get(SAYS_ACTION)?,
                    client,
                })
            },
            |declarant| actions::declarations::settle(visit.house, &visit.actor, &declarant),
            move |()| Reply::see_with("/declarations", w.declaration_numbers_kept()),
        ))
}
