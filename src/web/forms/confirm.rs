//! One question before a deed: what follows from it, and why it is done where a reason is wanted.

use super::mistakes::Mistakes;
use crate::frame::page::Shell;
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "parts/sure.html")]
pub struct SurePage {
    pub shell: Shell,
    pub action: String,
    pub back: String,
    pub back_label: String,
    pub help: &'static str,
    /// What is quoted before the question.
    pub quoted: String,
    /// The label of the reason; none where none is asked for.
    pub asked: Option<&'static str>,
    pub reason: String,
    /// The name and the words of each button.
    pub buttons: Vec<(&'static str, &'static str)>,
    pub is_grave: bool,
    pub mistakes: Mistakes,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SureForm {
    pub motif: String,
    pub reponse: String,
}
