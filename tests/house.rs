//! The house keeps its shape. This binary links nothing but std and reads the sources as text: it runs in a second and
//! says what to do. The plan that it holds is in `docs/architecture.md`; whoever changes one changes the other.

#[path = "house/addresses.rs"]
mod addresses;
#[path = "house/circles.rs"]
mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program links and no source names: the C code of both databases, built with the features that Cargo.toml asks for.
const LINKED: &[&str] = &["libsqlite3_sys", "pq_sys", "openssl_sys"];

/// Names that say nothing: what would go there belongs to a noun.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "misc"];

#[test]
fn a_manifest_lists_what_its_room_names() {
    let mut faults = Vec::new();
    for (manifest, listed) in manifests() {
        let folder = manifest.trim_end_matches("Cargo.toml").to_owned();
        let inside: Vec<Vec<Token>> = sources()
            .into_iter()
            .filter(
                |(file, _)| {
                    if folder.is_empty() { is_of_the_program(file) } else { file.starts_with(&folder) }
                },
            )
            .map(|(_, source)| tokens(&source))
            .collect();
        let named: BTreeSet<String> =
            inside.iter().flat_map(|tokens| named_crates(tokens, &listed)).collect();
        let idle = listed.iter().filter(|name| !named.contains(*name) && !LINKED.contains(&name.as_str()));
        faults.extend(idle.map(|name| format!("{manifest}: nothing there names {name}")));
    }
    hold(&faults, "Cargo.toml of a room says what the room may name: take out what it does not need.");
}

#[test]
fn migrations_are_twins() {
    let folders = |database: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(home().join("migrations").join(database)).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    };
    let (sqlite, postgres) = (folders("sqlite"), folders("postgres"));
    let mut faults: Vec<String> = sqlite
        .symmetric_difference(&postgres)
        .map(|name| {
            let lacks = if sqlite.contains(name) { "postgres" } else { "sqlite" };
            format!("migrations/{lacks}/{name} is missing")
        })
        .collect();
    for (database, names) in [("sqlite", &sqlite), ("postgres", &postgres)] {
        for file in names.iter().flat_map(|name| ["up.sql", "down.sql"].map(|end| format!("{name}/{end}"))) {
            let path = home().join("migrations").join(database).join(&file);
            if fs::read_to_string(path).unwrap_or_default().trim().is_empty() {
                faults.push(format!("migrations/{database}/{file} is missing or empty"));
            }
        }
    }
    hold(
        &faults,
        "Each change of the schema is written for both databases, up and down, under the same name.",
    );
}

#[test]
fn time_and_environment_are_asked_in_one_place() {
    // type or module, function, the only file that may call it
    let calls = [
        ("Utc", "now", "src/clock/lib.rs"),
        ("Local", "now", "src/clock/lib.rs"),
        ("env", "var", "src/settings.rs"),
        ("env", "var_os", "src/settings.rs"),
        ("env", "vars", "src/settings.rs"),
        ("env", "vars_os", "src/settings.rs"),
    ];
    let mut faults = Vec::new();
    for (file, source) in sources() {
        let tokens = tokens(&source);
        for three in tokens.windows(3) {
            if let [owner, colons, function] = three
                && colons.text == "::"
                && let Some((.., place)) =
                    calls.iter().find(|(o, f, _)| *o == owner.text && *f == function.text)
                && *place != file
            {
                faults.push(format!(
                    "{file}:{}: {}::{} is called in {place} only",
                    owner.line, owner.text, function.text
                ));
            }
        }
    }
    hold(
        &faults,
        "Take `now` as a value, from an action that asked the Clock; take a setting as a plain value.",
    );
}

