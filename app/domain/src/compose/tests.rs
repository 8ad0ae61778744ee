//! Texts of the escalation and of a missed visit, and the messages that are left out of a call that is too large.

use super::*;
use crate::escalation::{StepReason, preset};
use crate::model::answer_display::AnswerDisplay;
use crate::model::escalation_step::{EscalationStep, EscalationTarget};
use crate::model::id::CallId;
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Method;
use crate::model::settings::SettingsDocument;
use crate::routing::Target;
use crate::test_office::{
    self, PEOPLE_BUTTON, account_id, group_id, host, host_id, host_in, office, room_id, today,
};
use crate::validate::validate;

fn composed(settings: &Settings, target: Target, method: Method) -> ComposedCall {
    let visitor = Visitor {
        company: "ACME株式会社".to_owned(),
        name: "山田 太郎".to_owned(),
        ..Visitor::default()
    };
    composed_for(&visitor, settings, target, method)
}

fn composed_for(
    visitor: &Visitor,
    settings: &Settings,
    target: Target,
    method: Method,
) -> ComposedCall {
    let device = &settings.devices()[0];
    let request = RouteRequest {
        target,
        method,
        today: today(),
    };
    let visit = Visit {
        device,
        button: Some(&device.menu[PEOPLE_BUTTON]),
        visitor,
        time: "10:30",
        reference: CallId::new(1, b"0123456789").reference(),
    };
    compose(settings, &request, &visit)
}

/// First lines of the later messages.
fn first_lines(call: &ComposedCall) -> Vec<&str> {
    let messages = call.later.iter().flat_map(|step| &step.messages);
    let lines = messages.filter_map(|message| message.text.lines().next());
    lines.collect()
}

#[test]
fn each_step_says_why_it_is_sent_and_repeats_the_notification() {
    let settings = office(|d| d.site.escalation = preset());
    let call = composed(&settings, Target::Host(host_id("suzuki")), Method::Direct);
    assert_eq!(
        first_lines(&call),
        [
            "（再通知）まだ返事がありません。来訪者がお待ちです。",
            "（再通知）鈴木 一郎さんからまだ返事がないため、こちらにもお知らせします。来訪者がお待ちです。",
            "（再通知）鈴木 一郎さんからまだ返事がないため、こちらにもお知らせします。来訪者がお待ちです。",
        ]
    );
    let first_again = &call.later[0].messages[0];
    assert_eq!(first_again.to, call.messages[0].to);
    assert!(
        first_again.text.ends_with(&call.messages[0].text),
        "{}",
        first_again.text
    );
    assert_eq!(first_again.retraction, call.messages[0].retraction);
    assert_eq!(first_again.answered, Some("対応中：{who} {time}"));
    let in_room = &call.later[1].messages[0];
    assert!(
        in_room.text.contains("\n[To:102] 鈴木 一郎さん\n"),
        "{}",
        in_room.text
    );
    let group_call = composed(&settings, Target::Group(group_id("soumu")), Method::Direct);
    assert!(first_lines(&group_call)[2].starts_with("（再通知）総務からまだ"));
}

#[test]
fn an_english_office_gets_english_steps() {
    let settings = office(|d| {
        d.site.languages = vec![Lang::En];
        d.site.escalation = preset();
        host_in(d, "suzuki").name = "Ichiro Suzuki".to_owned();
    });
    let call = composed(&settings, Target::Host(host_id("suzuki")), Method::Direct);
    assert_eq!(
        first_lines(&call)[..2],
        [
            "Reminder: nobody has answered yet. The visitor is waiting.",
            "Reminder: Ichiro Suzuki has not answered yet, so this is sent here too. The visitor is waiting.",
        ]
    );
    let staff = composed(&settings, Target::Staff, Method::Room);
    assert_eq!(first_lines(&staff).len(), 1, "the default room once more");
}

#[test]
fn nothing_follows_without_escalation_or_answers() {
    let call = composed(&office(|_| {}), Target::Staff, Method::Room);
    assert_eq!((call.later.len(), call.missed), (0, None));
    assert!(call.messages[0].answered.is_some());
    let answers_off = office(|d| d.site.answers = AnswerDisplay::Off);
    let call = composed(&answers_off, Target::Staff, Method::Room);
    assert_eq!(call.messages[0].answered, None);
}

#[test]
fn a_missed_visit_becomes_a_task_with_the_visitor_and_the_reference() {
    let settings = office(|d| d.devices[0].menu[PEOPLE_BUTTON].missed_visit = true);
    let call = composed(&settings, Target::Group(group_id("soumu")), Method::Room);
    let missed = call.missed.expect("a task");
    assert_eq!(missed.assignees, [account_id(101), account_id(105)]);
    assert_eq!(
        missed.text,
        "来訪に応答できませんでした（1階ロビー）
お呼び出し：総務
お客様：ACME株式会社 山田 太郎 様
受付時刻：10:30
折り返しご連絡ください。
受付番号 6MV3-EE1S"
    );
    assert_eq!(missed.unanswered, "応答なし {time}");
    assert_eq!(missed.due.day, today());
}

