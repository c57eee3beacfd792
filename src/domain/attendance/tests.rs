use super::*;
use crate::calendar::Zone;
use proptest::prelude::*;

const fn presence(mark: Mark, minutes: u32) -> Presence {
    Presence { mark, minutes }
}

#[test]
fn a_mark_noted_by_somebody_else_meanwhile_is_not_written_over() {
    use Mark::*;
    let (expected, present) = (Presence::EXPECTED, presence(Present, 210));
    let (late, later) = (presence(Late, 200), presence(Late, 150));
    assert_eq!(noting(expected, expected, present), Noting::Write);
    assert_eq!(noting(present, present, presence(AbsentExcused, 0)), Noting::Write);
    assert_eq!(noting(late, late, later), Noting::Write);
    assert_eq!(noting(expected, late, present), Noting::Conflict);
    assert_eq!(noting(expected, late, later), Noting::Conflict);
    assert_eq!(noting(expected, present, present), Noting::Keep);
    assert_eq!(noting(present, late, present), Noting::Keep);
}

#[test]
fn who_followed_a_part_says_how_much() {
    assert_eq!(Presence::new(Mark::Present, None, 210), Ok(presence(Mark::Present, 210)));
    assert_eq!(Presence::new(Mark::AbsentExcused, Some(10), 210), Ok(presence(Mark::AbsentExcused, 0)));
    assert_eq!(Presence::new(Mark::Late, Some(185), 210), Ok(presence(Mark::Late, 185)));
    for told in [None, Some(0), Some(210), Some(211)] {
        assert_eq!(Presence::new(Mark::LeftEarly, told, 210), Err(MinutesMissing { of: 210 }));
    }
    for one in [presence(Mark::Late, 185), Presence::EXPECTED] {
        assert_eq!(one.to_string().parse(), Ok(one));
    }
}

#[test]
fn the_outcome_follows_the_half_days() {
    use Mark::*;
    assert_eq!(outcome(&[Present, Late]), Some(EnrolmentStep::Attend));
    assert_eq!(outcome(&[Present, AbsentExcused]), Some(EnrolmentStep::AttendPartly));
    assert_eq!(outcome(&[AbsentExcused, AbsentUnexcused]), Some(EnrolmentStep::Miss));
    assert_eq!(outcome(&[Present, Expected]), None);
    assert_eq!(outcome(&[]), None);
}

const MORNING: SlotId = SlotId(1);
const AFTERNOON: SlotId = SlotId(2);
const LOU: EnrolmentId = EnrolmentId(11);
const SAM: EnrolmentId = EnrolmentId(12);

/// Lou came all day, Sam only in the morning; everything is signed and countersigned.
fn proven() -> Sheet {
    let time = |text: &str| text.parse().unwrap();
    let day = "2026-12-03".parse().unwrap();
    let slot = |from, to| Slot::new(Zone::PARIS, day, time(from), time(to)).unwrap();
    let mut sheet = Sheet {
        slots: vec![(MORNING, slot("9:00", "12:30")), (AFTERNOON, slot("13:30", "17:00"))],
        people: vec![LOU, SAM],
        signed: [(LOU, MORNING), (LOU, AFTERNOON), (SAM, MORNING)]
            .map(|place| (place, "a1".to_owned()))
            .into(),
        ..Sheet::default()
    };
    sheet.presences.insert((SAM, MORNING), presence(Mark::Late, 185));
    sheet.presences.insert((SAM, AFTERNOON), presence(Mark::AbsentExcused, 0));
    for slot in [MORNING, AFTERNOON] {
        sheet.countersigned.insert(slot, [sheet.text(slot)].into());
    }
    sheet
}

#[test]
fn a_proven_sheet_tells_hours_and_outcomes() {
    let sheet = proven();
    assert_eq!(sheet.missing(), []);
    assert_eq!((sheet.followed(LOU), sheet.followed(SAM)), (420, 185));
    assert_eq!(sheet.outcome(LOU), Some(EnrolmentStep::Attend));
    assert_eq!(sheet.outcome(SAM), Some(EnrolmentStep::AttendPartly));
}

#[test]
fn each_proof_taken_away_is_missed_by_its_name() {
    for (gone, _) in proven().signed {
        let mut sheet = proven();
        sheet.signed.remove(&gone);
        let missing = sheet.missing();
        let noted = sheet.presences.contains_key(&gone);
        let named = if noted { Proof::Signature(gone.0) } else { Proof::Presence(gone.0) };
        assert!(missing.contains(&(gone.1, named)), "{missing:?}");
        // The trainer's word was for a sheet that had it.
        assert!(missing.contains(&(gone.1, Proof::Countersignature)), "{missing:?}");
        assert_eq!(missing.len(), 2);
    }
    for slot in [MORNING, AFTERNOON] {
        let mut sheet = proven();
        sheet.countersigned.remove(&slot);
        assert_eq!(sheet.missing(), [(slot, Proof::Countersignature)]);
        sheet.waived.insert((None, slot));
        assert_eq!(sheet.missing(), []);
    }
    let mut sheet = proven();
    sheet.presences.remove(&(SAM, AFTERNOON));
    let missing = [(AFTERNOON, Proof::Presence(SAM)), (AFTERNOON, Proof::Countersignature)];
    assert_eq!(sheet.missing(), missing);
}

proptest! {
    /// Two sheets that differ in anything a trainer answers for have different texts.
    #[test]
    fn the_text_of_a_sheet_tells_everything(
        who in prop::sample::select(vec![LOU, SAM]),
        mark in prop::sample::select(Mark::ALL.to_vec()),
        minutes in 1u32..209,
        unsigned: bool,
        signed_again: bool,
        waived: bool,
    ) {
        let (before, mut after) = (proven(), proven());
        after.presences.insert((who, MORNING), Presence::new(mark, Some(minutes), 210).unwrap());
        if unsigned {
            after.signed.remove(&(who, MORNING));
        } else if signed_again {
            after.signed.insert((who, MORNING), "b2".to_owned());
        }
        if waived {
            after.waived.insert((Some(who), MORNING));
        }
        let same = before.stands(who, MORNING) == after.stands(who, MORNING)
            && before.signed == after.signed;
        prop_assert_eq!(before.text(MORNING) == after.text(MORNING), same);
        prop_assert_eq!(before.text(AFTERNOON), after.text(AFTERNOON));
    }
}
