//! A call in every state, each reached by what really leads to it.

use chatwork_sim::{Calls, Effect, Fault, Office};
use e2e_tests::office::someone_of;

use crate::looks::kiosk::lobby::{Lobby, every_language};
use crate::visit::{introduce_and_call, is_notified, press_menu, search_and_pick};

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

    press_menu(tablet, "parcel").await;
    is_notified(tablet).await;
    lobby.look("notified").await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;
    lobby.look("retracted").await;
    lobby.home().await;
}

/// Chatwork answers nothing of use, so nothing is known yet.
async fn slow(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    let down = Effect::ServerError { status: 503 };
    lobby
        .stage
        .chatwork
        .inject(Fault::new(down).on(Calls::posts()));
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
    lobby.tablet.sees("[data-screen=expired]").await;
    lobby.look("expired").await;
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