/// Number of in-charge hosts of the crowded group: as many as may be called at once.
const CROWD: usize = 99;

/// Call to 総務 with [`CROWD`] in-charge hosts, each called directly. All names, ids and words have the greatest length.
fn crowded_call(escalation: Vec<EscalationStep>) -> ComposedCall {
    let widest_name = "𠮷".repeat(80);
    let visitor = Visitor {
        company: "𠮷".repeat(Visitor::MAX_NAME_CHARS),
        name: "𠮷".repeat(Visitor::MAX_NAME_CHARS),
        people: Some(Visitor::MAX_PEOPLE),
        purpose: "𠮷".repeat(Visitor::MAX_PURPOSE_CHARS),
        language: Some(Lang::Vi),
    };
    let first_account = 9_007_199_254_740_000;
    let mut document: SettingsDocument = test_office::document();
    let keys: Vec<String> = (0..CROWD).map(|number| format!("x{number}")).collect();
    for (account, key) in (first_account..).zip(&keys) {
        document
            .hosts
            .push(host(key, &widest_name, "", account, &[]));
    }
    document.groups[0].name = TranslatedText::of(Lang::Ja, widest_name.as_str());
    document.groups[0].in_charge = keys.iter().map(|key| host_id(key)).collect();
    document.site.escalation = escalation;
    let template = format!("{{mentions}}{{reference}}{{target}}{}", "あ".repeat(3_900));
    let device = &mut document.devices[0];
    (device.name, device.place) = (widest_name.clone(), widest_name);
    device.menu[PEOPLE_BUTTON].template = Some(template);
    let settings = validate(document).expect("valid");
    let target = Target::Group(group_id("soumu"));
    composed_for(&visitor, &settings, target, Method::Direct)
}

#[test]
fn the_last_messages_of_an_escalation_are_left_out_when_the_call_is_too_large() {
    let step = |after_seconds, to| EscalationStep { after_seconds, to };
    let steps = vec![
        step(60, EscalationTarget::Again),
        step(120, EscalationTarget::InCharge),
        step(180, EscalationTarget::GroupRoom),
    ];
    let call = crowded_call(steps);
    assert_eq!(call.messages.len(), CROWD, "everybody is notified");
    assert!(call.text_bytes() <= CALL_TEXT_BYTES);
    let [again, in_charge, group_room] = call.later.as_slice() else {
        panic!("{:?}", call.later)
    };
    let count = |step: &ComposedStep| step.messages.len();
    assert_eq!(count(in_charge), 0, "all were notified twice");
    assert_eq!(count(group_room), 0, "the last message");
    let again_count = count(again);
    assert!((1..CROWD).contains(&again_count), "{again_count} messages");
    for step in [again, group_room] {
        let reason = step.reasons.last();
        assert_eq!(
            reason,
            Some(&StepReason::TooManyMessages),
            "{:?}",
            step.step
        );
    }
    let one_more = again.messages[0].text_bytes();
    let bytes = call.text_bytes();
    assert!(
        bytes + one_more > CALL_TEXT_BYTES,
        "no more than needed: {bytes} bytes"
    );
}

#[test]
fn a_room_that_was_notified_before_gets_a_reminder() {
    let settings = office(|d| {
        d.site.escalation = vec![EscalationStep {
            after_seconds: 60,
            to: EscalationTarget::GroupRoom,
        }];
    });
    let call = composed(&settings, Target::Group(group_id("soumu")), Method::Room);
    assert_eq!(call.later[0].messages[0].to, Destination::Room(room_id(10)));
    assert_eq!(
        first_lines(&call),
        ["（再通知）まだ返事がありません。来訪者がお待ちです。"]
    );
}

#[test]
fn the_tablet_shows_the_recipients_of_each_later_message() {
    let settings = office(|d| d.site.escalation = preset());
    let shown_steps = |target, method| {
        let steps = composed(&settings, target, method).shown_steps(&settings);
        steps
            .iter()
            .map(|step| (step.after_seconds, step.to))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        shown_steps(Target::Host(host_id("suzuki")), Method::Direct),
        [
            (60, EscalationTarget::Again),
            (150, EscalationTarget::GroupRoom),
            (300, EscalationTarget::DefaultRoom),
        ]
    );
    assert_eq!(
        shown_steps(Target::Group(group_id("soumu")), Method::Room),
        [
            (60, EscalationTarget::Again),
            (300, EscalationTarget::DefaultRoom),
        ],
        "the group's room was notified twice before its step"
    );
    assert_eq!(
        shown_steps(Target::Staff, Method::Room),
        [(60, EscalationTarget::Again)]
    );
}

#[test]
fn a_group_room_that_is_the_default_room_is_shown_as_the_default_room() {
    let settings = office(|d| {
        d.site.escalation = vec![EscalationStep {
            after_seconds: 60,
            to: EscalationTarget::GroupRoom,
        }];
        for group in &mut d.groups {
            group.room = None;
        }
    });
    let call = composed(&settings, Target::Host(host_id("suzuki")), Method::Direct);
    let shown_steps = call.shown_steps(&settings);
    assert_eq!(shown_steps[0].to, EscalationTarget::DefaultRoom);
}
