//! Style, script and icon: in the binary, under names that change with their content.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::Write as _;
use std::sync::LazyLock;

struct Asset {
    name: String,
    content_type: &'static str,
    body: Vec<u8>,
    zipped: Vec<u8>,
}

impl Asset {
    fn new(stem: &str, ending: &str, content_type: &'static str, body: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing to memory cannot fail; an empty answer is sent plain.
        let zipped = encoder.write_all(&body).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { name: format!("{stem}-{:016x}.{ending}", hasher.finish()), content_type, body, zipped }
    }
}

const STYLES: &[&str] = &[
    include_str!("../assets/css/00-tokens.css"),
    include_str!("../assets/css/10-base.css"),
    include_str!("../assets/css/20-bar.css"),
    include_str!("../assets/css/25-layout.css"),
    include_str!("../assets/css/30-button.css"),
    include_str!("../assets/css/32-card.css"),
    include_str!("../assets/css/34-mark.css"),
    include_str!("../assets/css/36-table.css"),
    include_str!("../assets/css/38-form.css"),
    include_str!("../assets/css/40-path.css"),
    include_str!("../assets/css/42-lists.css"),
    include_str!("../assets/css/44-session.css"),
    include_str!("../assets/css/46-sheet.css"),
    include_str!("../assets/css/47-room.css"),
    include_str!("../assets/css/47-survey.css"),
    include_str!("../assets/css/48-letter.css"),
    include_str!("../assets/css/49-candidacy.css"),
    include_str!("../assets/css/50-home.css"),
    include_str!("../assets/css/90-access.css"),
    include_str!("../assets/css/95-print.css"),
];

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("parcours", "css", "text/css; charset=utf-8", STYLES.concat().into_bytes()));
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "parcours",
        "js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/parcours.js").to_vec(),
    )
});
static ROOM: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("salle", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/salle.js").to_vec())
});
static DEEDS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "envois",
        "js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/envois.js").to_vec(),
    )
});
static SIGNATURE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "signature",
        "js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/signature.js").to_vec(),
    )
});
static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg").to_vec())
});

pub fn style() -> &'static str {
    &STYLE.name
}

pub fn script() -> &'static str {
    &SCRIPT.name
}

/// The script with which signatures are drawn.
pub fn signature() -> &'static str {
    &SIGNATURE.name
}

/// The script that keeps what is done in a room, and sends it.
pub fn deeds() -> &'static str {
    &DEEDS.name
}

/// The script of the rooms.
pub fn room() -> &'static str {
    &ROOM.name
}

/// The worker that keeps opened rooms on the device. Its address never changes, so it is asked for anew.
pub fn offline_worker() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(include_str!("../assets/hors-ligne.js"))
}

pub fn icon() -> &'static str {
    &ICON.name
}

pub fn serve(request: &HttpRequest) -> HttpResponse {
    let name = request.match_info().query("name");
    let all = [&*STYLE, &*SCRIPT, &*DEEDS, &*SIGNATURE, &*ROOM, &*ICON];
    let Some(asset) = all.into_iter().find(|a| a.name == name) else {
        return HttpResponse::NotFound().finish();
    };
    let zips = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains("gzip"));
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if zips && !asset.zipped.is_empty() {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
        return response.body(asset.zipped.as_slice());
    }
    response.body(asset.body.as_slice())
}
