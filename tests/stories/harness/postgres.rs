//! A private PostgreSQL for one run: in a temporary folder, on a socket.

// A vocabulary for all harnesses: not each word is said in each.
#![allow(dead_code)]

use std::env;
use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::scratch::{self, quoted};

/// What a cluster is started with. `mmap`, since the shared memory of a container is often 64 MB.
const SETTINGS: &[&str] = &[
    "listen_addresses=''",
    "port=5432",
    "max_connections=200",
    "dynamic_shared_memory_type=mmap",
    "log_checkpoints=off",
    "timezone=UTC",
];
/// The folder of PostgreSQL's own programs, and as whom they run.
pub struct Programs {
    folder: PathBuf,
    user: Option<Owner>,
}

/// `initdb` refuses root; another user runs the cluster and owns its folder.
struct Owner {
    name: &'static str,
    uid: u32,
    gid: u32,
}

impl Programs {
    /// On the PATH, else where distributions put them, the newest first; or the reason why not.
    pub fn find() -> Result<Self, String> {
        let folder = on_the_path()
            .into_iter()
            .chain(usual_folders())
            .find(|folder| {
                ["initdb", "postgres", "pg_ctl", "psql"].iter().all(|name| folder.join(name).is_file())
            })
            .ok_or("no initdb found on the PATH or under /usr/lib/postgresql")?;
        let user = if id(&["-u"]) == Some(0) {
            let owner = ["postgres", "nobody"]
                .into_iter()
                .find_map(|name| Some(Owner { name, uid: id(&["-u", name])?, gid: id(&["-g", name])? }));
            Some(owner.ok_or("initdb refuses root, and there is no user postgres or nobody")?)
        } else {
            None
        };
        Ok(Self { folder, user })
    }

    /// Where `initdb`, `postgres` and their like are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The user who runs clusters where `initdb` would refuse us.
    pub fn owner(&self) -> Option<&'static str> {
        self.user.as_ref().map(|owner| owner.name)
    }

    /// Gives a folder to that user.
    pub fn give(&self, folder: &Path) -> Result<(), String> {
        match &self.user {
            Some(owner) => chown(folder, Some(owner.uid), Some(owner.gid)).map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    /// As the owner of the cluster.
    fn owners(&self, name: &str) -> Command {
        match &self.user {
            Some(owner) => {
                let mut command = without_wishes(Command::new("runuser"));
                command.args(["-u", owner.name, "--"]).arg(self.folder.join(name));
                command
            }
            None => self.ours(name),
        }
    }

    /// As whoever runs the tests.
    fn ours(&self, name: &str) -> Command {
        without_wishes(Command::new(self.folder.join(name)))
    }
}

/// `PGHOST` and its kin would lead to somebody else's server.
fn without_wishes(mut command: Command) -> Command {
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command
}

/// A running cluster; the keeper stops it at the end of the run.
pub struct Cluster {
    programs: Programs,
    folder: PathBuf,
}

impl Cluster {
    /// With settings of the caller's beside those that every run needs.
    pub fn start(more: &[&str]) -> Result<Self, String> {
        let programs = Programs::find()?;
        let folder = scratch::folder().join("postgres");
        fs::create_dir(&folder).map_err(|error| error.to_string())?;
        let cluster = Self { programs, folder };
        cluster.hand_over(&cluster.folder)?;
        let data = cluster.data();

        // The order of a French installation, so that a missing COLLATE "C" shows; PostgreSQL below 15 has no such option.
        let french = ["--locale-provider=icu", "--icu-locale=fr-FR"];
        let initdb = |more: &[&str]| {
            let mut initdb = cluster.programs.owners("initdb");
            initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "-D"]);
            run(initdb.arg(&data).args(more).current_dir(&cluster.folder))
        };
        initdb(&french).or_else(|_| initdb(&[]))?;

        let mut end = cluster.programs.owners("pg_ctl");
        end.args(["stop", "-s", "-w", "-m", "immediate", "-D"]).arg(&data);
        scratch::at_the_end(&line(&end));

        let settings = SETTINGS.iter().chain(more).map(|setting| format!("{setting}\n"));
        let socket = format!("unix_socket_directories='{}'\n", cluster.folder.display());
        fs::write(data.join("postgresql.auto.conf"), settings.chain([socket]).collect::<String>())
            .map_err(|error| error.to_string())?;
        cluster.switch_on()?;
        Ok(cluster)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Gives a folder to whoever runs the cluster.
    pub fn hand_over(&self, folder: &Path) -> Result<(), String> {
        self.programs.give(folder)
    }

    /// Starts it, and waits until it answers.
    pub fn switch_on(&self) -> Result<(), String> {
        let log = self.folder.join("log");
        self.pg_ctl(&["start", "-l", &log.display().to_string()])
            .map_err(|error| format!("{error}\n{}", fs::read_to_string(&log).unwrap_or_default()))
    }

    /// `pg_ctl` on this cluster, waited for.
    pub fn pg_ctl(&self, words: &[&str]) -> Result<(), String> {
        let mut pg_ctl = self.programs.owners("pg_ctl");
        pg_ctl.args(words).args(["-s", "-w", "-D"]).arg(self.data());
        run(pg_ctl.current_dir(&self.folder))
    }

    /// libpq takes a folder for a host when its slashes are written `%2F`.
    pub fn url(&self, database: &str) -> String {
        let host = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{host}:5432/{database}")
    }

    /// One statement, by `psql`: some twenty milliseconds, and no client in the harness.
    pub fn tell(&self, statement: &str) -> Result<(), String> {
        let mut psql = self.programs.ours("psql");
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"])
            .arg(self.url("postgres"))
            .args(["-c", statement]);
        run(psql.current_dir(&self.folder))
    }
}

fn on_the_path() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join("initdb"));
    found.filter_map(|initdb| Some(fs::canonicalize(initdb).ok()?.parent()?.to_owned())).collect()
}

/// `/usr/lib/postgresql/15/bin` and the like, the highest number first.
fn usual_folders() -> Vec<PathBuf> {
    let Ok(versions) = fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

fn id(question: &[&str]) -> Option<u32> {
    let answer = Command::new("id").args(question).output().ok()?;
    String::from_utf8(answer.stdout).ok()?.trim().parse().ok()
}

/// Runs to the end; a failure is what the program said.
fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{}: {error}", line(command)))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{}: {}", line(command), String::from_utf8_lossy(&output.stderr).trim()))
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words: Vec<String> = [command.get_program()]
        .into_iter()
        .chain(command.get_args())
        .map(|word| quoted(Path::new(word)))
        .collect();
    words.join(" ")
}
