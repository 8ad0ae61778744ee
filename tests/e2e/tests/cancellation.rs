//! A visitor who takes a call back, in each state it can be in.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use e2e_tests::{SOON, Stage};

use crate::steps::visitor::{call_in_vain, is_notified, press_menu};

const ROOM: u64 = Office::SAMPLE_SOUMU_ROOM;

fn said(chatwork: &Sim) -> Vec<String> {
    let messages = chatwork.messages(ROOM).into_iter();
    let ours = messages.filter(|message| message.account_id == Office::SAMPLE_BOT);
    ours.map(|message| message.body).collect()
}

/// The call and, with the same reference and mentions, that it was taken back.
fn told_twice(chatwork: &Sim) {
    let said = said(chatwork);
    let [call, retraction] = said.as_slice() else {
        panic!("a call and its retraction: {said:#?}")
    };
    let tail = |text: &str| text.rsplit('\n').next().map(str::to_owned);
    assert_eq!(tail(call), tail(retraction), "the same reference");
    assert_eq!(
        call.lines().next(),
        retraction.lines().next(),
        "the same mention"
    );
    assert!(retraction.contains("取り消しました"), "{retraction}");
}

#[tokio::test]
async fn a_room_that_was_told_is_told_that_the_visitor_has_cancelled() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;

    tablet.press_twice("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;
    told_twice(&stage.chatwork);
    stage.close().await;
}

#[tokio::test]
async fn a_call_cancelled_while_it_is_being_sent_is_withdrawn_or_retracted_never_left_standing() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let slow = Effect::from(Duration::from_millis(1500));
    stage
        .chatwork
        .inject(Fault::new(slow).on(RequestFilter::posts()).once());

    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    tablet.press("[data-state=cancel]").await;
    tablet
        .sees("[data-screen=retracted], [data-screen=withdrawn]")
        .await;
    let is_withdrawn = !tablet.all_now("[data-screen=withdrawn]").await.is_empty();
    if is_withdrawn {
        assert_eq!(said(&stage.chatwork), Vec::<String>::new());
    } else {
        told_twice(&stage.chatwork);
    }
    stage.close().await;
}

#[tokio::test]
async fn a_call_cancelled_without_network_is_never_sent() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    call_in_vain(&mut stage, &tablet).await;

    tablet.press("[data-state=cancel]").await;
    tablet.says("この端末からはもうお送りしません").await;
    stage.relay.start_again().await;
    tablet.sees("[data-screen=withdrawn]").await;
    tablet.says("お知らせしていません").await;
    assert_eq!(said(&stage.chatwork), Vec::<String>::new());
    stage.close().await;
}

#[tokio::test]
async fn a_cancelled_call_can_be_made_again() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;

    tablet.press("[data-state=again]").await;
    is_notified(&tablet).await;
    let third = |_: &chatwork_sim::Message| said(&stage.chatwork).len() == 3;
    let stored = stage.chatwork.wait_for_message(ROOM, third, SOON).await;
    assert!(stored.is_ok(), "{stored:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_cancellation_that_nobody_can_be_told_of_says_so() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    let bot_out = stage.chatwork.remove_member(ROOM, Office::SAMPLE_BOT);
    bot_out.unwrap_or_else(|error| panic!("{error:?}"));

    tablet.press("[data-state=cancel]").await;
    tablet.says("取り消しをお知らせできませんでした").await;
    tablet.says("内線 100").await;
    stage.close().await;
}
