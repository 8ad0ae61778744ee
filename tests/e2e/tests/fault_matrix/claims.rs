//! What the tablet says, held against what Chatwork has stored.

use std::time::Duration;

use chatwork_sim::{Message, Office};
use tokio::time::{Instant, sleep};

use super::faults::Fault;
use super::visitor::{Moment, Visitor};

/// How long a screen is observed while a fault lasts.
const OBSERVED: Duration = Duration::from_secs(3);
/// Until a call must have come to its end once nothing is wrong any more: the outbox looks for a message
/// in doubt 2, 5, 15 and 30 seconds apart.
const SETTLED: Duration = Duration::from_secs(90);

/// What one look at the tablet and then at Chatwork shows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    screen: String,
    heading: String,
    messages: usize,
}

/// One cell of the matrix.
pub(super) struct Cell {
    pub(super) moment: Moment,
    pub(super) during: Shown,
    pub(super) after: Shown,
}

/// Looks first at the tablet and then at Chatwork, which forgets nothing: what the tablet says must hold.
async fn look(visitor: &Visitor, what: &str) -> Shown {
    let script = "const text = (selector) => document.querySelector(selector)?.innerText ?? '';
        return [document.querySelector('[data-screen]')?.dataset.screen ?? 'none', text('h1'), text('main')];";
    let seen = visitor.tablet.script(script).await;
    let word = |place: usize| seen[place].as_str().unwrap_or_default().replace('\n', " ");
    let (screen, heading, page) = (word(0), word(1), word(2));
    let messages = visitor.messages_of_call();
    holds(&screen, &page, &messages).unwrap_or_else(|claim| {
        panic!(
            "{what}: the tablet claims {claim} on «{screen}»: {page}\nChatwork holds {messages:#?}"
        )
    });
    Shown {
        screen,
        heading,
        messages: messages.len(),
    }
}

/// The rule: which messages each screen needs behind what it says.
fn holds(screen: &str, page: &str, messages: &[Message]) -> Result<(), &'static str> {
    let is_said = |words: &str| page.contains(words);
    if is_said("まもなくまいります") {
        return Err("that somebody is coming");
    }
    let stored = messages.len();
    match screen {
        "notified" if stored == 0 => Err("that somebody was told"),
        "retracted" if stored < 2 => Err("that those who were told know better"),
        "withdrawn" | "could-not-notify" | "expired" if stored > 0 => Err("that nobody was told"),
        "notified" | "retracted" | "withdrawn" | "could-not-notify" | "expired" => Ok(()),
        _ if is_said("お知らせしました") => Err("that somebody was told"),
        _ if is_said("お知らせできませんでした") => Err("that nobody will be told"),
        _ => Ok(()),
    }
}

/// Looks again and again while the fault lasts. Where calls get through, somebody must be told meanwhile.
pub(super) async fn observe(visitor: &Visitor, what: &str, lets_through: bool) -> Shown {
    let begun = Instant::now();
    loop {
        let shown = look(visitor, what).await;
        let is_over = ["notified", "retracted"].contains(&shown.screen.as_str());
        let waited = begun.elapsed();
        if is_over || !lets_through && waited > OBSERVED {
            return shown;
        }
        assert!(waited < SETTLED, "{what}: nobody was told: {shown:?}");
        sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until the call has ended as it should once nothing is wrong, and nobody was told twice.
pub(super) async fn is_settled(visitor: &Visitor, moment: Moment, what: &str) -> Shown {
    let (screen, count) = match moment.cancels() {
        true => ("retracted", 2),
        false => ("notified", 1),
    };
    let begun = Instant::now();
    loop {
        let shown = look(visitor, what).await;
        if shown.screen == screen {
            assert_eq!(shown.messages, count, "{what}: told once, retracted once");
            let rooms: Vec<u64> = visitor
                .messages_of_call()
                .iter()
                .map(|one| one.room_id)
                .collect();
            assert_eq!(
                rooms,
                vec![room(visitor, moment); count],
                "{what}: the right room"
            );
            return shown;
        }
        assert!(begun.elapsed() < SETTLED, "{what}: still {shown:?}");
        sleep(Duration::from_millis(100)).await;
    }
}

/// The tablet shows that it is none any more, and nothing more was sent for it.
pub(super) async fn is_turned_away(visitor: &Visitor, what: &str, before: Vec<Message>) -> Shown {
    visitor.tablet.sees("[data-screen=pairing]").await;
    let begun = Instant::now();
    loop {
        let shown = look(visitor, what).await;
        assert_eq!(shown.messages, before.len(), "{what}: sent after all");
        if begun.elapsed() > OBSERVED {
            return shown;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

fn room(visitor: &Visitor, moment: Moment) -> u64 {
    match moment {
        Moment::Menu | Moment::Sending | Moment::Notified => Office::SAMPLE_SOUMU_ROOM,
        Moment::Staff => Office::SAMPLE_ACALL_ROOM,
        Moment::Find | Moment::Details | Moment::Confirm => visitor.private_chat(),
    }
}

/// Writes a fault's row of the matrix, for people.
pub(super) fn write_row(fault: Fault, cells: &[Cell]) {
    let mut table = String::from(
        "| fault | at | during | Chatwork | after | Chatwork |\n|---|---|---|---|---|---|\n",
    );
    for Cell {
        moment,
        during,
        after,
    } in cells
    {
        let told =
            |shown: &Shown| format!("{}: {} | {}", shown.screen, shown.heading, shown.messages);
        table += &format!(
            "| {fault:?} | {moment:?} | {} | {} |\n",
            told(during),
            told(after)
        );
    }
    let path = e2e_tests::artefacts("matrix").join(format!("{fault:?}.md"));
    std::fs::write(path, table).expect("the target folder can be written");
}

#[test]
fn a_screen_that_claims_too_much_is_found() {
    let none: &[Message] = &[];
    assert!(holds("notified", "総務にお知らせしました", none).is_err());
    assert!(holds("sending", "総務にお知らせしました", none).is_err());
    assert!(holds("retracted", "", none).is_err());
    assert!(holds("waiting", "お知らせできませんでした", none).is_err());
    assert!(holds("sending", "総務にお知らせしています", none).is_ok());
}
