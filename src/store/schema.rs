// @generated automatically by Diesel CLI.

diesel::table! {
    accounts (id) {
        id -> Int8,
        email -> Text,
        name -> Text,
        search_key -> Text,
        password -> Nullable<Text>,
        person_id -> Nullable<Int8>,
        language -> Text,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    agreements (id) {
        id -> Int8,
        programme_id -> Int8,
        organisation_id -> Int8,
        state -> Text,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    answers (id) {
        id -> Int8,
        session_id -> Int8,
        question_id -> Int8,
        rating -> Nullable<Int4>,
        said -> Nullable<Text>,
    }
}

diesel::table! {
    appeals (id) {
        id -> Int8,
        attempt_id -> Int8,
        grounds -> Text,
        made_at -> Timestamp,
        answer -> Nullable<Text>,
        is_upheld -> Nullable<Bool>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    arrivals (name) {
        name -> Text,
        slot_id -> Int8,
        presence -> Text,
        arrived_at -> Timestamp,
    }
}

diesel::table! {
    assessments (id) {
        id -> Int8,
        block_id -> Int8,
        position -> Int4,
        title -> Text,
        kind -> Text,
        most_points -> Int4,
        pass_points -> Int4,
    }
}

diesel::table! {
    attempts (id) {
        id -> Int8,
        jury_id -> Int8,
        candidacy_id -> Int8,
        appearance -> Nullable<Text>,
        remarks -> Text,
        decision -> Nullable<Text>,
        created_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    blocks (id) {
        id -> Int8,
        version_id -> Int8,
        position -> Int4,
        code -> Text,
        title -> Text,
        acquisition -> Text,
    }
}

diesel::table! {
    candidacies (id) {
        id -> Int8,
        certification_id -> Int8,
        version_id -> Int8,
        person_id -> Int8,
        state -> Text,
        route -> Text,
        level -> Nullable<Int4>,
        motivation -> Text,
        accommodation -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    capacities (organisation_id, capacity) {
        organisation_id -> Int8,
        capacity -> Text,
    }
}

diesel::table! {
    certificate_series (name) {
        name -> Text,
        last -> Int4,
    }
}

diesel::table! {
    certificates (id) {
        id -> Int8,
        uuid -> Text,
        number -> Text,
        code_digest -> Text,
        issuer_id -> Int8,
        candidacy_id -> Int8,
        attempt_id -> Int8,
        block -> Text,
        claims -> Text,
        birth_name_digest -> Text,
        usual_name_digest -> Nullable<Text>,
        state -> Text,
        state_on -> Date,
        reason -> Nullable<Text>,
        issued_at -> Timestamp,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        warned_at -> Nullable<Timestamp>,
        replaces_id -> Nullable<Int8>,
        list_id -> Int8,
        entry -> Int4,
    }
}

diesel::table! {
    certification_courses (certification_id, course_id) {
        certification_id -> Int8,
        course_id -> Int8,
    }
}

diesel::table! {
    certification_routes (version_id, route) {
        version_id -> Int8,
        route -> Text,
    }
}

diesel::table! {
    certification_versions (id) {
        id -> Int8,
        certification_id -> Int8,
        number -> Int4,
        title -> Text,
        level -> Nullable<Int4>,
        decided_on -> Nullable<Date>,
        effective_on -> Date,
        registered_until -> Date,
        last_issue_on -> Nullable<Date>,
        validity_months -> Nullable<Int4>,
        is_partial -> Bool,
        jury_members -> Int4,
        jury_outside_percent -> Int4,
        jury_quorum -> Int4,
        jury_outside_chair -> Bool,
        made_at -> Timestamp,
    }
}

diesel::table! {
    certifications (id) {
        id -> Int8,
        certifier_id -> Int8,
        programme_id -> Int8,
        code -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    chains (chain) {
        chain -> Text,
        number -> Int8,
        hash -> Text,
    }
}

diesel::table! {
    checkpoint_heads (chain, number) {
        checkpoint -> Int8,
        chain -> Text,
        number -> Int8,
        hash -> Text,
    }
}

diesel::table! {
    checkpoints (number) {
        number -> Int8,
        at -> Timestamp,
        root -> Text,
        previous_root -> Text,
        key_id -> Int8,
        signature -> Text,
        seen_id -> Int8,
    }
}

diesel::table! {
    civil_identities (candidacy_id) {
        candidacy_id -> Int8,
        sealed -> Text,
        told_at -> Timestamp,
        confirmed_at -> Timestamp,
    }
}

diesel::table! {
    countersignatures (id) {
        id -> Int8,
        slot_id -> Int8,
        account_id -> Int8,
        role -> Text,
        signed_at -> Timestamp,
        sheet -> Text,
    }
}

diesel::table! {
    course_versions (id) {
        id -> Int8,
        course_id -> Int8,
        number -> Int4,
        title -> Text,
        search_key -> Text,
        aims -> Text,
        prerequisites -> Text,
        audience -> Text,
        minutes -> Int4,
        made_at -> Timestamp,
    }
}

diesel::table! {
    courses (id) {
        id -> Int8,
        training_body_id -> Int8,
        programme_id -> Int8,
        stage -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    declarants (organisation_id) {
        organisation_id -> Int8,
        client -> Text,
        contract -> Text,
        sender -> Text,
        says_action -> Bool,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    declaration_files (id) {
        id -> Int8,
        certifier_id -> Int8,
        flow -> Text,
        state -> Text,
        made_at -> Timestamp,
        client -> Text,
        contract -> Text,
        sender -> Text,
        says_action -> Bool,
        passages -> Int4,
        digest -> Nullable<Text>,
        deposited_on -> Nullable<Date>,
    }
}

diesel::table! {
    declaration_passages (file_id, declaration_id) {
        file_id -> Int8,
        declaration_id -> Int8,
        code -> Text,
        passage -> Text,
    }
}

diesel::table! {
    declaration_reports (id) {
        id -> Int8,
        file_id -> Int8,
        digest -> Text,
        report -> Text,
        taken_at -> Timestamp,
    }
}

diesel::table! {
    declarations (id) {
        id -> Int8,
        technical_id -> Text,
        certifier_id -> Int8,
        candidacy_id -> Int8,
        certificate_id -> Int8,
        code -> Text,
        state -> Text,
        due_on -> Date,
        file_id -> Nullable<Int8>,
        reason_kind -> Nullable<Text>,
        reason -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    employments (id) {
        id -> Int8,
        person_id -> Int8,
        company_id -> Int8,
        search_key -> Text,
        staff_number -> Nullable<Text>,
        job_group -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Int8,
        session_id -> Int8,
        person_id -> Int8,
        employer_id -> Nullable<Int8>,
        group_id -> Nullable<Int8>,
        state -> Text,
        ranked_at -> Nullable<Timestamp>,
        offered_until -> Nullable<Timestamp>,
        minutes -> Nullable<Int4>,
        asked_by -> Nullable<Int8>,
        calendar_uid -> Text,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    failures (id) {
        id -> Int8,
        subject -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    findings (attempt_id, block) {
        attempt_id -> Int8,
        block -> Text,
        result -> Text,
        reason -> Text,
        points -> Text,
    }
}

diesel::table! {
    groups (id) {
        id -> Int8,
        session_id -> Int8,
        company_id -> Nullable<Int8>,
        policy -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    imports (id) {
        id -> Int8,
        company_id -> Int8,
        account_id -> Nullable<Int8>,
        sheet_json -> Text,
        layout_json -> Text,
        rows_json -> Text,
        session_id -> Nullable<Int8>,
        created_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    installation (id) {
        id -> Int8,
        purpose -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    issued_files (certificate_id) {
        certificate_id -> Int8,
        document -> Text,
        token -> Text,
        paper -> Text,
        paper_digest -> Text,
    }
}

diesel::table! {
    issuers (organisation_id) {
        organisation_id -> Int8,
        name -> Text,
        host -> Text,
        signatory -> Text,
        quality -> Text,
        settled_at -> Timestamp,
    }
}

diesel::table! {
    journal (id) {
        id -> Int8,
        chain -> Text,
        number -> Int8,
        at -> Timestamp,
        kind -> Text,
        reference -> Text,
        account_id -> Nullable<Int8>,
        role -> Text,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        reason_digest -> Nullable<Text>,
        evidence_digest -> Nullable<Text>,
        hash -> Text,
    }
}

diesel::table! {
    journal_secrets (journal_id, name) {
        journal_id -> Int8,
        name -> Text,
        salt -> Text,
        text -> Text,
    }
}

diesel::table! {
    juries (id) {
        id -> Int8,
        certification_id -> Int8,
        state -> Text,
        starts_at -> Timestamp,
        zone -> Text,
        mode -> Text,
        place -> Text,
        version_id -> Int8,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jurors (id) {
        id -> Int8,
        jury_id -> Int8,
        account_id -> Int8,
        capacity -> Text,
        is_chair -> Bool,
        stated_at -> Nullable<Timestamp>,
        interest -> Nullable<Text>,
        is_present -> Bool,
    }
}

diesel::table! {
    late_signings (enrolment_id, slot_id) {
        enrolment_id -> Int8,
        slot_id -> Int8,
        asked_at -> Timestamp,
        asked_by -> Int8,
        until -> Timestamp,
    }
}

diesel::table! {
    link_requests (id) {
        id -> Int8,
        email -> Text,
        room_code -> Nullable<Text>,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    links (id) {
        id -> Int8,
        digest -> Text,
        purpose -> Text,
        account_id -> Nullable<Int8>,
        enrolment_id -> Nullable<Int8>,
        survey_id -> Nullable<Int8>,
        person_id -> Nullable<Int8>,
        until -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    logins (id) {
        id -> Int8,
        digest -> Text,
        account_id -> Int8,
        membership_id -> Nullable<Int8>,
        as_trainee -> Bool,
        agent -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    marks (enrolment_id, slot_id) {
        enrolment_id -> Int8,
        slot_id -> Int8,
        mark -> Text,
        minutes -> Int4,
        marked_at -> Timestamp,
        marked_by -> Int8,
    }
}

diesel::table! {
    memberships (id) {
        id -> Int8,
        account_id -> Int8,
        organisation_id -> Nullable<Int8>,
        role -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    minutes (id) {
        id -> Int8,
        jury_id -> Int8,
        number -> Int4,
        body -> Text,
        made_at -> Timestamp,
        made_by -> Int8,
    }
}

diesel::table! {
    minutes_signatures (minutes_id, account_id) {
        minutes_id -> Int8,
        account_id -> Int8,
        signed_at -> Timestamp,
    }
}

diesel::table! {
    organisations (id) {
        id -> Int8,
        name -> Text,
        search_key -> Text,
        siret -> Nullable<Text>,
        naf_code -> Nullable<Text>,
        naf_nomenclature -> Nullable<Text>,
        commune -> Nullable<Text>,
        headcount -> Nullable<Int4>,
        idcc -> Nullable<Text>,
        opco -> Nullable<Text>,
        nda -> Nullable<Text>,
        approves_requests -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> Int8,
        kind -> Text,
        to_email -> Text,
        to_name -> Text,
        reply_to -> Nullable<Text>,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        calendars -> Text,
        message_id -> Text,
        secret -> Bool,
        session_id -> Nullable<Int8>,
        enrolment_id -> Nullable<Int8>,
        company_id -> Nullable<Int8>,
        caused_by -> Nullable<Int8>,
        occasion -> Nullable<Text>,
        created_at -> Timestamp,
        due_at -> Timestamp,
        attempts -> Int4,
        sent_at -> Nullable<Timestamp>,
        given_up_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        training_body_id -> Nullable<Int8>,
    }
}

diesel::table! {
    partners (programme_id, organisation_id) {
        programme_id -> Int8,
        organisation_id -> Int8,
        is_first -> Bool,
    }
}

diesel::table! {
    people (id) {
        id -> Int8,
        given_name -> Text,
        family_name -> Text,
        search_key -> Text,
        email -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pieces (id) {
        id -> Int8,
        candidacy_id -> Int8,
        name -> Text,
        state -> Text,
        file_name -> Text,
        media_type -> Text,
        bytes -> Int8,
        sealed -> Text,
        reason -> Nullable<Text>,
        sent_at -> Timestamp,
        judged_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    programmes (id) {
        id -> Int8,
        short_name -> Text,
        name -> Text,
        region -> Text,
        operator_id -> Int8,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    questions (id) {
        id -> Int8,
        course_id -> Int8,
        moment -> Text,
        audience -> Text,
        position -> Int4,
        kind -> Text,
        text_fr -> Text,
        text_en -> Text,
        made_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    requirements (id) {
        id -> Int8,
        version_id -> Int8,
        position -> Int4,
        stage -> Nullable<Text>,
        level -> Nullable<Int4>,
        piece -> Nullable<Text>,
    }
}

diesel::table! {
    reservations (id) {
        id -> Int8,
        session_id -> Int8,
        company_id -> Nullable<Int8>,
        group_id -> Nullable<Int8>,
        seats -> Int4,
        until -> Timestamp,
        reason -> Text,
    }
}

diesel::table! {
    rooms (slot_id) {
        slot_id -> Int8,
        secret -> Text,
        opened_at -> Timestamp,
        opened_by -> Int8,
    }
}

diesel::table! {
    seals (session_id) {
        session_id -> Int8,
        number -> Int8,
        checkpoint -> Nullable<Int8>,
    }
}

diesel::table! {
    sent_forms (number) {
        number -> Text,
        made -> Nullable<Text>,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    session_trainers (session_id, account_id) {
        session_id -> Int8,
        account_id -> Int8,
    }
}

diesel::table! {
    sessions (id) {
        id -> Int8,
        version_id -> Int8,
        training_body_id -> Int8,
        programme_id -> Int8,
        state -> Text,
        zone -> Text,
        commune -> Nullable<Text>,
        place -> Text,
        video_link -> Text,
        capacity -> Int4,
        over -> Int4,
        held -> Int4,
        reserved -> Int4,
        minimum -> Int4,
        enrol_by -> Timestamp,
        queue_closes_hours -> Int4,
        offer_hours -> Nullable<Int4>,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        queue_closes_at -> Timestamp,
        sequence -> Int4,
        edition -> Int4,
        created_at -> Timestamp,
        search_key -> Text,
    }
}

diesel::table! {
    signatures (id) {
        id -> Int8,
        enrolment_id -> Int8,
        slot_id -> Int8,
        way -> Text,
        signed_at -> Timestamp,
        received_at -> Timestamp,
        typed -> Nullable<Text>,
        drawn -> Nullable<Text>,
        sheet_digest -> Text,
        connection_digest -> Text,
        connection_salt -> Nullable<Text>,
        address -> Nullable<Text>,
        agent -> Nullable<Text>,
        device -> Nullable<Text>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Int8,
        purpose -> Text,
        public_key -> Text,
        sealed_private -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    slots (id) {
        id -> Int8,
        session_id -> Int8,
        day -> Date,
        half_day -> Text,
        starts_minute -> Int4,
        ends_minute -> Int4,
        zone -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        noted_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    status_lists (id) {
        id -> Int8,
        issuer_id -> Int8,
        number -> Int4,
        changes -> Int4,
        published -> Int4,
        document -> Text,
        token -> Text,
        valid_until -> Timestamp,
    }
}

diesel::table! {
    surveys (id) {
        id -> Int8,
        session_id -> Int8,
        moment -> Text,
        audience -> Text,
        enrolment_id -> Nullable<Int8>,
        company_id -> Nullable<Int8>,
        sent_at -> Nullable<Timestamp>,
        remind_at -> Timestamp,
        reminded_at -> Nullable<Timestamp>,
        until -> Timestamp,
        answered_on -> Nullable<Date>,
    }
}

diesel::table! {
    targets (programme_id, kind) {
        programme_id -> Int8,
        kind -> Text,
        people -> Int8,
        by_year -> Nullable<Int4>,
    }
}

diesel::table! {
    waivers (id) {
        id -> Int8,
        slot_id -> Int8,
        enrolment_id -> Nullable<Int8>,
        reason -> Text,
        waived_at -> Timestamp,
        waived_by -> Int8,
    }
}

diesel::joinable!(accounts -> people (person_id));
diesel::joinable!(answers -> questions (question_id));
diesel::joinable!(answers -> sessions (session_id));
diesel::joinable!(agreements -> organisations (organisation_id));
diesel::joinable!(agreements -> programmes (programme_id));
diesel::joinable!(appeals -> attempts (attempt_id));
diesel::joinable!(arrivals -> slots (slot_id));
diesel::joinable!(assessments -> blocks (block_id));
diesel::joinable!(attempts -> candidacies (candidacy_id));
diesel::joinable!(attempts -> juries (jury_id));
diesel::joinable!(blocks -> certification_versions (version_id));
diesel::joinable!(candidacies -> certification_versions (version_id));
diesel::joinable!(candidacies -> certifications (certification_id));
diesel::joinable!(candidacies -> people (person_id));
diesel::joinable!(capacities -> organisations (organisation_id));
diesel::joinable!(certificates -> attempts (attempt_id));
diesel::joinable!(certificates -> candidacies (candidacy_id));
diesel::joinable!(certificates -> issuers (issuer_id));
diesel::joinable!(certificates -> status_lists (list_id));
diesel::joinable!(certification_courses -> certifications (certification_id));
diesel::joinable!(certification_courses -> courses (course_id));
diesel::joinable!(certification_routes -> certification_versions (version_id));
diesel::joinable!(certification_versions -> certifications (certification_id));
diesel::joinable!(certifications -> organisations (certifier_id));
diesel::joinable!(certifications -> programmes (programme_id));
diesel::joinable!(checkpoint_heads -> checkpoints (checkpoint));
diesel::joinable!(checkpoints -> signing_keys (key_id));
diesel::joinable!(civil_identities -> candidacies (candidacy_id));
diesel::joinable!(countersignatures -> accounts (account_id));
diesel::joinable!(countersignatures -> slots (slot_id));
diesel::joinable!(course_versions -> courses (course_id));
diesel::joinable!(courses -> organisations (training_body_id));
diesel::joinable!(courses -> programmes (programme_id));
diesel::joinable!(declarants -> organisations (organisation_id));
diesel::joinable!(declaration_files -> organisations (certifier_id));
diesel::joinable!(declaration_passages -> declaration_files (file_id));
diesel::joinable!(declaration_passages -> declarations (declaration_id));
diesel::joinable!(declaration_reports -> declaration_files (file_id));
diesel::joinable!(declarations -> candidacies (candidacy_id));
diesel::joinable!(declarations -> certificates (certificate_id));
diesel::joinable!(declarations -> declaration_files (file_id));
diesel::joinable!(declarations -> organisations (certifier_id));
diesel::joinable!(employments -> organisations (company_id));
diesel::joinable!(employments -> people (person_id));
diesel::joinable!(enrolments -> accounts (asked_by));
diesel::joinable!(enrolments -> groups (group_id));
diesel::joinable!(enrolments -> organisations (employer_id));
diesel::joinable!(enrolments -> people (person_id));
diesel::joinable!(enrolments -> sessions (session_id));
diesel::joinable!(findings -> attempts (attempt_id));
diesel::joinable!(groups -> organisations (company_id));
diesel::joinable!(groups -> sessions (session_id));
diesel::joinable!(imports -> accounts (account_id));
diesel::joinable!(imports -> organisations (company_id));
diesel::joinable!(imports -> sessions (session_id));
diesel::joinable!(issued_files -> certificates (certificate_id));
diesel::joinable!(issuers -> organisations (organisation_id));
diesel::joinable!(journal -> accounts (account_id));
diesel::joinable!(journal_secrets -> journal (journal_id));
diesel::joinable!(juries -> certification_versions (version_id));
diesel::joinable!(juries -> certifications (certification_id));
diesel::joinable!(jurors -> accounts (account_id));
diesel::joinable!(jurors -> juries (jury_id));
diesel::joinable!(late_signings -> accounts (asked_by));
diesel::joinable!(late_signings -> enrolments (enrolment_id));
diesel::joinable!(late_signings -> slots (slot_id));
diesel::joinable!(links -> accounts (account_id));
diesel::joinable!(links -> enrolments (enrolment_id));
diesel::joinable!(links -> people (person_id));
diesel::joinable!(links -> surveys (survey_id));
diesel::joinable!(logins -> accounts (account_id));
diesel::joinable!(logins -> memberships (membership_id));
diesel::joinable!(marks -> accounts (marked_by));
diesel::joinable!(marks -> enrolments (enrolment_id));
diesel::joinable!(marks -> slots (slot_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(minutes -> accounts (made_by));
diesel::joinable!(minutes -> juries (jury_id));
diesel::joinable!(minutes_signatures -> accounts (account_id));
diesel::joinable!(minutes_signatures -> minutes (minutes_id));
diesel::joinable!(outbox -> enrolments (enrolment_id));
diesel::joinable!(outbox -> organisations (company_id));
diesel::joinable!(outbox -> sessions (session_id));
diesel::joinable!(partners -> organisations (organisation_id));
diesel::joinable!(partners -> programmes (programme_id));
diesel::joinable!(pieces -> candidacies (candidacy_id));
diesel::joinable!(programmes -> organisations (operator_id));
diesel::joinable!(questions -> courses (course_id));
diesel::joinable!(requirements -> certification_versions (version_id));
diesel::joinable!(reservations -> groups (group_id));
diesel::joinable!(reservations -> organisations (company_id));
diesel::joinable!(reservations -> sessions (session_id));
diesel::joinable!(rooms -> accounts (opened_by));
diesel::joinable!(rooms -> slots (slot_id));
diesel::joinable!(seals -> checkpoints (checkpoint));
diesel::joinable!(seals -> sessions (session_id));
diesel::joinable!(session_trainers -> accounts (account_id));
diesel::joinable!(session_trainers -> sessions (session_id));
diesel::joinable!(sessions -> course_versions (version_id));
diesel::joinable!(sessions -> organisations (training_body_id));
diesel::joinable!(sessions -> programmes (programme_id));
diesel::joinable!(signatures -> enrolments (enrolment_id));
diesel::joinable!(signatures -> slots (slot_id));
diesel::joinable!(slots -> sessions (session_id));
diesel::joinable!(status_lists -> issuers (issuer_id));
diesel::joinable!(surveys -> enrolments (enrolment_id));
diesel::joinable!(surveys -> organisations (company_id));
diesel::joinable!(surveys -> sessions (session_id));
diesel::joinable!(targets -> programmes (programme_id));
diesel::joinable!(waivers -> accounts (waived_by));
diesel::joinable!(waivers -> enrolments (enrolment_id));
diesel::joinable!(waivers -> slots (slot_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    agreements,
    answers,
    appeals,
    arrivals,
    assessments,
    attempts,
    blocks,
    candidacies,
    capacities,
    certificate_series,
    certificates,
    certification_courses,
    certification_routes,
    certification_versions,
    certifications,
    chains,
    checkpoint_heads,
    checkpoints,
    civil_identities,
    countersignatures,
    course_versions,
    courses,
    declarants,
    declaration_files,
    declaration_passages,
    declaration_reports,
    declarations,
    employments,
    enrolments,
    failures,
    findings,
    groups,
    imports,
    installation,
    issued_files,
    issuers,
    journal,
    journal_secrets,
    juries,
    jurors,
    late_signings,
    link_requests,
    links,
    logins,
    marks,
    memberships,
    minutes,
    minutes_signatures,
    organisations,
    outbox,
    partners,
    people,
    pieces,
    programmes,
    questions,
    requirements,
    reservations,
    rooms,
    seals,
    sent_forms,
    session_trainers,
    sessions,
    signatures,
    signing_keys,
    slots,
    status_lists,
    surveys,
    targets,
    waivers,
);
