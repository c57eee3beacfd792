//! A badge is of use when others believe it without asking us. Programs that are not ours, on copies of what we publish and
//! with our server nowhere, accept every badge that holds and refuse every one that was touched, revoked or is over.

pub mod world;

use crate::harness::{Database, stories};
use crate::verifiers::{Case, Verdict, say};
use credentials::badges::{Form, baked_png, baked_svg, issue};
use serde_json::{Value, json};
use world::{Certifier, LIST, at, whole};

stories! {
    verifiers:
        openbadgeslib_agrees,
        its_program_reads_the_pictures,
        digitalbazaar_agrees,
        verifier_core_agrees,
        jose_reads_the_tokens,
        the_schemas_of_open_badges_agree;
}

fn openbadgeslib_agrees(_: &Database) {
    let story = Story::told();
    story.accepted(&say("openbadgeslib_api.py", &story.good), &["token", "document"]);
    story.refused(&say("openbadgeslib_api.py", &story.bad), &["token", "document"]);
}

fn its_program_reads_the_pictures(_: &Database) {
    let forms = ["token.svg", "document.svg", "token.png", "document.png"];
    let story = Story::told();
    story.accepted(&say("openbadgeslib_program.py", &story.good), &forms);
    // It asks for no status list.
    let touched = story.bad.into_iter().filter(|case| case.name.contains("picture")).collect();
    let story = Story { good: story.good, bad: touched };
    story.refused(&say("openbadgeslib_program.py", &story.bad), &forms);
}

fn digitalbazaar_agrees(_: &Database) {
    let story = Story::told();
    story.accepted(&say("digitalbazaar.mjs", &story.good), &["document"]);
    story.refused(&say("digitalbazaar.mjs", &story.bad), &["document"]);
}

fn verifier_core_agrees(_: &Database) {
    let story = Story::told();
    story.accepted(&say("verifier_core.mjs", &story.good), &["document"]);
    story.refused(&say("verifier_core.mjs", &story.bad), &["document"]);
}

/// It knows signatures and dates; what a status list says is not its trade.
fn jose_reads_the_tokens(_: &Database) {
    let story = Story::told();
    story.accepted(&say("jose.mjs", &story.good), &["token"]);
    let touched = story.bad.into_iter().filter(|case| !case.name.starts_with("list: ")).collect();
    let story = Story { good: story.good, bad: touched };
    story.refused(&say("jose.mjs", &story.bad), &["token"]);
}

fn the_schemas_of_open_badges_agree(_: &Database) {
    let story = Story::told();
    story.accepted(&say("schema.py", &story.good), &["document"]);
    let unlike = ["a status list without a name", "an achievement without criteria"];
    let bad = vec![
        touched(&story.good[0], unlike[0], |badge| remove(badge, "/credentialStatus", "type")),
        touched(&story.good[0], unlike[1], |badge| {
            remove(badge, "/credentialSubject/achievement", "criteria");
        }),
    ];
    let story = Story { good: story.good, bad };
    story.refused(&say("schema.py", &story.bad), &["document"]);
}

/// What every verifier must accept, and what every one must refuse.
struct Story {
    good: Vec<Case>,
    bad: Vec<Case>,
}

impl Story {
    fn told() -> Self {
        let certifier = Certifier::new();
        let good = good(&certifier);
        let bad =
            touched_ones(&good[0]).into_iter().chain(signed_by_others(&certifier)).chain(over(&certifier));
        let bad = bad.chain(revoked(&certifier)).collect();
        Self { good, bad }
    }

    #[track_caller]
    fn accepted(&self, verdicts: &[Verdict], forms: &[&str]) {
        judged(&self.good, verdicts, forms, true);
    }

    #[track_caller]
    fn refused(&self, verdicts: &[Verdict], forms: &[&str]) {
        judged(&self.bad, verdicts, forms, false);
    }
}

