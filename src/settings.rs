//! Every knob, its default and its meaning. The only reader of the environment.
//!
//! Settings come from `parcours.toml` in the working folder and from the environment, which wins.

use anyhow::{Context as _, bail, ensure};
use domain::letters::REMINDER_DAYS;
use domain::people::EmailAddress;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// One setting, as `parcours.toml` and as the environment name it.
#[derive(Debug, Clone, Copy)]
pub struct Knob {
    pub name: &'static str,
    pub variable: &'static str,
    /// In words where it follows from another one.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares the manual with it"))]
    pub default: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares the manual with it"))]
    pub meaning: &'static str,
}

macro_rules! knobs {
    ($($name:literal $variable:literal $default:literal $meaning:literal)+) => {
        &[$(Knob { name: $name, variable: $variable, default: $default, meaning: $meaning }),+]
    };
}

/// The file that is read when `PARCOURS_SETTINGS` names no other.
pub const FILE: &str = "parcours.toml";

#[rustfmt::skip]
pub const KNOBS: &[Knob] = knobs! {
    "database_url" "DATABASE_URL" "sqlite:var/parcours.db"
        "sqlite:PATH for the embedded database, postgres://… for PostgreSQL 15 or later"
    "listen" "PARCOURS_LISTEN" "127.0.0.1:8080"
        "the address and port that answer"
    "public_url" "PARCOURS_PUBLIC_URL" "http:// and `listen`, when that is a loopback address"
        "the address that people type, without a path; https:// unless it is a loopback one"
    "proxies" "PARCOURS_PROXIES" "none"
        "addresses of the proxies in front of us, whose word on the client's address is taken"
    "smtp_url" "PARCOURS_SMTP_URL" "none: letters become files"
        "smtps://user:password@host:465, or smtp://user:password@host:587?tls=required"
    "letters_folder" "PARCOURS_LETTERS_FOLDER" "var/letters"
        "where letters go as .eml files while there is no smtp_url"
    "mail_from" "PARCOURS_MAIL_FROM" "parcours@ and the host of `public_url`"
        "the address that letters come from"
    "reminder_days" "PARCOURS_REMINDER_DAYS" "7, 1"
        "how many days before its first half-day a session is recalled"
    "key_file" "PARCOURS_KEY_FILE" "beside the embedded database, made at the first start; none on PostgreSQL"
        "the file of the master key, 32 bytes in base64, the same on every server and in no backup of the database"
    "checkpoint_minutes" "PARCOURS_CHECKPOINT_MINUTES" "60"
        "how many minutes after the last checkpoint the journal is sealed again, if it moved"
    "metrics_listen" "PARCOURS_METRICS_LISTEN" "none: /metrics is on `listen`"
        "an address and port of its own for /metrics"
    "connections" "PARCOURS_CONNECTIONS" "8"
        "connections to the database at most"
    "workers" "PARCOURS_WORKERS" "one a core"
        "threads that speak HTTP"
    "server_timing" "PARCOURS_SERVER_TIMING" "no"
        "yes: each answer tells in `Server-Timing` how long it took and how many queries, to whoever asks"
    "drain_seconds" "PARCOURS_DRAIN_SECONDS" "1"
        "seconds that it goes on serving once told to stop, while /readyz says 503 and a proxy turns to other servers"
    "secrets_per_minute" "PARCOURS_SECRETS_PER_MINUTE" "30"
        "tries of a password or a code that one address has in a minute"
    "log" "PARCOURS_LOG" "info"
        "what is logged: error, warn, info, debug, or a filter of tracing-subscriber"
    "log_format" "PARCOURS_LOG_FORMAT" "text"
        "text, or json for a collector"
};

/// How letters leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayOut {
    Smtp(String),
    Folder(PathBuf),
}

/// Where the master key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFile {
    /// Beside an embedded database, whose server makes it.
    Beside(PathBuf),
    Named(PathBuf),
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// The settings, each right by itself and safe together.
#[derive(Debug, Clone)]
pub struct Settings {
    pub database_url: String,
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub public_url: String,
    pub proxies: Vec<IpAddr>,
    pub way_out: WayOut,
    pub mail_from: String,
    pub reminder_days: Vec<i64>,
    pub key_file: KeyFile,
    pub checkpoint_minutes: u32,
    pub metrics_listen: Option<SocketAddr>,
    pub connections: u32,
    pub workers: usize,
    pub drain_seconds: u32,
    pub server_timing: bool,
    pub secrets_per_minute: u32,
    pub log: String,
    pub log_format: LogFormat,
}

