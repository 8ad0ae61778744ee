//! Listening for answers: stays within its request budget, gives way to calls, survives refusals.

use std::collections::BTreeSet;
use std::time::Duration;

use chatwork_sim::{ApiRequest, CounterLag, Effect, Fault, Member, Office, RequestFilter, Role};
use relay_tests::{
    CallDraft, DIRECT, HOST, ROOM, Tablet, TestApp, has_postgres, private_room,
    settings_with_answers,
};
use tokio::time::sleep;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::lang::{Lang, LocalText};

/// Maximum number of requests for listening in any five minutes.
const BUDGET: usize = 150;
/// Minimum number of requests in the first five minutes of a call. Planned are 61 readings: 15 every 2 seconds, 23
/// every 4 and 23 every 8. A slow machine may miss a third of them.
const MIN_READINGS: usize = 40;
/// Number of messages that push a reply out of the 100 that Chatwork lists.
const MORE_THAN_LISTED: usize = 150;
const WINDOW: Duration = Duration::from_secs(5 * 60);
const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

/// Hands a call to a room over, and waits until it is delivered.
async fn call(app: &TestApp, tablet: &Tablet, room: u64) -> CallDraft {
    let draft = CallDraft::at(app.clock.now()).to_room(room);
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
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

fn is_listening(request: &ApiRequest) -> bool {
    request.method == "GET" && (request.path == "/rooms" || request.path.ends_with("/messages"))
}

/// Largest number of requests for listening within five minutes.
fn busiest_window(app: &TestApp) -> usize {
    let requests = app.sim.requests();
    let times: Vec<Duration> = requests
        .iter()
        .filter(|request| is_listening(request))
        .map(|request| request.at)
        .collect();
    let within = |start: &Duration| {
        let window = *start..*start + WINDOW;
        times.iter().filter(|at| window.contains(*at)).count()
    };
    times.iter().map(within).max().unwrap_or_default()
}

#[tokio::test]
async fn one_open_call_is_read_every_two_seconds_at_first_and_within_the_budget() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&app, &tablet, ROOM).await;
    for _ in 0..6 * 60 * 2 {
        app.clock.advance(Duration::from_millis(500));
        sleep(Duration::from_millis(20)).await;
    }
    let used = busiest_window(&app);
    assert!(
        (MIN_READINGS..=BUDGET).contains(&used),
        "{used} requests in five minutes"
    );
    assert_eq!(tablet.status(&draft).await.answer, None);
    app.close().await;
}

/// Adds rooms to the office, each with a group of its own; returns their ids.
async fn many_rooms(app: &TestApp, count: usize) -> Vec<u64> {
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
                LocalText::of(Lang::Ja, "部屋"),
            )
        }));
    app.save(&document).await;
    rooms
}

#[tokio::test]
async fn twenty_calls_in_twenty_rooms_are_all_answered_within_the_budget() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = many_rooms(&app, 20).await;
    let mut calls = Vec::new();
    for room in &rooms {
        let draft = CallDraft::at(app.clock.now()).with_text(*room, "お客様です");
        tablet.hand_over(&draft).await;
        tablet.settled(&draft).await;
        calls.push(draft);
    }
    for (draft, room) in calls.iter().zip(&rooms) {
        reply(&app, &tablet, draft, *room, "行きます").await;
    }
    for _ in 0..5 * 60 * 2 {
        app.clock.advance(Duration::from_millis(500));
        sleep(Duration::from_millis(3)).await;
    }
    let used = busiest_window(&app);
    assert!(used <= BUDGET, "{used} requests in five minutes");
    app.close().await;
}

#[tokio::test]
async fn answers_are_found_again_and_again_while_the_counters_lag() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = many_rooms(&app, 3).await;
    app.sim
        .set_counter_lag(CounterLag::all(Duration::from_secs(10)));
    for round in 0..2 {
        let mut calls = Vec::new();
        for room in &rooms {
            let draft = CallDraft::at(app.clock.now()).with_text(*room, "お客様です");
            tablet.hand_over(&draft).await;
            tablet.settled(&draft).await;
            calls.push(draft);
        }
        for (draft, room) in calls.iter().zip(&rooms) {
            reply(&app, &tablet, draft, *room, &format!("行きます{round}")).await;
        }
    }
    app.close().await;
}

