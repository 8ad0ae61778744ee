//! Listening for answers: stays within its request budget, gives way to calls, survives refusals.
//!
//! While calls are open the relay polls: one call's room is polled itself (`GET /rooms/…/messages`); with calls in
//! several rooms, `GET /rooms` shows in the rooms' message counters which of them to read. Chatwork may update these
//! counters late.

use std::collections::BTreeSet;
use std::time::Duration;

use chatwork_sim::{ApiRequest, CounterLag, Effect, Fault, Member, Office, RequestFilter, Role};
use relay_tests::{
    CallDraft, HOST, ROOM, Tablet, TestApp, has_postgres, private_room, settings_with_answers,
};
use tokio::time::{Instant, sleep};
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::lang::{Lang, TranslatedText};

/// Maximum number of polls in any five minutes: half of Chatwork's limit of 300 requests.
const BUDGET: usize = 150;
/// Minimum number of polls in the first five minutes of a call. Planned are 105: 60 every 2 seconds, and 45 every 4. A
/// slow machine may miss a third of them.
const MIN_POLLS: usize = 70;
/// Number of messages after a reply: more than the 100 that Chatwork lists.
const MORE_THAN_LISTED: usize = 150;
const WINDOW: Duration = Duration::from_secs(5 * 60);
const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

/// Shortest real time after each half second of the relay's clock, in which the relay makes the polls that are due.
const TICK_TIME: Duration = Duration::from_millis(20);

/// Hands a call to a room over, and waits until it is delivered.
async fn deliver_call_to(app: &TestApp, tablet: &Tablet, room: u64) -> CallDraft {
    let draft = CallDraft::at(app.clock.now()).to_room(room);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    draft
}

/// Replies to a call's post in a room, and waits until the tablet shows the answer.
async fn reply(app: &TestApp, tablet: &Tablet, draft: &CallDraft, room: u64, words: &str) {
    let post = &app.posts_of(room, draft)[0];
    app.sim
        .reply_as(room, HOST, post.message_id, words)
        .unwrap();
    app.shown_answer(tablet, draft, |answer| answer.words == words)
        .await;
}

/// True for a poll: a request that the relay makes to find answers.
fn is_poll(request: &ApiRequest) -> bool {
    request.method == "GET" && (request.path == "/rooms" || request.path.ends_with("/messages"))
}

/// Largest number of polls within any five minutes.
fn busiest_window(app: &TestApp) -> usize {
    let requests = app.sim.requests();
    let times: Vec<Duration> = requests
        .iter()
        .filter(|request| is_poll(request))
        .map(|request| request.at)
        .collect();
    let within = |start: &Duration| {
        let window = *start..*start + WINDOW;
        times.iter().filter(|time| window.contains(*time)).count()
    };
    times.iter().map(within).max().unwrap_or_default()
}

#[tokio::test]
async fn the_room_of_one_open_call_is_polled_every_two_seconds_at_first_and_within_the_budget() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = deliver_call_to(&app, &tablet, ROOM).await;
    for _ in 0..6 * 60 * 2 {
        app.clock.advance(Duration::from_millis(500));
        // A slow machine gets more time.
        let begun = Instant::now();
        tablet.status(&draft).await;
        sleep(TICK_TIME.max(5 * begun.elapsed())).await;
    }
    let polls = busiest_window(&app);
    assert!(
        (MIN_POLLS..=BUDGET).contains(&polls),
        "{polls} polls in five minutes"
    );
    assert_eq!(tablet.status(&draft).await.answer, None);
    app.close().await;
}

/// Creates rooms, and a group of the settings for each; returns the rooms' ids.
async fn create_rooms(app: &TestApp, count: usize) -> Vec<u64> {
    let members = || {
        vec![
            Member::new(Office::SAMPLE_BOT, Role::Admin),
            Member::new(HOST, Role::Member),
        ]
    };
    let rooms: Vec<u64> = (0..count)
        .map(|number| {
            app.sim
                .create_room(&format!("部屋{number}"), members())
                .unwrap()
        })
        .collect();
    let mut document = settings_with_answers();
    document
        .groups
        .extend(rooms.iter().enumerate().map(|(number, room)| Group {
            room: Some((*room).try_into().unwrap()),
            ..Group::named(
                format!("g{number}").parse().unwrap(),
                TranslatedText::of(Lang::Ja, "部屋"),
            )
        }));
    app.save(&document).await;
    rooms
}

