//! Validation of the purpose notice: lengths, control characters and placeholders of the office's own texts.

use super::text_limits::{MAX_NOTICE_CHARS, MAX_NOTICE_CONTACT_CHARS};
use super::{Problems, ValidationError};
use crate::model::purpose_notice::PurposeNotice;
use crate::purpose_notice::PLACEHOLDERS;
use crate::text::{Lines, placeholders};

pub(super) fn check(path: &str, notice: &PurposeNotice, problems: &mut Problems) {
    // A blank text is sound: the standard text is shown.
    for (lang, text) in notice.texts.iter() {
        let path = format!("{path}.texts.{}", format!("{lang:?}").to_lowercase());
        problems.check_text(&path, text, MAX_NOTICE_CHARS, Lines::Many);
        let unknown =
            placeholders(text).find(|name| is_name(name.trim()) && !PLACEHOLDERS.contains(name));
        if let Some(name) = unknown {
            let name = name.to_owned();
            problems.add(&path, ValidationError::UnknownPlaceholder { name });
        }
    }
    for (field, text) in [
        ("responsible", &notice.responsible),
        ("inquiries", &notice.inquiries),
    ] {
        problems.check_line(&format!("{path}.{field}"), text, MAX_NOTICE_CONTACT_CHARS);
    }
}

/// True for the text between two braces that is meant as a placeholder, not as words in braces.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
