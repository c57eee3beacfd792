//! One ChromeDriver for the run, and a Chromium for each [`Browser`].

use std::cell::{Cell, RefCell};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::wire::{Failure, Session, element};
use crate::harness::scratch;

/// How long a page may take to show what it owes.
const PATIENCE: Duration = Duration::from_secs(5);
const BREATH: Duration = Duration::from_millis(50);
/// The smallest and the usual screen: width and height.
pub const PHONE: (u32, u32) = (360, 740);
pub const DESK: (u32, u32) = (1280, 900);
const EYES: &str = include_str!("eyes.js");

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=fr",
    "--window-size=1280,900",
];

/// ChromeDriver and the Chromium that it drives.
pub struct Programs {
    driver: PathBuf,
    chromium: PathBuf,
}

impl Programs {
    pub fn find() -> Result<Self, String> {
        let driver = on_the_path("chromedriver").ok_or("no chromedriver found on the PATH")?;
        let chromium = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        let chromium = chromium.into_iter().find_map(on_the_path).ok_or("no chromium found on the PATH")?;
        Ok(Self { driver, chromium })
    }
}

/// A running ChromeDriver; the keeper ends it and its browsers.
struct Driver {
    address: String,
    chromium: PathBuf,
}

static DRIVER: OnceLock<Result<Driver, String>> = OnceLock::new();
static OPENED: AtomicU32 = AtomicU32::new(0);

