//! Golden tests: whole messages as sent to Chatwork.

use crate::compose::{ComposedCall, Visit, compose};
use crate::model::answer_display::AnswerDisplay;
use crate::model::call::Visitor;
use crate::model::id::{CallId, Reference};
use crate::model::lang::Lang;
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument};
use crate::outbound_policy::OutboundPolicy;
use crate::routing::{RouteRequest, Target};
use crate::test_office::{group_id, host_id, host_in, office, today};

fn reference() -> Reference {
    CallId::new(1, b"0123456789").reference()
}

fn texts(settings: &Settings, target: Target, method: Method, visitor: &Visitor) -> Vec<String> {
    let call = composed(settings, target, method, visitor);
    call.messages
        .into_iter()
        .map(|message| message.text)
        .collect()
}

fn composed(
    settings: &Settings,
    target: Target,
    method: Method,
    visitor: &Visitor,
) -> ComposedCall {
    let device = &settings.devices()[0];
    let request = RouteRequest {
        target,
        method,
        today: today(),
    };
    let visit = Visit {
        device,
        button: Some(&device.menu[2]),
        visitor,
        time: "10:30",
        reference: reference(),
    };
    compose(settings, &request, &visit)
}

fn visitor() -> Visitor {
    Visitor {
        company: "ACME株式会社".to_owned(),
        name: "山田 太郎".to_owned(),
        people: Some(2),
        purpose: "打ち合わせ".to_owned(),
        language: Some(Lang::En),
    }
}

/// Message in 総務's room for a button with this template.
fn room_message(template: &str, visitor: &Visitor) -> String {
    let settings = office(|d| d.devices[0].menu[2].template = Some(template.to_owned()));
    texts(
        &settings,
        Target::Host(host_id("sato")),
        Method::Room,
        visitor,
    )
    .remove(0)
}

