//! The steps of the guided set-up while an office goes through them, and the page that adds people.

use chatwork_sim::Office;
use e2e_tests::{Browser, Size, TestEnv};

use super::{appearances, check_appearances};
use crate::steps::admin::{choose_password, connect};

#[tokio::test]
async fn the_guided_set_up_is_accessible_and_fits() {
    for (language, appearances) in appearances(Size::DESKTOP) {
        let env = TestEnv::open().await;
        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        let link = env.relay.first_run.clone().expect("a first-run link");
        choose_password(&setup, &link).await;
        check_appearances(&setup, "guide-office", &appearances).await;
        setup.type_into("input[name=site-name]", "本社").await;
        setup.press("[data-action=next]").await;
        setup.sees("[data-guide=chatwork]").await;
        check_appearances(&setup, "guide-chatwork", &appearances).await;
        connect(&setup, Office::SAMPLE_TOKEN).await;
        setup.sees("[data-action=use-room]").await;
        check_appearances(&setup, "guide-connected", &appearances).await;
        setup.press("[data-action=use-room]").await;
        setup.press("[data-action=next]").await;
        setup.sees("[data-section=members] [data-person]").await;
        check_appearances(&setup, "guide-people", &appearances).await;
        setup.press("[data-guide-step=tablet]").await;
        setup.sees("[data-guide=tablet]").await;
        check_appearances(&setup, "guide-tablet", &appearances).await;
        setup.press("[data-action=next]").await;
        setup.press("[data-guide=tablet] [data-action=pair]").await;
        setup.sees("[data-guide=tablet] [data-qr]").await;
        check_appearances(&setup, "guide-pairing", &appearances).await;
        setup.press("[data-guide-step=visit]").await;
        setup
            .sees("[data-guide=visit] [data-notice=no-tablet]")
            .await;
        check_appearances(&setup, "guide-visit", &appearances).await;
        setup.open("/setup").await;
        setup.sees("[data-notice=guide]").await;
        check_appearances(&setup, "guide-resume", &appearances).await;
        setup.open("/setup/people").await;
        setup.sees("[data-section=members] [data-person]").await;
        check_appearances(&setup, "people-from-chatwork", &appearances).await;
        setup.assert_clean_console().await;
        env.close().await;
    }
}
