//! `parcours admin`: the first administrator.

use super::hosting;
use crate::settings::Settings;
use anyhow::Context as _;
use domain::people::EmailAddress;

pub fn create(settings: &Settings, email: &str) -> anyhow::Result<()> {
    let email: EmailAddress =
        email.parse().with_context(|| format!("« {email} » is not an e-mail address"))?;
    let house = hosting::ready_house(settings)?;
    say!("{}", actions::members::create_administrator(&house, &email)?)
}
