//! Tests of what the alarm webhook is told.

use super::super::sample::{Desk, at};
use super::super::{DAY, MINUTE, NoticeState};
use super::change;

/// States and titles that the webhook is told in this step; it takes them when `is_taken`.
fn tell(desk: &mut Desk, is_taken: bool) -> Vec<(NoticeState, String)> {
    let notices = desk.with_facts(|facts| desk.memory.notices(&desk.settings, facts));
    for notice in &notices {
        desk.memory.record_notice(notice, is_taken, desk.now);
    }
    let told = notices
        .into_iter()
        .map(|notice| (notice.state, notice.title));
    told.collect()
}

#[test]
fn the_webhook_is_told_what_cannot_be_told_in_chatwork() {
    let mut desk = Desk::with_tablets(0);
    desk.run_until(at(0, "10:00"), &[]);
    desk.disk_free_percent = Some(1);
    desk.run_until(at(0, "10:01"), &[]);
    assert_eq!(tell(&mut desk, true), [], "it is told in Chatwork");
    desk.is_token_refused = true;
    desk.certificate_ends = Some(desk.now + DAY);
    desk.run_until(at(0, "10:02"), &[]);
    let told: Vec<_> = tell(&mut desk, true)
        .into_iter()
        .map(|(_, title)| title)
        .collect();
    assert_eq!(
        told,
        [
            "証明書の期限切れが近づいています（2026-11-24まで）",
            "ChatworkがAPIトークンを受け付けません"
        ]
    );
    assert_eq!(tell(&mut desk, true), [], "once");
    desk.is_token_refused = false;
    desk.run_until(at(0, "10:03"), &[]);
    let ended = (
        NoticeState::Ended,
        "10:02 復旧：ChatworkがAPIトークンを受け付けません".to_owned(),
    );
    assert_eq!(tell(&mut desk, true), [ended]);
    change(&mut desk, |document| document.site.alarms.room = None);
    desk.requests_left = 0;
    desk.run_until(at(0, "20:00"), &[]);
    assert_eq!(
        tell(&mut desk, true).len(),
        1,
        "without a room, at any hour"
    );
}

#[test]
fn the_webhook_is_told_while_no_account_is_connected() {
    let mut desk = Desk::with_tablets(0);
    desk.is_connected = false;
    desk.disk_free_percent = Some(1);
    desk.run_until(at(0, "10:00"), &[]);
    assert_eq!(tell(&mut desk, true).len(), 1);
}

#[test]
fn a_notice_is_retried_a_bounded_number_of_times() {
    let mut desk = Desk::with_tablets(0);
    desk.is_chatwork_unreachable = true;
    let mut attempts = Vec::new();
    while desk.now < at(3, "00:00") {
        desk.run_until(desk.now + MINUTE, &[]);
        if !tell(&mut desk, false).is_empty() {
            attempts.push((desk.now - at(0, "08:00")) / MINUTE);
        }
    }
    assert_eq!(attempts, [1, 2, 7, 37, 157, 517]);
}

#[test]
fn the_end_of_an_incident_is_told_to_a_webhook_that_fails_for_hours() {
    let mut desk = Desk::with_tablets(0);
    desk.is_chatwork_unreachable = true;
    desk.run_until(at(0, "10:00"), &[]);
    assert_eq!(tell(&mut desk, true).len(), 1);
    desk.is_chatwork_unreachable = false;
    while desk.now < at(0, "13:00") {
        desk.run_until(desk.now + MINUTE, &[]);
        tell(&mut desk, false);
    }
    desk.run_until(at(0, "22:00"), &[]);
    let states: Vec<_> = tell(&mut desk, true)
        .into_iter()
        .map(|(state, _)| state)
        .collect();
    assert_eq!(states, [NoticeState::Ended]);
}
