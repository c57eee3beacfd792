//! Routes that lead to forms.

use super::form::Declared;
use super::sent::Sent;
use super::uploads;
use crate::frame::error::Problem;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::House;
use domain::access::Action;

/// Declares a form for one request: as it is opened, and what is done with it. It refuses what the reader may not see.
pub type Declares = for<'v> fn(&'v Visit<'v>) -> Declared<'v>;

impl Routes {
    /// A form, opened and sent at one address.
    pub fn form(&mut self, path: &'static str, action: Action, form: Declares) {
        self.form_at(path, path, action, form);
    }

    /// A form that is opened at one address and sent to another.
    pub fn form_at(&mut self, opened: &'static str, sent: &'static str, action: Action, form: Declares) {
        self.get(opened, action, move |visit| form(visit)?.show());
        self.form_of_page(sent, action, form);
    }

    /// A form that a page shows among other things.
    pub fn form_of_page(&mut self, sent: &'static str, action: Action, form: Declares) {
        self.post(sent, action, move |visit| submit(visit, form, true));
    }

    /// The sending of a form that proves who one is: each is a try, and its answer brings a cookie that no other answer can.
    pub fn form_to_try(&mut self, sent: &'static str, action: Action, form: Declares) {
        self.post(sent, action, move |visit| submit(visit, form, false));
    }
}

/// Under this name a form says that it was sent before the log-in: it is shown again, as it was filled.
pub const RESUMED: &str = "reprise";

/// Takes a form that was sent: for whom it was drawn, once, and over nothing that somebody else wrote meanwhile.
fn submit(visit: &Visit<'_>, form: Declares, is_done_once: bool) -> Result<Reply, Problem> {
    let upload = uploads::read(visit.request)?;
    let sent = Sent::read(&upload);
    if sent.is_for_another(visit) {
        return Err(Problem::DrawnForAnother);
    }
    let once = sent.once().filter(|_| is_done_once);
    let house = House { once, ..visit.house.clone() };
    let visit = Visit { house: &house, ..*visit };
    // Who changes the same thing waits until it is changed, and then sees it.
    let turn = sent.is_of_what_is_kept().then(|| visit.site.edits.take(&visit.request.path));
    if !upload.text(RESUMED).is_empty() {
        return form(&visit)?.resume(upload, sent);
    }
    let answered = form(&visit).and_then(|form| form.submit(upload, &sent));
    drop(turn);
    match answered {
        Ok(reply) if reply.status.is_redirection() => Ok(reply),
        // What was done already may be why it cannot be done.
        other => match sent.led(&visit)? {
            Some(led) => Ok(led),
            None => other,
        },
    }
}