impl Settings {
    /// Reads the file and the environment, and refuses what is wrong or unsafe.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the environment")]
    pub fn read() -> anyhow::Result<Self> {
        let named = std::env::var("PARCOURS_SETTINGS").ok().filter(|named| !named.trim().is_empty());
        let path = Path::new(named.as_deref().unwrap_or(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && named.is_none() => String::new(),
            Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
        };
        Self::of(&text, |variable| std::env::var(variable).ok())
            .with_context(|| format!("the settings ({} and the environment)", path.display()))
    }

    fn of(file: &str, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let mut written = written(file)?;
        for knob in KNOBS {
            // What is empty is not said: so a variable of a container that was given none.
            if let Some(value) = environment(knob.variable).filter(|value| !value.trim().is_empty()) {
                written.insert(knob.name.to_owned(), value);
            }
        }
        let given = |name: &str| written.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
        let listen = address("listen", given("listen").unwrap_or("127.0.0.1:8080"))?;
        let public_url = public_url(given("public_url"), listen)?;
        let host = host_of(&public_url);
        let mail_from =
            given("mail_from").map_or_else(|| format!("parcours@{}", mail_domain(host)), str::to_owned);
        ensure!(
            mail_from.parse::<EmailAddress>().is_ok(),
            "mail_from « {mail_from} » is not an e-mail address: give one of your own domain"
        );
        let cores = std::thread::available_parallelism().map_or(2, Into::into);
        let database_url = given("database_url").unwrap_or("sqlite:var/parcours.db").to_owned();
        let known = ["sqlite:", "postgres://", "postgresql://"];
        ensure!(
            known.iter().any(|scheme| database_url.starts_with(scheme)),
            "database_url must start with sqlite: or postgres://"
        );
        // SQLite knows names that are no files.
        ensure!(
            embedded(&database_url).is_none_or(|path| {
                !path.is_empty()
                    && !path.ends_with('/')
                    && !path.starts_with(':')
                    && !path.starts_with("file:")
            }),
            "database_url: after sqlite: the path of a file is expected"
        );
        Ok(Self {
            listen,
            proxies: addresses(given("proxies").unwrap_or_default())?,
            way_out: way_out(given("smtp_url"), given("letters_folder"))?,
            mail_from,
            reminder_days: reminder_days(given("reminder_days"))?,
            key_file: given("key_file")
                .map_or_else(|| beside(&database_url), |file| KeyFile::Named(file.into())),
            checkpoint_minutes: number("checkpoint_minutes", given("checkpoint_minutes").unwrap_or("60"))?,
            metrics_listen: given("metrics_listen")
                .map(|text| address("metrics_listen", text))
                .transpose()?,
            connections: number("connections", given("connections").unwrap_or("8"))?,
            workers: given("workers").map_or(Ok(cores), |text| {
                number("workers", text).map(|workers| usize::try_from(workers).unwrap_or(cores))
            })?,
            server_timing: match given("server_timing").unwrap_or("no") {
                "yes" => true,
                "no" => false,
                other => bail!("server_timing is yes or no, not « {other} »"),
            },
            drain_seconds: number_from(0, "drain_seconds", given("drain_seconds").unwrap_or("1"))?,
            secrets_per_minute: number("secrets_per_minute", given("secrets_per_minute").unwrap_or("30"))?,
            log: given("log").unwrap_or("info").to_owned(),
            log_format: match given("log_format").unwrap_or("text") {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                other => bail!("log_format is text or json, not « {other} »"),
            },
            public_url,
            database_url,
        })
    }

    /// What `parcours demo` serves with: nothing from the file or the environment.
    pub fn demonstration(listen: SocketAddr, database: &Path) -> anyhow::Result<Self> {
        let mut settings = Self::of("", |_| None)?;
        settings.database_url = format!("sqlite:{}", database.display());
        settings.key_file = beside(&settings.database_url);
        settings.public_url = format!("http://{listen}");
        settings.listen = listen;
        Ok(settings)
    }

    /// The part after `@` of what we name in letters.
    pub fn mail_domain(&self) -> &str {
        self.mail_from.split_once('@').map_or("localhost", |(_, domain)| domain)
    }
}

/// The path of an embedded database.
fn embedded(database_url: &str) -> Option<&str> {
    let path = database_url.strip_prefix("sqlite:")?;
    Some(path.strip_prefix("//").unwrap_or(path))
}

/// The key file of an embedded database: its own name, with `.key` after it.
fn beside(database_url: &str) -> KeyFile {
    embedded(database_url).map_or(KeyFile::None, |path| KeyFile::Beside(format!("{path}.key").into()))
}

/// The values of the file as text; a name that means nothing is a mistake, not a comment.
fn written(file: &str) -> anyhow::Result<BTreeMap<String, String>> {
    // The line itself stays unsaid: it may hold a password.
    let table: toml::Table = file.parse().map_err(|wrong: toml::de::Error| {
        let line = wrong.span().map_or(0, |at| file[..at.start.min(file.len())].matches('\n').count()) + 1;
        anyhow::anyhow!("line {line} is not TOML: {}", wrong.message())
    })?;
    let mut written = BTreeMap::new();
    for (name, value) in table {
        ensure!(KNOBS.iter().any(|k| k.name == name), "there is no setting « {name} »");
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Array(values) => {
                let texts = values.into_iter().map(|value| match value {
                    toml::Value::String(text) => Ok(text),
                    toml::Value::Integer(number) => Ok(number.to_string()),
                    _ => bail!("{name} lists texts or numbers"),
                });
                texts.collect::<anyhow::Result<Vec<_>>>()?.join(",")
            }
            _ => bail!("{name} is a text, a number or a list of these"),
        };
        written.insert(name, text);
    }
    Ok(written)
}

