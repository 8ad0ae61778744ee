//! Long lists of hosts and groups: search, sorting, bulk actions.

use e2e_tests::admin::Admin;
use e2e_tests::office::{self, host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};
use thirtyfour::Key;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{AccountId, GroupId};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::admin::{await_value, open_setup, save, show, signed_in};

/// A window in which the list of groups does not scroll, so that a drag near its edge moves nothing under the pointer.
const TALL: Size = Size {
    width: 1280,
    height: 1400,
};

async fn setup_with(change: impl FnOnce(&mut SettingsDocument)) -> (TestEnv, Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = office::sample();
    change(&mut document);
    admin.save(&document).await;
    let setup = signed_in(&env).await;
    (env, admin, setup)
}

/// A numbered host of a large office.
fn numbered_host(place: usize) -> Host {
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

async fn rendered_rows(setup: &Browser) -> usize {
    setup.all_now("[data-table=hosts] [data-host]").await.len()
}

/// Vertical position of the list of hosts in the page.
async fn list_top(setup: &Browser) -> f64 {
    let top = "const list = document.querySelector('[data-table=hosts]');
        return list.getBoundingClientRect().top + scrollY;";
    setup.script(top).await.as_f64().expect("a place in pixels")
}

#[tokio::test]
async fn selecting_the_first_host_does_not_move_the_list_in_any_window_size() {
    let (env, _admin, setup) = setup_with(|_| ()).await;
    show(&setup, "/setup/hosts").await;
    for size in Size::ALL {
        setup.resize(size).await;
        setup.sees("[data-table=hosts] [data-host]").await;
        let before = list_top(&setup).await;
        setup.press("[data-host] input[name=choose]").await;
        setup.sees("[data-action=bulk-delete]").await;
        let moved = list_top(&setup).await - before;
        assert!(moved.abs() < 1.0, "{size:?}: moved by {moved} px");
        setup.press("[data-action=choose-none]").await;
        setup.no_longer_sees("[data-action=bulk-delete]").await;
    }
    env.close().await;
}

#[tokio::test]
async fn an_empty_search_result_is_shown_and_can_be_reset() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/hosts").await;
    setup.choose("select[name=filter]", "absent").await;
    setup.says("この条件の担当者はいません").await;
    setup.type_into("input[name=search]", "いない人").await;
    setup.says("「いない人」に一致する担当者はいません").await;
    setup
        .until("return document.querySelector('[data-table=hosts]').hidden")
        .await;
    setup.press("[data-action=show-all]").await;
    setup.sees("[data-table=hosts] [data-host]").await;
    await_value(&setup, "input[name=search]", "").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn of_ten_thousand_hosts_only_the_visible_rows_are_rendered() {
    let (env, _admin, setup) = setup_with(|document| {
        document.hosts.extend((0..10_000).map(numbered_host));
    })
    .await;
    show(&setup, "/setup/hosts").await;
    setup.sees("[data-table=hosts] [data-host]").await;
    let all = office::sample().hosts.len() + 10_000;
    setup.says(&format!("{all} 人")).await;
    assert!(
        rendered_rows(&setup).await < 60,
        "{} rows are drawn",
        rendered_rows(&setup).await
    );
    let rows = setup
        .find("[data-table=hosts]")
        .await
        .attr("aria-rowcount")
        .await;
    assert_eq!(
        rows.unwrap(),
        Some((all + 1).to_string()),
        "the table's row count includes its head"
    );

    setup.key("[data-table=hosts]", Key::End).await;
    setup.sees("[data-host=n9999]").await;
    setup
        .sees(&format!("[data-host][aria-rowindex='{}']", all + 1))
        .await;
    assert!(
        rendered_rows(&setup).await < 60,
        "{} rows are drawn",
        rendered_rows(&setup).await
    );

    setup.type_into("input[name=search]", "渡辺 9999").await;
    setup.sees("[data-host=n9999]").await;
    setup.says("1 人").await;
    // A search by reading finds all hosts of that name and no others.
    setup.type_into("input[name=search]", "さとう").await;
    setup
        .until(
            "const rows = [...document.querySelectorAll('[data-table=hosts] [data-host]')];
         return rows.length > 3 && rows.every(row => row.textContent.includes('佐藤'));",
        )
        .await;
    env.close().await;
}

#[tokio::test]
async fn many_hosts_can_be_moved_hidden_and_deleted_together() {
    let (env, admin, setup) = setup_with(|document| {
        document.hosts.extend((0..30).map(numbered_host));
        document.groups[0].in_charge = vec!["n0".parse().unwrap()];
    })
    .await;
    show(&setup, "/setup/hosts").await;
    setup.type_into("input[name=search]", "鈴木").await;
    setup.press("[data-action=choose-all]").await;
    setup.press("[data-action=bulk-join]").await;
    setup.type_into("input[name=bulk-group]", "総務").await;
    setup
        .press("[data-dialog=bulk-group] [data-choice=soumu]")
        .await;
    setup.press("[data-action=bulk-hide]").await;
    save(&setup).await;
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

    setup.press("[data-action=choose-none]").await;
    setup.type_into("input[name=search]", "佐藤 ").await;
    setup.sees("[data-host=n0]").await;
    setup.press("[data-host=n0] input[name=choose]").await;
    setup.press("[data-host=n4] input[name=choose]").await;
    setup.press("[data-action=bulk-delete]").await;
    setup.says("次のグループの担当者からも外れます：総務").await;
    setup.says("担当者がひとりもいなくなるグループ：総務").await;
    setup
        .press("[data-dialog=bulk-delete] [data-action=confirm]")
        .await;
    save(&setup).await;
    let document = admin.settings().await;
    assert!(document.hosts.iter().all(|host| host.id.as_str() != "n0"));
    assert!(document.groups[0].in_charge.is_empty());
    env.close().await;
}

#[tokio::test]
async fn a_row_can_be_edited_inline() {
    let (env, admin, setup) = setup_with(|_| {}).await;
    let id = host_id(someone_of("総務")).to_string();
    show(&setup, "/setup/hosts").await;
    setup
        .press(&format!("[data-host='{id}'] [data-action=edit-row]"))
        .await;
    setup.type_into("input[name=row-kana]", "そうむ").await;
    setup.type_into("input[name=row-account]", "あ").await;
    setup
        .sees("input[name=row-account][aria-invalid=true]")
        .await;
    setup
        .type_into("input[name=row-account]", "[To:987654] さん")
        .await;
    setup.press("[data-action=row-done]").await;
    setup.no_longer_sees("[data-editing]").await;
    save(&setup).await;
    let document = admin.settings().await;
    let host = document
        .hosts
        .iter()
        .find(|host| host.id.as_str() == id)
        .unwrap();
    assert_eq!(host.kana, "そうむ");
    assert_eq!(host.account.map(AccountId::get), Some(987_654));
    env.close().await;
}

#[tokio::test]
async fn accounts_are_suggested_by_name_and_assigned_with_one_press() {
    let (env, admin, setup) = setup_with(|document| {
        for host in &mut document.hosts {
            host.account = None;
        }
        let unknown = "unknown".parse().expect("an id");
        let unknown = Host::named(unknown, "誰でもない 人");
        document.hosts.push(unknown);
    })
    .await;
    show(&setup, "/setup/hosts").await;
    setup.press("[data-action=suggest]").await;
    setup.sees("[data-dialog=suggest] [data-suggested]").await;
    // Hosts whose names match no account are named.
    setup
        .sees("[data-dialog=suggest] [data-unmatched='1']")
        .await;
    setup.says("誰でもない 人").await;
    let id = host_id(someone_of("総務")).to_string();
    setup.press(&format!("[data-suggested='{id}'] input")).await;
    setup.press("[data-action=take-suggested]").await;
    save(&setup).await;
    let document = admin.settings().await;
    for host in &document.hosts {
        let own = host.id.as_str().trim_start_matches('h').parse().ok();
        let found = host.account.map(AccountId::get);
        if host.id.as_str() == id {
            assert_eq!(found, None, "this host was not selected");
        } else if found.is_some() {
            assert_eq!(found, own, "{}", host.name);
        }
    }
    let found = document.hosts.iter().filter(|host| host.account.is_some());
    assert!(
        found.count() > document.hosts.len() / 2,
        "most names are recognized"
    );
    env.close().await;
}

#[tokio::test]
async fn a_hosts_groups_can_be_sorted_by_keyboard() {
    let (env, admin, setup) = setup_with(|document| {
        document.hosts[0].groups = ["soumu", "kaihatsu", "eigyo"]
            .map(|id| id.parse().unwrap())
            .into();
    })
    .await;
    let id = office::sample().hosts[0].id.to_string();
    show(&setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
    let grip = "[data-list=host-groups] [data-key=eigyo] [data-action=move]";
    setup.key(grip, Key::Up).await;
    setup
        .sees("[data-list=host-groups] li:nth-child(2)[data-key=eigyo]")
        .await;
    setup.key(grip, Key::Up).await;
    setup
        .sees("[data-list=host-groups] li:nth-child(1)[data-key=eigyo] .first-group")
        .await;
    save(&setup).await;
    let groups = admin.settings().await.hosts[0].groups.clone();
    let groups: Vec<&str> = groups.iter().map(GroupId::as_str).collect();
    assert_eq!(groups, ["eigyo", "soumu", "kaihatsu"]);
    env.close().await;
}

#[tokio::test]
async fn groups_can_be_moved_by_keyboard_and_by_dragging() {
    let (env, admin, setup) = setup_with(|_| {}).await;
    setup.resize(TALL).await;
    show(&setup, "/setup/groups").await;
    setup.press("[data-group=eigyo] [data-action=in]").await;
    setup.sees("[data-group=eigyo][aria-level='2']").await;
    save(&setup).await;
    let parent = |document: &SettingsDocument, id: &str| {
        let group = document.groups.iter().find(|group| group.id.as_str() == id);
        group.and_then(|group| group.parent.as_ref().map(ToString::to_string))
    };
    let document = admin.settings().await;
    assert_eq!(parent(&document, "eigyo").as_deref(), Some("kaihatsu"));
    assert_eq!(parent(&document, "eigyo1").as_deref(), Some("eigyo"));

    drag(&setup, "kaihatsu2", "soumu").await;
    setup.sees("[data-group=kaihatsu2][aria-level='2']").await;
    save(&setup).await;
    let document = admin.settings().await;
    assert_eq!(parent(&document, "kaihatsu2").as_deref(), Some("soumu"));
    env.close().await;
}

#[tokio::test]
async fn groups_and_a_hosts_groups_can_be_moved_by_touch() {
    let (env, admin, setup) = setup_with(|document| {
        document.hosts[0].groups = ["soumu", "kaihatsu", "eigyo"]
            .map(|id| id.parse().unwrap())
            .into();
    })
    .await;
    setup.resize(TALL).await;
    show(&setup, "/setup/groups").await;
    let grip = |group: &str| format!("[data-group={group}] [data-action=grip]");
    setup
        .drag_by_finger(&grip("kaihatsu2"), "[data-group=soumu]")
        .await;
    setup
        .sees("[data-group=soumu] + [data-group=kaihatsu2][data-depth='1']")
        .await;

    let id = office::sample().hosts[0].id.to_string();
    show(&setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
    let place = "[data-list=host-groups] [data-key=soumu]";
    let grip = "[data-list=host-groups] [data-key=eigyo] [data-action=move]";
    setup.drag_by_finger(grip, place).await;
    setup
        .sees("[data-list=host-groups] li:nth-child(1)[data-key=eigyo]")
        .await;
    save(&setup).await;
    let document = admin.settings().await;
    let groups: Vec<&str> = document.hosts[0]
        .groups
        .iter()
        .map(GroupId::as_str)
        .collect();
    assert_eq!(groups, ["eigyo", "soumu", "kaihatsu"]);
    env.close().await;
}

/// Drags a group's grip onto the center of another group's row with pointer events.
async fn drag(setup: &Browser, group: &str, onto: &str) {
    let script = format!(
        "const at = (selector) => {{ const r = document.querySelector(selector).getBoundingClientRect();
            return {{ clientX: r.x + 8, clientY: r.y + r.height / 2, pointerId: 1, bubbles: true, cancelable: true }}; }};
         const grip = document.querySelector('[data-group={group}] [data-action=grip]');
         grip.dispatchEvent(new PointerEvent('pointerdown', at('[data-group={group}]')));
         window.dispatchEvent(new PointerEvent('pointermove', at('[data-group={onto}]')));
         window.dispatchEvent(new PointerEvent('pointerup', at('[data-group={onto}]')));"
    );
    setup.script(&script).await;
}

#[tokio::test]
async fn two_thousand_groups_can_be_searched_by_name() {
    let (env, _admin, setup) = setup_with(|document| {
        document.groups.extend((0..2_000).map(|place| {
            let name = TranslatedText::of(Lang::Ja, format!("第{place}課"));
            let mut group = Group::named(format!("g{place}").parse().unwrap(), name);
            group.parent = (place >= 50).then(|| format!("g{}", place % 50).parse().unwrap());
            group
        }));
    })
    .await;
    show(&setup, "/setup/groups").await;
    setup.sees("[data-table=groups] [data-group]").await;
    let rendered_rows = setup
        .all_now("[data-table=groups] [data-group]")
        .await
        .len();
    assert!(rendered_rows < 60, "{rendered_rows} rows are rendered");
    setup.type_into("input[name=search]", "第1999課").await;
    setup.sees("[data-group=g1999]").await;
    setup.sees("[data-group=g49]").await;
    env.close().await;
}
