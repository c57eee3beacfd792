//! What is looked up and never typed: communes, départements, regions, activities (NAF), skills operators (OPCO).
//!
//! The lists are public files kept beside this one (`reference/README.md` says whose and of which year), taken
//! into the program and parsed when first asked for.

mod activities;
mod operators;
mod places;

pub use activities::{Naf, naf, naf_matching, naf_section};
pub use operators::{Opco, opco_of_idcc};
pub use places::{
    Commune, CommuneCode, Department, NotACommune, Region, commune, communes, communes_matching, department,
    departments, region, regions,
};

/// The lines of one of our files, without its header line.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().skip(1).filter(|line| !line.is_empty())
}

/// The one whose code is `code`, in a list that its file keeps in order of code.
fn by_code<'a, T>(list: &'a [T], code: &str, code_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    let at = list.binary_search_by(|one| code_of(one).cmp(code)).ok()?;
    list.get(at)
}
