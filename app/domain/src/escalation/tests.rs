//! Destinations and reasons of the steps of an escalation.

use proptest::prelude::*;

use super::*;
use crate::model::answer_display::AnswerDisplay;
use crate::model::menu::Method;
use crate::model::settings::SettingsDocument;
use crate::routing::properties::{any_request, any_settings};
use crate::routing::{self, Destination, RouteRequest, Target, TraceStep};
use crate::test_office::{
    COURIER_BUTTON, DEFAULT_ROOM, GROUPS_BUTTON, KAIHATSU_ROOM, PEOPLE_BUTTON, SOUMU_ROOM,
    account_id, cases, group_id, group_in, host_id, host_in, office, room_id, today,
};

fn request(target: Target, method: Method) -> RouteRequest {
    RouteRequest {
        target,
        method,
        today: today(),
    }
}

fn host(key: &str) -> Target {
    Target::Host(host_id(key))
}

fn group(key: &str) -> Target {
    Target::Group(group_id(key))
}

/// Steps of a call after a change of the office: one minute apart, to these targets.
fn steps(
    target: Target,
    method: Method,
    to: &[EscalationTarget],
    change: impl FnOnce(&mut SettingsDocument),
) -> Vec<ResolvedStep> {
    let settings = office(change);
    let request = request(target, method);
    let resolution = routing::resolve(&settings, &request);
    let steps = (1..).zip(to).map(|(minute, to)| EscalationStep {
        after_seconds: 60 * minute,
        to: *to,
    });
    resolve(&settings, &request, &resolution, &steps.collect::<Vec<_>>())
}

fn destinations(steps: &[ResolvedStep]) -> Vec<Vec<Destination>> {
    let destinations_of =
        |step: &ResolvedStep| step.deliveries.iter().map(|delivery| delivery.to).collect();
    steps.iter().map(destinations_of).collect()
}

fn room(number: u64) -> Destination {
    Destination::Room(room_id(number))
}

fn account(number: u64) -> Destination {
    Destination::Account(account_id(number))
}

#[test]
fn the_preset_climbs_from_the_host_to_the_default_room() {
    let to: Vec<_> = preset().iter().map(|step| step.to).collect();
    let found = steps(host("suzuki"), Method::Direct, &to, |_| {});
    assert_eq!(
        destinations(&found),
        [
            vec![account(102)],
            vec![room(KAIHATSU_ROOM)],
            vec![room(DEFAULT_ROOM)]
        ]
    );
    assert_eq!(found[1].deliveries[0].mentions, [host_id("suzuki")]);
    let times: Vec<_> = preset().iter().map(|step| step.after_seconds).collect();
    assert_eq!(times, [60, 150, 300]);
}

#[test]
fn the_preset_gives_three_reminders_for_a_host_whose_group_has_no_room() {
    let to: Vec<_> = preset().iter().map(|step| step.to).collect();
    let found = steps(host("tanaka"), Method::Direct, &to, |_| {});
    let default_room = || vec![room(DEFAULT_ROOM)];
    assert_eq!(
        destinations(&found),
        [vec![account(103)], default_room(), default_room()]
    );
}

#[test]
fn messages_beyond_the_limit_are_the_last_ones_to_their_destination() {
    let (first, second) = (room(1), account(1));
    let beyond = |destinations: &[Destination]| beyond_limit(destinations.iter().copied());
    assert!(beyond(&[first, second, first, second]).is_empty());
    assert_eq!(
        beyond(&[first, second, first, first, second, first]),
        [3, 5]
    );
}

#[test]
fn each_step_reaches_its_recipients() {
    let all = EscalationTarget::ALL;
    let found = steps(host("tanaka"), Method::Direct, &all, |d| {
        host_in(d, "tanaka").delegates = vec![host_id("ito"), host_id("takahashi")];
        host_in(d, "takahashi").account = Some(account_id(104));
        group_in(d, "eigyo1").in_charge = vec![host_id("takahashi"), host_id("suzuki")];
    });
    assert_eq!(
        destinations(&found),
        [
            vec![account(103)],
            vec![account(105), account(104)],
            vec![account(104), account(102)],
            // The first group has no room and no ancestor with one.
            vec![room(DEFAULT_ROOM)],
            vec![room(DEFAULT_ROOM)],
        ]
    );
    assert_eq!(
        found[1].reasons,
        [StepReason::Delegates {
            hosts: vec![host_id("ito"), host_id("takahashi")]
        }]
    );
    assert_eq!(
        found[2].reasons,
        [StepReason::InCharge {
            group: Some(group_id("eigyo1")),
            hosts: vec![host_id("takahashi"), host_id("suzuki")],
        }]
    );
    assert!(found.iter().all(|step| !step.reaches_nobody()));
}

