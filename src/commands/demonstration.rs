//! The made-up programme that `parcours demo` shows.

use crate::actions::House;
use crate::domain::access::Role;
use crate::domain::calendar::Zone;
use crate::domain::text::Language;
use crate::store;

/// The password of every account of the demonstration.
const PASSWORD: &str = "parcours pour tous 2026";

/// Somebody of the demonstration.
const ACCOUNTS: &[(Role, &str, &str)] = &[(Role::Administrator, "admin@parcours.example", "Camille Aubry")];

/// Loads the programme once and answers its accounts: role, e-mail, password.
pub fn load(house: &House) -> anyhow::Result<Vec<(Role, String, String)>> {
    let now = house.clock.now();
    let hash = house.passwords.hash(PASSWORD)?;
    house.store.write(|conn| {
        for (role, email, name) in ACCOUNTS {
            if store::accounts::lock_of(conn, email)?.is_some() {
                continue;
            }
            let (address, name) = (email.parse()?, name.parse()?);
            let id = store::accounts::add(conn, &address, &name, None, Language::Fr, now)?;
            store::accounts::set_password(conn, id, &hash)?;
            store::accounts::add_membership(conn, id, None, *role, now.day(Zone::PARIS), None)?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(ACCOUNTS.iter().map(|(role, email, _)| (*role, (*email).to_owned(), PASSWORD.to_owned())).collect())
}
