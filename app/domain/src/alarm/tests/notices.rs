//! Tests of the notices to the alarm webhook.

use super::super::simulation::{AlarmSimulation, at};
use super::super::{DAY, MINUTE, NoticeState};
use super::change;

/// States and titles of the notices of this step, which the webhook accepts.
fn accept_notices(simulation: &mut AlarmSimulation) -> Vec<(NoticeState, String)> {
    record_notices(simulation, true)
}

/// States and titles of the notices of this step, which the webhook refuses.
fn refuse_notices(simulation: &mut AlarmSimulation) -> Vec<(NoticeState, String)> {
    record_notices(simulation, false)
}

fn record_notices(
    simulation: &mut AlarmSimulation,
    is_accepted: bool,
) -> Vec<(NoticeState, String)> {
    let notices =
        simulation.with_facts(|facts| simulation.alarms.notices(&simulation.settings, facts));
    for notice in &notices {
        simulation
            .alarms
            .record_notice(notice, is_accepted, simulation.now);
    }
    let sent = notices
        .into_iter()
        .map(|notice| (notice.state, notice.title));
    sent.collect()
}

#[test]
fn the_webhook_is_notified_of_what_cannot_be_posted_in_chatwork() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.run_until(at(0, "10:00"), &[]);
    simulation.disk_free_percent = Some(1);
    simulation.run_until(at(0, "10:01"), &[]);
    assert_eq!(
        accept_notices(&mut simulation),
        [],
        "it is posted in Chatwork"
    );
    simulation.is_token_refused = true;
    simulation.certificate_ends = Some(simulation.now + DAY);
    simulation.run_until(at(0, "10:02"), &[]);
    let titles: Vec<_> = accept_notices(&mut simulation)
        .into_iter()
        .map(|(_, title)| title)
        .collect();
    assert_eq!(
        titles,
        [
            "証明書の期限切れが近づいています（2026-11-24まで）",
            "ChatworkがAPIトークンを受け付けません"
        ]
    );
    assert_eq!(accept_notices(&mut simulation), [], "once");
    simulation.is_token_refused = false;
    simulation.run_until(at(0, "10:03"), &[]);
    let ended = (
        NoticeState::Ended,
        "10:02 復旧：ChatworkがAPIトークンを受け付けません".to_owned(),
    );
    assert_eq!(accept_notices(&mut simulation), [ended]);
    change(&mut simulation, |document| document.site.alarms.room = None);
    simulation.requests_left = 0;
    simulation.run_until(at(0, "20:00"), &[]);
    assert_eq!(
        accept_notices(&mut simulation).len(),
        1,
        "without a room, at any hour"
    );
}

#[test]
fn the_webhook_is_notified_while_no_account_is_connected() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.is_connected = false;
    simulation.disk_free_percent = Some(1);
    simulation.run_until(at(0, "10:00"), &[]);
    assert_eq!(accept_notices(&mut simulation).len(), 1);
}

#[test]
fn a_notice_is_retried_a_bounded_number_of_times() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.is_chatwork_unreachable = true;
    let mut attempts = Vec::new();
    while simulation.now < at(3, "00:00") {
        simulation.run_until(simulation.now + MINUTE, &[]);
        if !refuse_notices(&mut simulation).is_empty() {
            attempts.push((simulation.now - at(0, "08:00")) / MINUTE);
        }
    }
    // Minutes after the beginning: waits of 1, 5, 30, 120 and 360 minutes.
    assert_eq!(attempts, [1, 2, 7, 37, 157, 517]);
}

#[test]
fn a_webhook_that_fails_for_hours_is_notified_of_the_end_of_an_incident() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.is_chatwork_unreachable = true;
    simulation.run_until(at(0, "10:00"), &[]);
    assert_eq!(accept_notices(&mut simulation).len(), 1);
    simulation.is_chatwork_unreachable = false;
    while simulation.now < at(0, "13:00") {
        simulation.run_until(simulation.now + MINUTE, &[]);
        refuse_notices(&mut simulation);
    }
    simulation.run_until(at(0, "22:00"), &[]);
    let states: Vec<_> = accept_notices(&mut simulation)
        .into_iter()
        .map(|(state, _)| state)
        .collect();
    assert_eq!(states, [NoticeState::Ended]);
}
