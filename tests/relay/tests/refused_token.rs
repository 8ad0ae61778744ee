//! A token that Chatwork refuses for a while: the relay asks again every minute and goes on by itself.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, Desk, LOBBY, ROOM, Tablet, eventually, is_on_postgres, json};
use yobirin_api::chatwork::{Connection, Outage};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::CallState;

const MINUTE: Duration = Duration::from_secs(60);

async fn connection(desk: &Desk) -> Connection {
    json(desk.admin.get("/api/chatwork")).await
}

/// A desk that has just met a refusal, and the call that waits for its end.
async fn refused(time: Duration) -> (Desk, Tablet, CallDraft) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    desk.sim.refuse_token_for(Office::SAMPLE_TOKEN, time);
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    events.until(&Event::Chatwork { delivering: false }).await;
    (desk, tablet, draft)
}

fn outage(connection: &Connection) -> Outage {
    let Connection::Connected {
        outage: Some(outage),
        ..
    } = connection
    else {
        panic!("{connection:?}")
    };
    *outage
}

#[tokio::test]
async fn a_refusal_that_passes_stops_the_desk_for_a_minute_and_waits_for_no_admin() {
    let (desk, tablet, draft) = refused(Duration::from_secs(8)).await;
    let Connection::Refused { since, .. } = connection(&desk).await else {
        panic!("it is refused");
    };
    let mut events = tablet.events().await;
    let asked = desk.sim.request_count();
    desk.clock.advance(MINUTE);
    events.until(&Event::Chatwork { delivering: true }).await;
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 1);
    assert_eq!(desk.sim.request_count(), asked + 2, "asked once, posted");
    let outage = outage(&connection(&desk).await);
    assert_eq!(outage.since, since);
    assert!(outage.until >= since + 60_000 && outage.until <= desk.clock.now());
    desk.close().await;
}

#[tokio::test]
async fn a_refusal_that_passes_while_the_relay_is_down_is_over_after_a_restart() {
    let (mut desk, tablet, draft) = refused(Duration::from_secs(8)).await;
    desk.stop().await;
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    desk.clock.advance(MINUTE);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    let told = outage(&connection(&desk).await);
    desk.stop().await;
    desk.start_again().await;
    assert_eq!(outage(&connection(&desk).await), told, "it is still told");
    desk.close().await;
}

#[tokio::test]
async fn a_token_that_stays_refused_is_asked_about_once_a_minute() {
    let (desk, tablet, draft) = refused(60 * MINUTE).await;
    let asked = desk.sim.request_count();
    for minute in 1..=3 {
        desk.clock.advance(MINUTE);
        eventually("it is asked about", async || {
            (desk.sim.request_count() >= asked + minute).then_some(())
        })
        .await;
    }
    assert_eq!(desk.sim.request_count(), asked + 3);
    let state = connection(&desk).await;
    assert!(matches!(state, Connection::Refused { .. }), "{state:?}");
    // Looking at rooms meanwhile does not begin the refusal anew.
    let looked = desk.admin.get("/api/chatwork/rooms").send().await.unwrap();
    assert!(!looked.status().is_success());
    assert_eq!(connection(&desk).await, state);
    desk.clock.advance(15 * MINUTE);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Expired);
    desk.close().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_keep_a_refused_token_waiting() {
    let (desk, tablet, draft) = refused(Duration::from_secs(8)).await;
    desk.clock.set_back(60 * MINUTE);
    // Chatwork's clock was right.
    desk.sim
        .refuse_token_for(Office::SAMPLE_TOKEN, Duration::ZERO);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    desk.close().await;
}

#[tokio::test]
async fn of_two_relays_one_asks_and_both_go_on() {
    if !is_on_postgres("two relays, a token refused for a while") {
        return;
    }
    let (desk, tablet, draft) = refused(60 * MINUTE).await;
    let neighbour = desk.neighbour().await;
    let there = neighbour.browser(&desk.admin);
    let asked = desk.sim.request_count();
    for minute in 1..=3 {
        desk.clock.advance(MINUTE);
        eventually("it is asked about", async || {
            (desk.sim.request_count() >= asked + minute).then_some(())
        })
        .await;
    }
    assert_eq!(desk.sim.request_count(), asked + 3, "by one of them");
    desk.sim
        .refuse_token_for(Office::SAMPLE_TOKEN, Duration::ZERO);
    desk.clock.advance(MINUTE);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    for browser in [&desk.admin, &there] {
        eventually("both deliver", async || {
            let now: Connection = json(browser.get("/api/chatwork")).await;
            matches!(now, Connection::Connected { outage, .. } if outage.is_some()).then_some(())
        })
        .await;
    }
    neighbour.stop().await;
    desk.close().await;
}
