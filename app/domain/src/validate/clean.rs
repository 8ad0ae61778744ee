//! Cleans the texts of a document as an import cleans its cells, so that an invisible character cannot keep a
//! document from being saved.

use crate::model::directory::{Group, Host};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Device;
use crate::model::purpose_notice::PurposeNotice;
use crate::model::settings::SettingsDocument;
use crate::text::{self, Lines};

/// Removes control characters, invisible characters and surrounding white space from all names, lines and messages. A
/// text without a visible character becomes empty. Templates keep their white space, which is part of the message,
/// and lose invisible characters only.
pub fn clean(document: &mut SettingsDocument) {
    let site = &mut document.site;
    for text in [
        &mut site.name,
        &mut site.contact.name,
        &mut site.contact.phone,
    ] {
        clean_line(text);
    }
    for text in [
        &mut site.names,
        &mut site.contact.names,
        &mut site.contact.phones,
    ] {
        clean_translated_text(text);
    }
    for days in &mut site.closed_days {
        clean_line(&mut days.name);
    }
    clean_purpose_notice(&mut site.purpose_notice);
    document.hosts.iter_mut().for_each(clean_host);
    document.groups.iter_mut().for_each(clean_group);
    document.devices.iter_mut().for_each(clean_device);
}

fn clean_host(host: &mut Host) {
    for text in [
        &mut host.name,
        &mut host.kana,
        &mut host.latin_name,
        &mut host.display_name,
    ] {
        clean_line(text);
    }
    host.search_keys.iter_mut().for_each(clean_line);
    host.search_keys.retain(|key| !key.is_empty());
    clean_text(&mut host.visitor_message, Lines::Many);
}

fn clean_group(group: &mut Group) {
    clean_translated_text(&mut group.name);
}

fn clean_device(device: &mut Device) {
    clean_line(&mut device.name);
    clean_line(&mut device.place);
    for button in &mut device.menu {
        clean_translated_text(&mut button.label);
        if let Some(template) = &mut button.template {
            *template = text::without_invisible(template);
        }
    }
}

/// Tablets show the notice as plain text, so the HTML tags of a text that was copied from a web page are removed too:
/// after the invisible characters, which could hide in a tag.
fn clean_purpose_notice(notice: &mut PurposeNotice) {
    clean_line(&mut notice.responsible);
    clean_line(&mut notice.inquiries);
    for lang in Lang::ALL {
        let mut text = notice.texts.exactly(lang).to_owned();
        clean_text(&mut text, Lines::Many);
        text = text::strip_tags(&text);
        clean_text(&mut text, Lines::Many);
        notice.texts.set(lang, text);
    }
}

fn clean_translated_text(text: &mut TranslatedText) {
    for lang in Lang::ALL {
        let mut line = text.exactly(lang).to_owned();
        clean_line(&mut line);
        text.set(lang, line);
    }
}

fn clean_line(text: &mut String) {
    clean_text(text, Lines::One);
}

