//! Two relays of one site on one PostgreSQL database. Skipped with a message when there is no server.

mod starting;
mod takeover;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use relay_tests::{
    CallDraft, EventStream, HOST, LOBBY, PASSWORD, Program, ROOM, Tablet, TestApp, database_of,
    eventually, has_postgres, json, settings, status,
};
use yobirin_api::chatwork::Connection;
use yobirin_api::event::Event;
use yobirin_api::session::{ChangePassword, Session};
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::CallId;

use crate::program::{RELAY, set_up_program, start_sim};

/// Encryption key of both relays.
const ENCRYPTION_KEY: &str = "WW9iaXJpbiB0ZXN0IGtleSwgMzIgYnl0ZXMgbG9uZyE=";

async fn start_relay(data: &Path, database: &str, sim: &Sim) -> Program {
    let (data, api) = (data.to_str().unwrap(), sim.api());
    let options = [
        "--listen",
        "127.0.0.1:0",
        "--data",
        data,
        "--chatwork-api",
        &api,
    ];
    let variables = [
        ("YOBIRIN_KEY", ENCRYPTION_KEY),
        ("YOBIRIN_DATABASE", database),
        ("LEASE_SECONDS", "5"),
    ];
    Program::start_with(RELAY, &options, &variables)
}

/// Reads a stream until `until_final` deliveries are final. Returns the events of deliveries: sequence number, call, and
/// whether the state is final.
async fn read_deliveries(mut stream: EventStream, until_final: usize) -> Vec<(u64, CallId, bool)> {
    let mut deliveries = Vec::new();
    let mut finals = 0;
    while finals < until_final {
        let Some((number, event)) = stream.next().await else {
            break;
        };
        if let (Some(number), Event::Delivery { call, to, .. }) = (number, event) {
            finals += usize::from(to.is_final());
            deliveries.push((number, call, to.is_final()));
        }
    }
    deliveries
}

fn message_count(sim: &Sim, draft: &CallDraft) -> usize {
    let rooms = [
        ROOM,
        Office::SAMPLE_KAIHATSU_ROOM,
        Office::SAMPLE_DEFAULT_ROOM,
    ];
    let reference = draft.reference();
    let bodies = rooms.into_iter().flat_map(|room| sim.messages(room));
    bodies
        .filter(|message| message.body.contains(&reference))
        .count()
}

/// Hands a call over to one relay, or to the other when the first is down, as a tablet behind a load balancer
/// does.
async fn hand_over(first: Tablet, second: Tablet, draft: CallDraft) -> CallDraft {
    let is_accepted = match first.hand_over_request(&draft).send().await {
        Ok(response) => response.status().as_u16() == 202,
        Err(_) => false,
    };
    if !is_accepted {
        second.hand_over(&draft).await;
    }
    draft
}

