use super::*;

const ID: &str = "7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11";

fn report(inside: &str) -> Result<Report, UnreadableReport> {
    read_report(format!("<rapport><idFlux>{ID}</idFlux>{inside}</rapport>").as_bytes())
}

#[test]
fn a_report_is_read_by_the_names_of_its_elements_whatever_their_case_and_prefix() {
    let read = read_report(
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- accusé -->\n\
             <rapport xmlns:ns2=\"urn:cdc:cpf:pc5:rapport:schema\">\n  <nomFichier>a.xml</nomFichier>\n\
             <ns2:IDFLUX>\n{ID}\n</ns2:IDFLUX><idTraitement>42</idTraitement><nouveau><idTechnique>x</idTechnique></nouveau>\n\
             <passagesKO><Passage><idTechnique>b</idTechnique><messageErreur>L&apos;un &amp; l&#39;autre</messageErreur>\
             <messageErreur><![CDATA[<deux>]]></messageErreur><messageErreur/></Passage></passagesKO>\
             <PASSAGESOK><ns2:idTechnique> a </ns2:idTechnique><idTechnique>c</idTechnique></PASSAGESOK></rapport>\n"
        )
        .as_bytes(),
    )
    .unwrap();
    let rejected =
        RejectedPassage { id: "b".into(), messages: vec!["L'un & l'autre".into(), "<deux>".into()] };
    assert_eq!(
        read,
        Report {
            file_name: Some("a.xml".into()),
            flow: ID.into(),
            processing: Some("42".into()),
            accepted: vec!["a".into(), "c".into()],
            rejected: vec![rejected],
        }
    );
}

#[test]
fn sections_may_be_empty_or_absent() {
    for inside in ["", "<PassagesOK/>", "<PassagesKO></PassagesKO><PassagesOK>\n</PassagesOK>"] {
        let read = report(inside).unwrap();
        assert_eq!((read.accepted.len(), read.rejected.len()), (0, 0), "{inside}");
    }
}

#[test]
fn no_document_type_and_no_entity_is_followed() {
    let laughs = "<!DOCTYPE rapport [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
    let outside = "<!DOCTYPE rapport [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    for doctype in
        ["<!DOCTYPE rapport>", "<!DOCTYPE rapport SYSTEM \"http://a.example/r.dtd\">", laughs, outside]
    {
        let read = read_report(format!("{doctype}<rapport><idFlux>&a;</idFlux></rapport>").as_bytes());
        assert_eq!(read, Err(UnreadableReport::Doctype), "{doctype}");
    }
    for entity in ["&a;", "&nbsp;", "&LT;"] {
        assert_eq!(report(&format!("<x>{entity}</x>")), Err(UnreadableReport::Entity), "{entity}");
    }
}

#[test]
fn everything_has_a_size() {
    let large = vec![b' '; MOST_REPORT_BYTES + 1];
    assert_eq!(read_report(&large), Err(UnreadableReport::TooLarge { most: MOST_REPORT_BYTES }));
    let message = |length: usize| {
        let text = "é".repeat(length);
        report(&format!(
            "<PassagesKO><passage><idTechnique>a</idTechnique><messageErreur>{text}</messageErreur></passage></PassagesKO>"
        ))
    };
    assert!(message(MOST_TEXT).is_ok());
    assert_eq!(message(MOST_TEXT + 1), Err(UnreadableReport::LongText { most: MOST_TEXT }));
    let messages = |times: usize| {
        let texts = "<messageErreur>a</messageErreur>".repeat(times);
        report(&format!("<PassagesKO><passage><idTechnique>a</idTechnique>{texts}</passage></PassagesKO>"))
    };
    assert!(messages(MOST_MESSAGES).is_ok());
    assert_eq!(messages(MOST_MESSAGES + 1), Err(UnreadableReport::TooMany));
    let ids = |times: usize| {
        report(&format!("<PassagesOK>{}</PassagesOK>", "<idTechnique>a</idTechnique>".repeat(times)))
    };
    assert_eq!(ids(MOST_PASSAGES).unwrap().accepted.len(), MOST_PASSAGES);
    assert_eq!(ids(MOST_PASSAGES + 1), Err(UnreadableReport::TooMany));
    let deep = format!("{}{}", "<a>".repeat(40), "</a>".repeat(40));
    assert_eq!(report(&deep), Err(UnreadableReport::Damaged));
}