#[test]
fn an_act_begins_in_one_place() {
    const BEGINNING: &str = "src/actions/act.rs";
    const MOST_PARAMETERS: usize = 5;
    let mut faults = Vec::new();
    for (file, source) in sources() {
        if !file.starts_with("src/actions/") || file == BEGINNING {
            continue;
        }
        let tokens = tokens(&source);
        for (at, token) in tokens.iter().enumerate() {
            let (before, after) = (at.checked_sub(1).map_or("", |at| text_at(&tokens, at)), at + 1);
            let fault = match token.text.as_str() {
                "write" | "write_holding" | "write_long" if before == "." => "a transaction of its own",
                // `act.hold(|conn| store::juries::hold(conn, id))`
                "hold"
                    if before == "::" && at.checked_sub(5).is_none_or(|at| text_at(&tokens, at) != "|") =>
                {
                    "a row is waited for, and the clock not read anew"
                }
                "fn" if parameters(&tokens, after) > MOST_PARAMETERS => "more than five parameters",
                _ => continue,
            };
            faults.push(format!("{file}:{}: {fault}", token.line));
        }
    }
    hold(&faults, "Begin with `House::act`, wait with `Act::hold`, and hand the `Act` on.");
}

#[test]
fn no_large_circle_of_files() {
    const LARGEST: usize = 13;
    let imports = circles::imports();
    let mut faults = Vec::new();
    for circle in circles::circles(&imports) {
        let has = |folder: &str| circle.iter().any(|file| file.starts_with(folder));
        if circle.len() > LARGEST || has("src/web/frame") && has("src/web/pages") {
            faults.push(format!("{} files: {}", circle.len(), circle.join(" ")));
        }
    }
    let floors = [("src/web/frame", "src/web/pages"), ("src/web/forms", "src/web/pages")];
    for (file, imported) in &imports {
        for (lower, upper) in floors {
            let up = imported.iter().filter(|other| file.starts_with(lower) && other.starts_with(upper));
            faults.extend(up.map(|other| format!("{file} names {other}")));
        }
    }
    hold(&faults, "Move what both need to a file of its own, below both.");
}

#[test]
fn each_page_is_a_route() {
    let routes = addresses::of_routes();
    let faults: Vec<String> =
        addresses::of_pages().into_iter().filter(|pattern| !routes.contains(pattern)).collect();
    hold(&faults, "src/addresses says where pages are: open a route there, or take the page out.");
}

#[test]
fn addresses_are_written_in_one_place() {
    // Where a certifier's keys and lists are is signed into its badges, and never moves.
    const SIGNED: &str = "src/domain/certificates/issuers.rs";
    let below = ["src/domain/", "src/store/", "src/mail/", "src/actions/"];
    let faults: Vec<String> = below
        .iter()
        .flat_map(|room| addresses::literals(room))
        .filter(|(file, _)| file != SIGNED)
        .map(|(file, path)| format!("{file}: {path}"))
        .collect();
    hold(&faults, "Name a page of src/addresses, and let the sender make its link.");
}

#[test]
fn files_bear_names_of_the_trade() {
    let faults: Vec<String> = files_under("src")
        .into_iter()
        .chain(files_under("tests"))
        .filter(|file| is_rust(file))
        .filter(|file| file.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)))
        .collect();
    hold(&faults, "Name the file after the noun that it serves, and put it in that noun's room.");
}

#[test]
fn no_file_knows_the_machine_that_it_was_written_on() {
    // Written in two pieces, so that this file does not accuse itself.
    let folders = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat()];
    let hosts =
        [["registry.", "npmjs"].concat(), ["static.crates", ".io"].concat(), ["\"resol", "ved\":"].concat()];
    let mut faults = Vec::new();
    for file in kept_files() {
        let Ok(text) = fs::read_to_string(home().join(&file)) else { continue };
        for (number, line) in text.lines().enumerate() {
            let named = folders.iter().find(|folder| has_path(line, folder));
            if let Some(named) = named.or_else(|| hosts.iter().find(|host| line.contains(host.as_str()))) {
                faults.push(format!("{file}:{}: « {named} »", number + 1));
            }
        }
    }
    hold(
        &faults,
        "Write a path from the top of the repository; in tests/, npm keeps lock files without addresses (.npmrc).",
    );
}

#[test]
fn each_template_is_used() {
    let mut users: Vec<(String, String)> = sources();
    let templates = files_under("templates");
    for file in &templates {
        users.push((file.clone(), fs::read_to_string(home().join(file)).unwrap_or_default()));
    }
    let named: BTreeSet<String> = users.iter().flat_map(|(file, text)| named_templates(file, text)).collect();
    let faults: Vec<String> =
        templates.into_iter().filter(|file| !file.ends_with("/README.md") && !named.contains(file)).collect();
    hold(
        &faults,
        "No path = \"…\", extends, include, import or include_str! names it: use it, or remove it.",
    );
}