impl Driver {
    fn start() -> Result<Self, String> {
        let programs = Programs::find()?;
        let mut driver = Command::new(&programs.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .current_dir(scratch::folder())
            .env("TMPDIR", scratch::folder())
            .env("LANGUAGE", "fr")
            .process_group(0)
            .spawn()
            .map_err(|error| format!("{}: {error}", programs.driver.display()))?;
        // ChromeDriver leads a group of its own; each Chromium leads another, and is known by its profile in our folder.
        let (group, ours) = (driver.id(), scratch::quoted(scratch::folder().join("chromium_")));
        scratch::at_the_end(&format!(
            "for one in /proc/[0-9]*; do grep -aqsF -- --user-data-dir={ours} $one/cmdline && kill -KILL ${{one#/proc/}}; done"
        ));
        // Should it have ended long ago, its number may be another's by now: where /proc tells, ask whose it is.
        let still_ours = format!(
            "{{ [ ! -e /proc/self ] || grep -aqsF TMPDIR={} /proc/{group}/environ; }}",
            scratch::quoted(scratch::folder())
        );
        scratch::at_the_end(&format!(
            "{still_ours} && kill -TERM -{group} && sleep 0.3; {still_ours} && kill -KILL -{group}"
        ));

        let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| {
                line.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse::<u16>().ok()
            })
            .ok_or("ChromeDriver ended before it listened")?;
        thread::spawn(move || {
            lines.for_each(drop);
            driver.wait()
        });
        Ok(Self { address: format!("http://127.0.0.1:{port}"), chromium: programs.chromium })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Screen,
    Print,
}

/// How the page is shown.
#[derive(Debug, Clone, Copy)]
struct Look {
    theme: Theme,
    media: Media,
    forced_colours: bool,
}

/// One person at one screen, with cookies of their own.
pub struct Browser {
    session: Session,
    base: String,
    look: Cell<Look>,
    /// Set once a failure was told with its screenshot.
    told: Cell<bool>,
    /// The part of the page that `within` names.
    scope: RefCell<Option<String>>,
    /// The request that brought the page.
    document: RefCell<String>,
}

impl Browser {
    /// A fresh Chromium; addresses that begin with `/` are read from `base` (`http://127.0.0.1:4000`).
    #[track_caller]
    pub fn new(base: &str) -> Self {
        let driver = DRIVER
            .get_or_init(Driver::start)
            .as_ref()
            .unwrap_or_else(|error| panic!("ChromeDriver: {error}"));
        let profile = scratch::folder().join(format!("chromium_{}", OPENED.fetch_add(1, Ordering::Relaxed)));
        let mut flags: Vec<String> = FLAGS.iter().map(ToString::to_string).collect();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": driver.chromium,
                "args": flags,
                "prefs": { "intl.accept_languages": "fr-FR,fr" },
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "unhandledPromptBehavior": "ignore",
            "timeouts": { "script": 60_000, "pageLoad": 30_000, "implicit": 0 },
        });
        let session = Session::open(&driver.address, &capabilities)
            .unwrap_or_else(|failure| panic!("Chromium does not open: {} {}", failure.kind, failure.message));
        let look = Look { theme: Theme::Light, media: Media::Screen, forced_colours: false };
        let browser = Self {
            session,
            base: base.trim_end_matches('/').to_owned(),
            look: Cell::new(look),
            told: Cell::new(false),
            scope: RefCell::default(),
            document: RefCell::default(),
        };
        browser.show(|_| {});
        browser
    }

    // --- going somewhere

    #[track_caller]
    pub fn open(&self, address: &str) {
        let base = if address.starts_with('/') { self.base.as_str() } else { "" };
        self.must(self.session.post("url", &json!({ "url": format!("{base}{address}") })));
    }

    #[track_caller]
    pub fn reload(&self) {
        self.must(self.session.post("refresh", &json!({})));
    }

    #[track_caller]
    pub fn back(&self) {
        self.must(self.session.post("back", &json!({})));
    }

    /// Path and query of the page.
    #[track_caller]
    pub fn address(&self) -> String {
        self.text_of("return location.pathname + location.search")
    }

    /// Waits until the path of the page begins so.
    #[track_caller]
    pub fn arrives_at(&self, path: &str) {
        self.wait_for(|| {
            let here = self.address();
            if here.starts_with(path) {
                Ok(())
            } else {
                Err(format!("expected to be at {path}, is at {here}"))
            }
        });
    }

    // --- doing something

    /// The button or link that bears this name.
    #[track_caller]
    pub fn click(&self, name: &str) {
        self.on("press", name, |id| self.press_on(id));
    }

    /// Writes into the field with this label, instead of what was there. Dates as `2026-03-13`, times as `09:30`.
    #[track_caller]
    pub fn fill(&self, label: &str, value: &str) {
        self.on("write", label, |id| {
            let reference = json!({ "element-6066-11e4-a52e-4f735466cecf": id });
            // Pickers take their keys in the order of the country; a value they take as it is.
            let set = "const [field, value] = arguments;
                if (!['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(field.type)) return false;
                field.focus(); field.value = value;
                for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
                return true;";
            if self.session.run(set, &json!([reference, value]))? == true {
                return Ok(Value::Null);
            }
            self.session.post(&format!("element/{id}/clear"), &json!({}))?;
            self.session.post(&format!("element/{id}/value"), &json!({ "text": value }))
        });
    }

    /// Puts a text into the field as the clipboard does: a tab is a character, not a key.
    #[track_caller]
    pub fn paste(&self, label: &str, text: &str) {
        self.on("write", label, |id| {
            let reference = json!({ "element-6066-11e4-a52e-4f735466cecf": id });
            let set = "const [field, text] = arguments; field.focus(); field.value = text;
                field.dispatchEvent(new Event('input', { bubbles: true }));";
            self.session.run(set, &json!([reference, text]))
        });
    }

    /// Takes an option of a list, or a radio button of a group, by their texts.
    #[track_caller]
    pub fn choose(&self, label: &str, option: &str) {
        let script = "const list = find('select', arguments[0], arguments[2]);
            return typeof list === 'string' ? [null, findRadio(arguments[0], arguments[1], arguments[2])] : [list, findOption(list, arguments[1])];";
        self.patiently(script, &json!([label, option, self.near()]), |found| {
            let option = element_of(found.get(1).unwrap_or(&Value::Null))?;
            if found.get(0).is_some_and(Value::is_null) {
                return self.click_handle(&option);
            }
            self.session.post(&format!("element/{option}/click"), &json!({})).map(drop)
        });
    }

    #[track_caller]
    pub fn tick(&self, label: &str) {
        self.mark(label, true);
    }

    #[track_caller]
    pub fn untick(&self, label: &str) {
        self.mark(label, false);
    }

    /// Hands a file to the field with this label.
    #[track_caller]
    pub fn upload(&self, label: &str, file: &Path) {
        let file = fs::canonicalize(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.on("file", label, |id| {
            self.session.post(&format!("element/{id}/value"), &json!({ "text": file }))
        });
    }

    /// A key, as it is called: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `Space`, `ArrowDown`, `a`.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let keys: Vec<char> = key.split('+').map(key_code).collect();
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.send_keys(&down.chain(up).collect::<Vec<_>>());
    }

    /// Writes where the focus is.
    #[track_caller]
    pub fn types(&self, text: &str) {
        let strokes = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        self.send_keys(&strokes.collect::<Vec<_>>());
    }

    /// The name of what has the focus: `« Se connecter »` for the keyboard's way through a page.
    #[track_caller]
    pub fn focused(&self) -> String {
        self.text_of(&format!("{EYES}; return document.activeElement ? nameOf(document.activeElement) : ''"))
    }

    /// Says yes or no to a question of the browser (`confirm`), and returns it.
    #[track_caller]
    pub fn answers(&self, yes: bool) -> String {
        let question = self.must(self.session.get("alert/text"));
        let answer = if yes { "alert/accept" } else { "alert/dismiss" };
        self.must(self.session.post(answer, &json!({})));
        question.as_str().unwrap_or_default().to_owned()
    }

    /// The same person, looking only at the smallest row, card or group of the page that says this.
    pub fn within(&self, text: &str) -> Within<'_> {
        Within { browser: self, text: text.to_owned() }
    }

    // --- looking

    /// Waits until the page shows this text; no-break spaces and apostrophes are as one types them.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.wait_for(|| self.says(text).then_some(()).ok_or_else(|| format!("does not see « {text} »")));
    }

    /// Waits until the page no longer shows this text. Look for something else first: an empty page shows nothing.
    #[track_caller]
    pub fn does_not_see(&self, text: &str) {
        self.wait_for(|| (!self.says(text)).then_some(()).ok_or_else(|| format!("sees « {text} »")));
    }

    /// Everything that the page shows, with single spaces.
    #[track_caller]
    pub fn text(&self) -> String {
        self.text_of(&format!("{EYES}; return pageText()"))
    }

    /// What stands in the field with this label.
    #[track_caller]
    pub fn value(&self, label: &str) -> String {
        let script =
            "for (const kind of ['write', 'select']) { const field = find(kind, arguments[0], arguments[1]);
            if (typeof field !== 'string') return [field.value]; }
            return find('write', arguments[0], arguments[1]);";
        let mut value = String::new();
        self.patiently(script, &json!([label, self.near()]), |found| {
            let text = found.get(0).and_then(Value::as_str).ok_or_else(|| missing(found))?;
            text.clone_into(&mut value);
            Ok(())
        });
        value
    }

    /// The page as it is now, scripts included.
    #[track_caller]
    pub fn html(&self) -> String {
        self.must(self.session.get("source")).as_str().unwrap_or_default().to_owned()
    }

    /// The page as the server sent it, whatever the request was.
    #[track_caller]
    pub fn served_html(&self) -> String {
        let log = self.must(self.session.post("se/log", &json!({ "type": "performance" })));
        let entries = log.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut documents = entries.iter().rev().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let (method, event) = (event.pointer("/message/method")?, event.pointer("/message/params")?);
            let is_page = method == "Network.responseReceived" && event["type"] == "Document";
            is_page.then(|| event["requestId"].as_str().map(str::to_owned)).flatten()
        });
        // The log is given once; without a new document the page is still the last one.
        if let Some(document) = documents.next() {
            self.document.replace(document);
        }
        let document = self.document.borrow().clone();
        let body = self.chromium("Network.getResponseBody", &json!({ "requestId": document }));
        body["body"].as_str().unwrap_or_default().to_owned()
    }

    /// A function body in the page; promises are waited for.
    #[track_caller]
    pub fn eval(&self, script: &str) -> Value {
        self.must(self.session.run(script, &json!([])))
    }

    /// What the console complains about since the last time: errors of scripts, refusals of the security policy.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let log = self.must(self.session.post("se/log", &json!({ "type": "browser" })));
        let entries = log.as_array().map(Vec::as_slice).unwrap_or_default();
        // An answer of 404 or 422 is a complaint from the network, and may be what the story is about.
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" && entry["source"] != "network")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    // --- the screen

    /// The size of the page in CSS pixels, exactly, however narrow.
    #[track_caller]
    pub fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", &size);
    }

    #[track_caller]
    pub fn theme(&self, theme: Theme) {
        self.show(|look| look.theme = theme);
    }

    #[track_caller]
    pub fn media(&self, media: Media) {
        self.show(|look| look.media = media);
    }

    #[track_caller]
    pub fn forced_colours(&self, forced: bool) {
        self.show(|look| look.forced_colours = forced);
    }

    /// The page's own scripts no longer run, from the next page on; ours still do.
    #[track_caller]
    pub fn without_scripts(&self) {
        self.chromium("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// Cuts or mends the network of this page. A service worker has a line of its own: for it, stop the server.
    #[track_caller]
    pub fn offline(&self, offline: bool) {
        self.chromium("Network.enable", &json!({}));
        let state =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.chromium("Network.emulateNetworkConditions", &state);
    }

    /// Fails where the page must be moved sideways.
    #[track_caller]
    pub fn fits_width(&self) {
        let wide = self.sticks_out();
        if !wide.is_empty() {
            self.fail(&wide);
        }
    }

    /// [`Browser::check`] on a wide screen, [`Browser::fits_width`] on a telephone; ends wide.
    #[track_caller]
    pub fn inspect(&self) {
        self.size(PHONE.0, PHONE.1);
        self.fits_width();
        self.size(DESK.0, DESK.1);
        self.check();
    }

    /// What makes the page wider than the screen; empty where nothing does.
    #[track_caller]
    pub fn sticks_out(&self) -> String {
        let script = format!(
            "{EYES}; const page = document.documentElement;
            if (!document.querySelector('meta[name=viewport]')) return 'the page has no <meta name=viewport>: a phone shows it shrunk';
            if (page.scrollWidth <= page.clientWidth) return '';
            const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
            const named = wide.slice(0, 8).map((one) => `<${{one.localName}} class=\"${{one.className}}\"> ${{tidy(one.textContent).slice(0, 40)}}`);
            return `the page is ${{page.scrollWidth}} px wide on ${{page.clientWidth}}:\\n  ${{named.join('\\n  ')}}`;"
        );
        self.text_of(&script)
    }

    /// A picture of the whole page, as `NAME.png` in `target/screenshots` or `$PARCOURS_SCREENSHOTS`; returns its path.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        self.picture(name).unwrap_or_else(|failure| {
            panic!("no screenshot « {name} »: {} {}", failure.kind, failure.message)
        })
    }

    /// axe-core in both themes, and the page kept for vnu. Does nothing where the tools are not installed.
    #[track_caller]
    pub fn check(&self) {
        let faults = self.faults();
        if !faults.is_empty() {
            self.fail(&faults.join("\n"));
        }
    }

    /// What [`Browser::check`] would fail with.
    #[track_caller]
    pub fn faults(&self) -> Vec<String> {
        super::checkers::faults(self)
    }

    /// Ends the story here, with what the page shows.
    #[track_caller]
    pub fn fail(&self, why: &str) -> ! {
        self.told.set(true);
        panic!("{why}\n{}", self.evidence())
    }

    pub(super) fn theme_now(&self) -> Theme {
        self.look.get().theme
    }

    #[track_caller]
    pub(super) fn chromium(&self, command: &str, parameters: &Value) -> Value {
        self.must(self.session.chromium(command, parameters))
    }

    /// Like `eval`, with arguments.
    #[track_caller]
    pub(super) fn ask(&self, script: &str, arguments: &Value) -> Value {
        self.must(self.session.run(script, arguments))
    }

    #[track_caller]
    fn text_of(&self, script: &str) -> String {
        self.eval(script).as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn says(&self, text: &str) -> bool {
        let script = format!(
            "{EYES}; const part = arguments[1] === null ? document.body : partWith(arguments[1]);
            return !!part && tidy(part.innerText).includes(tidy(arguments[0]))"
        );
        self.ask(&script, &json!([text, self.near()])) == true
    }

    fn near(&self) -> Option<String> {
        self.scope.borrow().clone()
    }

    /// Nothing moves, so that no colour is measured halfway.
    #[track_caller]
    fn show(&self, change: impl FnOnce(&mut Look)) {
        let mut look = self.look.get();
        change(&mut look);
        self.look.set(look);
        let theme = if look.theme == Theme::Dark { "dark" } else { "light" };
        let forced = if look.forced_colours { "active" } else { "none" };
        let media = if look.media == Media::Print { "print" } else { "" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
            { "name": "forced-colors", "value": forced },
        ]);
        self.chromium("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features }));
    }

    #[track_caller]
    fn mark(&self, label: &str, wanted: bool) {
        let script = "const field = find('mark', arguments[0], arguments[1]);
            return typeof field === 'string' ? field : [field, field.checked ?? field.ariaChecked === 'true']";
        self.patiently(script, &json!([label, self.near()]), |found| {
            let id = element_of(found.get(0).unwrap_or(found))?;
            if found.get(1).and_then(Value::as_bool) == Some(wanted) {
                Ok(())
            } else {
                self.click_handle(&id)
            }
        });
    }

    fn click_handle(&self, id: &str) -> Result<(), Failure> {
        let reference = json!([{ "element-6066-11e4-a52e-4f735466cecf": id }]);
        let handle = self.session.run(&format!("{EYES}; return handle(arguments[0])"), &reference)?;
        self.press_on(&element_of(&handle)?).map(drop)
    }

    /// Moves the page first, as a person does: a bar that stays at the bottom may lie over the element.
    fn press_on(&self, id: &str) -> Result<Value, Failure> {
        let reference = json!([{ "element-6066-11e4-a52e-4f735466cecf": id }]);
        self.session.run("arguments[0].scrollIntoView({ block: 'center' })", &reference)?;
        self.session.post(&format!("element/{id}/click"), &json!({}))
    }

    #[track_caller]
    fn send_keys(&self, strokes: &[Value]) {
        let keyboard = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.must(self.session.post("actions", &keyboard));
    }

    /// Finds by name, and does it; again while the page is still changing.
    #[track_caller]
    fn on(&self, kind: &str, name: &str, act: impl Fn(&str) -> Result<Value, Failure>) {
        let script = "return find(arguments[0], arguments[1], arguments[2])";
        self.patiently(script, &json!([kind, name, self.near()]), |found| act(&element_of(found)?).map(drop));
    }

    #[track_caller]
    fn patiently(&self, script: &str, arguments: &Value, mut act: impl FnMut(&Value) -> Result<(), Failure>) {
        let script = format!("{EYES}; {script}");
        self.wait_for(|| {
            let found = self.session.run(&script, arguments).and_then(|found| act(&found));
            found.map_err(|failure| format!("{}: {}", failure.kind, failure.message))
        });
    }

    #[track_caller]
    fn wait_for(&self, mut look: impl FnMut() -> Result<(), String>) {
        let begun = Instant::now();
        while let Err(why) = look() {
            if begun.elapsed() > PATIENCE {
                self.fail(&why);
            }
            thread::sleep(BREATH);
        }
    }

    #[track_caller]
    fn must(&self, answer: Result<Value, Failure>) -> Value {
        match answer {
            Ok(value) => value,
            Err(failure) => self.fail(&format!("{}: {}", failure.kind, failure.message)),
        }
    }

    fn picture(&self, name: &str) -> Result<PathBuf, Failure> {
        let metrics = self.session.chromium("Page.getLayoutMetrics", &json!({}))?;
        let mut whole = metrics.get("cssContentSize").cloned().unwrap_or_default();
        whole["scale"] = json!(1);
        let shot = json!({ "format": "png", "captureBeyondViewport": true, "clip": whole });
        let shot = self.session.chromium("Page.captureScreenshot", &shot)?;
        let bytes = BASE64.decode(shot["data"].as_str().unwrap_or_default()).unwrap_or_default();
        let file = screenshots().join(format!("{name}.png"));
        let kept = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, bytes));
        kept.map_err(|error| Failure { kind: file.display().to_string(), message: error.to_string() })?;
        Ok(file)
    }

    /// What a reader of the failure wants: where, what was shown, a picture. Never fails itself.
    fn evidence(&self) -> String {
        let ask = |script: &str| {
            self.session.run(script, &json!([])).ok().and_then(|text| text.as_str().map(str::to_owned))
        };
        let text = ask(&format!("{EYES}; return location.href + '\\n  ' + pageText().slice(0, 2000)"));
        let name = format!("failed-{}", OPENED.fetch_add(1, Ordering::Relaxed));
        let picture =
            self.picture(&name).map_or_else(|_| "no screenshot".into(), |file| file.display().to_string());
        format!("the page: {}\n  picture: {picture}", text.unwrap_or_else(|| "cannot be read".into()))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if thread::panicking() && !self.told.get() {
            eprintln!("a browser was open when the story failed; {}", self.evidence());
        }
        let _ = self.session.delete("");
    }
}

