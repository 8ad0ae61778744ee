//! Long lists of hosts and groups: looked through, ordered, acted on.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::office::{self, host_id, someone_of};
use e2e_tests::{Browser, Size, Stage};
use thirtyfour::Key;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{AccountId, GroupId};
use yobirin_domain::model::lang::{Lang, LocalText};
use yobirin_domain::model::settings::SettingsDocument;

use crate::desk::{at_the_desk, save, show, signed_in};
use crate::visit::{is_notified, press_menu};

async fn desk_with(change: impl FnOnce(&mut SettingsDocument)) -> (Stage, Admin, Browser) {
    let (stage, admin) = Stage::furnished().await;
    let mut document = office::sample();
    change(&mut document);
    admin.save(&document).await;
    let desk = signed_in(&stage).await;
    (stage, admin, desk)
}

/// A host of a large office.
fn one_of_many(place: usize) -> Host {
    const FAMILIES: [(&str, &str); 4] = [
        ("佐藤", "さとう"),
        ("鈴木", "すずき"),
        ("高橋", "たかはし"),
        ("渡邉", "わたなべ"),
    ];
    let (family, kana) = FAMILIES[place % FAMILIES.len()];
    let mut host = Host::named(
        format!("n{place}").parse().expect("an id"),
        format!("{family} {place}"),
    );
    host.kana = format!("{kana} {place:05}");
    host.groups = vec!["kaihatsu".parse().expect("an id")];
    host
}

async fn drawn(desk: &Browser) -> usize {
    desk.all_now("[data-table=hosts] [data-host]").await.len()
}

/// Where the list of hosts begins in the page.
async fn list_begins(desk: &Browser) -> f64 {
    let top = "const list = document.querySelector('[data-table=hosts]');
        return list.getBoundingClientRect().top + scrollY;";
    desk.script(top).await.as_f64().expect("a place in pixels")
}

#[tokio::test]
async fn ticking_the_first_host_leaves_the_list_under_the_pointer_in_every_window() {
    let (stage, _admin, desk) = desk_with(|_| ()).await;
    show(&desk, "/setup/hosts").await;
    for size in Size::ALL {
        desk.resize(size).await;
        desk.sees("[data-table=hosts] [data-host]").await;
        let before = list_begins(&desk).await;
        desk.press("[data-host] input[name=choose]").await;
        desk.sees("[data-action=bulk-delete]").await;
        let moved = list_begins(&desk).await - before;
        assert!(moved.abs() < 1.0, "{size:?}: moved by {moved} px");
        desk.press("[data-action=choose-none]").await;
        desk.loses("[data-action=bulk-delete]").await;
    }
    stage.close().await;
}