/// Every case that has a form was judged in it, and as it should be.
#[track_caller]
fn judged(cases: &[Case], verdicts: &[Verdict], forms: &[&str], accepted: bool) {
    let mut faults = Vec::new();
    let mut seen = 0;
    for case in cases {
        for form in forms.iter().filter(|form| case.has(form)) {
            let verdict = verdicts.iter().find(|said| said.case == case.name && said.form == **form);
            seen += 1;
            match verdict {
                None => faults.push(format!("{}, {form}: nothing was said", case.name)),
                Some(said) if said.accepted != accepted => {
                    let what = if said.accepted { "accepted" } else { "refused" };
                    faults.push(format!("{}, {form}: {what}: {}", case.name, said.said));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
    assert!(seen > 0, "there was nothing to judge");
}

fn good(certifier: &Certifier) -> Vec<Case> {
    let whole = whole();
    let mut endless = whole.clone();
    endless.valid_until = None;
    let mut bare = whole.clone();
    (bare.holder.email, bare.achievement.record) = (None, None);
    (bare.issuer.siret, bare.issuer.nda) = (None, None);
    vec![
        certifier.case("whole", &whole),
        certifier.case("without an end", &endless),
        certifier.case("block", &world::block()),
        certifier.case("bare", &bare),
        certifier.before_the_last_change_of_keys("signed with keys since retired", &whole),
    ]
}

/// One thing changed in a badge that was good, in each of its forms.
fn touched_ones(good: &Case) -> Vec<Case> {
    let achievement = "/credentialSubject/achievement";
    let holder = "/credentialSubject/identifier/0";
    let email = "/credentialSubject/identifier/1";
    let far = json!("2099-01-14T09:00:00Z");
    let mut cases = vec![
        touched(good, "another achievement", |badge| set(badge, achievement, "name", json!("Chef de rien"))),
        touched(good, "another person", |badge| set(badge, holder, "identityHash", json!("Paul Durand"))),
        touched(good, "a hash told as plain text", |badge| set(badge, email, "hashed", json!(false))),
        touched(good, "a longer validity", |badge| set(badge, "", "validUntil", far.clone())),
        touched(good, "another index", |badge| {
            set(badge, "/credentialStatus", "statusListIndex", json!("7"));
        }),
        touched(good, "no status", |badge| remove(badge, "", "credentialStatus")),
        touched(good, "a term that nobody knows", |badge| {
            set(badge, achievement, "mention", json!("très bien"));
        }),
        touched(good, "a term that nobody knows, at the top", |badge| {
            set(badge, "", "mention", json!("bien"));
        }),
    ];
    let token = good.token.as_deref().unwrap();
    let (_, rest) = token.split_once('.').unwrap();
    let (claims, _) = rest.split_once('.').unwrap();
    let header = world::encoded(&json!({ "alg": "none", "typ": "JWT" }));
    cases.push(Case {
        document: None,
        token: Some(format!("{header}.{claims}.")),
        ..good.named("no algorithm")
    });
    cases.push(picture_of_another(good));
    cases
}

/// A good picture whose badge was changed.
fn picture_of_another(good: &Case) -> Case {
    let changed = |(form, picture): &(&'static str, Vec<u8>)| {
        let text = String::from_utf8_lossy(picture);
        let other = touched(good, "", |badge| {
            set(badge, "/credentialSubject/identifier/0", "identityHash", json!("Paul"));
        });
        let text = text.replace(good.token.as_deref().unwrap(), other.token.as_deref().unwrap());
        let text = text.replace("Léa d’Aubigné", "Paul Durand");
        (*form, text.into_bytes())
    };
    let pictures = good.pictures.iter().filter(|(form, _)| form.contains("svg")).map(changed).collect();
    Case { document: None, token: None, pictures, ..good.named("a picture whose badge was changed") }
}

fn touched(good: &Case, name: &str, change: impl Fn(&mut Value)) -> Case {
    let mut document: Value = serde_json::from_str(good.document.as_deref().unwrap()).unwrap();
    change(&mut document);
    let parts: Vec<&str> = good.token.as_deref().unwrap().split('.').collect();
    let mut claims = world::decoded(parts[1]);
    change(&mut claims);
    let token = format!("{}.{}.{}", parts[0], world::encoded(&claims), parts[2]);
    Case { document: Some(document.to_string()), token: Some(token), ..good.named(name) }
}

/// The certifier never published the keys of whoever signed these.
fn signed_by_others(certifier: &Certifier) -> Vec<Case> {
    let (badge, stranger) = (whole(), Certifier::new());
    let ours = certifier.case("", &badge);
    let theirs = issue(&badge, &stranger.pair, at("2026-01-14")).unwrap();
    let unknown = Case {
        document: Some(theirs.document.clone()),
        token: Some(theirs.token.clone()),
        ..ours.named("a key that is not published")
    };
    // Under the name of our key.
    let value = |json: &str| serde_json::from_str::<Value>(json).unwrap();
    let mut document = value(ours.document.as_deref().unwrap());
    document["proof"][0]["proofValue"] = value(&theirs.document)["proof"][0]["proofValue"].clone();
    let (message, _) = ours.token.as_deref().unwrap().rsplit_once('.').unwrap();
    let (_, signature) = theirs.token.rsplit_once('.').unwrap();
    let forged = Case {
        document: Some(document.to_string()),
        token: Some(format!("{message}.{signature}")),
        ..ours.named("a signature by another key")
    };
    vec![unknown, forged]
}

fn over(certifier: &Certifier) -> Vec<Case> {
    let mut expired = whole();
    expired.valid_until = Some(at("2026-02-14"));
    let mut early = whole();
    early.valid_from = at("2090-01-14");
    vec![certifier.case("expired", &expired), certifier.case("not valid yet", &early)]
}

/// Both forms of the list say so.
fn revoked(certifier: &Certifier) -> Vec<Case> {
    let badge = whole();
    let good = certifier.case("", &badge);
    let with_list = |name: &str, list: domain::badges::StatusList| Case {
        document: good.document.clone(),
        token: good.token.clone(),
        web: certifier.web(&list),
        ..good.named(name)
    };
    let current = world::list(&[badge.status.index]);
    let mut stale = world::list(&[]);
    stale.valid_until = at("2026-02-14");
    let mut gone = with_list("list: not published", world::list(&[]));
    gone.web.retain(|(address, ..)| address != LIST);
    vec![with_list("list: revoked", current), with_list("list: expired", stale), gone]
}

fn set(badge: &mut Value, place: &str, field: &str, value: Value) {
    badge.pointer_mut(place).unwrap()[field] = value;
}

fn remove(badge: &mut Value, place: &str, field: &str) {
    badge.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(field).unwrap();
}

impl Certifier {
    fn case(&self, name: &str, badge: &domain::badges::Badge) -> Case {
        let issued = issue(badge, &self.pair, at("2026-01-14")).unwrap();
        Case {
            name: name.to_owned(),
            issuer: badge.issuer.did.to_string(),
            holder: badge.holder.id.urn().to_string(),
            pictures: vec![
                ("token.svg", baked_svg(&badge.label(), &issued, Form::Token).into_bytes()),
                ("document.svg", baked_svg(&badge.label(), &issued, Form::Document).into_bytes()),
                ("token.png", baked_png(&badge.label(), &issued, Form::Token).unwrap()),
                ("document.png", baked_png(&badge.label(), &issued, Form::Document).unwrap()),
            ],
            document: Some(issued.document),
            token: Some(issued.token),
            web: self.web(&world::list(&[])),
        }
    }
}

impl Case {
    fn has(&self, form: &str) -> bool {
        match form {
            "document" => self.document.is_some(),
            "token" => self.token.is_some(),
            picture => self.pictures.iter().any(|(form, _)| *form == picture),
        }
    }

    /// The same badge and web under another name, in no form yet.
    fn named(&self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            issuer: self.issuer.clone(),
            holder: self.holder.clone(),
            document: None,
            token: None,
            pictures: Vec::new(),
            web: self.web.clone(),
        }
    }
}
