//! Routes that lead to forms.

use super::form::Declared;
use super::uploads;
use crate::frame::error::Problem;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::sent::Sent;
use crate::frame::visit::Visit;
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
        self.post(sent, action, move |visit| submit(visit, form));
    }

    /// The sending of a form that proves who one is.
    pub fn form_to_try(&mut self, sent: &'static str, action: Action, form: Declares) {
        self.post_to_try(sent, action, move |visit| submit(visit, form));
    }
}

/// Under this name a form says that it was sent before the log-in: it is shown again, as it was filled.
pub const RESUMED: &str = "reprise";

/// Takes a form that was sent, over nothing that somebody else wrote meanwhile.
fn submit(visit: &Visit<'_>, form: Declares) -> Result<Reply, Problem> {
    let upload = uploads::read(visit.request)?;
    let sent = Sent::read(visit.request);
    if !upload.text(RESUMED).is_empty() {
        return form(visit)?.resume(upload, sent);
    }
    // Who changes the same thing waits until it is changed, and then sees it.
    let _turn = sent.is_of_what_is_kept().then(|| visit.site.edits.take(&visit.request.path));
    form(visit)?.submit(upload, &sent)
}
