//! Hosts on one wire, each a network namespace of its own. The keeper takes them away at the end, however it comes.

use crate::scratch;
use std::process::{Command, Output};

/// The addresses that are set aside for measuring between networks (RFC 2544).
const NET: &str = "198.18";

pub struct Network {
    prefix: String,
    third: u32,
    hosts: Vec<String>,
}

impl Network {
    /// Why none can be made here.
    pub fn missing() -> Option<String> {
        let probe = format!("parcours-{}-probe", std::process::id());
        let made = Command::new("ip").args(["netns", "add", &probe]).output();
        let _ = Command::new("ip").args(["netns", "del", &probe]).output();
        match made {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(format!("no network namespaces: {}", said(&output))),
            Err(error) => Some(format!("no ip (iproute2): {error}")),
        }
    }

    /// A wire with these hosts on it, which the harness reaches, too.
    pub fn new(hosts: &[&str]) -> Self {
        let pid = std::process::id();
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let network = Self { prefix: format!("parcours-{pid}"), third: pid % 250, hosts };
        network.clears_up();
        let (wire, ours) = (network.space("wire"), format!("pc{pid}"));
        ip(&["netns", "add", &wire]);
        ip(&["-n", &wire, "link", "add", "bridge0", "type", "bridge"]);
        ip(&["-n", &wire, "link", "set", "dev", "bridge0", "up"]);
        ip(&["link", "add", &ours, "type", "veth", "peer", "name", "harness", "netns", &wire]);
        ip(&["addr", "add", &format!("{NET}.{}.1/24", network.third), "dev", &ours]);
        ip(&["link", "set", "dev", &ours, "up"]);
        ip(&["-n", &wire, "link", "set", "dev", "harness", "master", "bridge0", "up"]);
        for host in &network.hosts {
            let space = network.space(host);
            ip(&["netns", "add", &space]);
            ip(&["-n", &space, "link", "set", "dev", "lo", "up"]);
            ip(&["-n", &space, "link", "add", "eth0", "type", "veth", "peer", "name", host, "netns", &wire]);
            ip(&["-n", &wire, "link", "set", "dev", host, "master", "bridge0", "up"]);
            ip(&["-n", &space, "addr", "add", &format!("{}/24", network.address(host)), "dev", "eth0"]);
            ip(&["-n", &space, "link", "set", "dev", "eth0", "up"]);
        }
        network
    }

    /// Processes and namespaces; the wires go with them.
    fn clears_up(&self) {
        let spaces: Vec<String> =
            self.hosts.iter().map(String::as_str).chain(["wire"]).map(|host| self.space(host)).collect();
        let spaces = spaces.join(" ");
        scratch::at_the_end(&format!(
            "for s in {spaces}; do ip netns pids $s | xargs -r kill -9; done; sleep 0.3; \
             for s in {spaces}; do ip netns del $s; done"
        ));
    }

    fn space(&self, host: &str) -> String {
        format!("{}-{host}", self.prefix)
    }

    pub fn address(&self, host: &str) -> String {
        let number = self.hosts.iter().position(|known| known == host).expect("a host");
        format!("{NET}.{}.{}", self.third, 11 + number)
    }

    /// All addresses, with the size of the network.
    pub fn everybody(&self) -> String {
        format!("{NET}.{}.0/24", self.third)
    }

    /// A command on a host.
    pub fn on(&self, host: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.space(host)]);
        command
    }

    /// Nothing leaves or reaches a host any more.
    pub fn cut(&self, host: &str) {
        ip(&["-n", &self.space("wire"), "link", "set", "dev", host, "down"]);
    }

    /// A host and the other hosts lose each other; the harness reaches all of them.
    pub fn part(&self, host: &str) {
        for other in self.hosts.iter().filter(|other| *other != host) {
            let route = format!("{}/32", self.address(other));
            ip(&["-n", &self.space(host), "route", "add", "blackhole", &route]);
        }
    }

    /// After [`Network::cut`] and [`Network::part`].
    pub fn mend(&self, host: &str) {
        ip(&["-n", &self.space("wire"), "link", "set", "dev", host, "up"]);
        for other in self.hosts.iter().filter(|other| *other != host) {
            let route = format!("{}/32", self.address(other));
            let space = self.space(host);
            let _ = Command::new("ip").args(["-n", &space, "route", "del", "blackhole", &route]).output();
        }
    }

    /// Kills every process of a host.
    pub fn kill(&self, host: &str) {
        let found = Command::new("ip").args(["netns", "pids", &self.space(host)]).output().unwrap();
        let pids = String::from_utf8_lossy(&found.stdout).into_owned();
        let _ = Command::new("kill").arg("-KILL").args(pids.split_whitespace()).output().unwrap();
    }
}

fn ip(words: &[&str]) {
    let output = Command::new("ip").args(words).output().expect("iproute2");
    assert!(output.status.success(), "ip {}: {}", words.join(" "), said(&output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