#[tokio::test]
async fn twenty_calls_in_twenty_rooms_are_all_answered_within_the_budget() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = create_rooms(&app, 20).await;
    let mut calls = Vec::new();
    for room in &rooms {
        calls.push(deliver_call_to(&app, &tablet, *room).await);
    }
    for (draft, room) in calls.iter().zip(&rooms) {
        reply(&app, &tablet, draft, *room, "行きます").await;
    }
    for _ in 0..5 * 60 * 2 {
        app.clock.advance(Duration::from_millis(500));
        // Shorter than `TICK_TIME`, because this test asserts no minimum of polls.
        sleep(Duration::from_millis(3)).await;
    }
    let polls = busiest_window(&app);
    assert!(polls <= BUDGET, "{polls} polls in five minutes");
    app.close().await;
}

#[tokio::test]
async fn answers_of_one_call_after_the_other_are_found_while_the_message_counters_lag() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = create_rooms(&app, 3).await;
    app.sim
        .set_counter_lag(CounterLag::all(Duration::from_secs(10)));
    for round in 0..2 {
        let mut calls = Vec::new();
        for room in &rooms {
            calls.push(deliver_call_to(&app, &tablet, *room).await);
        }
        for (draft, room) in calls.iter().zip(&rooms) {
            reply(&app, &tablet, draft, *room, &format!("行きます{round}")).await;
        }
    }
    app.close().await;
}

#[tokio::test]
async fn an_answer_is_found_even_if_the_message_counters_never_change() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = create_rooms(&app, 3).await;
    app.sim.set_counter_lag(CounterLag::STOPPED);
    let mut calls = Vec::new();
    for room in &rooms {
        calls.push(deliver_call_to(&app, &tablet, *room).await);
    }
    // The relay reads each room once after a delivery; the replies come later, so no counter announces them.
    for room in &rooms {
        app.wait_for_polls(*room, 1).await;
    }
    for (draft, room) in calls.iter().zip(&rooms) {
        reply(&app, &tablet, draft, *room, "行きます").await;
    }
    app.close().await;
}

#[tokio::test]
async fn failed_polls_delay_answers_but_not_calls() {
    for effect in [
        Effect::RoomLimit,
        Effect::ServerError { status: 500 },
        Effect::Hang,
        Effect::RoomRefused,
    ] {
        let (app, tablet) = TestApp::start_listening().await;
        let draft = deliver_call_to(&app, &tablet, ROOM).await;
        let reads = RequestFilter::reads_of(ROOM);
        app.sim
            .inject(Fault::new(effect.clone()).on(reads).times(3));
        app.eventually_with_fast_clock("three polls of the room have failed", async || {
            app.sim.faults().is_empty().then_some(())
        })
        .await;
        let other = deliver_call_to(&app, &tablet, DEFAULT_ROOM).await;
        assert_eq!(app.message_count(DEFAULT_ROOM, &other), 1, "{effect:?}");
        reply(&app, &tablet, &draft, ROOM, "行きます").await;
        app.close().await;
    }
}

#[tokio::test]
async fn the_general_limit_pauses_listening_until_its_end() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = deliver_call_to(&app, &tablet, ROOM).await;
    let reads = RequestFilter::reads_of(ROOM);
    app.sim
        .inject(Fault::new(Effect::GeneralLimit).on(reads).once());
    app.eventually_with_fast_clock("a poll has reached the general limit", async || {
        app.sim.faults().is_empty().then_some(())
    })
    .await;
    app.wait_until_rate_limited().await;
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    app.close().await;
}