#[tokio::test]
async fn killing_one_of_two_relays_under_load_loses_and_duplicates_nothing() {
    if !has_postgres("two relays, one killed under load") {
        return;
    }
    let sim = start_sim().await;
    let one_data = tempfile::tempdir().unwrap();
    let other_data = tempfile::tempdir().unwrap();
    let database = database_of(one_data.path()).await.unwrap();
    let mut one = start_relay(one_data.path(), &database, &sim).await;
    let tablet = set_up_program(&mut one).await;
    let first = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first).await;
    tablet.final_status(&first).await;
    let mut other = start_relay(other_data.path(), &database, &sim).await;
    let tablet_at_second = Tablet {
        browser: tablet.browser.moved_to(&other.line("listening on ").await),
    };

    let stream = tokio::spawn(read_deliveries(tablet.events_after(0).await, usize::MAX));

    // The first relay, which started alone, holds the leader lease. It is killed when one message is
    // stored and not acknowledged.
    sim.inject(
        Fault::new(Effect::HangAfterStoring)
            .on(RequestFilter::posts())
            .once(),
    );
    let rooms = [
        ROOM,
        Office::SAMPLE_KAIHATSU_ROOM,
        Office::SAMPLE_DEFAULT_ROOM,
    ];
    let mut handovers = Vec::new();
    for number in 0..24 {
        let draft = CallDraft::now().to_room(rooms[number % rooms.len()]);
        let (tablet, alternative) = if number % 2 == 0 {
            (&tablet, &tablet_at_second)
        } else {
            (&tablet_at_second, &tablet)
        };
        handovers.push(tokio::spawn(hand_over(
            tablet.clone(),
            alternative.clone(),
            draft,
        )));
        if number == 16 {
            eventually("calls are being acknowledged", async || {
                let stored: usize = rooms.iter().map(|room| sim.messages(*room).len()).sum();
                (stored >= 6).then_some(())
            })
            .await;
            one.kill().await;
            break;
        }
    }
    for _ in 0..7 {
        let draft = CallDraft::now().to_room(ROOM);
        handovers.push(tokio::spawn(hand_over(
            tablet_at_second.clone(),
            tablet_at_second.clone(),
            draft,
        )));
    }
    let mut drafts = vec![first];
    for task in handovers {
        drafts.push(task.await.unwrap());
    }

    let events_before = stream.await.unwrap();
    let last_sequence = events_before.last().map_or(0, |(number, ..)| *number);
    let finals: BTreeSet<_> = events_before
        .iter()
        .filter(|(.., is_final)| *is_final)
        .collect();
    let remaining = drafts.len() - finals.len();
    let events_after = read_deliveries(
        tablet_at_second.events_after(last_sequence).await,
        remaining,
    )
    .await;
    for draft in &drafts {
        assert_eq!(
            tablet_at_second.status(draft).await.state,
            CallState::Notified
        );
        assert_eq!(
            message_count(&sim, draft),
            1,
            "{} is delivered once",
            draft.id
        );
    }
    let events: Vec<_> = events_before.into_iter().chain(events_after).collect();
    assert!(
        events.is_sorted_by(|one, next| one.0 < next.0),
        "sequence numbers increase"
    );
    let mut final_counts: BTreeMap<CallId, usize> = BTreeMap::new();
    for (_, call, is_final) in events {
        *final_counts.entry(call).or_default() += usize::from(is_final);
    }
    assert_eq!(
        final_counts.len(),
        drafts.len(),
        "every call was in the stream"
    );
    assert!(
        final_counts.values().all(|count| *count == 1),
        "{final_counts:?}"
    );
    assert_eq!(other.terminate().await, Some(0));
}

/// Number of calls that are handed over at once, half of them to each relay.
const CALLS: usize = 20;

