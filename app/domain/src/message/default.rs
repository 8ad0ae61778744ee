//! Default templates.

use crate::model::answer_display::AnswerDisplay;
use crate::model::lang::Lang;
use crate::model::settings::Site;

/// Template of a button without its own: Japanese, or English for every other language.
///
/// Text follows `[/title]` directly, because Chatwork renders a line break there as an empty line.
#[must_use]
pub fn default_template(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => JAPANESE,
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => ENGLISH,
    }
}

/// Template of the retraction. It is composed at the tap, so it is true of a visitor who cancels and of one who calls
/// again, which ends the call too.
pub(super) fn retraction_template(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => JAPANESE_RETRACTION,
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => ENGLISH_RETRACTION,
    }
}

/// Template of the task, or of the message, that asks to call back a visitor whom nobody has answered. Without tags,
/// because Chatwork shows the tags of a task as plain text.
pub(super) fn missed_visit_template(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => JAPANESE_MISSED_VISIT,
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => ENGLISH_MISSED_VISIT,
    }
}

/// Line that tells hosts how to answer, also while several calls are open in their private chat or room: then nothing
/// but a reply says which of them it answers. `""` while answers are off.
pub(super) fn reply_hint(site: &Site) -> &'static str {
    match (site.answers, site.office_language()) {
        (AnswerDisplay::Off, _) => "",
        (AnswerDisplay::Words, Lang::Ja) => {
            "この投稿への［返信］は受付の画面に表示されます（来訪が重なったときは、［返信］だけが表示されます）"
        }
        (AnswerDisplay::Noticed, Lang::Ja) => {
            "この投稿に［返信］すると、応答したことが受付の画面に表示されます（来訪が重なったときは、［返信］だけが応答になります）"
        }
        (AnswerDisplay::Words, _) => {
            "Replies to this message are shown on the reception's screen. \
             While several visitors wait, nothing but a reply is shown."
        }
        (AnswerDisplay::Noticed, _) => {
            "When you reply to this message, the reception's screen shows that you have answered. \
             While several visitors wait, nothing but a reply counts."
        }
    }
}

const JAPANESE: &str = "{mentions}
[info][title]来訪のお知らせ（{device}）[/title]お呼び出し：{target}
{notice}
お客様：{company} {name} 様
人数：{people} 名
ご用件：{purpose}
メニュー：{button}
受付時刻：{time}
お客様の言語：{language}
受付番号 {reference}[/info]
{reply_hint}";

const ENGLISH: &str = "{mentions}
[info][title]Visitor at {device}[/title]For: {target}
{notice}
Visitor: {name} {company}
People: {people}
Purpose: {purpose}
Menu: {button}
Time: {time}
Visitor's language: {language}
Call {reference}[/info]
{reply_hint}";

const JAPANESE_RETRACTION: &str = "{mentions}
[info][title]呼び出しの終了（{device}）[/title]来訪者が取り消したか、もう一度呼び出したため、この呼び出しは終わりました。
新しいお知らせがあるときは、そちらにご対応ください。
お呼び出し：{target}
お客様：{company} {name} 様
受付番号 {reference}[/info]";

const ENGLISH_RETRACTION: &str = "{mentions}
[info][title]Call ended at {device}[/title]The visitor has cancelled this call or has called again.
If there is a newer notification, please respond to that one.
For: {target}
Visitor: {name} {company}
Call {reference}[/info]";

const JAPANESE_MISSED_VISIT: &str = "来訪に応答できませんでした（{device}）
お呼び出し：{target}
お客様：{company} {name} 様
ご用件：{purpose}
受付時刻：{time}
折り返しご連絡ください。
受付番号 {reference}";

const ENGLISH_MISSED_VISIT: &str = "Nobody answered a visitor at {device}.
For: {target}
Visitor: {name} {company}
Purpose: {purpose}
Time: {time}
Please get in touch with them.
Call {reference}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::template::{self, TemplateError};

    #[test]
    fn default_templates_are_valid_and_only_that_of_a_missed_visit_mentions_nobody() {
        for lang in Lang::ALL {
            for template in [default_template(lang), retraction_template(lang)] {
                let (_, errors) = template::parse(template);
                assert_eq!(errors, [], "{lang:?}");
            }
            let (_, errors) = template::parse(missed_visit_template(lang));
            let no_mentions = TemplateError::MissingPlaceholder {
                name: "mentions".to_owned(),
            };
            assert_eq!(errors, [no_mentions], "{lang:?}");
        }
    }
}