#[test]
fn this_file_reads_rust_as_rust_does() {
    let text = r##"
        //! lettre::Message in a comment, 'a
        use ::csv::Reader; use diesel; /* lettre:: /* nested */ */
        fn f<'a>(x: &'a str) -> char { let _ = "lettre::X"; let _ = r#"zip::"#; let _ = exchange::lettre::X; '"' }
        it.zip(other); let argon2 = 1;
    "##;
    let tokens = tokens(text);
    let crates = ["csv", "diesel", "lettre", "zip", "argon2"].map(str::to_owned);
    assert_eq!(named_crates(&tokens, &crates), ["csv", "diesel"]);
    for (text, count) in [
        ("fn f()", 0),
        ("fn f<T>(a: &(A, B), b: BTreeMap<A, B>, c: impl Fn(A, B) -> C)", 3),
        ("fn f(&self, a: A,) {}", 2),
    ] {
        assert_eq!(parameters(&self::tokens(text), 1), count, "{text}");
    }
}

/// Fails with every fault and what to do about them.
#[track_caller]
fn hold(faults: &[String], advice: &str) {
    assert!(faults.is_empty(), "\n  {}\n{advice}\n", faults.join("\n  "));
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, as a path from the top of the repository, sorted.
fn files_under(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(home().join(&folder)).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            let leaf = entry.file_name();
            if entry.path().is_file() {
                files.push(path.to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned());
            } else if leaf != "node_modules"
                && leaf != "target"
                && leaf != ".git"
                && leaf != "var"
                && leaf != ".venv"
            {
                folders.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What git keeps, or is about to; without git, what is there.
fn kept_files() -> Vec<String> {
    let git = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(home())
        .output();
    match git {
        Ok(git) if git.status.success() => {
            let names = String::from_utf8_lossy(&git.stdout).into_owned();
            names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
        _ => files_under("."),
    }
}

fn is_rust(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|end| end == "rs")
}

/// Every source of the program with its path.
fn sources() -> Vec<(String, String)> {
    let files = files_under("src").into_iter().filter(|file| is_rust(file));
    files.filter_map(|file| Some((file.clone(), fs::read_to_string(home().join(&file)).ok()?))).collect()
}

/// Whether a source belongs to the program itself, and to no room with a manifest of its own.
fn is_of_the_program(file: &str) -> bool {
    let room = file.trim_start_matches("src/").split('/').next().unwrap_or_default();
    !home().join("src").join(room).join("Cargo.toml").is_file()
}

/// The manifest of the program and of each room, with the crates of its `[dependencies]` as Rust names them.
fn manifests() -> Vec<(String, Vec<String>)> {
    let files = files_under("src").into_iter().filter(|file| file.ends_with("/Cargo.toml"));
    let all = files.chain(["Cargo.toml".to_owned()]);
    all.map(|file| {
        let manifest = fs::read_to_string(home().join(&file)).unwrap_or_default();
        let section =
            manifest.split("\n[").find(|section| section.starts_with("dependencies]")).unwrap_or_default();
        let listed = section
            .lines()
            .skip(1)
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphanumeric()))
            .filter_map(|line| line.split(['=', '.', ' ']).next())
            .map(|name| name.replace('-', "_"))
            .collect();
        (file, listed)
    })
    .collect()
}

struct Token {
    text: String,
    line: usize,
}

/// Rust without its comments, strings, characters and lifetimes: words, `::`, and single signs.
fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let length = if let Some(length) = blank(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(Token { text: rest.get(..length).unwrap_or_default().to_owned(), line });
            length
        } else {
            let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            if !first.is_whitespace() {
                tokens.push(Token { text: rest.get(..length).unwrap_or_default().to_owned(), line });
            }
            length
        };
        let (passed, next) = rest.split_at_checked(length).unwrap_or((rest, ""));
        line += passed.matches('\n').count();
        rest = next;
    }
    tokens
}

