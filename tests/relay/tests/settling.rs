//! Messages sent without an answer: found in the room when they were stored, sent again when they
//! surely were not, never twice.

use std::time::Duration;

use chatwork_sim::{Calls, Effect, Fault, Office};
use relay_tests::{CallDraft, DIRECT, Desk, LOBBY, ROOM, Tablet, eventually, posts};
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

#[tokio::test]
async fn a_message_that_was_stored_without_an_answer_is_found_and_not_sent_again() {
    for effect in [Effect::HangAfterStoring, Effect::ResetAfterStoring] {
        let (desk, tablet) = opened().await;
        let mut events = tablet.events().await;
        desk.sim.inject(posts(effect.clone()).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        let mut states = Vec::new();
        while !states.last().is_some_and(DeliveryState::is_final) {
            states.push(events.next_delivery().await.1);
        }
        assert_eq!(
            states[..2],
            [DeliveryState::Waiting, DeliveryState::Unknown],
            "{effect:?}"
        );
        let DeliveryState::Delivered { message, .. } = &states[2] else {
            panic!("{states:?}")
        };
        let stored = desk.sim.messages(ROOM)[0].message_id.to_string();
        assert_eq!(
            message.as_str(),
            stored,
            "the proof is the stored message's own id"
        );
        assert_eq!(desk.outcomes(&draft).await, [Outcome::Found], "{effect:?}");
        desk.clock.advance(Duration::from_secs(120));
        assert_eq!(desk.told(ROOM, &draft), 1, "{effect:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn a_private_message_without_an_answer_is_found_too() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::HangAfterStoring).once());
    let draft = CallDraft::now().to_account(DIRECT);
    tablet.hand_over(&draft).await;
    assert_eq!(
        desk.settled_in_time(&tablet, &draft).await,
        CallState::Notified
    );
    let room = desk.sim.direct_room(Office::SAMPLE_BOT, DIRECT).unwrap();
    assert_eq!(desk.told(room, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_message_that_got_lost_without_an_answer_is_sent_again_once_that_is_certain() {
    for effect in [
        Effect::Hang,
        Effect::Reset,
        Effect::ServerError { status: 502 },
    ] {
        let (desk, tablet) = opened().await;
        desk.sim.inject(posts(effect.clone()).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            desk.settled_in_time(&tablet, &draft).await,
            CallState::Notified,
            "{effect:?}"
        );
        assert_eq!(
            desk.outcomes(&draft).await,
            [Outcome::Retry, Outcome::Delivered]
        );
        assert_eq!(desk.told(ROOM, &draft), 1, "{effect:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn a_room_that_was_asked_for_too_early_proves_nothing_however_late_it_answers() {
    let quiet = Duration::from_millis(300);
    let desk = Desk::open_with(|options| options.outbox_timings.settle_window = quiet).await;
    let tablet = desk.tablet(LOBBY).await;
    let reading = Calls::to("GET", &format!("/rooms/{ROOM}/messages"));
    let late = Fault::new(Effect::Delay { ms: 500 }).on(reading);
    desk.sim.inject(late.once());
    desk.sim.inject(posts(Effect::Reset).once());
    let before = desk.sim.request_count();
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("it is sent again", async || {
        (desk.told(ROOM, &draft) == 1).then_some(())
    })
    .await;
    let asked = desk.sim.request_count() - before;
    assert_eq!(asked, 4, "posted, read too early, read once more, posted");
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    desk.close().await;
}

#[tokio::test]
async fn while_the_room_cannot_be_read_nothing_is_sent_again() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::HangAfterStoring).once());
    let reads = Calls::to("GET", &format!("/rooms/{ROOM}/messages"));
    desk.sim.inject(
        Fault::new(Effect::ServerError { status: 500 })
            .on(reads)
            .times(3),
    );
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(
        desk.settled_in_time(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(desk.outcomes(&draft).await, [Outcome::Found]);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_quote_of_the_message_by_somebody_else_proves_nothing() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::Hang).once());
    let draft = CallDraft::now().to_room(ROOM);
    desk.sim
        .say(ROOM, DIRECT, &format!("何でしょう？ {}", draft.reference()))
        .unwrap();
    tablet.hand_over(&draft).await;
    assert_eq!(
        desk.settled_in_time(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(
        desk.told(ROOM, &draft),
        2,
        "the quote, and the message itself"
    );
    desk.close().await;
}

#[tokio::test]
async fn what_can_never_be_settled_expires_in_the_end() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::Hang).once());
    let reads = Calls::to("GET", &format!("/rooms/{ROOM}/messages"));
    desk.sim
        .inject(Fault::new(Effect::ServerError { status: 500 }).on(reads));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the delivery is unknown", async || {
        let unknown = tablet.status(&draft).await.deliveries == [DeliveryState::Unknown];
        unknown.then_some(())
    })
    .await;
    desk.clock.advance(Duration::from_secs(25 * 60));
    assert_eq!(tablet.settled(&draft).await.state, CallState::Expired);
    desk.close().await;
}

#[tokio::test]
async fn a_message_whose_answer_comes_after_its_deadline_was_told() {
    let desk = Desk::open_with(|options| options.timeouts.total = Duration::from_secs(10)).await;
    let tablet = desk.tablet(LOBBY).await;
    desk.sim.inject(posts(Effect::Delay { ms: 2_500 }).once());
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    // The machine slept while the message was on its way.
    eventually("it is stored or on its way", async || {
        desk.sim.faults().is_empty().then_some(())
    })
    .await;
    desk.clock.advance(Duration::from_secs(3600));
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_message_in_doubt_is_looked_for_when_the_general_limit_ends_after_its_deadline() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::HangAfterStoring).once());
    let reads = Calls::to("GET", &format!("/rooms/{ROOM}/messages"));
    let limited = desk.sim.inject(Fault::new(Effect::GeneralLimit).on(reads));
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    desk.rests().await;
    desk.sim.withdraw(limited);
    desk.clock.advance(Duration::from_secs(19 * 60));
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}