#[tokio::test]
async fn an_answer_is_found_even_if_the_counters_never_follow() {
    let (app, tablet) = TestApp::start_listening().await;
    let rooms = many_rooms(&app, 3).await;
    app.sim.set_counter_lag(CounterLag::STOPPED);
    let mut calls = Vec::new();
    for room in &rooms {
        let draft = CallDraft::at(app.clock.now()).with_text(*room, "お客様です");
        tablet.hand_over(&draft).await;
        tablet.settled(&draft).await;
        calls.push(draft);
    }
    for room in &rooms {
        app.wait_for_reads(*room, 1).await;
    }
    for (draft, room) in calls.iter().zip(&rooms) {
        reply(&app, &tablet, draft, *room, "行きます").await;
    }
    app.close().await;
}

#[tokio::test]
async fn failed_reads_delay_answers_but_not_calls() {
    for effect in [
        Effect::RoomLimit,
        Effect::ServerError { status: 500 },
        Effect::Hang,
        Effect::RoomRefused,
    ] {
        let (app, tablet) = TestApp::start_listening().await;
        let draft = call(&app, &tablet, ROOM).await;
        let reads = RequestFilter::reads_of(ROOM);
        app.sim
            .inject(Fault::new(effect.clone()).on(reads).times(3));
        app.eventually_with_fast_clock("three reads of the room have failed", async || {
            app.sim.faults().is_empty().then_some(())
        })
        .await;
        let other = call(&app, &tablet, DEFAULT_ROOM).await;
        assert_eq!(app.message_count(DEFAULT_ROOM, &other), 1, "{effect:?}");
        reply(&app, &tablet, &draft, ROOM, "行きます").await;
        app.close().await;
    }
}

#[tokio::test]
async fn the_general_limit_pauses_listening_until_its_end() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&app, &tablet, ROOM).await;
    let reads = RequestFilter::reads_of(ROOM);
    app.sim
        .inject(Fault::new(Effect::GeneralLimit).on(reads).once());
    app.eventually_with_fast_clock("a read has reached the general limit", async || {
        app.sim.faults().is_empty().then_some(())
    })
    .await;
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    app.close().await;
}

#[tokio::test]
async fn a_token_that_is_refused_while_listening_works_again_by_itself() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&app, &tablet, ROOM).await;
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
async fn a_room_that_is_gone_does_not_keep_the_others_from_being_read() {
    let (app, tablet) = TestApp::start_listening().await;
    let gone = call(&app, &tablet, ROOM).await;
    let left = call(&app, &tablet, Office::SAMPLE_KAIHATSU_ROOM).await;
    let other = call(&app, &tablet, DEFAULT_ROOM).await;
    app.sim.delete_room(ROOM).unwrap();
    app.sim
        .remove_member(Office::SAMPLE_KAIHATSU_ROOM, Office::SAMPLE_BOT)
        .unwrap();
    reply(&app, &tablet, &other, DEFAULT_ROOM, "行きます").await;
    for draft in [&gone, &left] {
        assert_eq!(tablet.status(draft).await.answer, None);
    }
    app.close().await;
}

#[tokio::test]
async fn an_overflow_beyond_the_100_messages_that_chatwork_lists_is_counted_and_the_next_answer_is_read()
 {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&app, &tablet, ROOM).await;
    app.wait_for_reads(ROOM, 1).await;
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
        "nothing is guessed"
    );
    app.wait_for_reads(ROOM, 2).await;
    assert_eq!(app.counter("yobirin_listen_overflows_total").await, 1);
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    app.close().await;
}

#[tokio::test]
async fn only_rooms_with_open_calls_are_read() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = CallDraft::at(app.clock.now()).to_account(DIRECT);
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    let room = private_room(&app);
    app.wait_for_reads(room, 3).await;
    let requests = app.sim.requests();
    let read: BTreeSet<&str> = requests
        .iter()
        .filter(|request| is_listening(request))
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(
        read,
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
    let draft = call(&app, &tablet, ROOM).await;
    reply(&app, &tablet, &draft, ROOM, "行きます").await;
    let told = events.next_answer().await.expect("an answer");
    assert_eq!(told.words, "行きます");
    app.wait_for_reads(ROOM, 3).await;
    let requests = app.sim.requests().into_iter();
    let reads = requests.filter(is_listening).count() as u64;
    let counted = app.counter("yobirin_listen_requests_total").await;
    assert!(
        counted == reads || counted == 0,
        "{counted} of {reads} requests are of the first relay"
    );
    second.stop().await;
    app.close().await;
}