/// The length of the comment, string, character or lifetime that begins here.
fn blank(rest: &str) -> Option<usize> {
    let until = |from: usize, end: &str| {
        let tail = rest.get(from..).unwrap_or_default();
        tail.find(end).map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("//") {
        return Some(until(0, "\n"));
    }
    if rest.starts_with("/*") {
        return Some(nested_comment(rest));
    }
    let prefix = rest.find(|c: char| !matches!(c, 'b' | 'c' | 'r')).unwrap_or(rest.len());
    let after = rest.get(prefix..).unwrap_or_default();
    if prefix <= 2 && rest.get(..prefix).is_some_and(|letters| letters.contains('r')) {
        let hashes = after.len() - after.trim_start_matches('#').len();
        if after.get(hashes..).is_some_and(|text| text.starts_with('"')) {
            return Some(until(prefix + hashes + 1, &format!("\"{}", "#".repeat(hashes))));
        }
    }
    if prefix <= 1 && after.starts_with('"') {
        return Some(prefix + quoted(after, '"'));
    }
    if prefix <= 1 && after.starts_with('\'') {
        let mut ahead = after.chars().skip(1);
        let (one, two) = (ahead.next(), ahead.next());
        let is_character = one == Some('\\') || two == Some('\'');
        let lifetime =
            || after.get(1..).and_then(|text| text.find(|c: char| !c.is_alphanumeric() && c != '_'));
        return Some(prefix + if is_character { quoted(after, '\'') } else { 1 + lifetime().unwrap_or(0) });
    }
    None
}

fn nested_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a string with its quotes, where a backslash hides the next character.
fn quoted(text: &str, quote: char) -> usize {
    let mut hidden = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if hidden => hidden = false,
            '\\' => hidden = true,
            _ if character == quote => return at + character.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn text_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

/// How many parameters the function has whose name stands at this place.
fn parameters(tokens: &[Token], name: usize) -> usize {
    let Some(opening) = (name..tokens.len()).find(|at| text_at(tokens, *at) == "(") else { return 0 };
    let (mut depth, mut angles, mut count, mut is_empty) = (0, 0, 0, true);
    for at in opening..tokens.len() {
        let is_arrow = text_at(tokens, at - 1) == "-";
        match text_at(tokens, at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 1 => return count + usize::from(!is_empty),
            ")" | "]" | "}" => depth -= 1,
            "<" => angles += 1,
            ">" if !is_arrow => angles -= 1,
            "," if depth == 1 && angles == 0 => {
                count += 1;
                is_empty = true;
                continue;
            }
            _ => {}
        }
        is_empty &= at == opening;
    }
    count
}

/// Crates at the head of a path, or named alone by `use`.
fn named_crates(tokens: &[Token], crates: &[String]) -> Vec<String> {
    let is_word = |at: usize| text_at(tokens, at).starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let mut named = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !crates.contains(&token.text) {
            continue;
        }
        let before = if at == 0 { "" } else { text_at(tokens, at - 1) };
        let inside_a_path =
            before == "::" && at >= 2 && (is_word(at - 2) && text_at(tokens, at - 2) != "use");
        let inside_a_path = inside_a_path || (before == "::" && at >= 2 && text_at(tokens, at - 2) == ">");
        let heads_a_path = text_at(tokens, at + 1) == "::" && !inside_a_path;
        let alone = matches!(before, "use" | "crate") && matches!(text_at(tokens, at + 1), ";" | "as");
        if heads_a_path || alone {
            named.push(token.text.clone());
        }
    }
    named
}

/// Whether the line names this folder from the root: not as the end of a longer path or of an address.
fn has_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | '*' | '~'))
    })
}

/// The templates that a file names, as paths from the top of the repository.
fn named_templates(file: &str, text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in text.match_indices('"') {
        let Some((inside, _)) = text.get(at + 1..).and_then(|tail| tail.split_once('"')) else { continue };
        let before = text.get(..at).unwrap_or_default().trim_end();
        if let Some((_, path)) = inside.split_once("templates/") {
            named.push(format!("templates/{path}"));
        } else if ["path =", "path=", "extends", "include", "import"]
            .iter()
            .any(|word| before.ends_with(word))
        {
            named.push(format!("templates/{inside}"));
            if let Some((folder, _)) = file.rsplit_once('/') {
                named.push(format!("{folder}/{inside}"));
            }
        }
    }
    named
}
