//! The certificate on paper: parchment of a whole certification, or certificate of one of its blocks.

use super::press::{Sheet, print, unprintable};
use super::{Error, qr};
use domain::certificates::{Claims, Scope};
use domain::text::Language;
use typst::foundations::{Bytes, Dict, IntoValue, Str, Value};
use words::Words;

const TEMPLATE: &str = include_str!("../../templates/papers/certificate.typ");

/// One page, A4, as PDF/A-3a and PDF/UA-1, with the badge attached as `credential.json`. It prints the claims and nothing
/// else; the same claims, link, language and badge give the same bytes. `link` is where anybody may check it; the part of
/// it before the code is printed, too.
///
/// Takes some tens of milliseconds of one core: never inside a write transaction.
pub fn certificate(
    claims: &Claims,
    link: &str,
    language: Language,
    badge_json: &[u8],
) -> Result<Vec<u8>, Error> {
    let values = values(claims, link, language);
    if let Some(missing) = values.iter().find_map(|(_, value)| unprintable(value.as_deref()?)) {
        return Err(Error::Glyph(missing));
    }
    let drawing = qr::svg(link)?;
    let mut inputs: Dict =
        values.into_iter().map(|(name, value)| (Str::from(name), value.into_value())).collect();
    inputs.insert("qr".into(), bytes(drawing.into_bytes()));
    inputs.insert("badge".into(), bytes(badge_json.to_vec()));
    let number = claims.number.to_string();
    print(Sheet { template: TEMPLATE, inputs, ident: &number, dated: claims.issued_on })
}

fn bytes(bytes: Vec<u8>) -> Value {
    Bytes::new(bytes).into_value()
}

/// Everything that is read, under the names that the template knows; none leaves its line out.
fn values(claims: &Claims, link: &str, language: Language) -> Vec<(&'static str, Option<String>)> {
    let words = Words(language);
    let (holder, signatory) = (&claims.holder, &claims.signatory);
    let said = |text: &str| Some(text.to_owned());
    let (block_code, block_title) = match &claims.scope {
        Scope::Whole => (None, None),
        Scope::Block { code, title } => (Some(code.to_string()), Some(title.to_string())),
    };
    let heading = words.certificate_heading(claims);
    let held = block_code.clone().unwrap_or_else(|| claims.title.to_string());
    vec![
        ("lang", said(language.as_str())),
        ("document", Some(format!("{heading} – {held} – {}", holder.printed_name()))),
        ("heading", Some(heading)),
        ("certifier", Some(claims.certifier.to_string())),
        ("opening", Some(words.certificate_opening(claims.jury_on))),
        ("given_names", said(holder.given_names.as_str())),
        ("holder", Some(holder.printed_name())),
        ("usual_name", holder.printed_usual_name()),
        ("usual_name_label", said(words.certificate_usual_name())),
        ("birth", words.certificate_birth(holder)),
        ("birth_label", said(words.certificate_born())),
        ("obtained", Some(words.certificate_obtained(&claims.scope))),
        ("block_alone", block_code.as_ref().and_then(|_| said(words.certificate_block_alone()))),
        ("block_code", block_code),
        ("block_title", block_title),
        ("of", said(words.certificate_of())),
        ("title", Some(claims.title.to_string())),
        ("registration", Some(words.certificate_registration(claims))),
        ("number_label", said(words.certificate_number())),
        ("number", Some(claims.number.to_string())),
        ("issued_label", said(words.certificate_issued())),
        ("issued", Some(words.date(claims.issued_on))),
        ("valid_label", said(words.certificate_valid())),
        ("valid", Some(words.certificate_period(claims.valid_from, claims.valid_until))),
        ("replaces_label", said(words.certificate_replaces())),
        ("replaces", claims.replaces.as_ref().map(ToString::to_string)),
        ("for_certifier", said(words.certificate_for_certifier())),
        ("signatory", Some(signatory.name.to_string())),
        ("quality", Some(signatory.quality.to_string())),
        ("check", said(words.certificate_check())),
        ("link", said(link)),
        ("where", said(where_to_check(link))),
        ("code", Some(claims.code.to_string())),
        ("qr_alt", said(words.certificate_qr())),
        ("badge_description", said(words.certificate_badge())),
        ("attached", said(words.certificate_attached())),
    ]
}

/// The address at which the code is typed: `parcours.example/verifier`.
fn where_to_check(link: &str) -> &str {
    let bare = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(link);
    bare.rsplit_once('/').map_or(bare, |(place, _)| place)
}
