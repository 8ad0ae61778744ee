//! Whole messages, as Chatwork gets them.

use crate::compose::{ComposedCall, Visit, compose};
use crate::example::{group_id, host_id, host_in, office, today};
use crate::model::call::Visitor;
use crate::model::id::{CallId, Reference};
use crate::model::lang::Lang;
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument};
use crate::outbound_policy::OutboundPolicy;
use crate::routing::{RouteRequest, Target};

fn reference() -> Reference {
    CallId::new(1, b"0123456789").reference()
}

fn told(settings: &Settings, target: Target, method: Method, visitor: &Visitor) -> Vec<String> {
    let plan = planned(settings, target, method, visitor);
    plan.messages
        .into_iter()
        .map(|message| message.text)
        .collect()
}

fn planned(settings: &Settings, target: Target, method: Method, visitor: &Visitor) -> ComposedCall {
    let device = &settings.devices()[0];
    let tap = RouteRequest {
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
    compose(settings, &tap, &visit)
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

/// The message in 総務's room after a change of the office, for a button with this template.
fn in_room(template: &str, visitor: &Visitor) -> String {
    let settings = office(|d| d.devices[0].menu[2].template = Some(template.to_owned()));
    told(
        &settings,
        Target::Host(host_id("sato")),
        Method::Room,
        visitor,
    )
    .remove(0)
}

#[test]
fn a_room_is_told_who_came_for_whom_with_mentions_first() {
    let target = Target::Group(group_id("soumu"));
    let texts = told(&office(|_| {}), target, Method::Room, &visitor());
    assert_eq!(
        texts,
        ["[To:101] 佐藤 花子さん
[To:105] 伊藤 三郎さん
[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：総務
お客様：ACME株式会社 山田 太郎 様
人数：2 名
ご用件：打ち合わせ
メニュー：担当者
受付時刻：10:30
お客様の言語：English
受付番号 6MV3-EE1S[/info]"]
    );
}

#[test]
fn whoever_was_told_is_told_the_same_way_that_the_visitor_took_it_back() {
    for (languages, said) in [
        (
            vec![Lang::Ja],
            "[To:101] 佐藤 花子さん
[To:105] 伊藤 三郎さん
[info][title]来訪の取り消し（1階ロビー）[/title]来訪者が呼び出しを取り消しました。
お呼び出し：総務
お客様：ACME株式会社 山田 太郎 様
受付番号 6MV3-EE1S[/info]",
        ),
        (
            vec![Lang::En],
            "[To:101] 佐藤 花子
[To:105] 伊藤 三郎
[info][title]Call cancelled at 1階ロビー[/title]The visitor has cancelled this call.
For: 総務
Visitor: 山田 太郎 ACME株式会社
Call 6MV3-EE1S[/info]",
        ),
    ] {
        let office = office(|d| d.site.languages = languages.clone());
        let target = Target::Group(group_id("soumu"));
        let plan = planned(&office, target, Method::Room, &visitor());
        assert_eq!(plan.messages[0].retraction, said);
        let to = plan.messages[0].to;
        let admitted = OutboundPolicy::of(&office).check(&to, said, reference());
        assert_eq!(admitted, Ok(()));
    }
}

#[test]
fn a_private_chat_has_no_mention_and_lines_without_answers_are_left_out() {
    let nobody = Visitor {
        language: Some(Lang::Ja),
        ..Visitor::default()
    };
    let target = Target::Host(host_id("sato"));
    let texts = told(&office(|_| {}), target, Method::Direct, &nobody);
    assert_eq!(
        texts,
        [
            "[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：佐藤 花子
メニュー：担当者
受付時刻：10:30
受付番号 6MV3-EE1S[/info]"
        ]
    );
}

/// The lines of each message that a call makes on a day when `change` holds, without the visitor's.
fn noticed(
    target: Target,
    method: Method,
    change: impl FnOnce(&mut SettingsDocument),
) -> Vec<String> {
    let texts = told(&office(change), target, method, &Visitor::default());
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
fn who_is_told_in_place_of_somebody_else_is_told_why() {
    let sato = || Target::Host(host_id("sato"));
    let stand_in = "（佐藤 花子さんは不在のため、代理の方へお知らせしています）";
    assert_eq!(
        noticed(sato(), Method::Both, |d| absent(d, "sato", &["ito"])),
        ["", stand_in, stand_in],
        "the host's own chat says nothing; the delegate's and the room do"
    );
    assert_eq!(
        noticed(sato(), Method::Both, |d| absent(d, "sato", &[])),
        [
            "",
            "（佐藤 花子さんは不在で、代理の方がいません。お近くの方のご対応をお願いします）"
        ]
    );
    let takahashi = || Target::Host(host_id("takahashi"));
    assert_eq!(
        noticed(takahashi(), Method::Direct, |_| {}),
        ["（髙橋 健一さんのChatworkアカウントが未登録のため、こちらにお知らせしています）"]
    );
    let soumu = || Target::Group(group_id("soumu"));
    assert_eq!(
        noticed(soumu(), Method::Direct, |d| absent(
            d,
            "sato",
            &["ito", "suzuki"]
        )),
        ["", "", stand_in],
        "ito is in charge as well, suzuki stands in"
    );
    for target in [sato(), soumu()] {
        assert_eq!(noticed(target, Method::Room, |_| {}), [""]);
    }
}

#[test]
fn a_template_without_a_place_for_the_notice_begins_with_it() {
    let with = |template: &str| {
        let settings = office(|d| {
            absent(d, "sato", &["ito"]);
            d.devices[0].menu[2].template = Some(template.to_owned());
        });
        let sato = Target::Host(host_id("sato"));
        told(&settings, sato, Method::Direct, &Visitor::default()).remove(1)
    };
    let notice = "（佐藤 花子さんは不在のため、代理の方へお知らせしています）";
    assert_eq!(
        with("{mentions}\n{target} {reference}"),
        format!("{notice}\n佐藤 花子 6MV3-EE1S")
    );
    assert_eq!(
        with("{mentions}\n{target} {reference}\n{notice}"),
        format!("佐藤 花子 6MV3-EE1S\n{notice}")
    );
}

#[test]
fn staff_are_rung_in_the_default_room() {
    let settings = office(|_| {});
    let device = &settings.devices()[0];
    let tap = RouteRequest {
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
    let plan = compose(&settings, &tap, &visit);
    assert_eq!(
        plan.messages[0].text,
        "[info][title]来訪のお知らせ（1階ロビー）[/title]お呼び出し：スタッフ
メニュー：スタッフを呼ぶ
受付時刻：10:30
受付番号 6MV3-EE1S[/info]"
    );
    assert_eq!(plan.fallback, None);
}

#[test]
fn an_office_of_another_language_is_told_in_english() {
    let settings = office(|d: &mut SettingsDocument| {
        d.site.languages = vec![Lang::Ko];
        host_in(d, "sato").name = "Hanako Sato".to_owned();
    });
    let texts = told(
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
fn a_visitor_who_types_notation_is_quoted_harmlessly() {
    let prankster = Visitor {
        company: "[toall](F)".to_owned(),
        name: "[To:102] :D".to_owned(),
        ..Visitor::default()
    };
    let text = in_room("{mentions}\n{company}/{name} {reference}", &prankster);
    assert_eq!(
        text,
        "[To:101] 佐藤 花子さん\n［toall］（F）/［To：102］ ：D 6MV3-EE1S"
    );
}

#[test]
fn signs_of_a_template_make_no_face_with_what_fills_it() {
    let company = |company: &str| Visitor {
        company: company.to_owned(),
        ..Visitor::default()
    };
    let text = in_room("{mentions}({company}) (own) {reference}", &company("F"));
    assert_eq!(text, "[To:101] 佐藤 花子さん（F） (own) 6MV3-EE1S");
    let text = in_room("{mentions} :{company} 8-{reference}", &company("D"));
    assert_eq!(text, "[To:101] 佐藤 花子さん ：D 8-6MV3-EE1S");
    let text = in_room("{mentions} :{purpose}-{company} {reference}", &company("D"));
    assert_eq!(text, "[To:101] 佐藤 花子さん ：-D 6MV3-EE1S");
}

#[test]
fn a_line_without_answers_leaves_its_tags_and_no_double_spaces() {
    let visitor = Visitor {
        name: "山田".to_owned(),
        ..Visitor::default()
    };
    let text = in_room("{mentions}\n[info]会社：{company}\n{reference}", &visitor);
    assert_eq!(text, "[To:101] 佐藤 花子さん\n[info]\n6MV3-EE1S");
    let text = in_room(
        "{mentions}\n{company} {name} 様 {purpose}\n{reference}",
        &visitor,
    );
    assert_eq!(text, "[To:101] 佐藤 花子さん\n山田 様\n6MV3-EE1S");
}
