//! HAProxy in front of several servers, configured as `docs/operations.md` shows it.

use crate::scratch;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

pub struct Proxy {
    pub address: SocketAddr,
}

/// A request is sent to another server only when none began to listen to it: an act whose answer was lost may have been
/// done. What only reads may be asked twice. Connections to the servers are not kept: one that its server closes at the
/// moment of a request loses it. While no server is ready, those that live say why themselves.
const CONFIGURATION: &str = "
global
    maxconn 2000
defaults
    mode http
    timeout connect 1s
    timeout client 60s
    timeout server 60s
    timeout http-keep-alive 10s
    timeout check 2s
    option forwardfor
    option http-server-close
    retries 3
    option redispatch 1
    retry-on conn-failure empty-response response-timeout
    default-server inter 500ms fall 2 rise 1
frontend everybody
    bind {address}
    use_backend alive if { nbsrv(ready) eq 0 }
    default_backend ready
backend ready
    balance leastconn
    http-request disable-l7-retry unless METH_GET
    option httpchk
    http-check send meth GET uri /readyz
backend alive
    balance leastconn
    http-request disable-l7-retry unless METH_GET
    option httpchk
    http-check send meth GET uri /livez
";

impl Proxy {
    /// The program, or why there is none.
    pub fn missing() -> Option<String> {
        haproxy().is_none().then(|| "no haproxy found on the PATH or in /usr/sbin".to_owned())
    }

    /// In front of servers that need not run yet.
    pub fn start(name: &str, servers: &[SocketAddr]) -> Self {
        let address = scratch::free_address();
        let lines = servers.iter().zip(1..).map(|(at, number)| format!("    server s{number} {at} check\n"));
        let servers: String = lines.collect();
        let (front, alive) = CONFIGURATION.split_once("\nbackend alive").expect("two backends");
        let text = format!("{front}\n{servers}backend alive{alive}{servers}");
        let file = scratch::folder().join(format!("{name}.cfg"));
        let pid = scratch::folder().join(format!("{name}.pid"));
        fs::write(&file, text.replace("{address}", &address.to_string())).unwrap();
        scratch::at_the_end(&format!("kill $(cat {})", scratch::quoted(&pid)));
        let mut command = Command::new(haproxy().expect("haproxy"));
        let output = command.arg("-D").arg("-p").arg(&pid).arg("-f").arg(&file).output().unwrap();
        assert!(output.status.success(), "haproxy: {}", String::from_utf8_lossy(&output.stderr));
        Self { address }
    }
}

fn haproxy() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    folders.map(|folder| folder.join("haproxy")).find(|file| file.is_file())
}
