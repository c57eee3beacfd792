//! `parcours demo`: a made-up programme on this machine, for looking and trying.

use super::{demonstration, hosting};
use crate::settings::Settings;
use anyhow::Context as _;
use mail::Transport;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use web::{self, Site};

pub fn run(listen: SocketAddr, data: &Path, fresh: bool) -> anyhow::Result<()> {
    let listener = hosting::listener(listen)?;
    let listen = listener.local_addr()?;
    if !listen.ip().is_loopback() {
        tracing::warn!(
            "whoever reaches {listen} can log in: the passwords of the demonstration are published"
        );
    }
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let file = data.join("parcours.db");
    if fresh {
        forget(&file)?;
    }
    let settings = Settings::demonstration(listen, &file)?;
    let (mut house, _claimed) = hosting::serving_house(&settings)?;
    house.issuer_host = Some(demonstration::ISSUER_HOST.to_owned());
    house.store.make_letters_searchable()?;
    let accounts = demonstration::load(&house)?;
    let beside = hosting::beside(&house, &settings, Transport::Captured)?;
    let mut site = Site::new(&settings.public_url, true, Vec::new(), settings.secrets_per_minute);
    site.metrics.watch(&beside);
    let hosting = hosting::at(&settings, listener, None);
    web::run(house, site, hosting, || {
        let mut lines = String::new();
        for (role, email, password) in accounts {
            lines = format!("{lines}{role}\t{email}\t{password}\n");
        }
        // Whoever started it may have closed the pipe; it serves all the same.
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{lines}ready {}", settings.public_url).and_then(|()| out.flush());
    })?;
    Ok(())
}

/// Removes the database, unless a server uses it.
fn forget(file: &Path) -> anyhow::Result<()> {
    Ok(store::Store::forget(&format!("sqlite:{}", file.display()))?)
}
