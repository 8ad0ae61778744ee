//! Cleans the texts of a document as an import cleans its cells, so that an invisible character cannot keep a document
//! from being saved.

use crate::model::directory::{Group, Host};
use crate::model::lang::{Lang, LocalText};
use crate::model::menu::Device;
use crate::model::purpose_notice::PurposeNotice;
use crate::model::settings::SettingsDocument;
use crate::text::{self, Lines};

/// Removes control characters, invisible characters and surrounding white space from all names, lines and messages. A
/// text without a visible character becomes empty. Templates keep their white space, which is part of the message.
pub fn clean(document: &mut SettingsDocument) {
    let site = &mut document.site;
    for text in [
        &mut site.name,
        &mut site.contact.name,
        &mut site.contact.phone,
    ] {
        clean_line(text);
    }
    clean_local_text(&mut site.names);
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
    clean_local_text(&mut group.name);
}

fn clean_device(device: &mut Device) {
    clean_line(&mut device.name);
    clean_line(&mut device.place);
    for button in &mut device.menu {
        clean_local_text(&mut button.label);
    }
}

/// Tablets show the notice as plain text, so the tags of a text that was copied from a web page are removed too.
fn clean_purpose_notice(notice: &mut PurposeNotice) {
    clean_line(&mut notice.responsible);
    clean_line(&mut notice.inquiries);
    for lang in Lang::ALL {
        let mut text = text::strip_tags(notice.texts.exactly(lang));
        clean_text(&mut text, Lines::Many);
        if text != notice.texts.exactly(lang) {
            notice.texts.set(lang, text);
        }
    }
}

fn clean_local_text(text: &mut LocalText) {
    for lang in Lang::ALL {
        let mut line = text.exactly(lang).to_owned();
        clean_line(&mut line);
        if line != text.exactly(lang) {
            text.set(lang, line);
        }
    }
}

fn clean_line(text: &mut String) {
    clean_text(text, Lines::One);
}

fn clean_text(text: &mut String, lines: Lines) {
    let cleaned = text::clean(text, usize::MAX, lines);
    if cleaned != *text {
        *text = cleaned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office;
    use crate::validate::{ValidationError, validate};

    #[test]
    fn a_sound_document_is_unchanged() {
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
