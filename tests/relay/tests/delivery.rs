//! From the outbox to Chatwork when things go wrong: tried again, refused, held back, in order.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, ResetHeader};
use relay_tests::{CallDraft, DIRECT, Desk, LOBBY, ROOM, Tablet, eventually, json, posts, status};
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::Connection;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

const OTHER_ROOM: u64 = Office::SAMPLE_KAIHATSU_ROOM;

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

#[tokio::test]
async fn what_surely_was_not_stored_is_tried_again() {
    let faults = [
        Effect::ServerError { status: 503 },
        Effect::GeneralLimit,
        Effect::RoomLimit,
    ];
    for effect in faults {
        let (desk, tablet) = opened().await;
        desk.sim.inject(posts(effect.clone()).times(2));
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            desk.settled_in_time(&tablet, &draft).await,
            CallState::Notified,
            "{effect:?}"
        );
        let tries = desk.outcomes(&draft).await;
        assert_eq!(
            tries,
            [Outcome::Retry, Outcome::Retry, Outcome::Delivered],
            "{effect:?}"
        );
        assert_eq!(desk.told(ROOM, &draft), 1, "{effect:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn a_limit_with_a_nonsense_header_is_waited_out_too() {
    for header in [ResetHeader::Absent, ResetHeader::Bad, ResetHeader::Past] {
        let (desk, tablet) = opened().await;
        desk.sim.inject(posts(Effect::GeneralLimit).once());
        desk.sim.inject(posts(Effect::ResetHeader(header)).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            desk.settled_in_time(&tablet, &draft).await,
            CallState::Notified,
            "{header:?}"
        );
        assert_eq!(desk.told(ROOM, &draft), 1);
        desk.close().await;
    }
}

#[tokio::test]
async fn chatwork_refuses_for_good() {
    let (desk, tablet) = opened().await;
    let rejected = |reason| vec![DeliveryState::Rejected { reason }];
    let stranger = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&stranger).await;
    let settled = tablet.settled(&stranger).await;
    assert_eq!(settled.deliveries, rejected(RejectReason::NotAContact));
    assert_eq!(settled.state, CallState::Failed);

    desk.sim.delete_room(ROOM).unwrap();
    let gone = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&gone).await;
    assert_eq!(
        tablet.settled(&gone).await.deliveries,
        rejected(RejectReason::NoSuchRoom)
    );
    assert_eq!(desk.outcomes(&gone).await, [Outcome::Rejected]);
    desk.close().await;
}

#[tokio::test]
async fn contacts_that_come_and_go_are_noticed() {
    let (desk, tablet) = opened().await;
    let first = CallDraft::now().to_account(DIRECT);
    tablet.hand_over(&first).await;
    assert_eq!(tablet.settled(&first).await.state, CallState::Notified);
    desk.sim.remove_contact(Office::SAMPLE_BOT, DIRECT).unwrap();
    let parted = CallDraft::now().to_account(DIRECT);
    tablet.hand_over(&parted).await;
    let settled = tablet.settled(&parted).await;
    assert_eq!(
        settled.deliveries,
        [DeliveryState::Rejected {
            reason: RejectReason::NotAContact
        }]
    );
    desk.close().await;
}

