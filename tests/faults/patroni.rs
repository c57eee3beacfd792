//! PostgreSQL on two hosts, kept by Patroni: a primary and its synchronous replica. etcd on three hosts decides.

use crate::network::Network;
use crate::patiently;
use crate::postgres::Programs;
use crate::scratch;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The hosts of PostgreSQL, and the one that only has a vote.
pub const HOSTS: [&str; 2] = ["north", "south"];
const WITNESS: &str = "witness";
const REACHED: Duration = Duration::from_secs(1);

pub struct Patroni {
    pub network: Network,
    programs: Programs,
    folder: PathBuf,
    children: Mutex<Vec<Child>>,
}

impl Patroni {
    /// Why it cannot be tried here.
    pub fn missing() -> Option<String> {
        for (program, package) in [("patroni", "patroni"), ("etcd", "etcd-server"), ("ip", "iproute2")] {
            if Command::new(program).arg("--version").output().is_err() && program != "ip" {
                return Some(format!("no {program} found on the PATH (Debian: {package})"));
            }
        }
        match Programs::find() {
            Ok(programs) if programs.owner().is_none() => Some("network namespaces need root".to_owned()),
            Ok(_) => Network::missing(),
            Err(reason) => Some(reason),
        }
    }

    /// Waits until the replica follows. Without `is_synchronous` a commit does not wait for the replica.
    pub fn start(name: &str, is_synchronous: bool) -> Self {
        let network = Network::new(&[HOSTS[0], HOSTS[1], WITNESS]);
        let folder = scratch::folder().join(name);
        fs::create_dir(&folder).unwrap();
        let patroni =
            Self { network, programs: Programs::find().unwrap(), folder, children: Mutex::default() };
        for host in HOSTS.into_iter().chain([WITNESS]) {
            let home = patroni.home(host);
            fs::create_dir(&home).unwrap();
            patroni.programs.give(&home).unwrap();
        }
        for host in HOSTS {
            fs::write(patroni.home(host).join("patroni.yml"), patroni.settings(host, is_synchronous))
                .unwrap();
        }
        patroni.vote(WITNESS);
        for host in HOSTS {
            patroni.switch_on(host);
        }
        let follows = patiently(Duration::from_mins(1), || patroni.follows());
        assert!(follows, "no replica follows after a minute: {}", patroni.complaints());
        patroni
    }

    /// The processes of a host of PostgreSQL.
    pub fn switch_on(&self, host: &str) {
        self.vote(host);
        let file = self.home(host).join("patroni.yml").display().to_string();
        self.spawn(host, "patroni", &[&file]);
    }

    /// What an operator does with a host that was lost and does not follow: its data go, and Patroni copies the primary's.
    pub fn copy_anew(&self, host: &str) {
        self.network.kill(host);
        fs::remove_dir_all(self.home(host).join("data")).expect("the data of the host");
        self.switch_on(host);
    }

    fn vote(&self, host: &str) {
        let address = self.network.address(host);
        let everybody: Vec<String> = HOSTS
            .into_iter()
            .chain([WITNESS])
            .map(|host| format!("{host}=http://{}:2380", self.network.address(host)))
            .collect();
        let everybody = everybody.join(",");
        let (peers, clients) = (format!("http://{address}:2380"), format!("http://{address}:2379"));
        let data = self.home(host).join("etcd").display().to_string();
        let words = [
            ["--name", host],
            ["--data-dir", &data],
            ["--listen-peer-urls", &peers],
            ["--initial-advertise-peer-urls", &peers],
            ["--listen-client-urls", &clients],
            ["--advertise-client-urls", &clients],
            ["--initial-cluster", &everybody],
            // A member that was parted does not end the term of the others when it comes back.
            ["--pre-vote=true", "--log-level=error"],
        ]
        .concat();
        let older: &[&str] = if keeps_the_key() { &[] } else { &["--enable-v2"] };
        self.spawn(host, "etcd", &[&words, older].concat());
    }

    /// It ends with its host.
    fn spawn(&self, host: &str, program: &str, words: &[&str]) {
        let file = self.home(host).join(format!("{program}.log"));
        let log = File::options().append(true).create(true).open(file).unwrap();
        let mut command = self.network.on(host);
        command.args(["runuser", "-u", self.programs.owner().expect("root"), "--", program]).args(words);
        command.current_dir(self.home(host)).stdin(Stdio::null());
        let child = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        self.children.lock().unwrap().push(child);
    }

