//! HTTP as small as it can be: the client shares the machine with the server that it measures.

// A vocabulary for all harnesses: not each word is said in each.
#![allow(dead_code)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer, read whole.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nAccept-Language: fr\r\n\r\n")
        .into_bytes()
}

pub fn post(path: &str, cookie: &str, form: &str) -> Vec<u8> {
    let kind = "application/x-www-form-urlencoded";
    post_body(path, cookie, kind, form.as_bytes())
}

pub fn post_body(path: &str, cookie: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

/// A form with one file and nothing else.
pub fn upload(path: &str, cookie: &str, field: &str, name: &str, file: &str) -> Vec<u8> {
    const LINE: &str = "ligne-entre-les-parts";
    let body = format!(
        "--{LINE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{file}\r\n--{LINE}--\r\n"
    );
    post_body(path, cookie, &format!("multipart/form-data; boundary={LINE}"), body.as_bytes())
}

pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Bytes of head and body of an answer at the beginning of what came; none while more is to come.
pub fn measure(came: &[u8]) -> Option<(usize, usize)> {
    let head = came.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&came[..head]).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    match length {
        Some(length) => (came.len() >= head + length).then_some((head, length)),
        None if text.to_ascii_lowercase().contains("transfer-encoding: chunked") => {
            came.ends_with(b"0\r\n\r\n").then_some((head, came.len() - head))
        }
        None => Some((head, 0)),
    }
}

/// How many questions to the database an answer took, as its `Server-Timing` says.
pub fn queries(head: &str) -> Option<usize> {
    let timing = head.lines().find(|line| line.to_ascii_lowercase().starts_with("server-timing:"))?;
    timing.split("desc=\"").nth(1)?.split('"').next()?.parse().ok()
}

/// A connection that may stay open from one request to the next.
pub struct Connection(TcpStream);

impl Connection {
    /// Each answer may take so long.
    pub fn open(address: SocketAddr, patience: Duration) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    pub fn ask(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.send(request)?;
        self.answer()
    }

    pub fn send(&mut self, request: &[u8]) -> std::io::Result<()> {
        self.0.write_all(request)
    }

    /// The next answer, whole.
    pub fn answer(&mut self) -> std::io::Result<Answer> {
        let mut came = Vec::new();
        let mut part = vec![0; 64 * 1024];
        loop {
            if let Some((head, body)) = measure(&came) {
                let text = String::from_utf8_lossy(&came[..head]).into_owned();
                let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
                return Ok(Answer { status, head: text, body: came[head..head + body].to_vec() });
            }
            match self.0.read(&mut part)? {
                0 if came.is_empty() => return Err(std::io::ErrorKind::ConnectionAborted.into()),
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                read => came.extend_from_slice(&part[..read]),
            }
        }
    }
}

/// One request on a connection of its own.
pub fn ask(address: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    Connection::open(address, Duration::from_mins(2))?.ask(request)
}

pub fn is_ready(address: SocketAddr) -> bool {
    ask(address, &get("/readyz", "")).is_ok_and(|answer| answer.status == 200)
}

/// The cookie of a fresh log-in.
pub fn log_in(address: SocketAddr, email: &str, password: &str) -> String {
    let form = format!("email={}&password={}", encoded(email), encoded(password));
    let answer = ask(address, &post("/connexion", "", &form)).unwrap();
    let cookie =
        answer.header("set-cookie").unwrap_or_else(|| panic!("{email} is not let in: {}", answer.status));
    cookie.split(';').next().unwrap_or_default().to_owned()
}