#[tokio::test]
async fn a_stream_misses_no_event_when_both_relays_commit_concurrently() {
    if !has_postgres("streams while two relays commit at once") {
        return;
    }
    let app = TestApp::start().await;
    let second_relay = app.second_relay().await;
    let tablet_at_first = app.tablet(LOBBY).await;
    let tablet_at_second = second_relay.tablet(&tablet_at_first);
    let streams = [
        tablet_at_first.events().await,
        tablet_at_second.events().await,
    ];
    let mut stream_readers = Vec::new();
    for stream in streams {
        stream_readers.push(tokio::spawn(read_deliveries(stream, CALLS)));
    }
    let mut handovers = Vec::new();
    for number in 0..CALLS {
        let tablet = if number % 2 == 0 {
            &tablet_at_first
        } else {
            &tablet_at_second
        };
        let draft = if number < CALLS / 2 {
            CallDraft::now().to_room(ROOM)
        } else {
            CallDraft::now().to_account(HOST)
        };
        let tablet = tablet.clone();
        handovers.push(tokio::spawn(async move { tablet.hand_over(&draft).await }));
    }
    let mut sequences = BTreeSet::new();
    for task in handovers {
        let status = task.await.unwrap();
        assert!(
            sequences.insert(status.sequence),
            "sequence numbers are unique"
        );
    }
    for task in stream_readers {
        let deliveries = task.await.unwrap();
        assert!(
            deliveries.is_sorted_by(|one, next| one.0 < next.0),
            "each stream has its events in order"
        );
        let calls: BTreeSet<_> = deliveries.iter().map(|(_, call, _)| *call).collect();
        assert_eq!(calls.len(), CALLS, "there is an event for every call");
        assert_eq!(
            deliveries.len(),
            2 * CALLS,
            "accepted and delivered, each once"
        );
    }
    second_relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn changes_by_an_admin_at_one_relay_apply_at_the_other() {
    if !has_postgres("changes seen by both relays") {
        return;
    }
    let app = TestApp::start().await;
    let second_relay = app.second_relay().await;
    let admin_at_second = second_relay.browser(&app.admin);
    let tablet = second_relay.tablet(&app.tablet(LOBBY).await);
    let mut events = tablet.events().await;

    let tag = app.save(&settings()).await;
    events.until(&Event::Settings).await;
    let settings_response = admin_at_second.get("/api/settings").send().await.unwrap();
    assert_eq!(settings_response.headers()["etag"], *tag);

    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    events.until(&Event::Chatwork { delivering: false }).await;
    let connection: Connection = json(admin_at_second.get("/api/chatwork")).await;
    assert_eq!(connection, Connection::Disconnected);

    let waiting_call = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&waiting_call).await;
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    events.until(&Event::Chatwork { delivering: true }).await;
    assert_eq!(
        tablet.final_status(&waiting_call).await.state,
        CallState::Notified
    );

    let path = format!("/api/devices/{LOBBY}/pairing");
    assert_eq!(status(app.admin.delete(&path)).await, 204);
    events.until(&Event::Revoked).await;
    assert_eq!(events.next().await, None, "the stream ends");
    second_relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_password_chosen_at_one_relay_ends_the_first_run_at_the_other() {
    if !has_postgres("the first run with two relays") {
        return;
    }
    let app = TestApp::unconfigured().await;
    let second_relay = app.second_relay().await;
    let admin_at_second = second_relay.browser(&app.admin);
    let session: Session = json(admin_at_second.get("/api/session")).await;
    assert!(session.first_run && !session.admin);
    app.first_run().await;
    let session: Session = json(admin_at_second.get("/api/session")).await;
    assert!(
        !session.first_run && session.admin,
        "a session of one relay is valid at the other"
    );
    second_relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_password_changed_at_one_relay_ends_the_sessions_at_the_other() {
    if !has_postgres("a password changed across relays") {
        return;
    }
    let app = TestApp::start().await;
    let second_relay = app.second_relay().await;
    let browser_at_second = second_relay.browser(&app.new_browser());
    assert_eq!(
        status(app.sign_in_request(&browser_at_second, PASSWORD)).await,
        200
    );
    let versions: Vec<SavedVersion> = json(browser_at_second.get("/api/settings/versions")).await;
    assert_eq!(
        versions.len(),
        1,
        "the second relay has the version saved at the first"
    );

    let change = ChangePassword {
        old: PASSWORD.to_owned(),
        new: format!("{PASSWORD}、新しい"),
        code: String::new(),
    };
    assert_eq!(
        status(app.admin.post("/api/password").json(&change)).await,
        204
    );
    assert_eq!(status(browser_at_second.get("/api/sessions")).await, 401);
    assert_eq!(
        status(app.sign_in_request(&browser_at_second, PASSWORD)).await,
        401
    );
    assert_eq!(
        status(app.sign_in_request(&browser_at_second, &change.new)).await,
        200
    );
    second_relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_token_refused_at_one_relay_pauses_both() {
    if !has_postgres("a refused token stops both relays") {
        return;
    }
    let app = TestApp::start().await;
    let second_relay = app.second_relay().await;
    let admin_at_second = second_relay.browser(&app.admin);
    app.sim.inject(Fault::new(Effect::Unauthorized).once());
    assert_eq!(status(app.admin.get("/api/chatwork/rooms")).await, 422);
    eventually("the other relay has received the change", async || {
        let connection: Connection = json(admin_at_second.get("/api/chatwork")).await;
        matches!(connection, Connection::Refused { .. }).then_some(())
    })
    .await;
    second_relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_newly_paired_tablet_does_not_receive_the_end_of_the_previous_pairing() {
    if !has_postgres("pairing anew across relays") {
        return;
    }
    let app = TestApp::start().await;
    let second_relay = app.second_relay().await;
    let old = second_relay.tablet(&app.tablet(LOBBY).await);
    let mut old_events = old.events().await;
    let new = second_relay.tablet(&app.tablet(LOBBY).await);
    let mut events = new.events_after(0).await;
    old_events.until(&Event::Revoked).await;
    let draft = CallDraft::now().to_room(ROOM);
    new.hand_over(&draft).await;
    let (_, state) = events.until_final().await;
    assert!(state.is_final(), "the new stream stays open");
    second_relay.stop().await;
    app.close().await;
}
