//! Who has only a keyboard, or a browser that runs no script, does the main job all the same.

use super::Browser;
use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Planned, Town};
use domain::access::Role;
use domain::organisations::Capacity;

stories! {
    chromium: somebody_is_enrolled_by_keyboard_alone,
        a_list_is_pasted_and_enrolled_without_scripts;
}

const NADIA: &str = "nadia@verrerie.example";

/// A session of two seats that is open, and a company with one employee.
fn found(database: &Database) -> Town {
    let town = Town::new(database);
    let operator = town.organisation("Pilotage", &[Capacity::Operator]);
    let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody]);
    let company = town.organisation("Verrerie des Trois Canaux", &[Capacity::Company]);
    let programme = town.programme(operator, &[body, company]);
    town.member(NADIA, Role::Employer, Some(company));
    town.session(body, programme, &Planned { seats: 2, ..Planned::default() }, &[]);
    town.employee(company, "Lou", "Carpentier", Some("lou@verrerie.example"));
    town
}

fn somebody_is_enrolled_by_keyboard_alone(database: &Database) {
    let town = found(database);
    let nadia = Browser::new(&town.address());
    nadia.open("/");
    nadia.press("Tab");
    assert_eq!(nadia.focused(), "Aller au contenu");
    the_focus_is_seen(&nadia);
    tabs_to(&nadia, "Se connecter");
    nadia.press("Enter");
    nadia.arrives_at("/connexion");
    tabs_to(&nadia, "Adresse électronique");
    nadia.types(NADIA);
    tabs_to(&nadia, "Mot de passe");
    nadia.types(PASSWORD);
    tabs_to(&nadia, "Se connecter");
    nadia.press("Enter");
    nadia.arrives_at("/accueil");
    tabs_to(&nadia, "Inscrire des salariés");
    nadia.press("Enter");
    nadia.sees("À quelle session les inscrire");
    tabs_to(&nadia, "Comprendre l’IA");
    nadia.press("Enter");
    nadia.sees("Qui inscrivez-vous");
    tabs_to(&nadia, "CARPENTIER Lou");
    nadia.press("Space");
    nadia.sees("1 personne choisie");
    tabs_to(&nadia, "Inscrire 1 personne");
    nadia.press("Enter");
    nadia.sees("1 place confirmée");
    nadia.inspect();
}

/// Goes on from here, as many times as a page may ask for, and sees on each step where one is.
#[track_caller]
pub(super) fn tabs_to(browser: &Browser, name: &str) {
    for _ in 0..60 {
        browser.press("Tab");
        the_focus_is_seen(browser);
        if browser.focused().starts_with(name) {
            return;
        }
    }
    browser.fail(&format!("the keyboard does not reach « {name} »"));
}

/// What has the focus, or what is drawn in its stead, has an outline and is on the screen.
#[track_caller]
fn the_focus_is_seen(browser: &Browser) {
    let hidden = browser.eval(
        "const here = document.activeElement;
        if (!here || here === document.body) return '';
        const drawn = [here, ...(here.labels ?? []), here.nextElementSibling].filter(Boolean);
        const outlined = drawn.some((one) => {
            const style = getComputedStyle(one), box = one.getBoundingClientRect();
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && box.width > 1 && box.bottom > 0 && box.top < innerHeight;
        });
        return outlined ? '' : here.outerHTML.slice(0, 200);",
    );
    if hidden != "" {
        browser.fail(&format!("one does not see the focus on {hidden}"));
    }
}

fn a_list_is_pasted_and_enrolled_without_scripts(database: &Database) {
    let town = found(database);
    let nadia = Browser::new(&town.address());
    nadia.without_scripts();
    nadia.open("/connexion");
    nadia.fill("Adresse électronique", NADIA);
    nadia.fill("Mot de passe", PASSWORD);
    nadia.press("Enter");
    nadia.arrives_at("/accueil");
    nadia.open("/catalogue");
    nadia.click("Comprendre l’IA");
    nadia.click("Inscrire des salariés");
    nadia.sees("CARPENTIER Lou");
    nadia.does_not_see("Chercher dans la liste");
    nadia.click("Coller une liste");
    nadia.paste("Cellules copiées", "Nom\tPrénom\nVasseur\tMia\nWattel\t\nZimmer\tAxel");
    nadia.click("Relire la liste");
    nadia.sees("2 personnes sont prêtes, une ligne reste à compléter");
    nadia.fill("Prénom, ligne 3", "Hugo");
    nadia.click("Ajouter");
    nadia.sees("3 personnes ajoutées");
    nadia.click("Inscrire les personnes choisies");
    nadia.sees("2 places confirmées, 1 personne en attente");
    nadia.fits_width();
}
