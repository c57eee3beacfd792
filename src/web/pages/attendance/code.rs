//! The code of a room, as its screen shows it.

use super::room::{self, At};
use super::{read, slot_label};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::signatures::Qr;
use actions::{self, Error};
use actix_web::http::header;
use askama::Template;
use credentials::room_codes;
use domain::access::Action;

pub fn routes(routes: &mut Routes) {
    routes.get_blocking("/sessions/{session}/salle/{slot}/code", Action::ShowRoomCode, show);
}

#[derive(Template)]
#[template(path = "attendance/code.html")]
struct CodePage {
    shell: Shell,
    base: String,
    when: String,
    code: String,
    /// The page where the code leads, to be typed.
    address: String,
    qr: Qr,
    counted: String,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let at = At::of(visit)?;
    let shown = match actions::signatures::show_code(visit.house, &visit.actor, at.session, at.slot) {
        Ok(shown) => shown,
        Err(Error::Refused(actions::Refusal::Signature(no))) => return room::refused(visit, no),
        Err(other) => return Err(other.into()),
    };
    let (listed, kept) = visit.read(|conn| read(conn, visit, at.session))?;
    let slot = kept.slots.iter().find(|kept| kept.id == at.slot).ok_or(Problem::NotFound)?;
    let signed = kept.squares.iter().filter(|s| s.slot == at.slot && s.signed.is_some()).count();
    let all = kept.squares.iter().filter(|s| s.slot == at.slot).count();
    let public = &visit.house.sender.public_url;
    let bare = public.split_once("://").map_or(public.as_str(), |(_, rest)| rest);
    Reply::page(&CodePage {
        shell: visit.shell(visit.w.room_code_title()),
        base: at.base(),
        when: format!("{}, {}", listed.title, slot_label(visit.w, slot)),
        code: room_codes::spaced(&shown.code),
        address: format!("{bare}/emargement"),
        qr: shown.qr,
        counted: visit.w.signed_of(signed, all),
    })
    .map(|reply| reply.with(header::REFRESH, &shown.seconds.max(2).to_string()))
}
