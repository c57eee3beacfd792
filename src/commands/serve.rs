//! `parcours serve`: the server in production.

use super::{hosting, one_line};
use crate::settings::Settings;
use store::Unfit;
use web::{self, Site};

pub fn run(settings: &Settings) -> anyhow::Result<()> {
    // Held until the end: one embedded database has one server.
    let (house, _claimed) = hosting::serving_house(settings)?;
    match hosting::is_ready(&house.store) {
        Err(error) if error.is::<Unfit>() => return Err(error),
        Err(error) => tracing::warn!("{}", one_line(&error)),
        Ok(()) => {}
    }
    if house.keys.is_none() {
        tracing::warn!(
            "there is no master key: nothing is sealed or signed; name its file in PARCOURS_KEY_FILE"
        );
    }
    let listener = hosting::listener(settings.listen)?;
    let metrics = settings.metrics_listen.map(hosting::listener).transpose()?;
    let mut site =
        Site::new(&settings.public_url, false, settings.proxies.clone(), settings.secrets_per_minute);
    site.tells_timing = settings.server_timing;
    let beside = hosting::beside(&house, settings, hosting::transport(settings)?)?;
    site.metrics.watch(&beside);
    let (listen, public_url) = (settings.listen, settings.public_url.clone());
    let hosting = hosting::at(settings, listener, metrics);
    web::run(house, site, hosting, || {
        tracing::info!(%listen, public_url, "ready");
    })?;
    Ok(())
}
