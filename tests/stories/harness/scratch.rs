//! One temporary folder for the whole run, and the keeper who clears up after us.
//!
//! The keeper is a small shell that reads what to do at the end from a pipe whose other end we hold. The pipe closes
//! when `main` says so, and also when we panic, are terminated or killed: the clearing up is the same one path.

use std::fs::Permissions;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// It is deaf to Ctrl-C, which the terminal sends to everybody; what was asked last is done first.
const KEEPER: &str = r#"
trap '' HUP INT TERM
todo=
while IFS= read -r line; do todo="$line; $todo"; done
eval "$todo"
"#;

struct Scratch {
    folder: PathBuf,
    keeper: Mutex<Option<Child>>,
}

static SCRATCH: OnceLock<Scratch> = OnceLock::new();

/// The folder of this run; others may walk through it (PostgreSQL runs as another user), not look around.
pub fn folder() -> &'static Path {
    &scratch().folder
}

/// An address where nobody listens, among the ports that the system gives to no client: it stays free until a server
/// takes it.
pub fn free_address() -> SocketAddr {
    static ASKED: AtomicU16 = AtomicU16::new(0);
    // Runs beside this one begin elsewhere.
    let first = u16::try_from(std::process::id() * 61 % 11_000).unwrap_or_default();
    loop {
        let next = ASKED.fetch_add(1, Ordering::Relaxed);
        let address = SocketAddr::from(([127, 0, 0, 1], 21_000 + first.wrapping_add(next) % 11_000));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

/// Registers a shell command for the end of the run, however it ends.
pub fn at_the_end(command: &str) {
    tell(scratch(), command);
}

/// Does everything that was registered, and waits until it is done.
pub fn end() {
    let Some(scratch) = SCRATCH.get() else { return };
    let keeper = scratch.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(mut keeper) = keeper {
        drop(keeper.stdin.take());
        let _ = keeper.wait();
    }
}

/// One word for the shell, whatever it contains.
pub fn quoted(word: impl AsRef<Path>) -> String {
    format!("'{}'", word.as_ref().display().to_string().replace('\'', r"'\''"))
}

fn scratch() -> &'static Scratch {
    SCRATCH.get_or_init(|| {
        // In /tmp rather than in TMPDIR: the name of a socket has 107 bytes at most, and PostgreSQL must reach it.
        let folder = tempfile::Builder::new()
            .prefix("parcours-")
            .permissions(Permissions::from_mode(0o711))
            .tempdir_in("/tmp")
            .expect("a temporary folder in /tmp")
            .keep();
        let keeper = Command::new("/bin/sh")
            .args(["-c", KEEPER])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .spawn()
            .expect("a shell");
        let scratch = Scratch { folder, keeper: Mutex::new(Some(keeper)) };
        tell(&scratch, &format!("rm -rf {}", quoted(&scratch.folder)));
        scratch
    })
}

fn tell(scratch: &Scratch, command: &str) {
    let mut keeper = scratch.keeper.lock().unwrap_or_else(PoisonError::into_inner);
    let pipe = keeper.as_mut().and_then(|keeper| keeper.stdin.as_mut()).expect("the run has not ended");
    writeln!(pipe, "{command}").expect("the keeper listens");
}
