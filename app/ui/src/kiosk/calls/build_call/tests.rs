//! The call that a tap creates has all later messages and the missed visit, in a form that the relay admits.

use std::sync::Arc;

use yobirin_domain::admission::admit;
use yobirin_domain::answer::answered_heading;
use yobirin_domain::escalation::preset;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::escalation_step::EscalationTarget;
use yobirin_domain::model::id::{AccountId, RoomId};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::outbound_policy::OutboundPolicy;
use yobirin_domain::routing::Destination;

use super::*;

/// An office with one host, whose department has a room, and one tablet; `change` edits the document before it is
/// parsed.
fn office(change: impl FnOnce(&mut SettingsDocument)) -> Arc<KioskSettings> {
    let mut document = SettingsDocument::default();
    document.site.default_room = RoomId::try_from(1).ok();
    document.site.answers = AnswerDisplay::Words;
    document.site.escalation = preset();
    let mut group = Group::named("g".parse().unwrap(), TranslatedText::of(Lang::Ja, "開発部"));
    group.room = RoomId::try_from(2).ok();
    document.groups.push(group);
    let mut host = Host::named("h".parse().unwrap(), "佐藤");
    host.account = AccountId::try_from(3).ok();
    host.groups.push("g".parse().unwrap());
    document.hosts.push(host);
    let mut device = Device::named("d".parse().unwrap(), "受付");
    device.menu.push(Button {
        id: "b".parse().unwrap(),
        label: TranslatedText::of(Lang::Ja, "担当者を探す"),
        icon: Icon::Search,
        action: Action::HostSearch,
        method: Method::Direct,
        ask: Ask::NOTHING,
        template: None,
        escalation: None,
        missed_visit: true,
    });
    document.devices.push(device);
    change(&mut document);
    let json = crate::json::write(&document).unwrap();
    KioskSettings::parse(&json, "", &"d".parse().unwrap()).unwrap()
}

/// The call of a visitor who selected the host, as it is stored on the tablet and as the relay admits it.
fn built(settings: &KioskSettings) -> (PreparedCall, Call) {
    let request = CallRequest {
        button: "b".parse().unwrap(),
        target: Target::Host("h".parse().unwrap()),
        visitor: Visitor::default(),
        notice: "0123abcd".parse().ok(),
        language: Lang::Ja,
    };
    let at = CallTime {
        tapped_at: 1_000_000,
        time: "14:05".to_owned(),
        today: "2026-12-01".parse().unwrap(),
    };
    let id = CallId::new(1_000_000, &[7; 10]);
    let prepared = build_call(settings, request, id, &at).expect("the button is there");
    let call: Call = crate::json::read(&prepared.body).expect("the body is a call");
    let office = settings.as_settings();
    let policy = OutboundPolicy::of(office);
    let admitted = admit(office, &policy, &call.as_submitted(id.reference()));
    assert!(admitted.is_ok(), "{admitted:?}");
    (prepared, call)
}

#[test]
fn a_call_carries_its_escalation_and_the_task_of_a_missed_visit() {
    let (prepared, call) = built(&office(|_| {}));
    let seconds: Vec<u16> = call.later.iter().map(|later| later.after_seconds).collect();
    assert_eq!(seconds, [60, 150, 300], "the steps of the preset");
    let heading = Some(answered_heading(Lang::Ja).to_owned());
    let headings = call.later.iter().map(|later| &later.answered);
    assert!(headings.eq([&heading; 3]));
    assert_eq!(call.deliveries[0].answered, heading);
    assert!(call.later.iter().all(|later| later.retraction.is_some()));
    let missed = call.missed.expect("the button asks for it");
    assert_eq!(missed.assignees, [AccountId::try_from(3).unwrap()]);
    let targets: Vec<EscalationTarget> = prepared.shown_steps.iter().map(|step| step.to).collect();
    let expected = [
        EscalationTarget::Again,
        EscalationTarget::GroupRoom,
        EscalationTarget::DefaultRoom,
    ];
    assert_eq!(targets, expected);
    assert_eq!(prepared.phone_after, Some(300));
    assert!(prepared.awaits_answer);
}

#[test]
fn a_call_and_its_repetition_carry_the_version_of_the_notice_that_the_visitor_saw() {
    let (prepared, call) = built(&office(|_| {}));
    let shown_version = "0123abcd".parse().ok();
    assert!(shown_version.is_some() && call.notice == shown_version);
    assert_eq!(request_of(&prepared, Lang::Ja).notice, shown_version);
}

#[test]
fn a_call_carries_nothing_for_later_while_answers_are_off() {
    let (prepared, call) = built(&office(|document| {
        document.site.answers = AnswerDisplay::Off;
    }));
    assert!(call.later.is_empty() && call.missed.is_none());
    assert_eq!(call.deliveries[0].answered, None);
    assert!(!prepared.awaits_answer);
    assert_eq!(prepared.phone_after, None);
}

#[test]
fn a_call_of_a_button_that_was_removed_meanwhile_goes_to_a_room() {
    let (_, call) = built(&office(|document| document.devices[0].menu.clear()));
    let destinations: Vec<_> = call.deliveries.iter().map(|delivery| delivery.to).collect();
    assert_eq!(
        destinations,
        [Destination::Room(RoomId::try_from(2).unwrap())]
    );
}
