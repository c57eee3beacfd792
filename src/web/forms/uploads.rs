//! Forms that bring a file, read from the bytes that already arrived.

use crate::frame::error::Problem;
use crate::frame::visit::Request;
use futures_util::{FutureExt as _, future, stream};
use multer::Multipart;

/// A file as it was sent; the name is the sender's word.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The texts of a form, and the file that came with it.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    texts: Vec<(String, String)>,
    pub file: Option<File>,
}

impl Upload {
    pub fn text(&self, name: &str) -> &str {
        self.texts(name).next().unwrap_or_default()
    }

    /// Each text that came under a name.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(n, _)| n == name).map(|(_, text)| text.as_str())
    }
}

/// Reads a form sent either way: with files or without.
pub fn read(request: &Request) -> Result<Upload, Problem> {
    let Ok(boundary) = multer::parse_boundary(&request.content_type) else {
        let texts = serde_html_form::from_bytes(&request.body).map_err(|_| Problem::Unreadable)?;
        return Ok(Upload { texts, file: None });
    };
    let body = stream::once(future::ready(Ok::<_, std::io::Error>(request.body.clone())));
    // Every byte is here, so that reading never waits.
    parts(Multipart::new(body, boundary))
        .now_or_never()
        .ok_or(Problem::Unreadable)?
        .map_err(|_| Problem::Unreadable)
}

async fn parts(mut form: Multipart<'_>) -> Result<Upload, multer::Error> {
    let mut upload = Upload::default();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = part.bytes().await?.to_vec();
                // A file field that was left empty comes without a name and without bytes.
                if !bytes.is_empty() {
                    upload.file = Some(File { name: file, bytes });
                }
            }
            None => upload.texts.push((name, part.text().await?)),
        }
    }
    Ok(upload)
}