#[test]
fn a_room_message_mentions_the_called_and_the_in_charge_hosts() {
    let to = [EscalationTarget::GroupRoom];
    let found = steps(host("tanaka"), Method::Direct, &to, |d| {
        host_in(d, "tanaka").groups = vec![group_id("soumu")];
    });
    let delivery = &found[0].deliveries[0];
    assert_eq!(delivery.to, room(SOUMU_ROOM));
    assert_eq!(
        delivery.mentions,
        [host_id("tanaka"), host_id("sato"), host_id("ito")]
    );
    assert_eq!(
        found[0].reasons,
        [
            StepReason::Route(TraceStep::OwnRoom {
                group: group_id("soumu"),
                room: room_id(SOUMU_ROOM)
            }),
            StepReason::Route(TraceStep::Mentions {
                room: room_id(SOUMU_ROOM),
                hosts: delivery.mentions.clone()
            }),
        ]
    );
}

#[test]
fn a_step_that_sends_nothing_names_no_destination_and_no_mention() {
    let to = [EscalationTarget::Again, EscalationTarget::GroupRoom];
    let found = steps(group("soumu"), Method::Room, &to, |_| {});
    assert_eq!(found[1].deliveries, []);
    assert_eq!(
        found[1].reasons,
        [StepReason::NotifiedTwice(room(SOUMU_ROOM))]
    );
}

#[test]
fn no_destination_is_notified_three_times() {
    let to = [EscalationTarget::Again; 3];
    let found = steps(group("soumu"), Method::Room, &to, |_| {});
    assert_eq!(
        destinations(&found),
        [vec![room(SOUMU_ROOM)], Vec::new(), Vec::new()]
    );
    assert_eq!(
        found[1].reasons,
        [
            StepReason::Again,
            StepReason::NotifiedTwice(room(SOUMU_ROOM))
        ]
    );
    assert!(!found[1].reaches_nobody(), "the room was notified");
}

#[test]
fn a_step_without_recipients_says_so() {
    let to = [EscalationTarget::Delegates, EscalationTarget::InCharge];
    let found = steps(host("ito"), Method::Direct, &to, |_| {});
    assert_eq!(found[0].reasons, [StepReason::NoDelegates]);
    assert_eq!(found[1].reasons, [StepReason::NobodyInCharge]);
    assert!(found.iter().all(ResolvedStep::reaches_nobody));
    let settings = Settings::unvalidated(SettingsDocument::default());
    let request = request(Target::Staff, Method::Room);
    let resolution = routing::resolve(&settings, &request);
    for step in resolve(&settings, &request, &resolution, &preset())
        .iter()
        .skip(1)
    {
        assert!(step.reaches_nobody(), "{step:?}");
        assert_eq!(step.deliveries, []);
    }
}

#[test]
fn a_call_for_staff_climbs_to_those_in_charge_of_the_default_room() {
    let to = [EscalationTarget::Delegates, EscalationTarget::InCharge];
    let found = steps(Target::Staff, Method::Room, &to, |d| {
        group_in(d, "soumu").room = Some(room_id(DEFAULT_ROOM));
        host_in(d, "sato").delegates = vec![host_id("ito"), host_id("tanaka")];
    });
    assert_eq!(
        destinations(&found),
        [vec![account(103)], vec![account(101), account(105)]],
        "ito is in charge and no delegate"
    );
    assert_eq!(
        found[1].reasons,
        [StepReason::InCharge {
            group: None,
            hosts: vec![host_id("sato"), host_id("ito")]
        }]
    );
}

