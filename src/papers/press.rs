//! The press: a template and plain values in, a PDF out.

use super::Error;
use chrono::Datelike;
use domain::calendar::Day;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// One page to print.
pub struct Sheet<'a> {
    pub template: &'a str,
    /// What the template finds in `sys.inputs`: values, never source.
    pub inputs: Dict,
    /// What the paper is called; with `dated`, all that makes one file differ from the next.
    pub ident: &'a str,
    pub dated: Day,
}

/// Uses of the press after which a result that no paper asked for again is forgotten. What is kept is keyed on names of
/// people, too.
const KEPT_FOR: usize = 0;

/// Prints one page as PDF/A-3a and PDF/UA-1 at once: to be kept for decades, and read aloud. The same sheet gives the
/// same bytes.
pub fn print(sheet: Sheet<'_>) -> Result<Vec<u8>, Error> {
    let standards = [PdfStandard::A_3a, PdfStandard::Ua_1];
    let printed = print_as(sheet, &standards);
    typst::comemo::evict(KEPT_FOR);
    printed
}

fn print_as(sheet: Sheet<'_>, standards: &[PdfStandard]) -> Result<Vec<u8>, Error> {
    let options = PdfOptions {
        ident: Smart::Custom(sheet.ident.to_owned()),
        timestamp: moment(sheet.dated).map(Timestamp::new_utc),
        standards: PdfStandards::new(standards)
            .map_err(|why| Error::Typesetting(why.message().to_string()))?,
        ..PdfOptions::default()
    };
    let desk = Desk::new(sheet.template, sheet.inputs)?;
    let document: PagedDocument = typst::compile(&desk).output.map_err(|why| told(&why))?;
    match document.pages().len() {
        1 => typst_pdf::pdf(&document, &options).map_err(|why| told(&why)),
        pages => Err(Error::Pages(pages)),
    }
}

/// The first character that no font has: it would be printed as a box, which PDF/A forbids.
pub fn unprintable(text: &str) -> Option<char> {
    let has = |c: char| FONTS.all.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    text.chars().find(|c| !c.is_whitespace() && !has(*c))
}

fn moment(day: Day) -> Option<Datetime> {
    let part = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(day.year(), part(day.0.month())?, part(day.0.day())?, 0, 0, 0)
}

fn told(diagnostics: &[SourceDiagnostic]) -> Error {
    let messages: Vec<&str> = diagnostics.iter().map(|one| one.message.as_str()).collect();
    Error::Typesetting(messages.join("; "))
}

struct Fonts {
    all: Vec<Font>,
    book: LazyHash<FontBook>,
}

/// Of the fonts that come with typst, those whose licences let every document bear them (NOTICE).
const FAMILIES: &[&str] = &["Libertinus Serif", "DejaVu Sans Mono"];

/// Read once.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all = typst_assets::fonts().flat_map(|file| Font::iter(Bytes::new(file)));
    let all: Vec<Font> = all.filter(|font| FAMILIES.contains(&font.info().family.as_str())).collect();
    let book = LazyHash::new(FontBook::from_fonts(&all));
    Fonts { all, book }
});

/// All that a template may reach: itself, its inputs and the fonts.
struct Desk {
    library: LazyHash<Library>,
    template: Source,
}

impl Desk {
    fn new(template: &str, inputs: Dict) -> Result<Self, Error> {
        let path = VirtualPath::new("paper.typ").map_err(|why| Error::Typesetting(why.to_string()))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let library = Library::builder().with_inputs(inputs).build();
        Ok(Self { library: LazyHash::new(library), template: Source::new(id, template.to_owned()) })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
