//! Writing and rewriting course sheets.
