//! Rendering of messages on the simulator's page.

use chatwork_sim::{Office, Sim};
use e2e_tests::{Browser, Size, test_env};

#[tokio::test]
async fn the_page_renders_a_new_message_with_its_mention_and_box() {
    test_env::install_crypto_provider();
    let chatwork = Sim::start(Office::sample(), ([127, 0, 0, 1], 0).into())
        .await
        .unwrap();
    let browser = Browser::start(chatwork.url(), "ja", Size::DESKTOP).await;
    browser.open("/").await;
    browser.says("総務ルーム").await;

    let staff = &Office::sample_staff()[0];
    let body = format!(
        "[To:{}] {}さん\n[info][title]来訪のお知らせ[/title]お客様です[/info]",
        staff.account_id, staff.name
    );
    chatwork
        .post_as(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT, &body)
        .unwrap();

    browser.says("お客様です").await;
    browser.says("来訪のお知らせ").await;
    let page = browser.text().await;
    assert!(
        !page.contains("[info]") && !page.contains("[To:"),
        "tags are rendered: {page}"
    );
    browser.assert_accessible("simulated Chatwork").await;
    browser.assert_clean_console().await;
    browser.screenshot("chatwork").await;
}
