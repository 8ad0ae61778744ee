//! Responses of intermediaries have no effect on state.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use e2e_tests::{Behavior, ForeignResponse, TestEnv};

use super::trigger_reconnect;
use crate::steps::admin::{await_saved, show, sign_in};
use crate::steps::visitor::{await_notified, cancel_notified, only_message, press_menu};

/// Script that returns true while the tablet has a stored call.
const HAS_STORED_CALL: &str =
    "return Object.keys(localStorage).some((key) => key.startsWith('yobirin.call.'))";

#[tokio::test]
async fn a_call_refused_by_an_intermediary_waits_and_is_sent_once_when_the_relay_responds() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;

    proxy.set_behavior_on("/api/calls", Behavior::Respond(ForeignResponse::FORBIDDEN));
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.says("まだ確認できていません").await;
    let others = ForeignResponse::ALL.map(Behavior::Respond).into_iter();
    for behavior in others.chain([Behavior::Portal, Behavior::PortalRedirect]) {
        proxy.set_behavior_on("/api/calls", behavior.clone());
        let retry = tablet.press("[data-state=retry]");
        proxy.with_request("/api/calls", retry).await;
        tablet.sees("[data-screen=waiting]").await;
        tablet.until(HAS_STORED_CALL).await;
    }
    let messages = env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM);
    assert!(messages.is_empty(), "{messages:?}");

    proxy.set_behavior(Behavior::Pass);
    // The button is gone when the tablet has retried on its own in between.
    tablet
        .script("document.querySelector('[data-state=retry]')?.click()")
        .await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn a_cancellation_behind_a_refusing_proxy_takes_effect_later_and_is_shown_only_then() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;

    proxy.set_behavior(Behavior::Respond(ForeignResponse::KNOWN_CODE));
    cancel_notified(&tablet).await;
    tablet.says("取り消しを受け付けました").await;
    proxy.set_behavior(Behavior::Pass);
    tablet.sees("[data-screen=retracted]").await;
    env.close().await;
}

#[tokio::test]
async fn a_proxys_sign_in_page_does_not_unpair_a_tablet() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;

    for foreign in ForeignResponse::ALL {
        proxy.set_behavior(Behavior::Respond(foreign));
        let asking = trigger_reconnect(&tablet);
        proxy.with_request("/api/settings", asking).await;
        tablet.sees("[data-screen=menu]").await;
    }
    proxy.set_behavior(Behavior::Pass);
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    // A response of the relay itself still counts.
    admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    env.close().await;
}

#[tokio::test]
async fn a_proxys_sign_in_page_does_not_sign_an_admin_out_or_lose_a_draft() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let setup = e2e_tests::Browser::start(proxy.url(), "ja", e2e_tests::Size::DESKTOP).await;
    setup.open("/setup").await;
    sign_in(&setup).await;
    show(&setup, "/setup/site").await;
    setup
        .type_into("input[name=site-name]", "株式会社あたらしい")
        .await;

    for foreign in [
        ForeignResponse::SIGN_IN,
        ForeignResponse::KNOWN_SIGN_IN_CODE,
        ForeignResponse::EMPTY_SUCCESS,
    ] {
        proxy.set_behavior_on("/api", Behavior::Respond(foreign));
        setup.press("[data-action=save]").await;
        setup.sees("[data-save=failed]").await;
        setup.says("受付のサーバー以外から応答がありました").await;
        let keeps_name =
            "return document.querySelector('input[name=site-name]').value === '株式会社あたらしい'";
        setup.until(keeps_name).await;
    }
    // A portal that answers everything with success does not sign out either.
    proxy.set_behavior_on("/api", Behavior::Portal);
    setup.press("[data-action=save]").await;
    setup.sees("[data-save=failed]").await;
    proxy.set_behavior(Behavior::Pass);
    setup.press("[data-action=save]").await;
    await_saved(&setup).await;
    assert_eq!(admin.settings().await.site.name, "株式会社あたらしい");
    env.close().await;
}
