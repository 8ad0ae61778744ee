//! Default templates.

use crate::model::lang::Lang;

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

/// Template of the message that the visitor cancelled the call.
pub(super) fn retraction_template(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => JAPANESE_RETRACTION,
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => ENGLISH_RETRACTION,
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
受付番号 {reference}[/info]";

const ENGLISH: &str = "{mentions}
[info][title]Visitor at {device}[/title]For: {target}
{notice}
Visitor: {name} {company}
People: {people}
Purpose: {purpose}
Menu: {button}
Time: {time}
Visitor's language: {language}
Call {reference}[/info]";

const JAPANESE_RETRACTION: &str = "{mentions}
[info][title]来訪の取り消し（{device}）[/title]来訪者が呼び出しを取り消しました。
お呼び出し：{target}
お客様：{company} {name} 様
受付番号 {reference}[/info]";

const ENGLISH_RETRACTION: &str = "{mentions}
[info][title]Call cancelled at {device}[/title]The visitor has cancelled this call.
For: {target}
Visitor: {name} {company}
Call {reference}[/info]";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::template;

    #[test]
    fn every_default_template_is_valid() {
        for lang in Lang::ALL {
            for template in [default_template(lang), retraction_template(lang)] {
                let (_, errors) = template::parse(template);
                assert_eq!(errors, [], "{lang:?}");
            }
        }
    }
}
