//! Comparison of the tablet's screens with the messages in Chatwork.

use std::time::Duration;

use chatwork_sim::{Message, Office};
use tokio::time::{Instant, sleep};

use super::faults::Fault;
use super::visitor::{VisitStep, Visitor};

/// Time for which a screen is observed during a fault.
const OBSERVATION_TIME: Duration = Duration::from_secs(3);
/// Timeout for a call to settle after the fault: the outbox reconciles unknown outcomes after 2, 5, 15 and 30
/// seconds.
const SETTLE_TIMEOUT: Duration = Duration::from_secs(90);

/// The tablet's screen, and Chatwork's messages read after it.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    screen: String,
    heading: String,
    messages: usize,
}

/// A cell of the matrix.
pub(super) struct Cell {
    pub(super) step: VisitStep,
    pub(super) during: Snapshot,
    pub(super) after: Snapshot,
}

/// Reads the tablet's screen, then Chatwork's messages, which must support the screen's claim. Messages are
/// never removed, so this order is safe.
async fn take_snapshot(visitor: &Visitor, what: &str) -> Snapshot {
    let script = "const text = (selector) => document.querySelector(selector)?.innerText ?? '';
        return [document.querySelector('[data-screen]')?.dataset.screen ?? 'none', text('h1'), text('main')];";
    let found = visitor.tablet.script(script).await;
    let text = |index: usize| found[index].as_str().unwrap_or_default().replace('\n', " ");
    let (screen, heading, page) = (text(0), text(1), text(2));
    let messages = visitor.messages_of_call();
    check_claim(&screen, &page, &messages).unwrap_or_else(|claim| {
        panic!(
            "{what}: the tablet claims {claim} on «{screen}»: {page}\nChatwork holds {messages:#?}"
        )
    });
    Snapshot {
        screen,
        heading,
        messages: messages.len(),
    }
}

/// Checks that Chatwork holds the messages that the screen claims; the error names the false claim.
fn check_claim(screen: &str, page: &str, messages: &[Message]) -> Result<(), &'static str> {
    let shows = |words: &str| page.contains(words);
    if shows("まもなくまいります") {
        return Err("that somebody is coming");
    }
    let stored = messages.len();
    match screen {
        "notified" if stored == 0 => Err("that somebody was notified"),
        "retracted" if stored < 2 => Err("that the notified rooms got a retraction"),
        "withdrawn" | "could-not-notify" | "expired" if stored > 0 => {
            Err("that nobody was notified")
        }
        "notified" | "retracted" | "withdrawn" | "could-not-notify" | "expired" => Ok(()),
        _ if shows("お知らせしました") => Err("that somebody was notified"),
        _ if shows("お知らせできませんでした") => Err("that nobody will be notified"),
        _ => Ok(()),
    }
}

/// Observes the screen during the fault: until the call is delivered where the fault allows that, else for
/// [`OBSERVATION_TIME`].
pub(super) async fn observe(visitor: &Visitor, what: &str, allows_delivery: bool) -> Snapshot {
    let begun = Instant::now();
    loop {
        let snapshot = take_snapshot(visitor, what).await;
        let is_over = ["notified", "retracted"].contains(&snapshot.screen.as_str());
        let waited = begun.elapsed();
        if is_over || !allows_delivery && waited > OBSERVATION_TIME {
            return snapshot;
        }
        assert!(
            waited < SETTLE_TIMEOUT,
            "{what}: no message was delivered: {snapshot:?}"
        );
        sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until the call has its expected result after the fault, without duplicates.
pub(super) async fn await_result(visitor: &Visitor, step: VisitStep, what: &str) -> Snapshot {
    let (screen, count) = match step.cancels() {
        true => ("retracted", 2),
        false => ("notified", 1),
    };
    let begun = Instant::now();
    loop {
        let snapshot = take_snapshot(visitor, what).await;
        if snapshot.screen == screen {
            assert_eq!(
                snapshot.messages, count,
                "{what}: one message, and one retraction if the visitor cancels"
            );
            let rooms: Vec<u64> = visitor
                .messages_of_call()
                .iter()
                .map(|message| message.room_id)
                .collect();
            assert_eq!(
                rooms,
                vec![expected_room(visitor, step); count],
                "{what}: every message is in the called room"
            );
            return snapshot;
        }
        assert!(
            begun.elapsed() < SETTLE_TIMEOUT,
            "{what}: still {snapshot:?}"
        );
        sleep(Duration::from_millis(100)).await;
    }
}

/// Waits for the pairing screen, and asserts that no further messages are sent.
pub(super) async fn await_unpaired(
    visitor: &Visitor,
    what: &str,
    before: Vec<Message>,
) -> Snapshot {
    visitor.tablet.sees("[data-screen=pairing]").await;
    let begun = Instant::now();
    loop {
        let snapshot = take_snapshot(visitor, what).await;
        assert_eq!(
            snapshot.messages,
            before.len(),
            "{what}: sent although unpaired"
        );
        if begun.elapsed() > OBSERVATION_TIME {
            return snapshot;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

fn expected_room(visitor: &Visitor, step: VisitStep) -> u64 {
    match step {
        VisitStep::Menu | VisitStep::Sending | VisitStep::Notified => Office::SAMPLE_SOUMU_ROOM,
        VisitStep::Staff => Office::SAMPLE_DEFAULT_ROOM,
        VisitStep::Find | VisitStep::Details | VisitStep::Confirm => visitor.private_chat(),
    }
}

/// Writes a fault's row of the matrix as Markdown.
pub(super) fn write_row(fault: Fault, cells: &[Cell]) {
    let mut table = String::from(
        "| fault | at | during | Chatwork | after | Chatwork |\n|---|---|---|---|---|---|\n",
    );
    for Cell {
        step,
        during,
        after,
    } in cells
    {
        let summary =
            |shown: &Snapshot| format!("{}: {} | {}", shown.screen, shown.heading, shown.messages);
        table += &format!(
            "| {fault:?} | {step:?} | {} | {} |\n",
            summary(during),
            summary(after)
        );
    }
    let path = e2e_tests::artifacts("matrix").join(format!("{fault:?}.md"));
    std::fs::write(path, table).expect("the target folder can be written");
}

#[test]
fn a_screen_that_claims_too_much_is_detected() {
    let none: &[Message] = &[];
    assert!(check_claim("notified", "総務にお知らせしました", none).is_err());
    assert!(check_claim("sending", "総務にお知らせしました", none).is_err());
    assert!(check_claim("retracted", "", none).is_err());
    assert!(check_claim("waiting", "お知らせできませんでした", none).is_err());
    assert!(check_claim("sending", "総務にお知らせしています", none).is_ok());
}
