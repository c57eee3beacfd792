//! What somebody wrote whose log-in had ended when they sent it: it travels with their log-in, sealed for their account, and
//! comes back afterwards. Nothing of it is stored.

use credentials::Keys;
use domain::ids::AccountId;
use domain::keys::KeyPurpose;
use store::logins::Ended;

/// The longest body that is kept, in bytes.
pub const LIMIT: usize = 64 * 1024;
/// What no page gives back.
const SECRETS: [&str; 2] = ["password", "current"];

/// A form as it was sent.
pub struct Kept {
    /// Where it was sent, with the part that its sender acted in.
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Whether a body of this type can be kept: fields, and no file.
pub fn is_form(content_type: &str) -> bool {
    content_type.starts_with("application/x-www-form-urlencoded")
}

fn about(account: AccountId) -> String {
    format!("account:{account}")
}

/// Seals what came to a path for the account whose log-in ended. None where nothing is to be kept.
pub fn seal(keys: &Keys, ended: &Ended, path: &str, body: &[u8]) -> Option<String> {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).ok()?;
    if fields.is_empty() || fields.iter().any(|(name, _)| SECRETS.contains(&name.as_str())) {
        return None;
    }
    let action = match &ended.part {
        Some(part) => format!("{path}?comme={part}"),
        None => path.to_owned(),
    };
    let text = [action.as_bytes(), b"\n", body].concat();
    let sealed = keys.seal(KeyPurpose::KeptForms, &about(ended.account), &text).ok()?;
    Some(sealed.as_str().to_owned())
}

/// Opens what was sealed for an account; none where it was for another.
pub fn open(keys: &Keys, account: AccountId, sealed: &str) -> Option<Kept> {
    let sealed = sealed.parse().ok()?;
    let text = keys.open(KeyPurpose::KeptForms, &about(account), &sealed).ok()?;
    let text = String::from_utf8(text).ok()?;
    let (action, body) = text.split_once('\n')?;
    Some(Kept { action: action.to_owned(), fields: serde_html_form::from_str(body).ok()? })
}
