//! The picture of a badge, drawn from its title and its certifier: an SVG that says in words what it shows, and a medal
//! without words for what takes no SVG.

use super::Fault;
use super::baking::{PNG, chunk, text_chunk};
use domain::badges::Label;
use domain::text::Language;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::fmt::Write as _;
use std::io::Write as _;

const BLUE: &str = "#12355b";
const GOLD: &str = "#e8b23a";

/// Characters of a line, and lines, that fit into the ring.
const LINE: usize = 24;
const LINES: usize = 5;

/// The picture of a badge.
pub fn svg(label: &Label) -> String {
    drawn(label, "")
}

/// The picture with an element of its own inside.
pub fn drawn(label: &Label, inside: &str) -> String {
    let (title, certifier) = (label.title.as_str(), label.certifier.as_str());
    let (language, given_by) = match label.language {
        Language::Fr => ("fr", "Badge délivré par"),
        Language::En => ("en", "Badge given by"),
    };
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 600\" width=\"600\" height=\"600\" role=\"img\" \
         lang=\"{language}\" aria-labelledby=\"titre detail\">{inside}\
         <title id=\"titre\">{}</title><desc id=\"detail\">{given_by} {}</desc>\
         <circle cx=\"300\" cy=\"300\" r=\"290\" fill=\"{BLUE}\"/>\
         <circle cx=\"300\" cy=\"300\" r=\"268\" fill=\"none\" stroke=\"{GOLD}\" stroke-width=\"8\"/>\
         <path d=\"M255 105l32 32 58-62\" fill=\"none\" stroke=\"{GOLD}\" stroke-width=\"16\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\
         <g aria-hidden=\"true\" text-anchor=\"middle\" font-family=\"system-ui, sans-serif\">",
        escaped(title),
        escaped(certifier),
    );
    write_lines(&mut picture, title, 290, 34, "#ffffff", LINES);
    write_lines(&mut picture, certifier, 475, 24, GOLD, 2);
    picture + "</g></svg>\n"
}

/// Lines of text, centred around a height.
fn write_lines(picture: &mut String, text: &str, middle: usize, size: usize, colour: &str, most: usize) {
    let lines = wrapped(text, LINE, most);
    let step = size * 5 / 4;
    let first = middle + size / 3 - (lines.len() - 1) * step / 2;
    for (number, line) in lines.iter().enumerate() {
        let height = first + number * step;
        // To write into a string cannot fail.
        let _ = write!(
            picture,
            "<text x=\"300\" y=\"{height}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
            escaped(line)
        );
    }
}

