//! Under which numbers a certifier declares.

use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use askama::Template;
use domain::access::Action;
use domain::declarations::{ClientId, ContractId, Declarant};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/declarations/numeros", Action::EditDeclarant, ask);
    routes.post("/declarations/numeros", Action::EditDeclarant, settle);
}

#[derive(Template)]
#[template(path = "declarations/numbers.html")]
struct NumbersPage {
    shell: Shell,
    form: Form,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    client: String,
    contrat: String,
    deposant: String,
    action: String,
}

fn page(visit: &Visit<'_>, form: Form, mistakes: Mistakes) -> NumbersPage {
    NumbersPage { shell: visit.shell(visit.w.declaration_numbers()), form, mistakes }
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let certifier = store::certificates::certifier_of(&visit.reach)?;
    let known = visit.house.store.read(|conn| store::declarations::declarant(conn, certifier))?;
    let form = match known {
        None => Form { action: "oui".to_owned(), ..Form::default() },
        Some(known) => Form {
            deposant: if known.sender == known.client { String::new() } else { known.sender.to_string() },
            client: known.client.to_string(),
            contrat: known.contract.to_string(),
            action: if known.says_action { "oui".to_owned() } else { String::new() },
        },
    };
    Reply::page(&page(visit, form, Mistakes::default()))
}

fn settle(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let form: Form = visit.form()?;
    let mut mistakes = Mistakes::default();
    let client: Option<ClientId> = mistakes.read("client", form.client.parse(), w.declaration_client_wrong());
    let contract: Option<ContractId> =
        mistakes.read("contrat", form.contrat.parse(), w.declaration_contract_wrong());
    let sender: Option<ClientId> =
        mistakes.parse("deposant", &form.deposant, |_| w.declaration_client_wrong().to_owned());
    let (Some(client), Some(contract), true) = (client, contract, mistakes.is_empty()) else {
        return Reply::form_again(&page(visit, form, mistakes));
    };
    let sender = sender.unwrap_or_else(|| client.clone());
    let declarant = Declarant { client, contract, sender, says_action: !form.action.is_empty() };
    actions::declarations::settle(visit.house, &visit.actor, &declarant)?;
    Ok(Reply::see_with("/declarations", w.declaration_numbers_kept()))
}
