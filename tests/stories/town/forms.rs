//! A form on a page, as a browser would send it.

use super::{Page, Person};

/// The fields of a form with what stands in them.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    fields: Vec<(String, String)>,
}

impl Page {
    /// The form that is sent to an address which begins like this.
    #[track_caller]
    pub fn form(&self, start: &str) -> Form {
        let found = self.forms().into_iter().find(|form| form.action.starts_with(start));
        found.unwrap_or_else(|| panic!("no form is sent to {start}…: {}", self.text()))
    }

    /// Every form of the page that is posted.
    pub fn forms(&self) -> Vec<Form> {
        let forms = self.body.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
        let posted = forms.filter(|form| attribute(form, "method").is_some_and(|method| method == "post"));
        let read =
            |form| Form { action: attribute(form, "action").unwrap_or_default(), fields: fields(form) };
        posted.map(read).collect()
    }
}

impl Form {
    /// What stands in a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The names of what one fills in.
    pub fn typed(&self) -> Vec<String> {
        self.fields.iter().map(|(name, _)| name.clone()).filter(|name| name != "envoi").collect()
    }

    /// The same form with something else in a field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    pub fn sent_by(&self, person: &Person) -> Page {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.post(&self.action, &fields)
    }
}

fn fields(form: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in form.match_indices('<') {
        let rest = &form[at..];
        let name = attribute(rest, "name").filter(|name| !name.is_empty());
        let tag = rest.split(['>']).next().unwrap_or_default();
        let value = if tag.starts_with("<input") {
            let kind = attribute(rest, "type").unwrap_or_default();
            let is_sent = !matches!(kind.as_str(), "checkbox" | "radio") || tag.contains(" checked");
            is_sent.then(|| attribute(rest, "value").unwrap_or_default())
        } else if tag.starts_with("<textarea") {
            let text = rest.split_once('>').and_then(|(_, text)| text.split("</textarea>").next());
            text.map(|text| plain(text.strip_prefix('\n').unwrap_or(text)))
        } else if tag.starts_with("<select") {
            let select = rest.split("</select>").next().unwrap_or_default();
            let options: Vec<&str> = select.split("<option").skip(1).collect();
            let is_selected =
                |option: &&&str| option.split('>').next().is_some_and(|tag| tag.contains(" selected"));
            let chosen = options.iter().find(is_selected).or(options.first());
            chosen.and_then(|option| attribute(option, "value"))
        } else {
            None
        };
        found.extend(name.zip(value));
    }
    found
}

/// An attribute of the tag that a text begins with.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.split('>').next().unwrap_or_default();
    let (_, rest) = tag.split_once(&format!("{name}=\"")).filter(|(before, _)| !before.ends_with('-'))?;
    rest.split('"').next().map(plain)
}

fn plain(text: &str) -> String {
    let signs = [("&#39;", "'"), ("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    signs.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}
