//! A mail server of the harness: it takes letters, remembers what it acknowledged, and has whims.

use crate::database::Database;
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead as _, BufReader, Lines, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How it treats whoever brings a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whim {
    #[default]
    Good,
    /// It accepts the connection and says nothing.
    Silent,
    /// It says nothing more from the middle of the letter on.
    StallsInData,
    /// It cuts the connection at the first word.
    CutsAtOnce,
    /// It cuts the connection once it has the letter whole, and before it says so.
    CutsBeforeThanks,
    /// It cuts the connection right after it said that it has the letter.
    CutsAfterThanks,
    /// « Come back later », for every letter.
    Later,
    /// « We have no such mailbox », for every letter.
    Never,
}

#[derive(Debug, Default)]
struct State {
    whim: Whim,
    /// Every letter that came whole, by its Message-ID, in order.
    came: Vec<String>,
    /// Connections that broke in the middle of a letter.
    broken_off: usize,
    /// Times that somebody met the whim.
    met: usize,
    /// Letters that came whole and were not acknowledged.
    unthanked: usize,
}

/// A running mail server; it ends with the process.
pub struct Sink {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Sink {
    pub fn start() -> Self {
        Self::at("127.0.0.1:0".parse().unwrap())
    }

    pub fn at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let inside = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&inside);
                thread::spawn(move || talk(stream, &state));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From the next letter on.
    pub fn has(&self, whim: Whim) {
        let mut state = self.state.lock().unwrap();
        (state.whim, state.met) = (whim, 0);
    }

    /// Times that somebody met the present whim.
    pub fn met(&self) -> usize {
        self.state.lock().unwrap().met
    }

    /// Letters that came whole and were not acknowledged: only these may come again.
    pub fn unthanked(&self) -> usize {
        self.state.lock().unwrap().unthanked
    }

    /// Connections that broke in the middle of a letter.
    pub fn broken_off(&self) -> usize {
        self.state.lock().unwrap().broken_off
    }

    /// Letters that came more than once, each so often as it came too often.
    pub fn repeats(&self) -> usize {
        let state = self.state.lock().unwrap();
        let different: HashSet<_> = state.came.iter().collect();
        state.came.len() - different.len()
    }

    /// Every letter that came, and how often.
    pub fn came(&self) -> HashMap<String, usize> {
        let mut came = HashMap::new();
        for id in &self.state.lock().unwrap().came {
            *came.entry(id.clone()).or_default() += 1;
        }
        came
    }

    /// What an outbox and this server say of each other: a sentence for each letter that was lost or came from nowhere.
    pub fn compare(&self, database: &Database) -> Vec<String> {
        let came = self.came();
        let letters = database.letters();
        let known: HashSet<&String> = letters.iter().map(|l| &l.message_id).collect();
        let mut broken = Vec::new();
        for letter in &letters {
            let id = &letter.message_id;
            if letter.progress == "sent" && !came.contains_key(id) {
                broken.push(format!("letter {id} counts as sent and never came"));
            }
        }
        broken.extend(came.keys().filter(|id| !known.contains(id)).map(|id| format!("nobody wrote {id}")));
        broken
    }
}

/// One connection.
struct Talk<'a> {
    state: &'a Mutex<State>,
    answer: TcpStream,
    lines: Lines<BufReader<TcpStream>>,
    /// Whether a letter is on its way and not acknowledged.
    bringing: bool,
}

impl Talk<'_> {
    fn run(&mut self) -> io::Result<()> {
        let whim = self.whim();
        if matches!(whim, Whim::CutsAtOnce | Whim::Silent) {
            self.meets();
            return if whim == Whim::Silent { self.says_nothing() } else { Ok(()) };
        }
        self.say("220 here")?;
        while let Some(line) = self.lines.next().transpose()? {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match word.as_str() {
                "EHLO" => self.say("250-here\r\n250 8BITMIME")?,
                "MAIL" => {
                    self.bringing = true;
                    self.say("250 fine")?;
                }
                "RCPT" => self.takes_reader()?,
                "DATA" => {
                    if !self.takes_letter()? {
                        return Ok(());
                    }
                }
                "QUIT" => {
                    self.bringing = false;
                    return self.say("221 bye");
                }
                _ => {
                    self.bringing = false;
                    self.say("250 fine")?;
                }
            }
        }
        Ok(())
    }

    fn takes_reader(&mut self) -> io::Result<()> {
        let no = match self.whim() {
            Whim::Later => "451 4.3.0 later please",
            Whim::Never => "550 5.1.1 nobody of that name",
            _ => return self.say("250 fine"),
        };
        self.meets();
        self.bringing = false;
        self.say(no)
    }

    /// Answers whether the connection goes on.
    fn takes_letter(&mut self) -> io::Result<bool> {
        self.say("354 go on")?;
        let whim = self.whim();
        let mut id = String::new();
        loop {
            let Some(line) = self.lines.next().transpose()? else { return Ok(false) };
            if line == "." {
                break;
            }
            if let Some(name) = line.strip_prefix("Message-ID: ") {
                name.trim().clone_into(&mut id);
            }
            if whim == Whim::StallsInData {
                self.meets();
                return self.says_nothing().map(|()| false);
            }
        }
        self.meets();
        self.state.lock().unwrap().came.push(id);
        if whim == Whim::CutsBeforeThanks {
            self.state.lock().unwrap().unthanked += 1;
            return Ok(false);
        }
        self.say("250 taken")?;
        self.bringing = false;
        Ok(whim != Whim::CutsAfterThanks)
    }

    fn whim(&self) -> Whim {
        self.state.lock().unwrap().whim
    }

    fn meets(&self) {
        self.state.lock().unwrap().met += 1;
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        self.answer.write_all(format!("{words}\r\n").as_bytes())
    }

    /// Until the other side has had enough.
    fn says_nothing(&mut self) -> io::Result<()> {
        while self.lines.next().transpose()?.is_some() {}
        Ok(())
    }
}

fn talk(stream: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    // Nobody stays longer: threads would pile up.
    stream.set_read_timeout(Some(Duration::from_mins(2)))?;
    let answer = stream.try_clone()?;
    let mut talk = Talk { state, answer, lines: BufReader::new(stream).lines(), bringing: false };
    let ended = talk.run();
    state.lock().unwrap().broken_off += usize::from(talk.bringing);
    ended
}
