//! A mail server as small as it can be: it takes letters, and has its whims for some addresses.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Addresses that begin with `refused` are unknown here, those with `busy` are told to come back
/// until [`MailServer::has_time`], those with `silent` get no answer.
pub struct MailServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    taken: Vec<String>,
    has_time: bool,
}

impl MailServer {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let inside = Arc::clone(&state);
        // It ends with the process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&inside);
                thread::spawn(move || drop(talk(stream, &state)));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn has_time(&self) {
        self.state.lock().unwrap().has_time = true;
    }

    /// The letters that it took, as they travelled.
    pub fn taken(&self) -> Vec<String> {
        self.state.lock().unwrap().taken.clone()
    }

    /// How many letters it took.
    pub fn count(&self) -> usize {
        self.state.lock().unwrap().taken.len()
    }

    /// How many different letters it took.
    pub fn different(&self) -> usize {
        let header = |letter: &String| {
            let line = letter.lines().find(|line| line.starts_with("Message-ID:"));
            line.map(str::to_owned).unwrap_or_default()
        };
        self.taken().iter().map(header).collect::<BTreeSet<_>>().len()
    }
}

fn talk(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut answer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    answer.write_all(b"220 here\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let word = line.to_uppercase();
        let reply: Cow<'_, [u8]> = if word.starts_with("RCPT") {
            let has_time = state.lock().unwrap().has_time;
            match line.split(['<', '@']).nth(1).unwrap_or_default() {
                name if name.starts_with("refused") => {
                    format!("550 5.1.1 <{name}>: nobody of that name\r\n").into_bytes().into()
                }
                name if name.starts_with("busy") && !has_time => b"451 4.3.0 later please\r\n".into(),
                name if name.starts_with("silent") => {
                    thread::park();
                    return Ok(());
                }
                _ => b"250 fine\r\n".into(),
            }
        } else if word.starts_with("DATA") {
            answer.write_all(b"354 go on\r\n")?;
            let mut letter = String::new();
            for line in lines.by_ref() {
                let line = line?;
                if line == "." {
                    break;
                }
                letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                letter.push_str("\r\n");
            }
            state.lock().unwrap().taken.push(letter);
            b"250 taken\r\n".into()
        } else if word.starts_with("EHLO") {
            b"250-here\r\n250 8BITMIME\r\n".into()
        } else if word.starts_with("QUIT") {
            answer.write_all(b"221 bye\r\n")?;
            return Ok(());
        } else {
            b"250 fine\r\n".into()
        };
        answer.write_all(&reply)?;
    }
    Ok(())
}
