//! The vocabularies of badges, as they were published; nothing is fetched. Where each is from and its licence stand in
//! NOTICE at the top of the repository.

use super::body::{CREDENTIALS, OPEN_BADGES};

/// The text of a context, by its exact address.
pub fn text(address: &str) -> Option<&'static str> {
    match address {
        CREDENTIALS => Some(include_str!("contexts/credentials-v2.json")),
        OPEN_BADGES => Some(include_str!("contexts/open-badges-3.0.3.json")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::hexadecimal;
    use sha2::{Digest as _, Sha256};

    /// A changed sign in one of these and every proof ever made is refused.
    #[test]
    fn the_contexts_are_those_that_were_published() {
        for (address, digest) in [
            (CREDENTIALS, "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
            (OPEN_BADGES, "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"),
        ] {
            let text = text(address).unwrap();
            assert_eq!(hexadecimal(&Sha256::digest(text)), digest, "{address}");
        }
        assert!(text("https://purl.imsglobal.org/spec/ob/v3p0/context.json").is_none());
    }
}
