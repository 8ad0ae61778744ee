//! What the doctor finds, and its repairs.

use chatwork_sim::Office;
use e2e_tests::Stage;
use e2e_tests::office::{host_id, someone_of};

use crate::steps::admin::{save, show, signed_in};

#[tokio::test]
async fn a_room_without_the_bot_is_found_and_dropped_by_one_press() {
    let (stage, admin) = Stage::furnished().await;
    let gone = stage
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    gone.expect("the bot was in the room");
    let desk = signed_in(&stage).await;
    desk.sees("[data-notice=worst]").await;
    show(&desk, "/setup/doctor").await;
    desk.sees("[data-severity=broken] [data-finding=dead-room]")
        .await;
    desk.says("総務").await;
    desk.sees("[data-busy=false]").await;
    desk.press("[data-finding=dead-room] [data-action=drop-room]")
        .await;
    desk.loses("[data-finding=dead-room]").await;
    save(&desk).await;
    let settings = admin.settings().await;
    let soumu = settings
        .groups
        .iter()
        .find(|group| group.id.as_str() == "soumu");
    assert_eq!(soumu.expect("総務 is there").room, None);
    stage.close().await;
}

#[tokio::test]
async fn a_wrong_account_gets_the_only_namesake_by_one_press() {
    let (stage, admin) = Stage::furnished().await;
    let staff = someone_of("総務");
    let mut settings = admin.settings().await;
    let mut hosts = settings.hosts.iter_mut();
    let host = hosts
        .find(|host| host.id == host_id(staff))
        .expect("the host is there");
    host.account = Some(1_234_567_u64.try_into().expect("an account"));
    admin.save(&settings).await;
    let desk = signed_in(&stage).await;
    show(&desk, "/setup/doctor").await;
    desk.press("[data-finding=unknown-account] [data-action=set-account]")
        .await;
    desk.loses("[data-finding=unknown-account]").await;
    save(&desk).await;
    let settings = admin.settings().await;
    let host = settings.hosts.iter().find(|host| host.id == host_id(staff));
    let account = host.and_then(|host| host.account).map(u64::from);
    assert_eq!(account, Some(staff.account_id));
    stage.close().await;
}

#[tokio::test]
async fn somebody_who_asks_becomes_a_contact_by_one_press() {
    let (stage, _admin) = Stage::furnished().await;
    let staff = someone_of("開発一課");
    let parted = stage
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, staff.account_id);
    parted.expect("they were contacts");
    let asked = stage
        .chatwork
        .request_contact(staff.account_id, Office::SAMPLE_BOT, "");
    asked.expect("they may ask again");
    let desk = signed_in(&stage).await;
    show(&desk, "/setup/doctor").await;
    desk.sees("[data-busy=false]").await;
    let cards = format!(
        "[...document.querySelectorAll('[data-finding=not-a-contact]')]\
         .filter(card => card.textContent.includes('{}'))",
        staff.name
    );
    desk.until(&format!("return {cards}.length === 1")).await;
    desk.script(&format!(
        "{cards}[0].querySelector('[data-action=accept]').click()"
    ))
    .await;
    desk.until(&format!("return {cards}.length === 0")).await;
    let room = stage
        .chatwork
        .direct_room(Office::SAMPLE_BOT, staff.account_id);
    assert!(
        room.is_some(),
        "the bot has a private chat with {}",
        staff.name
    );
    stage.close().await;
}
