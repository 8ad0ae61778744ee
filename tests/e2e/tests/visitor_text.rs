//! Visitors' text is escaped in messages.

use chatwork_sim::Office;
use chatwork_sim::notation::{Segment, parse};
use e2e_tests::TestEnv;

use crate::steps::visitor::{
    await_notified, enter_details_and_call, only_message, pick_group, press_menu,
};

#[tokio::test]
async fn a_visitor_named_toall_mentions_nobody() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let someone = Office::sample_staff()[7].account_id;

    press_menu(&tablet, "groups").await;
    pick_group(&tablet, &["soumu"]).await;
    enter_details_and_call(&tablet, &format!("[To:{someone}] :)"), "[toall](F)").await;
    await_notified(&tablet).await;

    let message = only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    let in_charge = e2e_tests::office::someone_of("総務").account_id;
    assert_eq!(
        message.mentions,
        [in_charge],
        "only the host in charge: {}",
        message.body
    );
    assert!(
        message.body.contains("［toall］（F）"),
        "the name is still legible: {}",
        message.body
    );
    assert_no_emoticon(&parse(&message.body));
    env.close().await;
}

fn assert_no_emoticon(segments: &[Segment]) {
    let segments_text = format!("{segments:?}");
    assert!(
        !segments_text.contains("Emoticon"),
        "no emoticon is rendered: {segments_text}"
    );
}
