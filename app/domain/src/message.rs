//! Words of a notification.

use crate::call::Visitor;
use crate::id::Reference;
use crate::lang::Lang;
use crate::menu::{Button, Device};
use crate::route::{Delivery, Target};
use crate::settings::Settings;

/// What a notification tells.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The tablet.
    pub device: &'a Device,
    /// The button that was pressed.
    pub button: &'a Button,
    /// Whom the visitor called.
    pub target: &'a Target,
    /// Who is asking.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, as it is to be read (`10:30`).
    pub time: &'a str,
    /// The call's reference.
    pub reference: Reference,
}

/// Every placeholder a template can carry, without its braces.
pub const PLACEHOLDERS: [&str; 12] = [
    "mentions",
    "device",
    "place",
    "button",
    "target",
    "company",
    "name",
    "people",
    "purpose",
    "language",
    "time",
    "reference",
];

/// The template of a button that has none of its own.
#[must_use]
pub fn default_template(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => {
            "{mentions}\n[info][title]来訪のお知らせ（{device}）[/title]お呼び出し：{target}\n受付番号 {reference}[/info]"
        }
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => {
            "{mentions}\n[info][title]A visitor ({device})[/title]For: {target}\nCall {reference}[/info]"
        }
    }
}

/// The text of one delivery, in Chatwork notation.
#[must_use]
pub fn render(_settings: &Settings, facts: &Facts<'_>, _delivery: &Delivery) -> String {
    format!("受付番号 {}", facts.reference)
}

/// Words that Chatwork takes for nothing but words, at most `max_chars` characters of them.
#[must_use]
pub fn neutralise(words: &str, max_chars: usize) -> String {
    words
        .replace('[', "［")
        .replace(']', "］")
        .chars()
        .take(max_chars)
        .collect()
}
