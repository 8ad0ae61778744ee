//! Answers that something else gives in the relay's place decide nothing.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use e2e_tests::{Behaviour, Foreign, Stage};

use super::network_returns;
use crate::steps::admin::{is_saved, show, sign_in};
use crate::steps::visitor::{is_notified, press_menu, the_only_message};

const IS_KEPT: &str =
    "return Object.keys(localStorage).some((key) => key.startsWith('yobirin.call.'))";

#[tokio::test]
async fn a_call_that_something_else_refuses_waits_and_is_sent_once_when_the_relay_is_there() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;

    gateway.behave_on("/api/calls", Behaviour::Answer(Foreign::FORBIDDEN));
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.says("まだ確認できていません").await;
    let others = Foreign::ALL.map(Behaviour::Answer).into_iter();
    for behaviour in others.chain([Behaviour::Portal, Behaviour::PortalRedirect]) {
        gateway.behave_on("/api/calls", behaviour.clone());
        let retry = tablet.press("[data-state=retry]");
        gateway.after("/api/calls", retry).await;
        tablet.sees("[data-screen=waiting]").await;
        tablet.until(IS_KEPT).await;
    }
    let told = stage.chatwork.messages(Office::SAMPLE_SOUMU_ROOM);
    assert!(told.is_empty(), "{told:?}");

    gateway.behave(Behaviour::Pass);
    tablet.press("[data-state=retry]").await;
    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn a_call_that_is_taken_back_behind_a_refusing_proxy_is_withdrawn_later_and_said_so_only_then()
 {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;

    gateway.behave(Behaviour::Answer(Foreign::SAME_CODE));
    tablet.press("[data-state=cancel]").await;
    tablet.says("取り消しを受け付けました").await;
    gateway.behave(Behaviour::Pass);
    tablet.sees("[data-screen=retracted]").await;
    stage.close().await;
}

#[tokio::test]
async fn a_proxy_s_sign_in_page_unpairs_no_tablet() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;

    for foreign in Foreign::ALL {
        gateway.behave(Behaviour::Answer(foreign));
        let asking = network_returns(&tablet);
        gateway.after("/api/settings", asking).await;
        tablet.sees("[data-screen=menu]").await;
    }
    gateway.behave(Behaviour::Pass);
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    // The relay's own word still counts.
    admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    stage.close().await;
}

#[tokio::test]
async fn a_proxy_s_sign_in_page_signs_no_admin_out_and_takes_no_draft() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let desk = e2e_tests::Browser::start(gateway.url(), "ja", e2e_tests::Size::DESK).await;
    desk.open("/setup").await;
    sign_in(&desk).await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=site-name]", "株式会社あたらしい")
        .await;

    for foreign in [
        Foreign::SIGN_IN,
        Foreign::SAME_SIGN_IN,
        Foreign::EMPTY_SUCCESS,
    ] {
        gateway.behave_on("/api", Behaviour::Answer(foreign));
        desk.press("[data-action=save]").await;
        desk.sees("[data-save=failed]").await;
        desk.says("受付のサーバー以外から応答がありました").await;
        let name =
            "return document.querySelector('input[name=site-name]').value === '株式会社あたらしい'";
        desk.until(name).await;
    }
    // A portal that says yes to everything signs nobody out either.
    gateway.behave_on("/api", Behaviour::Portal);
    desk.press("[data-action=save]").await;
    desk.sees("[data-save=failed]").await;
    gateway.behave(Behaviour::Pass);
    desk.press("[data-action=save]").await;
    is_saved(&desk).await;
    assert_eq!(admin.settings().await.site.name, "株式会社あたらしい");
    stage.close().await;
}