    /// A primary is found some ten seconds after the loss of the last: its lease lasts so long.
    fn settings(&self, host: &str, is_synchronous: bool) -> String {
        let hosts = HOSTS.into_iter().chain([WITNESS]);
        let etcd: Vec<String> = hosts.map(|host| format!("'{}:2379'", self.network.address(host))).collect();
        SETTINGS
            .replace("{host}", host)
            .replace("{address}", &self.network.address(host))
            .replace("{driver}", if keeps_the_key() { "etcd3" } else { "etcd" })
            .replace("{etcd}", &etcd.join(", "))
            .replace("{synchronous}", &is_synchronous.to_string())
            .replace("{home}", &self.home(host).display().to_string())
            .replace("{programs}", &self.programs.folder().display().to_string())
            .replace("{everybody}", &self.network.everybody())
    }

    fn home(&self, host: &str) -> PathBuf {
        self.folder.join(host)
    }

    /// Both hosts, for whoever looks for the primary.
    pub fn url(&self, database: &str) -> String {
        let hosts = HOSTS.map(|host| format!("{}:5432", self.network.address(host)));
        format!("postgres://postgres@{}/{database}", hosts.join(","))
    }

    pub fn primary(&self) -> Option<&'static str> {
        HOSTS.into_iter().find(|host| self.is(host, "/primary"))
    }

    pub fn is_primary(&self, host: &str) -> bool {
        self.is(host, "/primary")
    }

    /// Whether there is a replica that would lose nothing, or any that streams where none is synchronous.
    pub fn follows(&self) -> bool {
        let Some(primary) = self.primary() else { return false };
        let replica = HOSTS.into_iter().find(|host| *host != primary).expect("two hosts");
        self.is(replica, "/sync") || (self.is_free() && self.is(replica, "/replica?lag=0"))
    }

    fn is_free(&self) -> bool {
        let settings = fs::read_to_string(self.home(HOSTS[0]).join("patroni.yml")).unwrap_or_default();
        settings.contains("synchronous_mode: false")
    }

    fn is(&self, host: &str, role: &str) -> bool {
        let address = format!("{}:8008", self.network.address(host)).parse().unwrap();
        status(address, role).is_ok_and(|status| status == 200)
    }

    /// What Patroni said last, on both hosts.
    pub fn complaints(&self) -> String {
        let last = |path: &Path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            let lines: Vec<&str> = text.lines().rev().take(6).collect();
            lines.into_iter().rev().collect::<Vec<_>>().join("\n")
        };
        let of = |host: &str, file: &str| format!("{host} {file}: {}\n", last(&self.home(host).join(file)));
        HOSTS.iter().map(|host| of(host, "etcd.log") + &of(host, "patroni.log")).collect()
    }
}

impl Drop for Patroni {
    fn drop(&mut self) {
        for host in HOSTS.into_iter().chain([WITNESS]) {
            self.network.kill(host);
        }
        for child in self.children.get_mut().unwrap_or_else(PoisonError::into_inner) {
            let _ = child.wait();
        }
    }
}

/// Before 3.0.3 a primary that was parted takes the leader key back by force when it speaks the newer interface of etcd.
fn keeps_the_key() -> bool {
    let said =
        Command::new("patroni").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    let numbers = said.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    numbers.collect::<Vec<u32>>() >= vec![3, 0, 3]
}

/// The status of an answer from a host that may be gone.
fn status(address: SocketAddr, path: &str) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect_timeout(&address, REACHED)?;
    stream.set_read_timeout(Some(REACHED))?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default())
}

const SETTINGS: &str = "
scope: parcours
name: {host}
restapi: {listen: '{address}:8008', connect_address: '{address}:8008'}
{driver}: {hosts: [{etcd}]}
bootstrap:
  dcs:
    ttl: 10
    loop_wait: 2
    retry_timeout: 4
    synchronous_mode: {synchronous}
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        max_connections: 100
        shared_buffers: 64MB
        dynamic_shared_memory_type: mmap
        wal_log_hints: 'on'
        synchronous_commit: 'on'
        wal_sender_timeout: 3s
  initdb: [{encoding: UTF8}, {locale: C}, no-sync]
postgresql:
  listen: '{address}:5432'
  connect_address: '{address}:5432'
  data_dir: {home}/data
  bin_dir: {programs}
  pgpass: {home}/pgpass
  remove_data_directory_on_diverged_timelines: true
  basebackup: [{checkpoint: fast}]
  authentication: {superuser: {username: postgres}, replication: {username: replicator}}
  parameters: {unix_socket_directories: {home}}
  pg_hba: ['local all all trust', 'host all all {everybody} trust', 'host replication all {everybody} trust']
";
