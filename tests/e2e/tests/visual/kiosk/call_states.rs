//! A call in every state, each reached by its real cause.

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use e2e_tests::office::{host_id, someone_of};

use crate::steps::visitor::{
    await_notified, cancel_notified, enter_details_and_call, press_menu, search_and_pick,
};
use crate::visual::kiosk::kiosk_env::{KioskEnv, every_language};

#[tokio::test]
async fn every_state_of_a_call_is_accessible_and_fits() {
    for language in every_language() {
        let mut kiosk = KioskEnv::open(language).await;
        notified(&kiosk).await;
        waiting(&kiosk).await;
        offline(&mut kiosk).await;
        refused(&kiosk).await;
        kiosk.env.close().await;
    }
}

async fn notified(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    press_menu(tablet, "search").await;
    let host = someone_of("総務");
    search_and_pick(tablet, host.kana, host).await;
    enter_details_and_call(tablet, "", "山本 一郎").await;
    await_notified(tablet).await;
    kiosk.check("notified-host").await;
    kiosk.home().await;

    kiosk.tablet.press("[data-state=staff]").await;
    await_notified(tablet).await;
    kiosk.check("notified-staff").await;
    kiosk.home().await;
    in_place_of_a_host(kiosk).await;

    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    kiosk.check("notified").await;
    cancel_notified(tablet).await;
    tablet.sees("[data-screen=retracted]").await;
    kiosk.check("retracted").await;
    kiosk.home().await;
}

/// Hosts who are absent or without account, before and after the call.
async fn in_place_of_a_host(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    let [alone, stood_in_for, deputy] = [0, 1, 2].map(|place| {
        let staff = Office::sample_staff().iter();
        let mut colleagues = staff.filter(|staff| staff.department == "開発一課");
        colleagues.nth(place).expect("開発一課 has three people")
    });
    let accountless = someone_of("営業一課");
    kiosk
        .change(|document| {
            for host in &mut document.hosts {
                if host.id == host_id(stood_in_for) {
                    host.delegates = vec![host_id(deputy)];
                }
                if [alone, stood_in_for].map(host_id).contains(&host.id) {
                    host.absent_until = "2099-12-31".parse().ok();
                }
                if host.id == host_id(accountless) {
                    host.account = None;
                }
            }
            let mut groups = document.groups.iter_mut();
            let sales = groups.find(|group| group.id.as_str() == "eigyo1");
            sales.expect("there is 営業一課").in_charge.clear();
        })
        .await;
    for (name, host) in [
        ("absent-alone", alone),
        ("absent-deputy", stood_in_for),
        ("no-account", accountless),
    ] {
        press_menu(tablet, "search").await;
        tablet.type_into("input[type=text]", host.kana).await;
        tablet.sees(&format!("[data-host={}]", host_id(host))).await;
        kiosk.check(&format!("find-{name}")).await;
        tablet
            .press(&format!("[data-host={}]", host_id(host)))
            .await;
        tablet.type_into("input[id=name]", "山本 一郎").await;
        tablet
            .press("[data-screen=details] button[type=submit]")
            .await;
        tablet.sees("[data-screen=confirm] .recipient-note").await;
        kiosk.check(&format!("confirm-{name}")).await;
        tablet
            .press("[data-screen=confirm] [data-state=call]")
            .await;
        await_notified(tablet).await;
        kiosk.check(&format!("notified-{name}")).await;
        kiosk.home().await;
    }
}

/// Chatwork returns errors, so that the call stays pending.
async fn waiting(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    let down = Effect::ServerError { status: 503 };
    kiosk
        .env
        .chatwork
        .inject(Fault::new(down).on(RequestFilter::posts()));
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    kiosk.check("sending").await;
    kiosk.idle(10).await;
    tablet.sees("[data-screen=sending] .contact").await;
    kiosk.check("sending-slow").await;
    tablet.press("[data-state=cancel]").await;
    kiosk.env.chatwork.clear_faults();
    tablet
        .sees("[data-screen=withdrawn], [data-screen=retracted]")
        .await;
    kiosk.home().await;
}

async fn offline(kiosk: &mut KioskEnv) {
    kiosk.env.relay.stop().await;
    press_menu(&kiosk.tablet, "parcel").await;
    kiosk.tablet.sees("[data-screen=waiting]").await;
    kiosk.check("waiting").await;
    kiosk.tablet.press("[data-state=cancel]").await;
    kiosk.tablet.sees("[data-screen=cancelling]").await;
    kiosk.check("cancelling").await;
    kiosk.env.relay.restart().await;
    kiosk.tablet.sees("[data-screen=withdrawn]").await;
    kiosk.check("withdrawn").await;
    kiosk.home().await;

    kiosk.env.relay.stop().await;
    press_menu(&kiosk.tablet, "parcel").await;
    kiosk.tablet.sees("[data-screen=waiting]").await;
    let deadline = "const now = Date.now; Date.now = () => now() + 16 * 60_000;
        dispatchEvent(new Event('click'))"; // the visitor is still waiting
    kiosk.tablet.script(deadline).await;
    kiosk.tablet.sees("[data-screen=unsure]").await;
    kiosk.check("unsure").await;
    kiosk.env.relay.restart().await;
    kiosk.home().await;
}

/// Rooms from which the bot was removed.
async fn refused(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    let leaves = |room| {
        let out = kiosk.env.chatwork.remove_member(room, Office::SAMPLE_BOT);
        out.unwrap_or_else(|error| panic!("{error:?}"));
    };
    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    leaves(Office::SAMPLE_SOUMU_ROOM);
    cancel_notified(tablet).await;
    tablet.sees("[data-screen=could-not-notify]").await;
    kiosk.check("not-retracted").await;
    kiosk.home().await;

    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    kiosk.check("notified-instead").await;
    kiosk.home().await;

    leaves(Office::SAMPLE_DEFAULT_ROOM);
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    kiosk.check("could-not-notify").await;
    kiosk.home().await;
}
