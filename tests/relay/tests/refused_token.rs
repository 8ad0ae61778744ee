//! A token that Chatwork refuses: the relay probes it every minute and resumes delivery by itself.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, LOBBY, ROOM, Tablet, TestApp, eventually, has_postgres, json};
use yobirin_api::chatwork::{Connection, Outage};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::CallState;

const MINUTE: Duration = Duration::from_secs(60);

async fn connection(app: &TestApp) -> Connection {
    json(app.admin.get("/api/chatwork")).await
}

/// Starts an app whose token is refused for `time`; returns the app with a waiting call.
async fn start_with_refused_token(time: Duration) -> (TestApp, Tablet, CallDraft) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    app.sim.refuse_token_for(Office::SAMPLE_TOKEN, time);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    events.until(&Event::Chatwork { delivering: false }).await;
    (app, tablet, draft)
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
async fn a_temporary_token_refusal_pauses_the_outbox_for_a_minute_without_an_admin() {
    let (app, tablet, draft) = start_with_refused_token(Duration::from_secs(8)).await;
    let Connection::Refused { since, .. } = connection(&app).await else {
        panic!("the token is refused");
    };
    let mut events = tablet.events().await;
    let requests_before = app.sim.request_count();
    app.clock.advance(MINUTE);
    events.until(&Event::Chatwork { delivering: true }).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    assert_eq!(
        app.sim.request_count(),
        requests_before + 2,
        "one request probes the token, one posts"
    );
    let outage = outage(&connection(&app).await);
    assert_eq!(outage.since, since);
    assert!(outage.until >= since + 60_000 && outage.until <= app.clock.now());
    app.close().await;
}

#[tokio::test]
async fn a_token_refusal_that_ends_during_downtime_is_over_after_a_restart() {
    let (mut app, tablet, draft) = start_with_refused_token(Duration::from_secs(8)).await;
    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    app.clock.advance(MINUTE);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    let reported = outage(&connection(&app).await);
    app.stop().await;
    app.restart().await;
    assert_eq!(
        outage(&connection(&app).await),
        reported,
        "a restart keeps the reported outage"
    );
    app.close().await;
}

#[tokio::test]
async fn a_refused_token_is_probed_once_a_minute() {
    let (app, tablet, draft) = start_with_refused_token(60 * MINUTE).await;
    let requests_before = app.sim.request_count();
    for minute in 1..=3 {
        app.clock.advance(MINUTE);
        eventually("the token is probed", async || {
            (app.sim.request_count() >= requests_before + minute).then_some(())
        })
        .await;
    }
    assert_eq!(app.sim.request_count(), requests_before + 3);
    let state = connection(&app).await;
    assert!(matches!(state, Connection::Refused { .. }), "{state:?}");
    // A request for the rooms meanwhile does not restart the pause.
    let rooms_response = app.admin.get("/api/chatwork/rooms").send().await.unwrap();
    assert!(!rooms_response.status().is_success());
    assert_eq!(connection(&app).await, state);
    app.clock.advance(15 * MINUTE);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    app.close().await;
}

#[tokio::test]
async fn a_backward_clock_step_does_not_postpone_the_token_probe() {
    let (app, tablet, draft) = start_with_refused_token(Duration::from_secs(8)).await;
    app.clock.set_back(60 * MINUTE);
    // Chatwork's clock did not step back, so it accepts the token again.
    app.sim
        .refuse_token_for(Office::SAMPLE_TOKEN, Duration::ZERO);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    app.close().await;
}

#[tokio::test]
async fn with_two_relays_one_probes_the_token_and_both_resume() {
    if !has_postgres("two relays, a token refused for a while") {
        return;
    }
    let (app, tablet, draft) = start_with_refused_token(60 * MINUTE).await;
    let second_relay = app.second_relay().await;
    let admin_at_second = second_relay.browser(&app.admin);
    let requests_before = app.sim.request_count();
    for minute in 1..=3 {
        app.clock.advance(MINUTE);
        eventually("the token is probed", async || {
            (app.sim.request_count() >= requests_before + minute).then_some(())
        })
        .await;
    }
    assert_eq!(
        app.sim.request_count(),
        requests_before + 3,
        "only one of the relays probes"
    );
    app.sim
        .refuse_token_for(Office::SAMPLE_TOKEN, Duration::ZERO);
    app.clock.advance(MINUTE);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    for browser in [&app.admin, &admin_at_second] {
        eventually("both relays deliver", async || {
            let connection: Connection = json(browser.get("/api/chatwork")).await;
            matches!(connection, Connection::Connected { outage, .. } if outage.is_some())
                .then_some(())
        })
        .await;
    }
    second_relay.stop().await;
    app.close().await;
}