/// Words in lines of that many characters; what does not fit ends with « … ». One line at least.
fn wrapped(text: &str, length: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let count = word.chars().count();
        let line = lines.last_mut().map(|line| line.chars().count()).unwrap_or_default();
        if line > 0 && line + 1 + count > length {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    for line in &mut lines {
        if line.chars().count() > length {
            *line = line.chars().take(length - 1).chain(['…']).collect();
        }
    }
    if let Some(last) = lines.last_mut()
        && cut
        && !last.ends_with('…')
    {
        *last = last.chars().take(length - 1).chain(['…']).collect();
    }
    lines
}

/// A text as XML holds it, in an element or between double quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // What XML has no place for.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Pixels of a side of the medal.
const SIDE: i64 = 256;
/// Points of a pixel that are looked at, in each direction.
const FINE: i64 = 4;

/// The medal, with the title of the badge as a text beside it.
pub fn png(label: &Label) -> Result<Vec<u8>, Fault> {
    let side = SIDE.to_be_bytes();
    let side = side.get(4..).unwrap_or_default();
    // Eight bits, red, green, blue and how opaque; nothing interlaced.
    let header = [side, side, &[8, 6, 0, 0, 0]].concat();
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    for y in 0..SIDE {
        rows.write_all(&[0])?;
        for x in 0..SIDE {
            rows.write_all(&pixel(x, y))?;
        }
    }
    Ok([
        &PNG[..],
        &chunk(*b"IHDR", &header)?,
        &text_chunk("Title", label.title.as_str())?,
        &chunk(*b"IDAT", &rows.finish()?)?,
        &chunk(*b"IEND", &[])?,
    ]
    .concat())
}

/// The mean of the points of a pixel.
fn pixel(x: i64, y: i64) -> [u8; 4] {
    let points = (0..FINE).flat_map(|down| (0..FINE).map(move |right| (x * FINE + right, y * FINE + down)));
    let seen: Vec<[u32; 3]> = points.filter_map(|(x, y)| colour(x, y)).collect();
    let count = u32::try_from(seen.len()).unwrap_or_default();
    if count == 0 {
        return [0; 4];
    }
    let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let [red, green, blue] = [0, 1, 2].map(|one| {
        let sum: u32 = seen.iter().filter_map(|colours: &[u32; 3]| colours.get(one)).sum();
        byte(sum / count)
    });
    [red, green, blue, byte(count * 255 / 16)]
}

/// The colour of a point, in quarters of a pixel; none outside.
fn colour(x: i64, y: i64) -> Option<[u32; 3]> {
    const BLUE: [u32; 3] = [0x12, 0x35, 0x5b];
    const GOLD: [u32; 3] = [0xe8, 0xb2, 0x3a];
    const WHITE: [u32; 3] = [255, 255, 255];
    /// The mark: down, then up.
    const MARK: [(i64, i64); 3] = [(320, 525), (460, 660), (715, 375)];
    let from_centre = square(x - 512) + square(y - 512);
    let [start, turn, end] = MARK;
    if from_centre > square(500) {
        None
    } else if (square(420)..square(450)).contains(&from_centre) {
        Some(GOLD)
    } else if is_near((x, y), start, turn, 46) || is_near((x, y), turn, end, 46) {
        Some(WHITE)
    } else {
        Some(BLUE)
    }
}

/// Whether a point is no farther than that from the line between two others.
fn is_near(point: (i64, i64), from: (i64, i64), to: (i64, i64), far: i64) -> bool {
    let (along, beside) = ((to.0 - from.0, to.1 - from.1), (point.0 - from.0, point.1 - from.1));
    let length = square(along.0) + square(along.1);
    let foot = along.0 * beside.0 + along.1 * beside.1;
    if foot <= 0 {
        return square(beside.0) + square(beside.1) <= square(far);
    }
    if foot >= length {
        return square(point.0 - to.0) + square(point.1 - to.1) <= square(far);
    }
    square(along.0 * beside.1 - along.1 * beside.0) <= square(far) * length
}

const fn square(number: i64) -> i64 {
    number * number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checksum;

    #[test]
    fn a_long_title_is_cut_where_the_ring_ends() {
        assert_eq!(
            wrapped("Chef de projet en intelligence artificielle", 24, 5),
            ["Chef de projet en", "intelligence", "artificielle"]
        );
        assert_eq!(wrapped("un deux trois", 5, 2), ["un", "deux…"]);
        assert_eq!(wrapped("anticonstitutionnellement", 10, 5), ["anticonst…"]);
        assert_eq!(wrapped("", 10, 5), [""]);
    }

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(escaped("<a b=\"c\">&\u{7}"), "&lt;a b=&quot;c&quot;&gt;&amp; ");
    }

    /// A picture that somebody brings is compared with what is drawn: whoever draws otherwise keeps this drawing for what
    /// was handed out before.
    #[test]
    fn the_drawing_never_changes() {
        let label = Label {
            title: "Chef de projet en intelligence artificielle".parse().unwrap(),
            certifier: "Institut des Deux Canaux".parse().unwrap(),
            language: Language::Fr,
        };
        let digests = [checksum(svg(&label).as_bytes()), checksum(&png(&label).unwrap())];
        assert_eq!(
            digests,
            [
                "04182cb1a48439535c6f9ecbf4324ecd06f14b6c168951c559126072b04eb7eb",
                "e0dbc97b25a770aeeaaa269dca588688747e6852a532aeb74138a33b06f21cc7",
            ]
        );
    }
}
