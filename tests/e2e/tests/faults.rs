//! What goes wrong between finger and Chatwork, and what the visitor is told meanwhile.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use e2e_tests::{SOON, Stage};

use crate::steps::visitor::{
    call_in_vain, goes_through_once, is_notified, press_menu, the_only_message,
};

#[tokio::test]
async fn a_tap_while_the_relay_is_stopped_arrives_once_when_it_is_back() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;

    call_in_vain(&mut stage, &tablet).await;
    tablet.says("内線 100").await;
    assert!(
        stage
            .chatwork
            .messages(Office::SAMPLE_SOUMU_ROOM)
            .is_empty()
    );

    goes_through_once(&mut stage, &tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn a_reload_in_mid_send_loses_nothing_and_doubles_nothing() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let slow = Effect::from(Duration::from_millis(1500));
    stage
        .chatwork
        .inject(Fault::new(slow).on(RequestFilter::posts()));

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    tablet.reload().await;
    tablet.sees("[data-screen=sending]").await;
    is_notified(&tablet).await;

    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn a_relay_killed_after_posting_does_not_post_again() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let hang = Effect::HangAfterStoring;
    stage
        .chatwork
        .inject(Fault::new(hang).on(RequestFilter::posts()).once());

    press_menu(&tablet, "parcel").await;
    let stored = stage
        .chatwork
        .wait_for_message(Office::SAMPLE_SOUMU_ROOM, |_| true, SOON)
        .await;
    stored.unwrap_or_else(|never| panic!("{never:?}"));
    stage.relay.kill().await;
    stage.relay.start_again().await;

    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn when_a_room_is_gone_the_default_room_is_told_and_the_visitor_knows() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    bot_leaves(&stage, Office::SAMPLE_SOUMU_ROOM);

    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    tablet.says("社内のスタッフにお知らせしました").await;
    tablet.sees("[data-told=instead]").await;
    let message = the_only_message(&stage.chatwork, Office::SAMPLE_ACALL_ROOM).await;
    assert!(
        message.body.contains("このルームに代わりにお知らせします"),
        "it says why: {}",
        message.body
    );
    stage.close().await;
}

#[tokio::test]
async fn rooms_that_are_all_gone_are_told_to_the_visitor_with_whom_to_ask() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    bot_leaves(&stage, Office::SAMPLE_SOUMU_ROOM);
    bot_leaves(&stage, Office::SAMPLE_ACALL_ROOM);

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    tablet.says("内線 100").await;
    assert!(
        stage
            .chatwork
            .messages(Office::SAMPLE_SOUMU_ROOM)
            .is_empty()
    );
    stage.close().await;
}

/// Has the tablet believe that the call's deadline has passed, with the visitor still there.
const LONG_AFTER: &str = "const now = Date.now; Date.now = () => now() + 20 * 60_000;
    dispatchEvent(new Event('click'))";

#[tokio::test]
async fn a_call_that_waits_past_its_deadline_is_dropped_and_says_so() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    call_in_vain(&mut stage, &tablet).await;

    tablet.script(LONG_AFTER).await;
    // The tablet cannot know that none of its requests has arrived.
    tablet.sees("[data-screen=unsure]").await;
    tablet.says("お知らせできたか確認できません").await;
    tablet.says("内線 100").await;
    stage.relay.start_again().await;
    let forgotten =
        "return !Object.keys(localStorage).some((key) => key.startsWith('yobirin.call.'))";
    tablet.until(forgotten).await;
    let told = stage.chatwork.messages(Office::SAMPLE_SOUMU_ROOM);
    assert!(told.is_empty(), "{told:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_call_that_cannot_be_asked_after_is_not_said_to_have_arrived() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let down = Effect::ServerError { status: 503 };
    stage
        .chatwork
        .inject(Fault::new(down).on(RequestFilter::posts()));
    press_menu(&tablet, "parcel").await;
    let accepted = "return Object.keys(localStorage).some((key) =>
        key.startsWith('yobirin.call.') && JSON.parse(localStorage[key]).accepted)";
    tablet.until(accepted).await;
    stage.relay.stop().await;

    tablet.script(LONG_AFTER).await;
    tablet.says("お知らせできたか確認できません").await;
    tablet.says("内線 100").await;
    stage.relay.start_again().await;
    stage.close().await;
}

#[tokio::test]
async fn a_tablet_whose_pairing_is_revoked_says_so_at_once() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;

    admin.unpair(e2e_tests::office::TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    tablet.says("解除されました").await;
    stage.close().await;
}

#[tokio::test]
async fn a_wrong_pairing_code_is_refused_in_words() {
    let (stage, _admin) = Stage::furnished().await;
    let tablet = stage.tablet().await;
    tablet.open("/pair#code=BBBB-BBBB").await;
    tablet.sees("[data-screen=pairing]").await;
    tablet.says("このコードは使えません").await;
    stage.close().await;
}

fn bot_leaves(stage: &Stage, room: u64) {
    let out = stage.chatwork.remove_member(room, Office::SAMPLE_BOT);
    out.unwrap_or_else(|error| panic!("{error:?}"));
}
