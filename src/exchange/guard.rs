//! The mark in front of a cell that a spreadsheet would run as a formula.
//!
//! The two functions undo each other exactly, so that a file we gave comes back as we gave it.

use domain::text::runs_as_formula;

/// The cell as it may safely be written: with an apostrophe in front where a spreadsheet may take it for a formula.
pub(super) fn guarded(cell: &str) -> String {
    if runs_as_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| runs_as_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_may_run_is_marked_and_nothing_else() {
        for risky in
            ["=1+1", "+33 6", "-12", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u{a0}=1", "'=1", "''-1", "＝1"]
        {
            assert_eq!(guarded(risky), format!("'{risky}"), "{risky:?}");
        }
        for harmless in ["", "'", "'a", "l’an", "a=b", "Jean-Paul", "12", "«=»", " ", "' "] {
            assert_eq!(guarded(harmless), harmless);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_mark_comes_off_again(cell in "['=+@ a\t\r\n-]{0,6}") {
            let written = guarded(&cell);
            proptest::prop_assert_eq!(unguarded(&written), &cell);
        }
    }
}
