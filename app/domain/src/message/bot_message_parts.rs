//! Parts that messages of the bot share which belong to no call.

use super::escape;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Maximum length of the site's name, in characters.
const MAX_NAME_CHARS: usize = 80;

/// Line with the message's own reference, by which reconciliation finds the message in a room. It is not called the
/// number of a call (受付番号): the history knows no call of that number.
pub(crate) fn reference_line(office_language: Lang, reference: Reference) -> String {
    match office_language {
        Lang::Ja => format!("お知らせ番号 {reference}"),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!("Message {reference}"),
    }
}

/// The reception desk with the site's name, if it has one, to be used in a sentence.
pub(crate) fn reception_desk(settings: &Settings) -> String {
    let site = settings.site();
    let name = escape(&site.name, MAX_NAME_CHARS);
    match (site.office_language(), name.is_empty()) {
        (Lang::Ja, true) => "受付".to_owned(),
        (Lang::Ja, false) => format!("{name}の受付"),
        (_, true) => "the reception desk".to_owned(),
        (_, false) => format!("the reception desk of {name}"),
    }
}
