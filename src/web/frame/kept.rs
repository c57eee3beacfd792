//! What somebody wrote whose log-in had ended when they sent it: it travels with their log-in, sealed for their account, and
//! comes back afterwards. Nothing of it is stored.

use super::site::Site;
use super::visit::Request;
use actions::House;
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

/// Whether a request brings a form that can be kept: its fields, and no file.
pub fn is_form(request: &Request) -> bool {
    request.content_type.starts_with("application/x-www-form-urlencoded")
}

fn keys<'a>(house: &'a House, site: &'a Site) -> Option<&'a Keys> {
    house.keys.as_ref().or(site.keys.as_ref())
}

fn about(account: AccountId) -> String {
    format!("account:{account}")
}

/// Seals what came for the account whose log-in ended. None where nothing is to be kept.
pub fn seal(house: &House, site: &Site, ended: &Ended, request: &Request) -> Option<String> {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(&request.body).ok()?;
    if fields.is_empty() || fields.iter().any(|(name, _)| SECRETS.contains(&name.as_str())) {
        return None;
    }
    let action = match &ended.part {
        Some(part) => format!("{}?comme={part}", request.path),
        None => request.path.clone(),
    };
    let text = [action.as_bytes(), b"\n", &request.body].concat();
    let sealed = keys(house, site)?.seal(KeyPurpose::KeptForms, &about(ended.account), &text).ok()?;
    Some(sealed.as_str().to_owned())
}

/// Opens what was sealed for an account; none where it was for another.
pub fn open(house: &House, site: &Site, account: AccountId, sealed: &str) -> Option<Kept> {
    let sealed = sealed.parse().ok()?;
    let text = keys(house, site)?.open(KeyPurpose::KeptForms, &about(account), &sealed).ok()?;
    let text = String::from_utf8(text).ok()?;
    let (action, body) = text.split_once('\n')?;
    Some(Kept { action: action.to_owned(), fields: serde_html_form::from_str(body).ok()? })
}