fn address(name: &str, text: &str) -> anyhow::Result<SocketAddr> {
    text.parse()
        .with_context(|| format!("{name} « {text} » is not an address and a port, like 127.0.0.1:8080"))
}

fn addresses(text: &str) -> anyhow::Result<Vec<IpAddr>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|one| one.parse().with_context(|| format!("proxies: « {one} » is not an IP address"))).collect()
}

fn reminder_days(given: Option<&str>) -> anyhow::Result<Vec<i64>> {
    let Some(text) = given else { return Ok(REMINDER_DAYS.to_vec()) };
    let days = text.split(',').map(|day| day.trim().parse().ok().filter(|day| (1..=60).contains(day)));
    days.collect::<Option<_>>()
        .with_context(|| format!("reminder_days are days from 1 to 60, like « 7, 1 », not « {text} »"))
}

fn number(name: &str, text: &str) -> anyhow::Result<u32> {
    number_from(1, name, text)
}

fn number_from(least: u32, name: &str, text: &str) -> anyhow::Result<u32> {
    let number = text.parse().ok().filter(|number| (least..=10_000).contains(number));
    number.with_context(|| format!("{name} is a number from {least} to 10000, not « {text} »"))
}

fn public_url(given: Option<&str>, listen: SocketAddr) -> anyhow::Result<String> {
    let Some(url) = given else {
        ensure!(
            listen.ip().is_loopback(),
            "public_url is missing: others can reach {listen}, so say which https:// address they type"
        );
        return Ok(format!("http://{listen}"));
    };
    let url = url.trim_end_matches('/');
    let (scheme, rest) = url.split_once("://").context("public_url starts with https://")?;
    ensure!(
        !rest.is_empty() && !rest.contains(['/', '?', '#', '@', ' ']),
        "public_url is a scheme and a host, without a path: « {url} »"
    );
    match scheme {
        "https" => {}
        "http" if is_loopback(host_of(url)) => {}
        "http" => bail!(
            "public_url « {url} »: passwords would travel in the clear; put a proxy in front and use https://"
        ),
        other => bail!("public_url starts with https://, not {other}://"),
    }
    Ok(url.to_owned())
}

/// The host of a URL, without its port.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['/', '?']).next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((six, _)) => six,
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// An IP address is no domain of an e-mail address.
fn mail_domain(host: &str) -> &str {
    if is_loopback(host) || host.parse::<IpAddr>().is_ok() { "parcours.example" } else { host }
}

