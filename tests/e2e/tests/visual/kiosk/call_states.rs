//! A call in every state, each reached by what really leads to it.

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use e2e_tests::office::{host_id, someone_of};

use crate::steps::visitor::{introduce_and_call, is_notified, press_menu, search_and_pick};
use crate::visual::kiosk::kiosk_env::{Lobby, every_language};

#[tokio::test]
async fn every_state_of_a_call_is_accessible_and_fits() {
    for language in every_language() {
        let mut lobby = Lobby::open(language).await;
        told(&lobby).await;
        slow(&lobby).await;
        cut_off(&mut lobby).await;
        refused(&lobby).await;
        lobby.stage.close().await;
    }
}

async fn told(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    press_menu(tablet, "search").await;
    let host = someone_of("総務");
    search_and_pick(tablet, host.kana, host).await;
    introduce_and_call(tablet, "", "山本 一郎").await;
    is_notified(tablet).await;
    lobby.look("notified-host").await;
    lobby.home().await;

    lobby.tablet.press("[data-state=staff]").await;
    is_notified(tablet).await;
    lobby.look("notified-staff").await;
    lobby.home().await;
    in_place_of_a_host(lobby).await;

    press_menu(tablet, "parcel").await;
    is_notified(tablet).await;
    lobby.look("notified").await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;
    lobby.look("retracted").await;
    lobby.home().await;
}

/// Hosts who are absent or have no account: before the call and after it.
async fn in_place_of_a_host(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    let [alone, stood_in_for, deputy] = [0, 1, 2].map(|place| {
        let staff = Office::sample_staff().iter();
        let mut colleagues = staff.filter(|staff| staff.department == "開発一課");
        colleagues.nth(place).expect("開発一課 has three people")
    });
    let accountless = someone_of("営業一課");
    lobby
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
        lobby.look(&format!("find-{name}")).await;
        tablet
            .press(&format!("[data-host={}]", host_id(host)))
            .await;
        tablet.type_into("input[id=name]", "山本 一郎").await;
        tablet
            .press("[data-screen=details] button[type=submit]")
            .await;
        tablet.sees("[data-screen=confirm] .instead").await;
        lobby.look(&format!("confirm-{name}")).await;
        tablet
            .press("[data-screen=confirm] [data-state=call]")
            .await;
        is_notified(tablet).await;
        lobby.look(&format!("notified-{name}")).await;
        lobby.home().await;
    }
}

/// Chatwork answers nothing of use, so nothing is known yet.
async fn slow(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    let down = Effect::ServerError { status: 503 };
    lobby
        .stage
        .chatwork
        .inject(Fault::new(down).on(RequestFilter::posts()));
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=sending]").await;
    lobby.look("sending").await;
    lobby.idle(10).await;
    tablet.sees("[data-screen=sending] .contact").await;
    lobby.look("sending-slow").await;
    tablet.press("[data-state=cancel]").await;
    lobby.stage.chatwork.clear_faults();
    tablet
        .sees("[data-screen=withdrawn], [data-screen=retracted]")
        .await;
    lobby.home().await;
}

async fn cut_off(lobby: &mut Lobby) {
    lobby.stage.relay.stop().await;
    press_menu(&lobby.tablet, "parcel").await;
    lobby.tablet.sees("[data-screen=waiting]").await;
    lobby.look("waiting").await;
    lobby.tablet.press("[data-state=cancel]").await;
    lobby.tablet.sees("[data-screen=cancelling]").await;
    lobby.look("cancelling").await;
    lobby.stage.relay.start_again().await;
    lobby.tablet.sees("[data-screen=withdrawn]").await;
    lobby.look("withdrawn").await;
    lobby.home().await;

    lobby.stage.relay.stop().await;
    press_menu(&lobby.tablet, "parcel").await;
    lobby.tablet.sees("[data-screen=waiting]").await;
    let deadline = "const now = Date.now; Date.now = () => now() + 16 * 60_000;
        dispatchEvent(new Event('click'))"; // somebody still waits for it
    lobby.tablet.script(deadline).await;
    lobby.tablet.sees("[data-screen=unsure]").await;
    lobby.look("unsure").await;
    lobby.stage.relay.start_again().await;
    lobby.home().await;
}

/// Rooms that the bot has been thrown out of.
async fn refused(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    let leaves = |room| {
        let out = lobby.stage.chatwork.remove_member(room, Office::SAMPLE_BOT);
        out.unwrap_or_else(|error| panic!("{error:?}"));
    };
    press_menu(tablet, "parcel").await;
    is_notified(tablet).await;
    leaves(Office::SAMPLE_SOUMU_ROOM);
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    lobby.look("not-retracted").await;
    lobby.home().await;

    press_menu(tablet, "parcel").await;
    is_notified(tablet).await;
    lobby.look("notified-instead").await;
    lobby.home().await;

    leaves(Office::SAMPLE_ACALL_ROOM);
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    lobby.look("could-not-notify").await;
    lobby.home().await;
}
