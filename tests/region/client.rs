//! HTTP as small as it can be: the client shares the machine with the server that it measures.

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

/// One request on a connection of its own.
pub fn ask(address: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_mins(2)))?;
    stream.set_nodelay(true)?;
    stream.write_all(request)?;
    let mut came = Vec::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        if let Some((head, body)) = measure(&came) {
            let text = String::from_utf8_lossy(&came[..head]).into_owned();
            let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
            return Ok(Answer { status, head: text, body: came[head..head + body].to_vec() });
        }
        match stream.read(&mut part)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => came.extend_from_slice(&part[..read]),
        }
    }
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