#[tokio::test]
async fn who_finds_nobody_is_told_so_and_gets_everybody_back() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/hosts").await;
    desk.choose("select[name=filter]", "absent").await;
    desk.says("この条件の担当者はいません").await;
    desk.type_into("input[name=search]", "いない人").await;
    desk.says("「いない人」に一致する担当者はいません").await;
    desk.until("return document.querySelector('[data-table=hosts]').hidden")
        .await;
    desk.press("[data-action=show-all]").await;
    desk.sees("[data-table=hosts] [data-host]").await;
    let searched = desk.find("input[name=search]").await.prop("value").await;
    assert_eq!(searched.unwrap().as_deref(), Some(""));
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn of_ten_thousand_hosts_only_those_in_sight_are_in_the_page() {
    let (stage, _admin, desk) = desk_with(|document| {
        document.hosts.extend((0..10_000).map(one_of_many));
    })
    .await;
    show(&desk, "/setup/hosts").await;
    desk.sees("[data-table=hosts] [data-host]").await;
    let all = office::sample().hosts.len() + 10_000;
    desk.says(&format!("{all} 人")).await;
    assert!(
        drawn(&desk).await < 60,
        "{} rows are drawn",
        drawn(&desk).await
    );
    let rows = desk
        .find("[data-table=hosts]")
        .await
        .attr("aria-rowcount")
        .await;
    assert_eq!(rows.unwrap(), Some((all + 1).to_string()), "and the head");

    let table = desk.find("[data-table=hosts]").await;
    table.send_keys(Key::End + "").await.unwrap();
    desk.sees("[data-host=n9999]").await;
    desk.sees(&format!("[data-host][aria-rowindex='{}']", all + 1))
        .await;
    assert!(
        drawn(&desk).await < 60,
        "{} rows are drawn",
        drawn(&desk).await
    );

    desk.type_into("input[name=search]", "渡辺 9999").await;
    desk.sees("[data-host=n9999]").await;
    desk.says("1 人").await;
    // By the reading: all of that name, and nobody else.
    desk.type_into("input[name=search]", "さとう").await;
    desk.until(
        "const rows = [...document.querySelectorAll('[data-table=hosts] [data-host]')];
         return rows.length > 3 && rows.every(row => row.textContent.includes('佐藤'));",
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn many_hosts_are_moved_hidden_and_deleted_at_once() {
    let (stage, admin, desk) = desk_with(|document| {
        document.hosts.extend((0..30).map(one_of_many));
        document.groups[0].in_charge = vec!["n0".parse().unwrap()];
    })
    .await;
    show(&desk, "/setup/hosts").await;
    desk.type_into("input[name=search]", "鈴木").await;
    desk.press("[data-action=choose-all]").await;
    desk.press("[data-action=bulk-join]").await;
    desk.type_into("input[name=bulk-group]", "総務").await;
    desk.press("[data-dialog=bulk-group] [data-choice=soumu]")
        .await;
    desk.press("[data-action=bulk-hide]").await;
    save(&desk).await;
    let document = admin.settings().await;
    let suzuki: Vec<&Host> = document
        .hosts
        .iter()
        .filter(|host| host.id.as_str().starts_with('n') && host.name.starts_with("鈴木"))
        .collect();
    assert!(suzuki.len() >= 7);
    for host in suzuki {
        let groups: Vec<&str> = host.groups.iter().map(GroupId::as_str).collect();
        assert_eq!((groups, host.hidden), (vec!["kaihatsu", "soumu"], true));
    }

    desk.press("[data-action=choose-none]").await;
    desk.type_into("input[name=search]", "佐藤 ").await;
    desk.sees("[data-host=n0]").await;
    desk.press("[data-host=n0] input[name=choose]").await;
    desk.press("[data-host=n4] input[name=choose]").await;
    desk.press("[data-action=bulk-delete]").await;
    desk.says("次のグループの担当者からも外れます：総務").await;
    desk.says("担当者がひとりもいなくなるグループ：総務").await;
    desk.press("[data-dialog=bulk-delete] [data-action=confirm]")
        .await;
    save(&desk).await;
    let document = admin.settings().await;
    assert!(document.hosts.iter().all(|host| host.id.as_str() != "n0"));
    assert!(document.groups[0].in_charge.is_empty());
    stage.close().await;
}

#[tokio::test]
async fn a_row_is_edited_in_place_without_leaving_the_list() {
    let (stage, admin, desk) = desk_with(|_| {}).await;
    let id = host_id(someone_of("総務")).to_string();
    show(&desk, "/setup/hosts").await;
    desk.press(&format!("[data-host='{id}'] [data-action=edit-row]"))
        .await;
    desk.type_into("input[name=row-kana]", "そうむ").await;
    desk.type_into("input[name=row-account]", "あ").await;
    desk.sees("input[name=row-account][aria-invalid=true]")
        .await;
    desk.type_into("input[name=row-account]", "[To:987654] さん")
        .await;
    desk.press("[data-action=row-done]").await;
    desk.loses("[data-editing]").await;
    save(&desk).await;
    let document = admin.settings().await;
    let host = document
        .hosts
        .iter()
        .find(|host| host.id.as_str() == id)
        .unwrap();
    assert_eq!(host.kana, "そうむ");
    assert_eq!(host.account.map(AccountId::get), Some(987_654));
    stage.close().await;
}

#[tokio::test]
async fn accounts_are_suggested_by_name_and_taken_with_one_press() {
    let (stage, admin, desk) = desk_with(|document| {
        for host in &mut document.hosts {
            host.account = None;
        }
    })
    .await;
    show(&desk, "/setup/hosts").await;
    desk.press("[data-action=suggest]").await;
    desk.sees("[data-dialog=suggest] [data-suggested]").await;
    let id = host_id(someone_of("総務")).to_string();
    desk.press(&format!("[data-suggested='{id}'] input")).await;
    desk.press("[data-action=take-suggested]").await;
    save(&desk).await;
    let document = admin.settings().await;
    for host in &document.hosts {
        let own = host.id.as_str().trim_start_matches('h').parse().ok();
        let found = host.account.map(AccountId::get);
        if host.id.as_str() == id {
            assert_eq!(found, None, "this one was not wanted");
        } else if found.is_some() {
            assert_eq!(found, own, "{}", host.name);
        }
    }
    let found = document.hosts.iter().filter(|host| host.account.is_some());
    assert!(
        found.count() > document.hosts.len() / 2,
        "most names are known again"
    );
    stage.close().await;
}

#[tokio::test]
async fn the_groups_of_a_host_are_put_in_order_by_keyboard() {
    let (stage, admin, desk) = desk_with(|document| {
        document.hosts[0].groups = ["soumu", "kaihatsu", "eigyo"]
            .map(|id| id.parse().unwrap())
            .into();
    })
    .await;
    let id = office::sample().hosts[0].id.to_string();
    show(&desk, "/setup/hosts").await;
    desk.press(&format!("a[href='/setup/hosts/{id}']")).await;
    let grip = "[data-list=host-groups] [data-key=eigyo] [data-action=move]";
    desk.find(grip).await.send_keys(Key::Up + "").await.unwrap();
    desk.sees("[data-list=host-groups] li:nth-child(2)[data-key=eigyo]")
        .await;
    desk.find(grip).await.send_keys(Key::Up + "").await.unwrap();
    desk.sees("[data-list=host-groups] li:nth-child(1)[data-key=eigyo] .first-group")
        .await;
    save(&desk).await;
    let groups = admin.settings().await.hosts[0].groups.clone();
    let groups: Vec<&str> = groups.iter().map(GroupId::as_str).collect();
    assert_eq!(groups, ["eigyo", "soumu", "kaihatsu"]);
    stage.close().await;
}

#[tokio::test]
async fn groups_are_moved_by_keyboard_and_by_dragging() {
    let (stage, admin, desk) = desk_with(|_| {}).await;
    show(&desk, "/setup/groups").await;
    desk.press("[data-group=eigyo] [data-action=in]").await;
    desk.sees("[data-group=eigyo][aria-level='2']").await;
    save(&desk).await;
    let parent = |document: &SettingsDocument, id: &str| {
        let group = document.groups.iter().find(|group| group.id.as_str() == id);
        group.and_then(|group| group.parent.as_ref().map(ToString::to_string))
    };
    let document = admin.settings().await;
    assert_eq!(parent(&document, "eigyo").as_deref(), Some("kaihatsu"));
    assert_eq!(parent(&document, "eigyo1").as_deref(), Some("eigyo"));

    drag(&desk, "kaihatsu2", "soumu").await;
    desk.sees("[data-group=kaihatsu2][aria-level='2']").await;
    save(&desk).await;
    let document = admin.settings().await;
    assert_eq!(parent(&document, "kaihatsu2").as_deref(), Some("soumu"));
    stage.close().await;
}

#[tokio::test]
async fn a_finger_moves_groups_and_puts_a_host_s_groups_in_order() {
    let (stage, admin, desk) = desk_with(|document| {
        document.hosts[0].groups = ["soumu", "kaihatsu", "eigyo"]
            .map(|id| id.parse().unwrap())
            .into();
    })
    .await;
    show(&desk, "/setup/groups").await;
    let grip = |group: &str| format!("[data-group={group}] [data-action=grip]");
    desk.drag_by_finger(&grip("kaihatsu2"), "[data-group=soumu]")
        .await;
    desk.sees("[data-group=soumu] + [data-group=kaihatsu2][data-depth='1']")
        .await;

    let id = office::sample().hosts[0].id.to_string();
    show(&desk, "/setup/hosts").await;
    desk.press(&format!("a[href='/setup/hosts/{id}']")).await;
    let place = "[data-list=host-groups] [data-key=soumu]";
    let grip = "[data-list=host-groups] [data-key=eigyo] [data-action=move]";
    desk.drag_by_finger(grip, place).await;
    desk.sees("[data-list=host-groups] li:nth-child(1)[data-key=eigyo]")
        .await;
    save(&desk).await;
    let document = admin.settings().await;
    let groups: Vec<&str> = document.hosts[0]
        .groups
        .iter()
        .map(GroupId::as_str)
        .collect();
    assert_eq!(groups, ["eigyo", "soumu", "kaihatsu"]);
    stage.close().await;
}

/// Drags a group's grip onto the middle of another's row, as a pointer would.
async fn drag(desk: &Browser, group: &str, onto: &str) {
    let script = format!(
        "const at = (selector) => {{ const r = document.querySelector(selector).getBoundingClientRect();
            return {{ clientX: r.x + 8, clientY: r.y + r.height / 2, pointerId: 1, bubbles: true, cancelable: true }}; }};
         const grip = document.querySelector('[data-group={group}] [data-action=grip]');
         grip.dispatchEvent(new PointerEvent('pointerdown', at('[data-group={group}]')));
         window.dispatchEvent(new PointerEvent('pointermove', at('[data-group={onto}]')));
         window.dispatchEvent(new PointerEvent('pointerup', at('[data-group={onto}]')));"
    );
    desk.script(&script).await;
}

