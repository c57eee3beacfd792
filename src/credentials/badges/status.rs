//! Status lists (W3C Bitstring Status List): one bit a badge, set when it is revoked.

use super::{Fault, Issued, SigningPair, body::ListCredential, token};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::badges::StatusList;
use flate2::{Compression, GzBuilder};
use rand::Rng as _;
use std::collections::BTreeSet;
use std::io::Write as _;

/// Signs a list in both forms. One address serves both: the document to who asks for JSON, the token to others.
pub fn sign_list(list: &StatusList, pair: &SigningPair) -> Result<Issued, Fault> {
    let mut body = ListCredential::of(list, encoded(&list.revoked)?);
    let claims = token::Claims {
        credential: &body,
        iss: &body.issuer,
        sub: &body.credential_subject.id,
        jti: &body.id,
        nbf: token::seconds(list.valid_from),
        exp: Some(token::seconds(list.valid_until)),
    };
    let token = pair.token(&list.issuer, &claims)?;
    body.proof = Some(vec![pair.proof(&list.issuer, &body, &body.context, list.valid_from)?]);
    Ok(Issued { document: serde_json::to_string(&body)?, token })
}

/// A free entry of a list, each as likely as any other: where a badge stands tells nothing of when it was issued.
/// None when the list is full.
pub fn free_entry(taken: &BTreeSet<u32>) -> Option<u32> {
    let held = u32::try_from(taken.range(..StatusList::ENTRIES).count()).unwrap_or(u32::MAX);
    let free = StatusList::ENTRIES.saturating_sub(held);
    (free > 0).then(|| nth_free(taken, rand::rng().random_range(0..free)))
}

/// The entry that has `n` free ones before it.
fn nth_free(taken: &BTreeSet<u32>, n: u32) -> u32 {
    let mut entry = n;
    for held in taken {
        if *held > entry {
            break;
        }
        entry += 1;
    }
    entry
}

/// Bit `i` is the `i`-th from the left. Packed without the time, so that the same list is the same text.
fn encoded(revoked: &BTreeSet<u32>) -> Result<String, Fault> {
    let length = usize::try_from(StatusList::ENTRIES / 8).unwrap_or_default();
    let mut bits = vec![0_u8; length];
    for entry in revoked {
        let byte = usize::try_from(entry / 8).ok().and_then(|place| bits.get_mut(place));
        *byte.ok_or(Fault::Entry(*entry))? |= 0x80 >> (entry % 8);
    }
    let mut packer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    packer.write_all(&bits)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(packer.finish()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read as _;

    #[test]
    fn bits_count_from_the_left() {
        let packed = encoded(&BTreeSet::from([0, 9, 131_071])).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(packed.strip_prefix('u').unwrap()).unwrap();
        let mut bits = Vec::new();
        GzDecoder::new(&bytes[..]).read_to_end(&mut bits).unwrap();
        assert_eq!(bits.len(), 16_384);
        assert_eq!((bits[0], bits[1], bits[16_383]), (0x80, 0x40, 0x01));
        assert_eq!(bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 3);
        assert_eq!(packed, encoded(&BTreeSet::from([131_071, 9, 0])).unwrap());
        assert!(matches!(encoded(&BTreeSet::from([131_072])), Err(Fault::Entry(131_072))));
    }

    #[test]
    fn every_free_entry_can_be_drawn_and_no_taken_one() {
        let taken = BTreeSet::from([0, 1, 4]);
        assert_eq!((0..4).map(|n| nth_free(&taken, n)).collect::<Vec<_>>(), [2, 3, 5, 6]);
        assert!((0..200).all(|_| !taken.contains(&free_entry(&taken).unwrap())));
        let all_but_one: BTreeSet<u32> = (0..StatusList::ENTRIES).filter(|entry| *entry != 94_567).collect();
        assert_eq!(free_entry(&all_but_one), Some(94_567));
        assert_eq!(free_entry(&(0..StatusList::ENTRIES).collect()), None);
    }
}
