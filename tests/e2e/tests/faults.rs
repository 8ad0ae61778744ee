//! Faults between tap and Chatwork, and the visitor's screen meanwhile.

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use e2e_tests::{Size, TestEnv, WAIT_TIMEOUT};

use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, only_message, press_menu,
    restart_relay_and_await_delivery,
};

#[tokio::test]
async fn a_call_made_while_the_relay_is_down_is_delivered_once_after_its_return() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    call_while_relay_is_down(&mut env, &tablet).await;
    tablet.says("内線 100").await;
    assert!(env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM).is_empty());

    restart_relay_and_await_delivery(&mut env, &tablet).await;
    env.close().await;
}

#[tokio::test]
async fn a_reload_while_sending_neither_loses_nor_duplicates_the_call() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // Longer than a slow machine takes to load the page, and shorter than the relay's timeout of 10 seconds.
    let slow = Effect::Delay { ms: 8_000 };
    env.chatwork
        .inject(Fault::new(slow).on(RequestFilter::posts()));

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    tablet.reload().await;
    tablet.sees("[data-screen=sending]").await;
    await_notified(&tablet).await;

    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn a_relay_killed_after_posting_does_not_post_twice() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let hang = Effect::HangAfterStoring;
    env.chatwork
        .inject(Fault::new(hang).on(RequestFilter::posts()).once());

    press_menu(&tablet, "parcel").await;
    let stored = env
        .chatwork
        .wait_for_message(Office::SAMPLE_SOUMU_ROOM, |_| true, WAIT_TIMEOUT)
        .await;
    stored.unwrap_or_else(|never| panic!("{never:?}"));
    env.relay.kill().await;
    env.relay.restart().await;

    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn a_missing_room_falls_back_to_the_default_room_and_the_visitor_sees_it() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    remove_bot(&env, Office::SAMPLE_SOUMU_ROOM);

    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    tablet.says("社内のスタッフにお知らせしました").await;
    tablet.sees("[data-notified=fallback-room]").await;
    let message = only_message(&env.chatwork, Office::SAMPLE_DEFAULT_ROOM).await;
    assert!(
        message.body.contains("このルームに代わりにお知らせします"),
        "it says why: {}",
        message.body
    );
    env.close().await;
}

#[tokio::test]
async fn when_all_rooms_are_missing_the_visitor_sees_whom_to_contact() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    remove_bot(&env, Office::SAMPLE_SOUMU_ROOM);
    remove_bot(&env, Office::SAMPLE_DEFAULT_ROOM);

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    tablet.says("内線 100").await;
    assert!(env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM).is_empty());
    env.close().await;
}

/// JavaScript that moves the tablet's clock past the call's deadline without an idle reset.
const AFTER_DEADLINE: &str = "const now = Date.now; Date.now = () => now() + 20 * 60_000;
    dispatchEvent(new Event('click'))";

#[tokio::test]
async fn a_call_waiting_past_its_deadline_is_dropped_and_shown_as_such() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    call_while_relay_is_down(&mut env, &tablet).await;

    tablet.script(AFTER_DEADLINE).await;
    // The tablet cannot know whether a request has arrived.
    tablet.sees("[data-screen=unsure]").await;
    tablet.says("お知らせできたか確認できません").await;
    tablet.says("内線 100").await;
    env.relay.restart().await;
    let forgotten =
        "return !Object.keys(localStorage).some((key) => key.startsWith('yobirin.call.'))";
    tablet.until(forgotten).await;
    let messages = env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM);
    assert!(messages.is_empty(), "{messages:?}");
    env.close().await;
}

#[tokio::test]
async fn a_call_of_unknown_status_is_not_shown_as_delivered() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let down = Effect::ServerError { status: 503 };
    env.chatwork
        .inject(Fault::new(down).on(RequestFilter::posts()));
    press_menu(&tablet, "parcel").await;
    let accepted = "return Object.keys(localStorage).some((key) =>
        key.startsWith('yobirin.call.') && JSON.parse(localStorage[key]).accepted)";
    tablet.until(accepted).await;
    env.relay.stop().await;

    tablet.script(AFTER_DEADLINE).await;
    tablet.says("お知らせできたか確認できません").await;
    tablet.says("内線 100").await;
    env.relay.restart().await;
    env.close().await;
}

#[tokio::test]
async fn a_revoked_tablet_shows_it_at_once() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    admin.unpair(e2e_tests::office::TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    tablet.says("解除されました").await;
    env.close().await;
}

#[tokio::test]
async fn a_wrong_pairing_code_is_refused_with_a_message() {
    let (env, _admin) = TestEnv::configured().await;
    let tablet = env.tablet_browser().await;
    for size in [Size::TABLET, Size::PHONE] {
        tablet.resize(size).await;
        tablet.open("/pair#code=BBBB-BBBB").await;
        tablet.sees("[data-screen=pairing]").await;
        tablet.says("このコードは使えません").await;
        let problem_is_in_sight = "
            const {left, top, bottom} = document.querySelector('#code-problem').getBoundingClientRect();
            const isFree = (y) => Boolean(document.elementFromPoint(left + 5, y)?.closest('#code-problem'));
            return isFree(top + 5) && isFree(bottom - 5);";
        tablet.until(problem_is_in_sight).await;
    }
    env.close().await;
}

fn remove_bot(env: &TestEnv, room: u64) {
    let out = env.chatwork.remove_member(room, Office::SAMPLE_BOT);
    out.unwrap_or_else(|error| panic!("{error:?}"));
}
