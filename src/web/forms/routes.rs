//! Routes that lead to forms.

use super::form::Declared;
use crate::frame::route::Routes;
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
        self.post(sent, action, move |visit| form(visit)?.submit());
    }
}