#[tokio::test]
async fn a_token_that_is_refused_while_listening_works_again_by_itself() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = deliver_call_to(&app, &tablet, ROOM).await;
    assert!(app.sim.revoke_token(Office::SAMPLE_TOKEN));
    app.eventually_with_fast_clock("the relay has recorded the refused token", async || {
        let text = app.admin.get("/api/chatwork").send().await.unwrap();
        text.text().await.unwrap().contains("refused").then_some(())
    })
    .await;
    app.sim.restore_token(Office::SAMPLE_TOKEN);
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    app.close().await;
}

#[tokio::test]
async fn a_room_that_is_gone_does_not_keep_the_others_from_being_polled() {
    let (app, tablet) = TestApp::start_listening().await;
    let in_deleted_room = deliver_call_to(&app, &tablet, ROOM).await;
    let in_left_room = deliver_call_to(&app, &tablet, Office::SAMPLE_KAIHATSU_ROOM).await;
    let other = deliver_call_to(&app, &tablet, DEFAULT_ROOM).await;
    app.sim.delete_room(ROOM).unwrap();
    app.sim
        .remove_member(Office::SAMPLE_KAIHATSU_ROOM, Office::SAMPLE_BOT)
        .unwrap();
    reply(&app, &tablet, &other, DEFAULT_ROOM, "行きます").await;
    for draft in [&in_deleted_room, &in_left_room] {
        assert_eq!(tablet.status(draft).await.answer, None);
    }
    app.close().await;
}

#[tokio::test]
async fn an_overflow_beyond_the_100_messages_that_chatwork_lists_is_counted_and_the_next_answer_is_read()
 {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = deliver_call_to(&app, &tablet, ROOM).await;
    // An overflow is noticed by comparison with the messages of the poll before.
    app.wait_for_polls(ROOM, 1).await;
    let post = &app.posts_of(ROOM, &draft)[0];
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "押し出されます")
        .unwrap();
    for _ in 0..MORE_THAN_LISTED {
        app.sim.post_as(ROOM, HOST, "雑談").unwrap();
    }
    app.eventually_with_fast_clock("the overflow is counted", async || {
        (app.counter("yobirin_listen_overflows_total").await == 1).then_some(())
    })
    .await;
    assert_eq!(
        tablet.status(&draft).await.answer,
        None,
        "a reply that the relay cannot read is no answer"
    );
    app.wait_for_polls(ROOM, 2).await;
    assert_eq!(app.counter("yobirin_listen_overflows_total").await, 1);
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    app.close().await;
}

#[tokio::test]
async fn only_rooms_with_open_calls_are_polled() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = CallDraft::at(app.clock.now()).to_account(HOST);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let room = private_room(&app);
    app.wait_for_polls(room, 3).await;
    let requests = app.sim.requests();
    let polled: BTreeSet<&str> = requests
        .iter()
        .filter(|request| is_poll(request))
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(
        polled,
        BTreeSet::from([format!("/rooms/{room}/messages").as_str()])
    );
    app.close().await;
}

#[tokio::test]
async fn only_one_of_two_relays_listens_and_an_answer_reaches_the_tablets_of_both() {
    if !has_postgres("two relays, one of which listens") {
        return;
    }
    let (app, tablet) = TestApp::start_listening().await;
    let second = app.second_relay().await;
    let tablet_on_second = second.tablet(&tablet);
    let mut events = tablet_on_second.events().await;
    let draft = deliver_call_to(&app, &tablet, ROOM).await;
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    let answer = events.next_answer().await.expect("an answer");
    assert_eq!(answer.words, "行きます");
    app.wait_for_polls(ROOM, 3).await;
    let requests = app.sim.requests().into_iter();
    let polls = requests.filter(is_poll).count() as u64;
    let polls_of_first = app.counter("yobirin_listen_requests_total").await;
    assert!(
        polls_of_first == polls || polls_of_first == 0,
        "{polls_of_first} of {polls} polls are of the first relay"
    );
    second.stop().await;
    app.close().await;
}
