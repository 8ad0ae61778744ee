//! Messages of which nobody can find out whether Chatwork stored them: they hold nobody up, and the office
//! is told once.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, Desk, LOBBY, ROOM, Tablet, eventually, posts, status};
use yobirin_domain::model::delivery::{CallState, DeliveryState};

const DEFAULT_ROOM: u64 = Office::SAMPLE_ACALL_ROOM;

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

/// A call that was stored and of which nobody was told; the room cannot be read like this from now on.
async fn in_doubt(desk: &Desk, tablet: &Tablet, reading: Effect) -> CallDraft {
    desk.sim
        .inject(Fault::new(reading).on(RequestFilter::reads_of(ROOM)));
    desk.sim.inject(posts(Effect::ResetAfterStoring).once());
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the delivery is unknown", async || {
        let unknown = tablet.status(&draft).await.deliveries == [DeliveryState::Unknown];
        unknown.then_some(())
    })
    .await;
    draft
}

/// How often the default room was told of doubt.
fn doubts(desk: &Desk) -> usize {
    let messages = desk.sim.messages(DEFAULT_ROOM);
    let doubt = |body: &str| body.contains("届いたか確認できない");
    messages
        .iter()
        .filter(|message| doubt(&message.body))
        .count()
}

#[tokio::test]
async fn a_room_that_cannot_be_read_holds_up_no_later_call() {
    for reading in [
        Effect::RoomRefused,
        Effect::ServerError { status: 500 },
        Effect::Hang,
    ] {
        let (desk, tablet) = opened().await;
        let first = in_doubt(&desk, &tablet, reading.clone()).await;
        // The clock is not set ahead: they go at once.
        for _ in 0..3 {
            let later = CallDraft::now().to_room(ROOM);
            tablet.hand_over(&later).await;
            let state = tablet.settled(&later).await.state;
            assert_eq!(state, CallState::Notified, "{reading:?}");
        }
        let doubted = tablet.status(&first).await.deliveries;
        assert_eq!(doubted, [DeliveryState::Unknown], "{reading:?}");
        desk.sim.clear_faults();
        assert_eq!(
            desk.settled_in_time(&tablet, &first).await,
            CallState::Notified
        );
        assert_eq!(desk.told(ROOM, &first), 1, "{reading:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn the_office_is_told_once_of_a_call_in_doubt_after_a_restart_too() {
    let (mut desk, tablet) = opened().await;
    let draft = in_doubt(&desk, &tablet, Effect::RoomRefused).await;
    eventually("the default room is told", async || {
        desk.clock.advance(Duration::from_secs(1));
        (doubts(&desk) == 1).then_some(())
    })
    .await;
    desk.stop().await;
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    let state = desk.settled_in_time(&tablet, &draft).await;
    assert_eq!(state, CallState::Expired, "nobody could ever find out");
    assert_eq!(doubts(&desk), 1);
    assert_eq!(desk.told(ROOM, &draft), 1, "nothing is sent blindly");
    let record = desk.history().await.calls.remove(0);
    assert!(record.doubted.is_some(), "the history says so: {record:?}");
    assert!(record.deliveries[0].is_in_doubt(), "{record:?}");
    desk.close().await;
}

#[tokio::test]
async fn a_call_that_was_found_in_time_or_taken_back_is_no_doubt_to_the_office() {
    let (desk, tablet) = opened().await;
    let found = in_doubt(&desk, &tablet, Effect::RoomRefused).await;
    desk.sim.clear_faults();
    assert_eq!(
        desk.settled_in_time(&tablet, &found).await,
        CallState::Notified
    );
    let taken_back = in_doubt(&desk, &tablet, Effect::RoomRefused).await;
    assert_eq!(status(tablet.browser.delete(&taken_back.path())).await, 202);
    let state = desk.settled_in_time(&tablet, &taken_back).await;
    assert_eq!(state, CallState::Expired);
    assert_eq!(doubts(&desk), 0);
    desk.close().await;
}
