//! Purpose notice, which visitors see before they enter anything about themselves. It says what the data is used for,
//! who sees it and how long it is kept (Act on the Protection of Personal Information, article 21, paragraph 2).
//!
//! The office may write its own text in each language; the standard text stands in for a missing one. The standard
//! texts are words of the kiosk, which tablets load by language, so they are arguments here. All texts may have the
//! [`PLACEHOLDERS`], whose durations come from the retention that the relay applies.

mod duration;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod version;

pub use self::duration::{duration, exact_duration};
pub use self::version::{NoticeVersion, ParseNoticeVersionError};
use crate::model::lang::Lang;
use crate::model::menu::Ask;
use crate::model::settings::Site;
use crate::text::{fill, is_blank};

/// Edition of the standard texts. It is part of the version of a notice, because the version of a standard notice is
/// computed without its long form: raise it with every change of a standard text.
pub const STANDARD_EDITION: u8 = 5;

/// Placeholders of standard and own texts: the office's name, the responsible person or department, the contact for
/// questions, how long the visitor's entries are kept, and how long each kind of record is kept, in exact days.
pub const PLACEHOLDERS: [&str; 7] = [
    "office",
    "responsible",
    "inquiries",
    "kept",
    "visitors_kept",
    "messages_kept",
    "answers_kept",
];

/// True when the form of a button has the notice above its first field: nothing is shown where nothing is asked.
#[must_use]
pub fn is_shown(site: &Site, ask: &Ask) -> bool {
    site.purpose_notice.is_shown && !ask.is_nothing()
}

/// Words of the standard notice in one language, without the long form.
#[derive(Clone, Copy, Debug)]
pub struct StandardWords<'a> {
    /// Text above the first field, with placeholders.
    pub summary: &'a str,
    /// Words for an office without a name.
    pub nameless_office: &'a str,
    /// Words for the contact of an office that names nobody.
    pub staff: &'a str,
}

/// Notice in one language, with the office's names and durations filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    lang: Lang,
    values: [(&'static str, String); PLACEHOLDERS.len()],
    summary: String,
    own_text: Option<String>,
}

impl Notice {
    /// The notice of a site in a language.
    #[must_use]
    pub fn of(site: &Site, lang: Lang, words: &StandardWords<'_>) -> Self {
        let office_text = site.purpose_notice.texts.exactly(lang);
        let notice = Self {
            lang,
            values: values(site, lang, words),
            summary: String::new(),
            own_text: None,
        };
        let own_text = (!is_blank(office_text)).then(|| notice.fill(office_text.trim()));
        let summary = match &own_text {
            Some(text) => first_line(text).to_owned(),
            None => notice.fill(words.summary),
        };
        Self {
            summary,
            own_text,
            ..notice
        }
    }

    /// Text above the first field: the standard summary, or the first line of the own text.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The office's own text, if it has one in this language. It stands in the long form in place of the standard
    /// purposes and readers; the durations, the responsible person and the inquiries follow in any case.
    #[must_use]
    pub fn own_text(&self) -> Option<&str> {
        self.own_text.as_deref()
    }

    /// Value of a placeholder; empty when there is no such placeholder.
    #[must_use]
    pub fn value(&self, placeholder: &str) -> &str {
        let found = self.values.iter().find(|(name, _)| *name == placeholder);
        found.map_or("", |(_, value)| value)
    }

    /// Fills the placeholders of a text; unknown ones stay as they are.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let values = self.values.each_ref();
        fill(text, &values.map(|(name, value)| (*name, value.as_str())))
    }

    /// Version of the notice, which differs as soon as a word of the notice differs.
    #[must_use]
    pub fn version(&self) -> NoticeVersion {
        let edition = STANDARD_EDITION.to_string();
        let texts = [
            self.lang.tag(),
            &edition,
            &self.summary,
            self.own_text.as_deref().unwrap_or_default(),
        ];
        let values = self.values.iter().map(|(_, value)| value.as_str());
        NoticeVersion::of(texts.into_iter().chain(values))
    }
}

/// Values of the [`PLACEHOLDERS`].
fn values(
    site: &Site,
    lang: Lang,
    words: &StandardWords<'_>,
) -> [(&'static str, String); PLACEHOLDERS.len()] {
    let (notice, retention) = (&site.purpose_notice, &site.retention);
    // Words are erased with their call at the latest, and messages with the visitor's entries, which they quote.
    // `site` has the relay's ceiling already: the relay applies it for tablets, and set-up for the settings that are
    // being edited.
    let visitors = retention.visitors.min(retention.counts);
    let messages = retention.messages.min(visitors);
    let answers = retention.answers.min(retention.counts);
    let office = or_if_blank(site.shown_name(lang), words.nameless_office);
    let responsible = or_if_blank(&notice.responsible, office);
    let contact = [site.contact_name(lang), site.contact_phone(lang)].join(" ");
    let inquiries = or_if_blank(&notice.inquiries, or_if_blank(&contact, words.staff));
    let [
        name_office,
        name_responsible,
        name_inquiries,
        name_kept,
        name_visitors_kept,
        name_messages_kept,
        name_answers_kept,
    ] = PLACEHOLDERS;
    [
        (name_office, office.to_owned()),
        (name_responsible, responsible.to_owned()),
        (name_inquiries, inquiries.to_owned()),
        (name_kept, duration(visitors, lang)),
        (name_visitors_kept, exact_duration(visitors, lang)),
        (name_messages_kept, exact_duration(messages, lang)),
        (name_answers_kept, exact_duration(answers, lang)),
    ]
}

/// First line of a text that is not blank.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !is_blank(line)).unwrap_or_default()
}

/// The text without surrounding white space; `default` when the text is blank.
fn or_if_blank<'a>(text: &'a str, default: &'a str) -> &'a str {
    if is_blank(text) { default } else { text.trim() }
}
