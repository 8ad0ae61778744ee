//! Personal links sent to many hosts at once.

use chatwork_sim::{Office, Staff};
use e2e_tests::Stage;
use e2e_tests::office::{host_id, someone_of};

use crate::steps::admin::{show, signed_in};
use crate::steps::visitor::private_chat;

/// Chooses somebody in the list of hosts.
pub(crate) async fn choose(desk: &e2e_tests::Browser, staff: &Staff) {
    desk.type_into("input[name=search]", staff.name).await;
    let row = format!("[data-host='{}']", host_id(staff));
    desk.press(&format!("{row} input[name=choose]")).await;
    desk.sees(&format!("{row}[aria-selected=true]")).await;
}

#[tokio::test]
async fn many_hosts_are_sent_their_links_and_who_was_not_reached_is_named() {
    let (stage, admin) = Stage::furnished().await;
    let reached = ["総務", "開発一課"].map(someone_of);
    let [stranger, linked] = ["営業一課", "開発二課"].map(someone_of);
    let kept = admin.personal_link(host_id(linked).as_str()).await;
    let parted = stage
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, stranger.account_id);
    parted.unwrap_or_else(|error| panic!("{error:?}"));

    let desk = signed_in(&stage).await;
    show(&desk, "/setup/hosts").await;
    for staff in [reached[0], reached[1], stranger, linked] {
        choose(&desk, staff).await;
    }
    desk.press("[data-action=bulk-invite]").await;
    desk.sees("[data-dialog=invite] input[name=invite-again]")
        .await;
    desk.press("[data-dialog=invite] [data-action=invite]")
        .await;

    desk.sees("[data-notice=invited]").await;
    desk.says("2 人に本人用リンクを届けました").await;
    desk.sees(&format!("[data-missed='{}']", host_id(stranger)))
        .await;
    assert_eq!(desk.all_now("[data-missed]").await.len(), 1);
    for staff in reached {
        let messages = stage
            .chatwork
            .messages(private_chat(&stage.chatwork, staff));
        let brought = messages
            .iter()
            .filter(|message| message.body.contains("/setup/me#link="));
        assert_eq!(brought.count(), 1, "{} has one link", staff.name);
    }

    // A second round leaves what the first came to.
    desk.press("[data-action=choose-none]").await;
    choose(&desk, someone_of("営業部")).await;
    desk.press("[data-action=bulk-invite]").await;
    desk.press("[data-dialog=invite] [data-action=invite]")
        .await;
    desk.says("3 人に本人用リンクを届けました（今回 1 人）")
        .await;
    desk.sees(&format!("[data-missed='{}']", host_id(stranger)))
        .await;

    let theirs = stage.desk().await;
    theirs.open(&kept).await;
    theirs.sees("[data-me]").await;
    stage.close().await;
}
