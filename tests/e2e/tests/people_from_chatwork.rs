//! Hosts from the bot's contacts: new people, people who are gone, nobody twice.

use chatwork_sim::Office;
use e2e_tests::office::{host_id, someone_of};
use yobirin_domain::model::id::AccountId;
use yobirin_domain::model::lang::Lang;

use crate::steps::admin::{open_setup, save, show};

#[tokio::test]
async fn people_are_added_once_and_those_who_are_gone_are_removed() {
    let (env, admin, setup) = open_setup().await;
    let (renamed, left) = (someone_of("総務"), someone_of("営業部"));
    let mut document = admin.settings().await;
    for host in &mut document.hosts {
        if host.id == host_id(renamed) {
            host.account = None;
        }
        if host.id == host_id(left) {
            host.name = "退職 太郎".to_owned();
            host.account = AccountId::try_from(9_999_999).ok();
        }
    }
    admin.save(&document).await;
    let before = document.hosts.len();

    setup.open("/setup/hosts").await;
    setup.press("[data-action=from-chatwork]").await;
    setup.sees("[data-page=people] [data-gone]").await;
    let link = format!("[data-person='{}'] input:checked", renamed.account_id);
    setup.sees(&link).await;
    // The account of the host who left now belongs to somebody who is not a host yet.
    let new = format!("[data-person='{}'] input:checked", left.account_id);
    setup.sees(&new).await;
    setup.press("[data-gone] input").await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=applied]").await;
    setup
        .no_longer_sees("[data-section=people] [data-person]")
        .await;
    setup.no_longer_sees("[data-gone]").await;
    save(&setup).await;

    let after = admin.settings().await;
    let hosts_with = |account: u64| {
        let hosts = after.hosts.iter();
        let hosts = hosts.filter(|host| host.account.map(u64::from) == Some(account));
        hosts.collect::<Vec<_>>()
    };
    assert_eq!(
        hosts_with(renamed.account_id)[0].id,
        host_id(renamed),
        "linked"
    );
    let added = hosts_with(left.account_id);
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].name, left.name);
    assert_eq!(
        added[0].groups.len(),
        1,
        "the host is in the group of the department"
    );
    assert!(after.hosts.iter().all(|host| host.name != "退職 太郎"));
    assert!(after.hosts.len() >= before);
    let mut accounts: Vec<_> = after.hosts.iter().filter_map(|host| host.account).collect();
    let count = accounts.len();
    accounts.sort_unstable();
    accounts.dedup();
    assert_eq!(accounts.len(), count, "nobody is added twice");

    setup.reload().await;
    setup.says("全員、登録済みです").await;
    assert!(
        setup
            .all_now("[data-section=people], [data-action=apply]")
            .await
            .is_empty(),
        "nobody is left to add"
    );
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn an_applied_choice_is_undone_in_one_step() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    document.hosts.clear();
    for group in &mut document.groups {
        group.in_charge.clear();
        group.room = None;
    }
    admin.save(&document).await;
    show(&setup, "/setup/hosts").await;
    setup.open("/setup/people").await;
    setup
        .sees("[data-open-group] select[name=open-group-room]")
        .await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=applied]").await;
    setup.sees(".save-bar[data-save=unsaved]").await;
    setup.press("[data-action=undo]").await;
    setup.no_longer_sees(".save-bar[data-save=unsaved]").await;
    setup.sees("[data-section=people] [data-person]").await;
    assert_eq!(admin.settings().await, document, "nothing was saved");
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_department_gets_any_room_and_a_person_in_charge_while_its_people_are_added() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    document.hosts.clear();
    document.groups.clear();
    for device in &mut document.devices {
        device.menu.clear();
    }
    admin.save(&document).await;
    let seller = someone_of("営業部");
    show(&setup, "/setup/hosts").await;
    setup.open("/setup/people").await;
    // No room has the department's name.
    let choose =
        |field: &str| format!("[data-open-group='営業部'] select[name=open-group-{field}]");
    setup.choose_by_text(&choose("room"), "総務ルーム").await;
    setup
        .choose_by_text(&choose("in-charge"), seller.name)
        .await;
    setup.assert_accessible("rooms and people in charge").await;
    setup.press("[data-action=apply]").await;
    setup.says("1 グループの担当者を決めました").await;
    save(&setup).await;
    let after = admin.settings().await;
    let groups = after.groups.iter();
    let group = |name: &str| {
        let mut groups = groups.clone();
        let found = groups.find(|group| group.name.best(Lang::Ja) == name);
        found.unwrap_or_else(|| panic!("{name} is a group")).clone()
    };
    let sales = group("営業部");
    assert_eq!(sales.room.map(u64::from), Some(Office::SAMPLE_SOUMU_ROOM));
    let in_charge = after.hosts.iter();
    let in_charge: Vec<_> = in_charge
        .filter(|host| sales.in_charge.contains(&host.id))
        .map(|host| host.name.as_str())
        .collect();
    assert_eq!(in_charge, [seller.name]);
    assert_eq!(group("開発部").in_charge, [], "nobody was chosen");
    setup.assert_clean_console().await;
    env.close().await;
}
