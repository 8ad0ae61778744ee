//! Cancellation of a call in each of its states.

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use e2e_tests::{TestEnv, WAIT_TIMEOUT};
use thirtyfour::Key;

use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, cancel_notified, press_menu,
};

const ROOM: u64 = Office::SAMPLE_SOUMU_ROOM;

fn posted_bodies(chatwork: &Sim) -> Vec<String> {
    let messages = chatwork.messages(ROOM).into_iter();
    let ours = messages.filter(|message| message.account_id == Office::SAMPLE_BOT);
    ours.map(|message| message.body).collect()
}

/// Asserts that there are two messages: the call, and its retraction with the same reference and mentions.
fn assert_notified_and_retracted(chatwork: &Sim) {
    let bodies = posted_bodies(chatwork);
    let [call, retraction] = bodies.as_slice() else {
        panic!("a call and its retraction: {bodies:#?}")
    };
    let reference = retraction.lines().last();
    assert!(
        call.lines().any(|line| Some(line) == reference),
        "the same reference: {bodies:#?}"
    );
    assert_eq!(
        call.lines().next(),
        retraction.lines().next(),
        "the retraction mentions the same people"
    );
    assert!(
        retraction.contains("この呼び出しは終わりました"),
        "{retraction}"
    );
}

#[tokio::test]
async fn cancelling_sends_a_retraction_to_the_notified_room() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;

    tablet.press_twice("[data-state=cancel]").await;
    tablet.says("もう一度押すと取り消します").await;
    let bodies = posted_bodies(&env.chatwork);
    assert_eq!(bodies.len(), 1, "the first press only asks: {bodies:?}");
    tablet.press("[data-state=keep]").await;
    tablet.no_longer_sees("[data-state=keep]").await;
    tablet
        .until("return document.activeElement?.dataset.state === 'cancel'")
        .await;
    tablet.says("呼び出しを取り消す").await;
    tablet.press("[data-state=cancel]").await;
    tablet.key("[data-state=keep]", Key::Escape).await;
    tablet.no_longer_sees("[data-state=keep]").await;
    let bodies = posted_bodies(&env.chatwork);
    assert_eq!(bodies.len(), 1, "the call was kept: {bodies:?}");
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-state=keep]").await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;
    assert_notified_and_retracted(&env.chatwork);
    env.close().await;
}

#[tokio::test]
async fn a_call_cancelled_while_sending_is_withdrawn_or_retracted() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // Longer than a slow machine takes to press the button, and shorter than the relay's timeout of 10 seconds.
    let slow = Effect::Delay { ms: 6_000 };
    env.chatwork
        .inject(Fault::new(slow).on(RequestFilter::posts()).once());

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    tablet.press("[data-state=cancel]").await;
    tablet
        .sees("[data-screen=retracted], [data-screen=withdrawn]")
        .await;
    let is_withdrawn = !tablet.all_now("[data-screen=withdrawn]").await.is_empty();
    if is_withdrawn {
        assert_eq!(posted_bodies(&env.chatwork), Vec::<String>::new());
    } else {
        assert_notified_and_retracted(&env.chatwork);
    }
    env.close().await;
}

#[tokio::test]
async fn a_call_cancelled_without_network_is_never_sent() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    call_while_relay_is_down(&mut env, &tablet).await;

    tablet.press("[data-state=cancel]").await;
    tablet.says("この端末からはもうお送りしません").await;
    env.relay.restart().await;
    tablet.sees("[data-screen=withdrawn]").await;
    tablet.says("お知らせしていません").await;
    assert_eq!(posted_bodies(&env.chatwork), Vec::<String>::new());
    env.close().await;
}

#[tokio::test]
async fn a_cancelled_call_can_be_made_again() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    cancel_notified(&tablet).await;
    tablet.sees("[data-screen=retracted]").await;

    tablet.press("[data-state=again]").await;
    await_notified(&tablet).await;
    // The first call, its retraction, and the second call.
    let are_three = |_: &chatwork_sim::Message| posted_bodies(&env.chatwork).len() == 3;
    let stored = env
        .chatwork
        .wait_for_message(ROOM, are_three, WAIT_TIMEOUT)
        .await;
    assert!(stored.is_ok(), "{stored:?}");
    env.close().await;
}

#[tokio::test]
async fn a_cancellation_that_cannot_be_delivered_is_reported() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    let bot_out = env.chatwork.remove_member(ROOM, Office::SAMPLE_BOT);
    bot_out.unwrap_or_else(|error| panic!("{error:?}"));

    cancel_notified(&tablet).await;
    tablet.says("取り消しをお知らせできませんでした").await;
    tablet.says("内線 100").await;
    env.close().await;
}
