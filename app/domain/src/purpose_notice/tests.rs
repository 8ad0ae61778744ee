//! Choice of the text, fallbacks of its values, and the version.

use super::*;
use crate::model::lang::TranslatedText;
use crate::model::menu::Need;

const WORDS: StandardWords<'static> = StandardWords {
    summary: "{office} keeps it for {kept}.",
    nameless_office: "this office",
    staff: "our staff",
};

fn office(change: impl FnOnce(&mut Site)) -> Site {
    let mut site = Site {
        name: "Yobirin".to_owned(),
        ..Site::default()
    };
    change(&mut site);
    site
}

fn notice(change: impl FnOnce(&mut Site)) -> Notice {
    Notice::of(&office(change), Lang::En, &WORDS)
}

#[test]
fn nothing_is_shown_where_nothing_is_asked() {
    let site = office(|_| ());
    let people = Ask {
        people: Need::Optional,
        ..Ask::NOTHING
    };
    assert!(!is_shown(&site, &Ask::NOTHING));
    assert!(is_shown(&site, &Ask::default()) && is_shown(&site, &people));
    let without = office(|site| site.purpose_notice.is_shown = false);
    assert!(!is_shown(&without, &Ask::default()), "the office decides");
}

#[test]
fn the_standard_text_names_office_and_duration() {
    assert_eq!(
        notice(|_| ()).summary(),
        "Yobirin keeps it for 90\u{a0}days."
    );
    let two_years = notice(|site| {
        site.name = " ".to_owned();
        site.retention.visitors = 730;
    });
    assert_eq!(
        two_years.summary(),
        "this office keeps it for 2\u{a0}years."
    );
    assert_eq!(
        two_years.value("visitors_kept"),
        "2\u{a0}years (730\u{a0}days)"
    );
    assert_eq!(two_years.own_text(), None);
}

#[test]
fn messages_are_kept_no_longer_than_the_entries_which_they_quote() {
    let kept = |visitors, messages| {
        let notice = notice(|site| {
            site.retention.visitors = visitors;
            site.retention.messages = messages;
        });
        ["kept", "messages_kept"].map(|name| notice.value(name).to_owned())
    };
    assert_eq!(kept(30, 60), ["30\u{a0}days", "30\u{a0}days"]);
    assert_eq!(kept(60, 30), ["60\u{a0}days", "30\u{a0}days"]);
}

#[test]
fn an_own_text_is_shown_from_its_first_line_on() {
    let notice = notice(|site| {
        let text = "\n Kept {kept}. {unknown} {\r\n\r\nAsk {inquiries} of {responsible}.\n";
        site.purpose_notice.texts = TranslatedText::of(Lang::En, text);
        site.contact.name = "Reception".to_owned();
        site.contact.phone = "100".to_owned();
    });
    assert_eq!(notice.summary(), "Kept 90\u{a0}days. {unknown} {");
    let own = notice.own_text().expect("an own text");
    assert!(
        own.ends_with("\r\n\r\nAsk Reception 100 of Yobirin."),
        "{own}"
    );
}

#[test]
fn a_language_without_own_text_has_its_standard_text() {
    for missing in ["", " \n", "\u{200b}"] {
        let notice = notice(|site| {
            site.purpose_notice.texts = TranslatedText::of(Lang::Ja, "目的").and(Lang::En, missing);
        });
        assert_eq!(
            notice.summary(),
            "Yobirin keeps it for 90\u{a0}days.",
            "{missing:?}"
        );
        assert_eq!(notice.own_text(), None, "{missing:?}");
    }
}

#[test]
fn the_office_and_its_contact_stand_in_for_what_is_not_set() {
    let values = |change: fn(&mut Site)| {
        let notice = notice(change);
        ["responsible", "inquiries"].map(|name| notice.value(name).to_owned())
    };
    assert_eq!(values(|_| ()), ["Yobirin", "our staff"]);
    let phone = values(|site| site.contact.phone = " 100 ".to_owned());
    assert_eq!(phone, ["Yobirin", "100"]);
    let own = values(|site| {
        site.contact.phone = "100".to_owned();
        site.purpose_notice.responsible = "General Affairs".to_owned();
        site.purpose_notice.inquiries = "privacy@example.com".to_owned();
    });
    assert_eq!(own, ["General Affairs", "privacy@example.com"]);
}

#[test]
fn the_version_changes_with_everything_that_the_notice_says() {
    let version = |change: fn(&mut Site)| notice(change).version();
    let usual = version(|_| ());
    assert_eq!(usual, version(|site| site.accent = "#000000".to_owned()));
    assert_eq!(
        usual,
        version(|site| site.retention.counts = 400),
        "counts have no words"
    );
    let changes: [fn(&mut Site); 7] = [
        |site| site.name = "Other".to_owned(),
        |site| site.retention.visitors = 91,
        |site| site.retention.messages = 30,
        |site| site.retention.answers = 30,
        |site| site.purpose_notice.responsible = "General Affairs".to_owned(),
        |site| site.purpose_notice.inquiries = "100".to_owned(),
        |site| site.purpose_notice.texts = TranslatedText::of(Lang::En, "Own"),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        assert_ne!(usual, version(change), "change {index}");
    }
    let below = |rest: &str| {
        notice(|site| {
            site.purpose_notice.texts = TranslatedText::of(Lang::En, format!("Own\n{rest}"));
        })
    };
    assert_ne!(below("a").version(), below("b").version());
    let japanese = Notice::of(&office(|_| ()), Lang::Ja, &WORDS);
    assert_ne!(usual, japanese.version());
}