/// A part of the page, found anew at each gesture.
pub struct Within<'a> {
    browser: &'a Browser,
    text: String,
}

impl Within<'_> {
    #[track_caller]
    pub fn click(&self, name: &str) {
        self.here().browser.click(name);
    }

    #[track_caller]
    pub fn fill(&self, label: &str, value: &str) {
        self.here().browser.fill(label, value);
    }

    #[track_caller]
    pub fn choose(&self, label: &str, option: &str) {
        self.here().browser.choose(label, option);
    }

    #[track_caller]
    pub fn tick(&self, label: &str) {
        self.here().browser.tick(label);
    }

    #[track_caller]
    pub fn untick(&self, label: &str) {
        self.here().browser.untick(label);
    }

    #[track_caller]
    pub fn upload(&self, label: &str, file: &Path) {
        self.here().browser.upload(label, file);
    }

    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.here().browser.sees(text);
    }

    #[track_caller]
    pub fn does_not_see(&self, text: &str) {
        self.here().browser.does_not_see(text);
    }

    #[track_caller]
    pub fn value(&self, label: &str) -> String {
        self.here().browser.value(label)
    }

    fn here(&self) -> Here<'_> {
        self.browser.scope.replace(Some(self.text.clone()));
        Here { browser: self.browser }
    }
}

/// As long as it lives, its browser looks at one part of the page.
struct Here<'a> {
    browser: &'a Browser,
}

impl Drop for Here<'_> {
    fn drop(&mut self) {
        self.browser.scope.take();
    }
}

fn element_of(found: &Value) -> Result<String, Failure> {
    element(found).map(str::to_owned).ok_or_else(|| missing(found))
}

/// The sentence that a script of `eyes.js` returned instead of an element.
fn missing(found: &Value) -> Failure {
    let sentence = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
    Failure { kind: "not found".into(), message: sentence }
}

/// WebDriver's code of a key.
fn key_code(name: &str) -> char {
    match name {
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        _ => match (name.chars().next(), name.chars().nth(1)) {
            (Some(key), None) => key,
            _ => panic!("no key is called « {name} »"),
        },
    }
}

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, none of the program's")]
fn screenshots() -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    env::var("PARCOURS_SCREENSHOTS").map_or(usual, PathBuf::from)
}

fn on_the_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