#[tokio::test]
async fn a_refused_token_stops_everything_and_a_good_one_resumes_it() {
    let (mut desk, tablet) = opened().await;
    let mut events = tablet.events().await;
    desk.sim.revoke_token(Office::SAMPLE_TOKEN);
    let (one, other) = (
        CallDraft::now().to_room(ROOM),
        CallDraft::now().to_room(OTHER_ROOM),
    );
    tablet.hand_over(&one).await;
    tablet.hand_over(&other).await;
    events.until(&Event::Chatwork { delivering: false }).await;
    let connection = || json::<Connection>(desk.admin.get("/api/chatwork"));
    assert!(matches!(connection().await, Connection::Refused { .. }));
    let asked = desk.sim.request_count();

    desk.stop().await;
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    let mut events = tablet.events().await;
    assert_eq!(
        tablet.status(&one).await.state,
        CallState::Sending,
        "nothing is thrown away"
    );
    assert!(
        desk.sim.request_count() <= asked + 1,
        "Chatwork is left alone, after a restart too"
    );

    desk.sim.restore_token(Office::SAMPLE_TOKEN);
    assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
    events.until(&Event::Chatwork { delivering: true }).await;
    for (draft, room) in [(&one, ROOM), (&other, OTHER_ROOM)] {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
        assert_eq!(desk.told(room, draft), 1);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_call_past_its_deadline_is_not_sent_any_more() {
    let (desk, tablet) = opened().await;
    let mut events = tablet.events().await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::now().to_room(ROOM).to_account(DIRECT);
    tablet.hand_over(&draft).await;
    assert_eq!(events.next_delivery().await.1, DeliveryState::Waiting);
    desk.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(events.until_final().await.1, DeliveryState::Expired);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Expired);
    assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
    let next = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(tablet.settled(&next).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 0);
    desk.close().await;
}

#[tokio::test]
async fn order_is_kept_within_a_room() {
    let (desk, tablet) = opened().await;
    let mut drafts = Vec::new();
    for _ in 0..6 {
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        drafts.push(draft);
    }
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    let bodies: Vec<_> = desk
        .sim
        .messages(ROOM)
        .into_iter()
        .map(|message| message.body)
        .collect();
    let wanted: Vec<_> = drafts
        .iter()
        .map(|draft| draft.call.deliveries[0].text.clone())
        .collect();
    assert_eq!(bodies, wanted);
    desk.close().await;
}

#[tokio::test]
async fn a_message_that_is_put_off_holds_up_none_behind_it() {
    let (desk, tablet) = opened().await;
    desk.sim
        .inject(posts(Effect::ServerError { status: 503 }).once());
    let first = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first).await;
    eventually("it is put off", async || {
        let tries = desk.outcomes(&first).await;
        (tries == [Outcome::Retry]).then_some(())
    })
    .await;
    let later = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&later).await;
    assert_eq!(tablet.settled(&later).await.state, CallState::Notified);
    assert_eq!(
        desk.settled_in_time(&tablet, &first).await,
        CallState::Notified
    );
    assert_eq!(desk.told(ROOM, &first), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_room_in_trouble_does_not_hold_up_another() {
    let (desk, tablet) = opened().await;
    let stuck = Fault::new(Effect::ServerError { status: 503 }).on(RequestFilter::posts_to(ROOM));
    let fault = desk.sim.inject(stuck);
    let first = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first).await;
    for _ in 0..3 {
        let other = CallDraft::now().to_room(OTHER_ROOM);
        tablet.hand_over(&other).await;
        assert_eq!(tablet.settled(&other).await.state, CallState::Notified);
    }
    assert_eq!(tablet.status(&first).await.state, CallState::Sending);
    desk.sim.remove_fault(fault);
    assert_eq!(
        desk.settled_in_time(&tablet, &first).await,
        CallState::Notified
    );
    desk.close().await;
}

#[tokio::test]
async fn chatwork_never_has_to_refuse_a_burst() {
    let (desk, tablet) = opened().await;
    let mut drafts = Vec::new();
    for _ in 0..14 {
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        drafts.push(draft);
    }
    eventually("the first ten are delivered", async || {
        (desk.sim.messages(ROOM).len() >= 10).then_some(())
    })
    .await;
    assert_eq!(
        desk.sim.messages(ROOM).len(),
        10,
        "ten in ten seconds, and no more"
    );
    for draft in &drafts {
        assert_eq!(
            desk.settled_in_time(&tablet, draft).await,
            CallState::Notified
        );
    }
    assert_eq!(desk.sim.response_count(429), 0);
    desk.close().await;
}

#[tokio::test]
async fn while_chatwork_is_gone_calls_wait_and_then_go_out_once() {
    let (mut desk, tablet) = opened().await;
    desk.sim.stop().await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("a first try failed", async || {
        (!desk.outcomes(&draft).await.is_empty()).then_some(())
    })
    .await;
    desk.revive_chatwork().await;
    assert_eq!(
        desk.settled_in_time(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_tablet_that_goes_away_in_the_middle_of_handing_over_is_served_all_the_same() {
    let (desk, tablet) = opened().await;
    // Cut off at every moment between sending the request and having the answer.
    for microseconds in (0..12_000).step_by(600) {
        let room = if microseconds % 1_200 == 0 {
            ROOM
        } else {
            OTHER_ROOM
        };
        let draft = CallDraft::now().to_room(room);
        let patience = Duration::from_micros(microseconds);
        let _ = tokio::time::timeout(patience, tablet.handing_over(&draft).send()).await;
        // What a tablet does after a reload: the same again. It may be all that moves now.
        tablet.hand_over(&draft).await;
        assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
        assert_eq!(desk.told(room, &draft), 1);
    }
    desk.close().await;
}
