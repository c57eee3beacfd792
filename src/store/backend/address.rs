//! The URL of PostgreSQL, with what a server needs when a database goes away without a word.

/// A host that vanishes says nothing: by the system's own defaults a request would wait for it two hours, and a new
/// connection two minutes. Whoever waits for an answer here learns of it after some ten seconds, and tries the next host of
/// the URL. Standbys are passed over.
const DEFAULTS: [(&str, &str); 7] = [
    ("application_name", "parcours"),
    ("connect_timeout", "3"),
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "10000"),
    ("target_session_attrs", "read-write"),
];

/// The same URL; what it says itself stays.
pub(super) fn with_defaults(url: &str) -> String {
    let (place, said) = url.split_once('?').unwrap_or((url, ""));
    let says = |name: &str| said.split('&').any(|pair| pair.split('=').next() == Some(name));
    let mut whole = place.to_owned();
    let kept = Some(said.to_owned()).filter(|said| !said.is_empty());
    let added =
        DEFAULTS.iter().filter(|(name, _)| !says(name)).map(|(name, value)| format!("{name}={value}"));
    for (number, pair) in kept.into_iter().chain(added).enumerate() {
        whole.push(if number == 0 { '?' } else { '&' });
        whole.push_str(&pair);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::with_defaults;

    #[test]
    fn what_a_url_says_itself_stays() {
        let plain = with_defaults("postgres://parcours@db.example/parcours");
        assert!(
            plain.starts_with("postgres://parcours@db.example/parcours?application_name=parcours&"),
            "{plain}"
        );
        assert!(plain.ends_with("&tcp_user_timeout=10000&target_session_attrs=read-write"), "{plain}");
        let said =
            with_defaults("postgres://a.example,b.example/p?target_session_attrs=any&connect_timeout=9");
        assert!(said.contains("?target_session_attrs=any&connect_timeout=9&application_name="), "{said}");
        assert_eq!(said.matches("target_session_attrs").count(), 1, "{said}");
        assert_eq!(said.matches("connect_timeout").count(), 1, "{said}");
    }
}
