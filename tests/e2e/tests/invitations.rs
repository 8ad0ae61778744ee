//! Personal links sent to many hosts at once.

use chatwork_sim::{Office, Staff};
use e2e_tests::TestEnv;
use e2e_tests::office::{host_id, someone_of};

use crate::steps::admin::{show, signed_in};
use crate::steps::visitor::private_chat;

/// Selects an employee in the list of hosts.
pub(crate) async fn choose(setup: &e2e_tests::Browser, staff: &Staff) {
    setup.type_into("input[name=search]", staff.name).await;
    let row = format!("[data-host='{}']", host_id(staff));
    setup.press(&format!("{row} input[name=choose]")).await;
    setup.sees(&format!("{row}[aria-selected=true]")).await;
}

#[tokio::test]
async fn personal_links_are_sent_to_many_hosts_and_failures_are_listed() {
    let (env, admin) = TestEnv::configured().await;
    let reached = ["総務", "開発一課"].map(someone_of);
    let [stranger, linked] = ["営業一課", "開発二課"].map(someone_of);
    let earlier_link = admin.personal_link(host_id(linked).as_str()).await;
    let parted = env
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, stranger.account_id);
    parted.unwrap_or_else(|error| panic!("{error:?}"));

    let setup = signed_in(&env).await;
    show(&setup, "/setup/hosts").await;
    for staff in [reached[0], reached[1], stranger, linked] {
        choose(&setup, staff).await;
    }
    setup.press("[data-action=bulk-invite]").await;
    setup
        .sees("[data-dialog=invite] input[name=invite-again]")
        .await;
    setup
        .press("[data-dialog=invite] [data-action=invite]")
        .await;

    setup.sees("[data-notice=invited]").await;
    setup.says("2 人に本人用リンクを届けました").await;
    setup
        .sees(&format!("[data-missed='{}']", host_id(stranger)))
        .await;
    assert_eq!(setup.all_now("[data-missed]").await.len(), 1);
    for staff in reached {
        let messages = env.chatwork.messages(private_chat(&env.chatwork, staff));
        let brought = messages
            .iter()
            .filter(|message| message.body.contains("/setup/me#link="));
        assert_eq!(brought.count(), 1, "{} has one link", staff.name);
    }

    // A second batch keeps the results of the first.
    setup.press("[data-action=choose-none]").await;
    choose(&setup, someone_of("営業部")).await;
    setup.press("[data-action=bulk-invite]").await;
    setup
        .press("[data-dialog=invite] [data-action=invite]")
        .await;
    setup
        .says("3 人に本人用リンクを届けました（今回 1 人）")
        .await;
    setup
        .sees(&format!("[data-missed='{}']", host_id(stranger)))
        .await;

    let theirs = env.setup_browser().await;
    theirs.open(&earlier_link).await;
    theirs.sees("[data-me]").await;
    env.close().await;
}
