//! Rejected and accepted escalations, headings and tasks for missed visits.

use super::*;
use crate::model::answer_display::AnswerDisplay;
use crate::model::settings::SettingsDocument;
use crate::test_office::account_id;

/// Parts of a call that take effect after its first message.
#[derive(Clone, Copy, Default)]
struct FollowUps<'a> {
    /// Later messages: seconds, destination and text.
    later: &'a [(u16, Destination, &'a str)],
    /// Heading of all messages once the call is answered.
    heading: Option<&'a str>,
    /// Task for a missed visit: assignees, text and heading.
    missed: Option<(&'a [u64], &'a str, &'a str)>,
}

fn with_later<'a>(later: &'a [(u16, Destination, &'a str)]) -> FollowUps<'a> {
    FollowUps {
        later,
        ..FollowUps::default()
    }
}

fn with_heading(heading: &str) -> FollowUps<'_> {
    FollowUps {
        heading: Some(heading),
        ..FollowUps::default()
    }
}

fn with_task<'a>(task: (&'a [u64], &'a str, &'a str)) -> FollowUps<'a> {
    FollowUps {
        missed: Some(task),
        ..FollowUps::default()
    }
}

/// Admits a call to 総務, whose in-charge hosts have the accounts 101 and 105.
fn admit_with(
    change: impl FnOnce(&mut SettingsDocument),
    follow_ups: FollowUps<'_>,
) -> Result<(), AdmissionError> {
    let FollowUps {
        later,
        heading,
        missed,
    } = follow_ups;
    let settings = office(change);
    let with_reference = |text: &str| format!("{text} {}", reference());
    let plain = with_reference("");
    let texts: Vec<String> = later
        .iter()
        .map(|(_, _, text)| with_reference(text))
        .collect();
    let message = |to, text| Message {
        to,
        text,
        retraction: None,
        answered: heading,
    };
    let later = later.iter().zip(&texts);
    let later = later.map(|((after_seconds, to, _), text)| LaterMessage {
        after_seconds: *after_seconds,
        message: message(*to, text),
    });
    let (accounts, text, unanswered) = missed.unwrap_or_default();
    let accounts: Vec<AccountId> = accounts.iter().map(|id| account_id(*id)).collect();
    let text = with_reference(text);
    let call = SubmittedCall {
        target: &Target::Group(group_id("soumu")),
        visitor: &Visitor::default(),
        deliveries: vec![message(Destination::Room(room_id(10)), &plain)],
        fallback: None,
        later: later.collect(),
        missed: missed.map(|_| MissedVisit {
            assignees: &accounts,
            text: &text,
            unanswered,
        }),
        trace: &[],
        reference: reference(),
    };
    admit(&settings, &OutboundPolicy::of(&settings), &call)
}

fn room(number: u64) -> Destination {
    Destination::Room(room_id(number))
}

#[test]
fn later_messages_have_the_times_of_an_escalation() {
    let admit = |times: &[u16]| {
        let rooms = [10, 20, 20, 1, 1, 1];
        let later: Vec<_> = times
            .iter()
            .zip(rooms)
            .map(|(time, to)| (*time, room(to), ""))
            .collect();
        admit_with(|_| {}, with_later(&later))
    };
    // The first time is at least 15 seconds, the last at most 840, and two times are 15 seconds apart.
    for times in [&[15][..], &[60, 60, 150], &[60, 75, 90, 105, 840]] {
        assert_eq!(admit(times), Ok(()), "{times:?}");
    }
    for times in [&[14][..], &[0], &[841], &[60, 70], &[60, 150, 60]] {
        assert_eq!(
            admit(times),
            Err(AdmissionError::InvalidStepTimes),
            "{times:?}"
        );
    }
    let five_steps: Vec<_> = (1..)
        .zip([10, 20, 20, 1, 1])
        .map(|(minute, to)| (60 * minute, room(to), ""))
        .collect();
    assert_eq!(admit_with(|_| {}, with_later(&five_steps)), Ok(()));
    let sixth_step = (60 * 6, Destination::Account(account_id(101)), "");
    let six_steps: Vec<_> = five_steps.into_iter().chain([sixth_step]).collect();
    assert_eq!(
        admit_with(|_| {}, with_later(&six_steps)),
        Err(AdmissionError::InvalidStepTimes)
    );
    let too_many = vec![(60, room(1), ""); CALL_LATER_DELIVERIES + 1];
    assert_eq!(
        admit_with(|_| {}, with_later(&too_many)),
        Err(AdmissionError::TooManyLaterMessages)
    );
}