#[test]
fn a_button_has_its_own_steps_or_none() {
    let button_steps = vec![EscalationStep {
        after_seconds: 30,
        to: EscalationTarget::DefaultRoom,
    }];
    let settings = office(|d| {
        d.site.escalation = preset();
        d.devices[0].menu[PEOPLE_BUTTON].escalation = Some(button_steps.clone());
        d.devices[0].menu[COURIER_BUTTON].escalation = Some(Vec::new());
    });
    let button = |index: usize| Some(&settings.devices()[0].menu[index]);
    let (own_steps, no_steps) = (button(PEOPLE_BUTTON), button(COURIER_BUTTON));
    assert_eq!(steps_of(&settings, own_steps), button_steps);
    assert_eq!(steps_of(&settings, no_steps), []);
    assert_eq!(steps_of(&settings, button(GROUPS_BUTTON)), preset());
    assert_eq!(steps_of(&settings, None), preset(), "a call for staff");
    assert_eq!(phone_after(&settings, own_steps), Some(30));
    assert_eq!(phone_after(&settings, no_steps), None);
    assert_eq!(phone_after(&settings, None), Some(300));
    let mut document = settings.document().clone();
    document.site.answers = AnswerDisplay::Off;
    assert_eq!(steps_of(&Settings::unvalidated(document), None), []);
}

fn any_targets() -> impl Strategy<Value = Vec<EscalationTarget>> {
    let target = prop::sample::select(EscalationTarget::ALL.to_vec());
    prop::collection::vec(target, 0..9)
}

/// Number of messages to a destination before a step.
fn planned_to(
    resolution: &routing::Resolution,
    found: &[ResolvedStep],
    step: &ResolvedStep,
    to: Destination,
) -> usize {
    let earlier = found.iter().take_while(|earlier| earlier.step != step.step);
    let later = earlier.flat_map(|earlier| &earlier.deliveries);
    let sent = resolution.deliveries.iter().chain(later);
    sent.filter(|delivery| delivery.to == to).count()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_destination_gets_at_most_two_messages_in_any_document(
        settings in any_settings(), request in any_request(), to in any_targets(),
    ) {
        let resolution = routing::resolve(&settings, &request);
        let steps: Vec<_> = (1..).zip(to).map(|(minute, to)| EscalationStep {
            after_seconds: 60 * minute,
            to,
        }).collect();
        let found = resolve(&settings, &request, &resolution, &steps);
        prop_assert_eq!(found.len(), steps.len());
        let later = found.iter().flat_map(|step| &step.deliveries);
        let later: Vec<_> = later.map(|delivery| delivery.to).collect();
        let called = resolution.deliveries.iter().map(|delivery| delivery.to);
        let planned: Vec<_> = called.clone().chain(later.iter().copied()).collect();
        prop_assert!(beyond_limit(planned).is_empty());
        if let Some(fallback) = routing::fallback(&settings, &resolution) {
            let with_fallback: Vec<_> = called.chain([fallback.to]).chain(later).collect();
            let beyond = beyond_limit(with_fallback.iter().copied());
            prop_assert!(beyond.len() <= 1, "the fallback takes the place of one message");
            let first_later = resolution.deliveries.len() + 1;
            for position in beyond {
                prop_assert!(position >= first_later && with_fallback[position] == fallback.to);
            }
        }
        for step in &found {
            let left_out = step.reasons.iter().filter_map(|reason| match reason {
                StepReason::NotifiedTwice(to) => Some(*to),
                _ => None,
            });
            for to in left_out {
                let sent = planned_to(&resolution, &found, step, to);
                prop_assert_eq!(sent, MAX_MESSAGES_PER_DESTINATION, "the reason is true");
            }
        }
        for step in &found {
            prop_assert!(!step.reasons.is_empty(), "every step has a reason");
            prop_assert!(!step.reaches_nobody() || step.deliveries.is_empty());
        }
        let recipients = routing::possible_recipients_of_later_messages(&settings, &request.target);
        for delivery in found.iter().flat_map(|step| &step.deliveries) {
            for host in &delivery.mentions {
                let account = settings.host(host).and_then(|host| host.account);
                prop_assert!(account.is_some_and(|account| recipients.contains(&account)));
            }
        }
    }
}
