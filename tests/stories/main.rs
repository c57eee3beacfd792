//! The stories: each file tells what somebody does with Parcours and what comes of it. People act over HTTP
//! (`town.rs`) or in Chromium (`../browser`); `harness/` gives each story its database.

// A test may fall.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../browser/mod.rs"]
mod browser;
mod harness;
mod mail_server;
mod town;
#[path = "../verifiers/mod.rs"]
mod verifiers;

mod a_certificate_is_issued;
mod a_jury_decides;
mod a_made_up_region;
mod a_second_programme;
mod a_session_is_told;
mod a_session_lives;
mod an_employer_imports_its_staff;
mod an_organisation_agrees;
mod badges_are_checked;
mod certificates_are_checked;
mod employees_open_their_accounts;
mod every_door;
mod every_form;
mod fifteen_people_into_thirteen_seats;
mod forms_are_sent;
mod groups_and_offers;
mod holders_are_declared;
mod identity_at_birth;
mod letters_are_followed;
mod letters_leave;
mod lists_are_taken_away;
mod members_come_and_go;
mod no_free_seat_while_somebody_waits;
mod no_table_is_read_whole;
mod passwords_and_log_ins;
mod places_change_hands;
mod proofs_are_told;
mod somebody_applies;
mod states;
mod the_certifying_track;
mod the_first_day;
mod the_front_door;
mod the_house_reminds;
mod the_journal_is_proved;
mod the_journal_is_sealed;
mod the_last_seat;
mod the_partners_of_a_programme;
mod the_room;
mod the_room_is_proved;
mod the_room_offline;
mod the_schema;
mod the_state_is_told;
mod what_can_be_obtained;
mod what_is_sent;
mod what_people_think;
mod whoever_runs_it;
mod whoever_watches_it;
mod words_find_rows;

use std::process::ExitCode;

fn main() -> ExitCode {
    let files = [
        an_employer_imports_its_staff::stories(),
        the_partners_of_a_programme::stories(),
        a_certificate_is_issued::stories(),
        a_jury_decides::stories(),
        a_made_up_region::stories(),
        a_second_programme::stories(),
        a_session_is_told::stories(),
        a_session_lives::stories(),
        an_organisation_agrees::stories(),
        badges_are_checked::stories(),
        certificates_are_checked::stories(),
        employees_open_their_accounts::stories(),
        every_door::stories(),
        every_form::stories(),
        fifteen_people_into_thirteen_seats::stories(),
        forms_are_sent::stories(),
        browser::every_page::stories(),
        browser::the_certification::stories(),
        browser::the_main_job::stories(),
        browser::the_room::stories(),
        browser::the_room_offline::stories(),
        browser::without_a_mouse_and_without_scripts::stories(),
        members_come_and_go::stories(),
        passwords_and_log_ins::stories(),
        groups_and_offers::stories(),
        holders_are_declared::stories(),
        identity_at_birth::stories(),
        letters_are_followed::stories(),
        letters_leave::stories(),
        lists_are_taken_away::stories(),
        no_free_seat_while_somebody_waits::stories(),
        no_table_is_read_whole::stories(),
        places_change_hands::stories(),
        proofs_are_told::stories(),
        states::stories(),
        the_certifying_track::stories(),
        the_state_is_told::stories(),
        the_first_day::stories(),
        the_front_door::stories(),
        the_house_reminds::stories(),
        the_journal_is_proved::stories(),
        the_journal_is_sealed::stories(),
        the_last_seat::stories(),
        the_room::stories(),
        the_room_is_proved::stories(),
        the_room_offline::stories(),
        the_schema::stories(),
        somebody_applies::stories(),
        what_can_be_obtained::stories(),
        what_is_sent::stories(),
        what_people_think::stories(),
        whoever_runs_it::stories(),
        whoever_watches_it::stories(),
        words_find_rows::stories(),
    ];
    harness::run(&files.into_iter().flatten().collect::<Vec<_>>(), migrate)
}

fn migrate(url: &str) {
    store::Store::open(url, 1).unwrap().migrate().unwrap();
}