fn way_out(smtp: Option<&str>, folder: Option<&str>) -> anyhow::Result<WayOut> {
    let Some(url) = smtp else {
        return Ok(WayOut::Folder(folder.unwrap_or("var/letters").into()));
    };
    ensure!(
        url.starts_with("smtps://") || url.starts_with("smtp://"),
        "smtp_url starts with smtps:// or smtp://"
    );
    // The URL holds a password: it is not repeated.
    ensure!(
        url.starts_with("smtps://") || url.contains("tls=required") || is_loopback(host_of(url)),
        "smtp_url: letters would travel in the clear; use smtps://…, or smtp://…?tls=required"
    );
    Ok(WayOut::Smtp(url.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str, environment: &[(&str, &str)]) -> anyhow::Result<Settings> {
        Settings::of(file, |name| {
            environment.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_a_word_it_serves_this_machine_only() {
        let settings = of("", &[]).unwrap();
        assert_eq!(settings.public_url, "http://127.0.0.1:8080");
        assert_eq!(settings.database_url, "sqlite:var/parcours.db");
        assert_eq!(settings.way_out, WayOut::Folder("var/letters".into()));
        assert_eq!(settings.mail_from, "parcours@parcours.example");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let file = "listen = \"0.0.0.0:80\"\npublic_url = \"https://parcours.example/\"\nconnections = 4\nproxies = [\"10.0.0.1\", \"::1\"]";
        let settings = of(file, &[("PARCOURS_LISTEN", "127.0.0.1:90")]).unwrap();
        assert_eq!(settings.listen.port(), 90);
        assert_eq!((settings.public_url.as_str(), settings.connections), ("https://parcours.example", 4));
        assert_eq!(settings.proxies.len(), 2);
        assert_eq!(settings.mail_from, "parcours@parcours.example");
    }

    #[test]
    fn what_the_environment_leaves_empty_is_in_the_file() {
        let file = "database_url = \"sqlite:one.db\"\nreminder_days = [14, 2]";
        let settings = of(file, &[("DATABASE_URL", ""), ("PARCOURS_REMINDER_DAYS", " ")]).unwrap();
        assert_eq!(settings.database_url, "sqlite:one.db");
        assert_eq!(settings.reminder_days, [14, 2]);
    }

    #[test]
    fn what_is_unsafe_or_wrong_is_refused_with_a_sentence() {
        for (variable, value, said) in [
            ("PARCOURS_PUBLIC_URL", "http://parcours.example", "in the clear"),
            ("PARCOURS_PUBLIC_URL", "parcours.example", "starts with https://"),
            ("PARCOURS_PUBLIC_URL", "https://parcours.example/app", "without a path"),
            ("PARCOURS_LISTEN", "0.0.0.0:8080", "public_url is missing"),
            ("PARCOURS_LISTEN", "8080", "not an address and a port"),
            ("PARCOURS_SMTP_URL", "smtp://user:secret@mail.example:25", "in the clear"),
            ("PARCOURS_SMTP_URL", "https://mail.example", "smtp_url starts with smtps://"),
            ("DATABASE_URL", "sqlite://:memory:", "the path of a file"),
            ("DATABASE_URL", "sqlite:file:one.db", "the path of a file"),
            ("DATABASE_URL", "sqlite:/var/lib/", "the path of a file"),
            ("DATABASE_URL", "sqlite::memory:", "the path of a file"),
            ("DATABASE_URL", "sqlite:", "the path of a file"),
            ("PARCOURS_CONNECTIONS", "0", "from 1 to 10000"),
            ("PARCOURS_DRAIN_SECONDS", "-1", "from 0 to 10000"),
            ("PARCOURS_MAIL_FROM", "nobody", "not an e-mail address"),
            ("PARCOURS_PROXIES", "proxy", "not an IP address"),
            ("PARCOURS_REMINDER_DAYS", "demain", "days from 1 to 60"),
            ("PARCOURS_LOG_FORMAT", "xml", "text or json"),
            ("DATABASE_URL", "mysql://localhost", "sqlite: or postgres://"),
        ] {
            let refused = format!("{:#}", of("", &[(variable, value)]).unwrap_err());
            assert!(refused.contains(said), "{variable}={value}: {refused}");
            assert!(!refused.contains("secret"), "{refused}");
        }
        let refused = of("lisen = \"127.0.0.1:1\"", &[]).unwrap_err().to_string();
        assert_eq!(refused, "there is no setting « lisen »");
    }

    #[test]
    fn nearby_everything_may_be_plain() {
        for url in ["http://localhost:8080", "http://[::1]:8080", "http://127.0.0.1"] {
            of("", &[("PARCOURS_PUBLIC_URL", url), ("PARCOURS_SMTP_URL", "smtp://localhost:1025")]).unwrap();
        }
    }

    #[test]
    fn the_manual_knows_every_knob() {
        let manual = include_str!("../docs/operations.md");
        for knob in KNOBS {
            let row =
                format!("| `{}` | `{}` | {} | {} |", knob.name, knob.variable, knob.default, knob.meaning);
            assert!(manual.contains(&row), "docs/operations.md lacks the row\n{row}");
        }
    }
}