#[test]
fn a_room_message_has_mentions_first_and_all_answers() {
    let target = Target::Group(group_id("soumu"));
    let texts = texts(&office(|_| {}), target, Method::Room, &visitor());
    assert_eq!(
        texts,
        [
            "[To:101] 佐藤 花子さん
[To:105] 伊藤 三郎さん
[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：総務
お客様：ACME株式会社 山田 太郎 様
人数：2 名
ご用件：打ち合わせ
メニュー：担当者
受付時刻：10:30
お客様の言語：English
受付番号 6MV3-EE1S[/info]
この投稿への［返信］は受付の画面に表示されます（来訪が重なったときは、［返信］だけが表示されます）"
        ]
    );
}

#[test]
fn a_retraction_is_true_of_a_cancelled_and_a_repeated_call_and_has_the_same_mentions_and_reference()
{
    for (languages, expected) in [
        (
            vec![Lang::Ja],
            "[To:101] 佐藤 花子さん
[To:105] 伊藤 三郎さん
[info][title]呼び出しの終了（1階ロビー）[/title]来訪者が取り消したか、もう一度呼び出したため、この呼び出しは終わりました。
新しいお知らせがあるときは、そちらにご対応ください。
お呼び出し：総務
お客様：ACME株式会社 山田 太郎 様
受付番号 6MV3-EE1S[/info]",
        ),
        (
            vec![Lang::En],
            "[To:101] 佐藤 花子
[To:105] 伊藤 三郎
[info][title]Call ended at 1階ロビー[/title]The visitor has cancelled this call or has called again.
If there is a newer notification, please respond to that one.
For: 総務
Visitor: 山田 太郎 ACME株式会社
Call 6MV3-EE1S[/info]",
        ),
    ] {
        let office = office(|d| d.site.languages = languages.clone());
        let target = Target::Group(group_id("soumu"));
        let call = composed(&office, target, Method::Room, &visitor());
        assert_eq!(call.messages[0].retraction, expected);
        let to = call.messages[0].to;
        let admitted = OutboundPolicy::of(&office).check(&to, expected, reference());
        assert_eq!(admitted, Ok(()));
    }
}

#[test]
fn a_private_message_has_no_mention_and_no_empty_lines() {
    let visitor = Visitor {
        language: Some(Lang::Ja),
        ..Visitor::default()
    };
    let target = Target::Host(host_id("sato"));
    let texts = texts(&office(|_| {}), target, Method::Direct, &visitor);
    assert_eq!(
        texts,
        [
            "[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：佐藤 花子
メニュー：担当者
受付時刻：10:30
受付番号 6MV3-EE1S[/info]
この投稿への［返信］は受付の画面に表示されます（来訪が重なったときは、［返信］だけが表示されます）"
        ]
    );
}

/// Notice of each message of a call after a change of the office.
fn notices(
    target: Target,
    method: Method,
    change: impl FnOnce(&mut SettingsDocument),
) -> Vec<String> {
    let texts = texts(&office(change), target, method, &Visitor::default());
    let notice = |text: String| {
        let mut lines = text.lines();
        let line = lines.find(|line| line.starts_with('（'));
        line.unwrap_or_default().to_owned()
    };
    texts.into_iter().map(notice).collect()
}

fn absent(document: &mut SettingsDocument, host: &str, delegates: &[&str]) {
    let host = host_in(document, host);
    host.absent_until = Some(today());
    host.delegates = delegates.iter().map(|key| host_id(key)).collect();
}

#[test]
fn recipients_other_than_the_called_host_get_a_notice() {
    let sato = || Target::Host(host_id("sato"));
    let delegate_notice = "（佐藤 花子さんは不在のため、代理の方へお知らせしています）";
    assert_eq!(
        notices(sato(), Method::Both, |d| absent(d, "sato", &["ito"])),
        ["", delegate_notice, delegate_notice],
        "the host's chat has no notice; the delegate's chat and the room have one"
    );
    assert_eq!(
        notices(sato(), Method::Both, |d| absent(d, "sato", &[])),
        [
            "",
            "（佐藤 花子さんは不在で、代理の方がいません。お近くの方のご対応をお願いします）"
        ]
    );
    let takahashi = || Target::Host(host_id("takahashi"));
    assert_eq!(
        notices(takahashi(), Method::Direct, |_| {}),
        ["（髙橋 健一さんのChatworkアカウントが未登録のため、こちらにお知らせしています）"]
    );
    let soumu = || Target::Group(group_id("soumu"));
    assert_eq!(
        notices(soumu(), Method::Direct, |d| absent(
            d,
            "sato",
            &["ito", "suzuki"]
        )),
        ["", "", delegate_notice],
        "ito is in charge too, suzuki is only a delegate"
    );
    for target in [sato(), soumu()] {
        assert_eq!(notices(target, Method::Room, |_| {}), [""]);
    }
}

#[test]
fn the_notice_comes_first_in_a_template_without_its_placeholder() {
    let text_with = |template: &str| {
        let settings = office(|d| {
            absent(d, "sato", &["ito"]);
            d.devices[0].menu[2].template = Some(template.to_owned());
        });
        let sato = Target::Host(host_id("sato"));
        texts(&settings, sato, Method::Direct, &Visitor::default()).remove(1)
    };
    let notice = "（佐藤 花子さんは不在のため、代理の方へお知らせしています）";
    assert_eq!(
        text_with("{mentions}\n{target} {reference}"),
        format!("{notice}\n佐藤 花子 6MV3-EE1S")
    );
    assert_eq!(
        text_with("{mentions}\n{target} {reference}\n{notice}"),
        format!("佐藤 花子 6MV3-EE1S\n{notice}")
    );
}

#[test]
fn a_call_for_staff_goes_to_the_default_room() {
    let settings = office(|_| {});
    let device = &settings.devices()[0];
    let request = RouteRequest {
        target: Target::Staff,
        method: Method::Room,
        today: today(),
    };
    let visit = Visit {
        device,
        button: None,
        visitor: &Visitor::default(),
        time: "10:30",
        reference: reference(),
    };
    let call = compose(&settings, &request, &visit);
    assert_eq!(
        call.messages[0].text,
        "[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：スタッフ
メニュー：スタッフを呼ぶ
受付時刻：10:30
受付番号 6MV3-EE1S[/info]
この投稿への［返信］は受付の画面に表示されます（来訪が重なったときは、［返信］だけが表示されます）"
    );
    assert_eq!(call.fallback, None);
}

#[test]
fn an_office_of_another_language_gets_english_messages() {
    let settings = office(|d: &mut SettingsDocument| {
        d.site.languages = vec![Lang::Ko];
        host_in(d, "sato").name = "Hanako Sato".to_owned();
    });
    let texts = texts(
        &settings,
        Target::Host(host_id("sato")),
        Method::Room,
        &visitor(),
    );
    assert!(
        texts[0].starts_with(
            "[To:101] Hanako Sato\n[info][title]Visitor at 1階ロビー[/title]For: Hanako Sato\n"
        ),
        "{}",
        texts[0]
    );
    assert!(
        texts[0].contains("\nVisitor's language: English\n"),
        "{}",
        texts[0]
    );
}

#[test]
fn notation_typed_by_a_visitor_is_escaped() {
    let prankster = Visitor {
        company: "[toall](F)".to_owned(),
        name: "[To:102] :D".to_owned(),
        ..Visitor::default()
    };
    let text = room_message("{mentions}\n{company}/{name} {reference}", &prankster);
    assert_eq!(
        text,
        "[To:101] 佐藤 花子さん\n［toall］（F）/［To：102］ ：D 6MV3-EE1S"
    );
}

#[test]
fn punctuation_of_a_template_forms_no_emoticon_with_a_value() {
    let company = |company: &str| Visitor {
        company: company.to_owned(),
        ..Visitor::default()
    };
    let text = room_message("{mentions}({company}) (own) {reference}", &company("F"));
    assert_eq!(text, "[To:101] 佐藤 花子さん（F） (own) 6MV3-EE1S");
    let text = room_message("{mentions} :{company} 8-{reference}", &company("D"));
    assert_eq!(text, "[To:101] 佐藤 花子さん ：D 8-6MV3-EE1S");
    let text = room_message("{mentions} :{purpose}-{company} {reference}", &company("D"));
    assert_eq!(text, "[To:101] 佐藤 花子さん ：-D 6MV3-EE1S");
}

#[test]
fn a_line_without_values_keeps_its_tags_and_no_double_spaces() {
    let visitor = Visitor {
        name: "山田".to_owned(),
        ..Visitor::default()
    };
    let text = room_message("{mentions}\n[info]会社：{company}\n{reference}", &visitor);
    assert_eq!(text, "[To:101] 佐藤 花子さん\n[info]\n6MV3-EE1S");
    let text = room_message(
        "{mentions}\n{company} {name} 様 {purpose}\n{reference}",
        &visitor,
    );
    assert_eq!(text, "[To:101] 佐藤 花子さん\n山田 様\n6MV3-EE1S");
}

#[test]
fn the_line_about_replies_says_what_the_screen_shows() {
    for (answers, languages, line) in [
        (
            AnswerDisplay::Words,
            vec![Lang::Ja],
            "この投稿への［返信］は受付の画面に表示されます（来訪が重なったときは、［返信］だけが表示されます）",
        ),
        (
            AnswerDisplay::Noticed,
            vec![Lang::Ja],
            "この投稿に［返信］すると、応答したことが受付の画面に表示されます（来訪が重なったときは、［返信］だけが応答になります）",
        ),
        (
            AnswerDisplay::Off,
            vec![Lang::Ja],
            "受付番号 6MV3-EE1S[/info]",
        ),
        (
            AnswerDisplay::Words,
            vec![Lang::Ko],
            "Replies to this message are shown on the reception's screen. \
             While several visitors wait, nothing but a reply is shown.",
        ),
        (
            AnswerDisplay::Noticed,
            vec![Lang::En],
            "When you reply to this message, the reception's screen shows that you have answered. \
             While several visitors wait, nothing but a reply counts.",
        ),
        (AnswerDisplay::Off, vec![Lang::En], "Call 6MV3-EE1S[/info]"),
    ] {
        let office = office(|d| {
            d.site.answers = answers;
            d.site.languages = languages;
        });
        let target = Target::Group(group_id("soumu"));
        let call = composed(&office, target, Method::Room, &Visitor::default());
        let text = &call.messages[0].text;
        assert_eq!(text.lines().last(), Some(line), "{text}");
        assert_eq!(call.messages[0].answered.is_some(), answers.is_on());
    }
}