#[test]
fn what_is_no_report_is_refused_with_its_reason() {
    use UnreadableReport::*;
    for (text, why) in [
        ("", NotAReport),
        ("accepté", Damaged),
        ("<flux><idFlux>a</idFlux></flux>", NotAReport),
        ("<html><body/></html>", NotAReport),
        ("<rapport/>", NoFlow),
        ("<rapport><idFlux> </idFlux></rapport>", NoFlow),
        ("<rapport><x><idFlux>a</idFlux></x></rapport>", NoFlow),
        ("<rapport><idFlux>a</idFlux><idFlux>b</idFlux></rapport>", Damaged),
        ("<rapport><idFlux>a</idFlux>", Damaged),
        ("<rapport><idFlux>a</idflux></rapport>", Damaged),
        ("<rapport><idFlux>a</idFlux></rapport><rapport/>", Damaged),
        ("<rapport><idFlux>a</idFlux></rapport>reste", Damaged),
        ("<rapport><idFlux>a & b</idFlux></rapport>", Damaged),
        ("<rapport><idFlux>a&#0;</idFlux></rapport>", Damaged),
        ("<rapport><idFlux>a&#x1b;</idFlux></rapport>", Damaged),
        ("<rapport><idFlux>a\u{1}</idFlux></rapport>", Damaged),
        ("<rapport a='1' a='2'><idFlux>a</idFlux></rapport>", Damaged),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><rapport><idFlux>a</idFlux></rapport>", NotUtf8),
    ] {
        assert_eq!(read_report(text.as_bytes()), Err(why), "{text}");
    }
    assert_eq!(read_report(b"<rapport><idFlux>\xe9</idFlux></rapport>"), Err(NotUtf8));
    assert_eq!(report("<PassagesOK><idTechnique/></PassagesOK>"), Err(NoPassageId));
    assert_eq!(report("<PassagesKO><passage/></PassagesKO>"), Err(NoPassageId));
    let two = "<PassagesKO><passage><idTechnique>a</idTechnique><idTechnique>b</idTechnique></passage></PassagesKO>";
    assert_eq!(report(two), Err(Damaged));
    let mixed = "<PassagesOK><idTechnique>a<x/>b</idTechnique></PassagesOK>";
    assert_eq!(report(mixed), Err(Damaged));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_report(&bytes);
    }

    #[test]
    fn any_mixture_of_a_report_is_read_or_refused(parts in proptest::collection::vec(proptest::sample::select(&[
        "<rapport>", "</rapport>", "<idFlux>", "</idFlux>", "<PassagesKO>", "</PassagesKO>", "<PassagesOK>", "</PassagesOK>",
        "<passage>", "</passage>", "<idTechnique>", "</idTechnique>", "<messageErreur>", "</messageErreur>", "a", "&lt;",
        "&", "<", ">", "<![CDATA[", "]]>", "<!--", "-->", "<?a", "?>", "é", "<a b='", "'", "/>", "<!DOCTYPE a", "[",
    ][..]), 0..40)) {
        let _ = read_report(parts.concat().as_bytes());
    }

    #[test]
    fn a_text_comes_back_as_it_was_told(said in "[a-zé<>&\"' \\]]{1,40}") {
        let escaped = quick_xml::escape::escape(said.as_str());
        let read = report(&format!(
            "<PassagesKO><passage><idTechnique>a</idTechnique><messageErreur>{escaped}</messageErreur></passage></PassagesKO>"
        )).unwrap();
        let kept: Vec<&str> = Some(said.trim()).filter(|said| !said.is_empty()).into_iter().collect();
        prop_assert_eq!(&read.rejected[0].messages, &kept);
    }
}
