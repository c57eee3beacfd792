//! The proof embedded in a document: `eddsa-rdfc-2022` (W3C vc-di-eddsa). The document is read as RDF, put in its
//! canonical order (RDFC-1.0), hashed with the options of the proof, and signed with Ed25519.

use super::Fault;
use super::body::Proof;
use super::contexts;
use crate::keys::Signer;
use domain::calendar::Instant;
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::Dataset;
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// The text of a context by its address; none is not to be had.
type Known = fn(&str) -> Option<&'static str>;

/// The options of a proof as they are signed: in the context of the document.
#[derive(Serialize)]
struct Options<'a> {
    #[serde(rename = "@context")]
    context: &'a [String],
    #[serde(flatten)]
    proof: &'a Proof,
}

/// The proof of a document that has none yet. `context` is the document's own; `key` is the name of the signing key.
pub fn sign(
    unsigned: &impl Serialize,
    context: &[String],
    key: String,
    signer: &Signer,
    created: Instant,
) -> Result<Proof, Fault> {
    let mut proof = Proof {
        r#type: "DataIntegrityProof".into(),
        cryptosuite: "eddsa-rdfc-2022".into(),
        created: created.iso(),
        verification_method: key,
        proof_purpose: "assertionMethod".into(),
        proof_value: None,
    };
    let options = digest(&serde_json::to_vec(&Options { context, proof: &proof })?, contexts::text)?;
    let document = digest(&serde_json::to_vec(unsigned)?, contexts::text)?;
    let signature = signer.sign(&[options, document].concat());
    proof.proof_value = Some(multibase(&signature.bytes()));
    Ok(proof)
}

/// Base 58 with the letter that says so.
pub fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// The hash of a document in its canonical form. A context that `known` does not know is a fault: nothing is fetched.
fn digest(json: &[u8], known: Known) -> Result<[u8; 32], Fault> {
    Ok(Sha256::digest(canonical(json, known)?).into())
}

fn canonical(json: &[u8], known: Known) -> Result<String, Fault> {
    let parser = JsonLdParser::new().for_slice(json).with_load_document_callback(move |address, _| {
        let text = known(address).ok_or_else(|| format!("the context {address} is not one of ours"))?;
        Ok(JsonLdRemoteDocument { document: text.as_bytes().to_vec(), document_url: address.to_owned() })
    });
    let mut dataset = Dataset::new();
    for quad in parser {
        dataset.insert(&quad.map_err(|e| Fault::Rdf(e.to_string()))?);
    }
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 {
        hash_algorithm: CanonicalizationHashAlgorithm::Sha256,
    });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    Ok(lines.concat())
}

#[cfg(test)]
mod tests {
    use super::super::body::CREDENTIALS;
    use super::*;
    use domain::keys::Curve;
    use domain::text::hexadecimal;
    use serde_json::{Value, json};

    /// A file of the test vectors of the standard.
    macro_rules! vector {
        ($file:literal) => {
            include_str!(concat!("../../../tests/vectors/vc-di-eddsa/", $file))
        };
    }

    fn with_examples(address: &str) -> Option<&'static str> {
        match address {
            "https://www.w3.org/ns/credentials/examples/v2" => Some(vector!("credentials-examples-v2.json")),
            other => contexts::text(other),
        }
    }

    #[test]
    fn the_vector_of_the_standard_comes_out() {
        let mut document: Value = serde_json::from_str(vector!("signed-credential.json")).unwrap();
        let mut options = document.as_object_mut().unwrap().remove("proof").unwrap();
        let expected = options.as_object_mut().unwrap().remove("proofValue").unwrap();
        options["@context"] = document["@context"].clone();
        let document = digest(document.to_string().as_bytes(), with_examples).unwrap();
        let options = digest(options.to_string().as_bytes(), with_examples).unwrap();
        assert_eq!(hexadecimal(&document), vector!("doc-hash.txt").trim());
        assert_eq!(hexadecimal(&options), vector!("proof-config-hash.txt").trim());

        let pair: Value = serde_json::from_str(vector!("key-pair.json")).unwrap();
        let secret = bs58::decode(&pair["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
        // Two bytes say that it is a private key of Ed25519.
        let signer = Signer::of(Curve::Ed25519, secret[2..].try_into().unwrap()).unwrap();
        let signature = signer.sign(&[options, document].concat());
        assert_eq!(json!(multibase(&signature.bytes())), expected);
    }

    #[test]
    fn a_context_that_is_not_ours_is_a_fault_and_nothing_is_fetched() {
        let document = json!({ "@context": [CREDENTIALS, "https://elsewhere.example/v1"], "id": "urn:x:1" });
        assert!(matches!(digest(document.to_string().as_bytes(), contexts::text), Err(Fault::Rdf(_))));
    }
}
