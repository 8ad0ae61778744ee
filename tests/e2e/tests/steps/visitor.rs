//! Steps of a visitor at the tablet.

use chatwork_sim::{Message, Office, Sim, Staff};
use e2e_tests::office::host_id;
use e2e_tests::{Browser, TestEnv, WAIT_TIMEOUT};

/// Presses a button of the menu.
pub(crate) async fn press_menu(tablet: &Browser, button: &str) {
    tablet
        .press(&format!("[data-screen=menu] [data-button={button}]"))
        .await;
}

/// Stops the relay and presses “courier” (宅配), so that the call stays queued.
pub(crate) async fn call_while_relay_is_down(env: &mut TestEnv, tablet: &Browser) {
    env.relay.stop().await;
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
}

/// Restarts the relay; the queued call must be delivered once.
pub(crate) async fn restart_relay_and_await_delivery(env: &mut TestEnv, tablet: &Browser) {
    env.relay.restart().await;
    await_notified(tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
}

/// Opens the groups of this path and calls the last one.
pub(crate) async fn pick_group(tablet: &Browser, path: &[&str]) {
    let (last, opened) = path.split_last().expect("at least one group");
    for group in opened {
        tablet
            .press(&format!("[data-group={group}][data-state=opens]"))
            .await;
    }
    tablet
        .press(&format!("[data-group={last}][data-state=calls]"))
        .await;
}

/// Searches for a host by name and picks the host.
pub(crate) async fn search_and_pick(tablet: &Browser, typed: &str, staff: &Staff) {
    tablet.type_into("input[type=text]", typed).await;
    tablet
        .press(&format!("[data-host={}]", host_id(staff)))
        .await;
}

/// Enters company and name, and calls.
pub(crate) async fn enter_details_and_call(tablet: &Browser, company: &str, name: &str) {
    tablet.sees("[data-screen=details]").await;
    if !company.is_empty() {
        tablet.type_into("input[id=company]", company).await;
    }
    tablet.type_into("input[id=name]", name).await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet
        .press("[data-screen=confirm] [data-state=call]")
        .await;
}

/// Waits until the tablet shows "notified".
pub(crate) async fn await_notified(tablet: &Browser) {
    tablet.sees("[data-screen=notified]").await;
}

/// Cancels a call that has notified somebody: the first press changes the button's text to a question, the second
/// cancels.
pub(crate) async fn cancel_notified(tablet: &Browser) {
    let button = "[data-state=cancel]";
    tablet.sees(button).await;
    let text = format!("document.querySelector('{button}').innerText");
    let before = tablet.script(&format!("return {text}")).await;
    tablet.press(button).await;
    tablet.until(&format!("return {text} !== {before}")).await;
    tablet.press(button).await;
}

/// Waits until the tablet has the settings that the relay would send it now. A visit that has begun keeps the earlier
/// ones.
pub(crate) async fn await_latest_settings(tablet: &Browser) {
    let has_latest = "const done = arguments[0];
        const look = async () => {
            const latest = (await fetch('/api/settings')).headers.get('etag');
            const own = JSON.parse(localStorage['yobirin.settings'] ?? '{}').etag;
            own === latest ? done(true) : setTimeout(look, 200);
        };
        look();";
    assert_eq!(tablet.script_async(has_latest).await, true);
}

/// The bot's only message, which must be in this room.
pub(crate) async fn only_message(chatwork: &Sim, room: u64) -> Message {
    let by_bot = |message: &Message| message.account_id == Office::SAMPLE_BOT;
    let message = chatwork
        .wait_for_message(room, by_bot, WAIT_TIMEOUT)
        .await
        .unwrap_or_else(|e| panic!("{e:?}"));
    let everywhere: Vec<_> = chatwork
        .rooms()
        .into_iter()
        .flat_map(|room| chatwork.messages(room.room_id))
        .filter(by_bot)
        .collect();
    assert_eq!(
        everywhere.len(),
        1,
        "one message and no other: {everywhere:#?}"
    );
    message
}

/// The bot's private chat with an employee.
pub(crate) fn private_chat(chatwork: &Sim, staff: &Staff) -> u64 {
    let room = chatwork.direct_room(Office::SAMPLE_BOT, staff.account_id);
    room.unwrap_or_else(|| panic!("the bot has no private chat with {}", staff.name))
}