#[tokio::test]
async fn two_thousand_groups_are_looked_through_by_name() {
    let (stage, _admin, desk) = desk_with(|document| {
        document.groups.extend((0..2_000).map(|place| {
            let name = LocalText::of(Lang::Ja, format!("第{place}課"));
            let mut group = Group::named(format!("g{place}").parse().unwrap(), name);
            group.parent = (place >= 50).then(|| format!("g{}", place % 50).parse().unwrap());
            group
        }));
    })
    .await;
    show(&desk, "/setup/groups").await;
    desk.sees("[data-table=groups] [data-group]").await;
    let drawn = desk.all_now("[data-table=groups] [data-group]").await.len();
    assert!(drawn < 60, "{drawn} rows are drawn");
    desk.type_into("input[name=search]", "第1999課").await;
    desk.sees("[data-group=g1999]").await;
    desk.sees("[data-group=g49]").await;
    stage.close().await;
}

#[tokio::test]
async fn the_history_is_filtered_and_taken_away_as_a_table() {
    let (stage, admin, desk) = desk_with(|_| {}).await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    assert_eq!(stage.chatwork.messages(Office::SAMPLE_SOUMU_ROOM).len(), 1);

    show(&desk, "/setup/history").await;
    desk.sees("[data-call][data-state=notified]").await;
    desk.choose("select[name=history-state]", "failed").await;
    desk.sees("[data-notice=none-found]").await;
    desk.choose("select[name=history-state]", "").await;
    desk.type_into("input[name=history-text]", "総務").await;
    desk.sees("[data-call]").await;

    let table = desk.download("[data-action=csv]").await;
    let table = String::from_utf8(table).expect("UTF-8");
    assert_eq!(table.trim_end().lines().count(), 2, "{table}");
    assert!(
        table.contains("1F 受付") && table.contains("通知済み"),
        "{table}"
    );
    stage.close().await;
}