fn clean_text(text: &mut String, lines: Lines) {
    *text = text::clean(text, usize::MAX, lines);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Date;
    use crate::test_office;
    use crate::validate::{ValidationError, validate};

    #[test]
    fn a_clean_document_is_unchanged() {
        let mut document = test_office::document();
        clean(&mut document);
        assert_eq!(document, test_office::document());
    }

    #[test]
    fn invisible_characters_do_not_keep_a_document_from_being_saved() {
        let mut document = test_office::document();
        document.site.name = "株式会社\u{0}よびりん\u{200b}".to_owned();
        document.site.names.set(Lang::En, "Yobirin\u{200b}");
        document.hosts[0].name = " 佐藤\u{b}花子\u{202e}".to_owned();
        document.hosts[0].latin_name = "Sato\u{0}Hanako".to_owned();
        document.hosts[0].search_keys = vec!["\u{200b}".to_owned(), "はな\u{ad}こ".to_owned()];
        document.hosts[0].visitor_message = "3階へ\nどうぞ\u{1a}".to_owned();
        document.groups[0].name.set(Lang::Ja, "総\u{feff}務");
        clean(&mut document);
        assert_eq!(document.site.name, "株式会社 よびりん");
        let host = &document.hosts[0];
        assert_eq!(document.site.names.exactly(Lang::En), "Yobirin");
        assert_eq!(host.name, "佐藤 花子");
        assert_eq!(host.latin_name, "Sato Hanako");
        assert_eq!(host.search_keys, ["はなこ"]);
        assert_eq!(host.visitor_message, "3階へ\nどうぞ");
        assert_eq!(document.groups[0].name.exactly(Lang::Ja), "総務");
        assert!(validate(document).is_ok());
    }

    #[test]
    fn a_purpose_notice_is_plain_text() {
        let mut document = test_office::document();
        let notice = &mut document.site.purpose_notice;
        notice.responsible = " 総務\u{0}部 ".to_owned();
        notice.inquiries = "a@example.com\u{200b}\n".to_owned();
        let copied = "<p>目的\u{0}です。</p><script src=\"x\">alert(1)</script>\r\n次の行 <a@b.jp> 1 < 2\u{7}";
        notice.texts.set(Lang::Ja, copied);
        notice.texts.set(Lang::En, "<b>\u{200b}</b>");
        clean(&mut document);
        let notice = &document.site.purpose_notice;
        assert_eq!(
            (notice.responsible.as_str(), notice.inquiries.as_str()),
            ("総務 部", "a@example.com")
        );
        let plain = "目的 です。\nalert(1)\r\n次の行 <a@b.jp> 1 < 2";
        assert_eq!(notice.texts.exactly(Lang::Ja), plain);
        assert_eq!(
            notice.texts.exactly(Lang::En),
            "",
            "the standard text is shown"
        );
        assert!(validate(document).is_ok());
    }

    /// Marks of direction and other invisible characters.
    const HIDDEN: [char; 16] = [
        '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{61c}', '\u{2060}',
        '\u{feff}', '\u{ad}',
    ];

    /// Every text of a document that an admin writes.
    fn texts(document: &mut SettingsDocument) -> Vec<&mut String> {
        let site = &mut document.site;
        let (host, device) = (&mut document.hosts[0], &mut document.devices[0]);
        let mut texts = vec![
            &mut site.name,
            &mut site.contact.name,
            &mut site.contact.phone,
            &mut site.purpose_notice.responsible,
            &mut site.purpose_notice.inquiries,
            &mut site.closed_days[0].name,
            &mut host.name,
            &mut host.kana,
            &mut host.latin_name,
            &mut host.display_name,
            &mut host.search_keys[0],
            &mut host.visitor_message,
            &mut device.name,
            &mut device.place,
        ];
        texts.extend(device.menu[0].template.as_mut());
        texts
    }

    fn translated_texts(document: &mut SettingsDocument) -> [&mut TranslatedText; 6] {
        [
            &mut document.site.names,
            &mut document.site.contact.names,
            &mut document.site.contact.phones,
            &mut document.site.purpose_notice.texts,
            &mut document.groups[0].name,
            &mut document.devices[0].menu[0].label,
        ]
    }

    /// The document with a text in every field.
    fn written(text: &str) -> SettingsDocument {
        let mut document = test_office::document();
        document.hosts[0].search_keys = vec![String::new()];
        document.site.closed_days = vec![Date::EPOCH.into()];
        document.devices[0].menu[0].template = Some(String::new());
        for field in texts(&mut document) {
            *field = text.to_owned();
        }
        for field in translated_texts(&mut document) {
            for lang in Lang::ALL {
                field.set(lang, text);
            }
        }
        document.devices[0].menu[0].template = Some(format!("{{mentions}}{text}{{reference}}"));
        document
    }

    #[test]
    fn no_text_keeps_a_mark_of_direction_or_another_invisible_character() {
        let hidden: String = HIDDEN.iter().flat_map(|c| [*c, 'a']).collect();
        let mut document = written(&hidden);
        let problems =
            validate(document.clone()).expect_err("the relay takes no marks of direction");
        let fields =
            texts(&mut document).len() + translated_texts(&mut document).len() * Lang::ALL.len();
        assert_eq!(problems.len(), fields, "{problems:?}");
        clean(&mut document);
        assert_eq!(document, written(&"a".repeat(HIDDEN.len())));
        assert!(validate(document).is_ok());
    }

    #[test]
    fn invisible_characters_hide_no_tag() {
        for hidden in [
            "<\u{202e}b>",
            "<b\u{200b}>",
            "<b\0>",
            "<scr\u{2066}ipt>",
            "<<b>b>",
        ] {
            let mut document = test_office::document();
            let texts = &mut document.site.purpose_notice.texts;
            texts.set(Lang::Ja, format!("{hidden}目的"));
            clean(&mut document);
            let notice = &document.site.purpose_notice;
            assert_eq!(notice.texts.exactly(Lang::Ja), "目的", "{hidden:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_cleaned_document_stays_as_it_is(text in "[<>/b\u{0}\u{202e}\u{200d}\u{1f469}あ \n\u{3164}]{0,16}") {
            let mut once = written(&text);
            clean(&mut once);
            let mut twice = once.clone();
            clean(&mut twice);
            proptest::prop_assert_eq!(once, twice);
        }
    }

    #[test]
    fn an_invisible_name_is_no_name() {
        let mut document = test_office::document();
        document.hosts[0].name = "\u{1a}\u{200b}".to_owned();
        clean(&mut document);
        assert_eq!(document.hosts[0].name, "");
        let problems = validate(document).expect_err("a name is missing");
        let [problem] = problems.as_slice() else {
            panic!("{problems:?}")
        };
        assert_eq!(
            (problem.path.as_str(), &problem.error),
            ("hosts[0].name", &ValidationError::Empty)
        );
    }
}