#[test]
fn a_destination_gets_two_messages_of_a_call_at_most() {
    // The first message of the call is for the same room.
    let again_after = |minutes: u16| (60 * minutes, room(10), "");
    assert_eq!(admit_with(|_| {}, with_later(&[again_after(1)])), Ok(()));
    assert_eq!(
        admit_with(|_| {}, with_later(&[again_after(1), again_after(2)])),
        Err(AdmissionError::DestinationTooOften)
    );
}

#[test]
fn later_messages_mention_only_possible_recipients_of_later_steps() {
    let change = |d: &mut SettingsDocument| {
        host_in(d, "ito").delegates = vec![host_id("tanaka")];
    };
    let admit = |text: &str| admit_with(change, with_later(&[(60, room(1), text)]));
    for id in [101, 105, 103] {
        assert_eq!(admit(&format!("[To:{id}]")), Ok(()), "{id}");
    }
    let violation = PolicyViolation::MentionOfNonRecipient(102);
    assert_eq!(admit("[To:102]"), Err(violation.into()));
    assert!(admit("https://evil.example").is_err());
    let unknown = admit_with(change, with_later(&[(60, room(99), "")]));
    assert_eq!(
        unknown,
        Err(PolicyViolation::UnknownRoom(room_id(99)).into())
    );
}

#[test]
fn a_heading_is_one_short_line_without_tags_and_links() {
    let admit = |heading: &str| admit_with(|_| {}, with_heading(heading));
    assert_eq!(admit("対応中：{who} {time}"), Ok(()));
    for heading in [
        "対応中\n[info]",
        "a\nb",
        "[To:101]",
        "[toall]",
        &"長".repeat(MAX_HEADING_CHARS + 1),
    ] {
        assert_eq!(
            admit(heading),
            Err(AdmissionError::InvalidHeading),
            "{heading}"
        );
    }
    assert!(admit("https://evil.example").is_err());
}

#[test]
fn the_task_is_for_recipients_of_the_call_and_mentions_nobody() {
    let admit =
        |accounts: &[u64], text| admit_with(|_| {}, with_task((accounts, text, "応答なし {time}")));
    assert_eq!(admit(&[101, 105], "折り返しご連絡ください"), Ok(()));
    assert_eq!(admit(&[], "折り返しご連絡ください"), Ok(()));
    let stranger = PolicyViolation::UnknownAssignee(102);
    assert_eq!(admit(&[101, 102], ""), Err(stranger.into()));
    let mention = PolicyViolation::MentionOfNonRecipient(101);
    assert_eq!(admit(&[101], "[To:101]"), Err(mention.into()));
    let many = vec![101; MAX_RECIPIENTS + 1];
    assert_eq!(admit(&many, ""), Err(AdmissionError::AssigneeCount));
    let heading = admit_with(|_| {}, with_task((&[101], "", "[toall]")));
    assert_eq!(heading, Err(AdmissionError::InvalidHeading));
}

#[test]
fn a_call_has_no_escalation_heading_or_task_while_answers_are_off() {
    let switch_off = |d: &mut SettingsDocument| {
        d.site.answers = AnswerDisplay::Off;
    };
    let violation = || Err(AdmissionError::from(PolicyViolation::AnswersOff));
    assert_eq!(admit_with(switch_off, FollowUps::default()), Ok(()));
    assert_eq!(
        admit_with(switch_off, with_later(&[(60, room(1), "")])),
        violation()
    );
    assert_eq!(admit_with(switch_off, with_heading("対応中")), violation());
    assert_eq!(
        admit_with(switch_off, with_task((&[], "", "応答なし"))),
        violation()
    );
}
