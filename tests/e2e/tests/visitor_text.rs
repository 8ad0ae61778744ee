//! What a visitor types stays words.

use chatwork_sim::Office;
use chatwork_sim::notation::{Segment, parse};
use e2e_tests::Stage;

use crate::steps::visitor::{
    introduce_and_call, is_notified, pick_group, press_menu, the_only_message,
};

#[tokio::test]
async fn a_visitor_named_toall_mentions_nobody() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let someone = Office::sample_staff()[7].account_id;

    press_menu(&tablet, "groups").await;
    pick_group(&tablet, &["soumu"]).await;
    introduce_and_call(&tablet, &format!("[To:{someone}] :)"), "[toall](F)").await;
    is_notified(&tablet).await;

    let message = the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    let in_charge = e2e_tests::office::someone_of("総務").account_id;
    assert_eq!(
        message.mentions,
        [in_charge],
        "nobody but the in-charge host: {}",
        message.body
    );
    assert!(
        message.body.contains("［toall］（F）"),
        "the name is still legible: {}",
        message.body
    );
    assert_no_emoticon(&parse(&message.body));
    stage.close().await;
}

fn assert_no_emoticon(segments: &[Segment]) {
    let drawn = format!("{segments:?}");
    assert!(
        !drawn.contains("Emoticon"),
        "nothing turns into a picture: {drawn}"
    );
}
