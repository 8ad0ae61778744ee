//! Manual set-up: delegates, previews of calls, column mapping of an import, hosts in charge of a group.

use chatwork_sim::{Message, Office, Staff};
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Size, WAIT_TIMEOUT};
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::Lang;

use crate::steps::admin::{await_value, open_setup, pick, save, show};
use crate::steps::visitor::{
    await_notified, enter_details_and_call, press_menu, private_chat, search_and_pick,
};

/// Searches a list of hosts and selects exactly this one.
async fn select_host(setup: &Browser, name: &str, staff: &Staff) {
    let input = format!("input[name={name}]");
    setup.type_into(&input, staff.kana).await;
    let id = host_id(staff);
    setup
        .press(&format!(".picker:has({input}) [data-choice='{id}']"))
        .await;
    setup
        .sees(&format!("[data-list={name}] [data-key='{id}']"))
        .await;
}

async fn open_host(setup: &Browser, staff: &Staff) {
    show(setup, "/setup/hosts").await;
    setup
        .press(&format!("a[href='/setup/hosts/{}']", host_id(staff)))
        .await;
    setup.sees("[data-page=host]").await;
}

/// Previews a direct call of a host.
async fn preview_call(setup: &Browser, staff: &Staff) {
    show(setup, "/setup/preview").await;
    setup.press("input[name=preview-start][value=host]").await;
    setup
        .choose("select[name=preview-host]", host_id(staff).as_str())
        .await;
    setup.choose("select[name=preview-method]", "direct").await;
    let account = staff.account_id;
    setup
        .sees(&format!("[data-destination='account:{account}']"))
        .await;
}

async fn open_group(setup: &Browser, id: &str) {
    show(setup, "/setup/groups").await;
    setup.press(&format!("[data-group={id}] a")).await;
    setup.sees("[data-page=group]").await;
}

/// Destinations in the preview's result, in order.
async fn destinations(setup: &Browser) -> Vec<String> {
    // One script, because the page may render the result again between two requests to the driver.
    let script = "return [...document.querySelectorAll('.stack > .outcomes [data-destination]')].map(e => e.dataset.destination)";
    serde_json::from_value(setup.script(script).await).expect("texts")
}

#[tokio::test]
async fn on_a_phone_the_preview_result_scrolls_into_view() {
    let (env, _admin, setup) = open_setup().await;
    setup.resize(Size::PHONE).await;
    show(&setup, "/setup/preview").await;
    setup.press("input[name=preview-start][value=group]").await;
    setup
        .choose("select[name=preview-group]", "kaihatsu1")
        .await;
    setup
        .until(
            "const first = document.querySelector('.outcomes > li')?.getBoundingClientRect();
         return first && first.top >= 0 && first.bottom <= innerHeight;",
        )
        .await;
    env.close().await;
}

#[tokio::test]
async fn an_absent_hosts_delegate_is_notified_and_the_preview_shows_it() {
    let (env, admin, setup) = open_setup().await;
    let (absent, delegate) = (someone_of("総務"), someone_of("開発一課"));
    let id = host_id(absent);
    open_host(&setup, absent).await;
    setup
        .type_time("input[name=host-absent-until]", "12312099")
        .await;
    // The preview uses the settings on the page, saved or not.
    preview_call(&setup, absent).await;
    setup
        .says(&format!(
            "{}さんは不在ですが、代理の担当者がいません",
            absent.name
        ))
        .await;
    assert_eq!(destinations(&setup).await.len(), 1, "only the absent host");
    open_host(&setup, absent).await;
    select_host(&setup, "host-delegates", delegate).await;
    save(&setup).await;
    let document = admin.settings().await;
    let saved_host = document.hosts.iter().find(|host| host.id == id).unwrap();
    let until = saved_host.absent_until.map(|day| day.to_string());
    assert_eq!(until.as_deref(), Some("2099-12-31"));
    assert_eq!(saved_host.delegates, [host_id(delegate)]);

    preview_call(&setup, absent).await;
    for staff in [absent, delegate] {
        let account = staff.account_id;
        setup
            .sees(&format!("[data-destination='account:{account}']"))
            .await;
    }
    assert_eq!(
        destinations(&setup).await.len(),
        2,
        "no other host is a destination"
    );
    setup.sees("[data-step=absent_so_delegates]").await;
    let (host_name, delegate_name) = (absent.name, delegate.name);
    setup
        .says(&format!(
            "{host_name}さんは不在のため、代理の{delegate_name}さんにも"
        ))
        .await;

    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, absent.kana, absent).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    for staff in [absent, delegate] {
        let chat = private_chat(&env.chatwork, staff);
        let visit = |message: &Message| message.body.contains("山本 一郎");
        let message = env
            .chatwork
            .wait_for_message(chat, visit, WAIT_TIMEOUT)
            .await;
        assert!(message.is_ok(), "{} gets a message", staff.name);
    }
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn the_preview_of_a_button_shows_destinations_messages_and_reasons() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/preview").await;
    setup.choose("select[name=preview-device]", "lobby").await;

    // A button for a group with the method room.
    setup.choose("select[name=preview-button]", "parcel").await;
    let room = Office::SAMPLE_SOUMU_ROOM;
    setup
        .sees(&format!("[data-destination='room:{room}'] .rendered-box"))
        .await;
    assert_eq!(destinations(&setup).await.len(), 1);
    setup.says("ルーム「総務ルーム」").await;
    let mentions = setup.find("[data-mentions]").await.text().await.unwrap();
    assert!(mentions.contains(someone_of("総務").name), "{mentions}");
    setup.sees("[data-step=own_room]").await;
    setup
        .says("「総務」に登録されたルーム「総務ルーム」に届きます")
        .await;

    // A button for a group with the method direct.
    setup.choose("select[name=preview-button]", "sales").await;
    let seller = someone_of("営業一課");
    let account = seller.account_id;
    let message = format!("[data-destination='account:{account}'] [data-rendered]");
    let text = setup.find(&message).await.text().await.unwrap();
    assert!(text.contains("山田 太郎"), "the sample visitor: {text}");
    assert!(!text.contains('['), "rendered without notation: {text}");
    setup
        .press(&format!(
            "[data-destination='account:{account}'] .raw-message summary"
        ))
        .await;
    setup.says("[info][title]").await;
    setup.sees("[data-step=direct_to_in_charge]").await;
    setup
        .says(&format!(
            "「営業一課」のグループの担当者（{}）",
            seller.name
        ))
        .await;

    // A button that lets the visitor choose: no result before a host is chosen.
    setup.choose("select[name=preview-button]", "groups").await;
    setup.sees("[data-outcome=none]").await;
    setup
        .choose("select[name=preview-group]", "kaihatsu1")
        .await;
    let room = Office::SAMPLE_KAIHATSU_ROOM;
    setup
        .sees(&format!("[data-destination='room:{room}']"))
        .await;
    setup.sees("[data-step=ancestor_room]").await;
    setup
        .says("上の「開発部」のルーム「開発部ルーム」に届きます")
        .await;
    let rooms = env.chatwork.rooms();
    let mut messages = rooms
        .iter()
        .flat_map(|room| env.chatwork.messages(room.room_id));
    assert!(messages.next().is_none(), "a preview sends no message");
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_list_with_unknown_headings_is_imported_by_mapping_its_columns() {
    let (env, admin, setup) = open_setup().await;
    let files = tempfile::tempdir().expect("a folder for files");
    let text = "い列,ろ列,は列,に列,ほ列\r\n\
                猫好き,新人 一,7100001,営業部,しんじん いち\r\n\
                犬好き,新人 二,7100002,総務,しんじん に\r\n";
    let path = crate::import::file(&files, "strange.csv", text.as_bytes());
    show(&setup, "/setup/import").await;
    setup.choose_file("input[name=file]", &path).await;
    setup
        .sees("[data-section=columns] [data-notice=no-name]")
        .await;
    setup
        .until(
            "const all = [...document.querySelectorAll('[data-column] select')];
         return all.length === 5 && all.every(one => one.value === '');",
        )
        .await;
    setup.says("い列").await;
    setup.says("猫好き、犬好き").await;

    // A wrong mapping first: correcting it clears the wrong column.
    setup.choose("select[name=column-0]", "Name").await;
    setup.no_longer_sees("[data-notice=no-name]").await;
    setup.choose("select[name=column-1]", "Name").await;
    setup.sees("[data-column='0'].unused").await;
    setup.choose("select[name=column-2]", "Account").await;
    setup.choose("select[name=column-3]", "Groups").await;
    setup.choose("select[name=column-4]", "Kana").await;
    setup.press("[data-action=dry-run]").await;
    for line in [2, 3] {
        let row = format!("[data-line='{line}'][data-verdict=added]");
        setup.sees(&format!("{row} [data-field=Kana]")).await;
    }
    setup
        .until("return document.querySelector('[data-show=added] .count').textContent === '2';")
        .await;
    let before = admin.settings().await.hosts.len();
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;

    let settings = admin.settings().await;
    assert_eq!(settings.hosts.len(), before + 2);
    let imported = |name: &str| {
        let host = settings.hosts.iter().find(|host| host.name == name);
        let host = host.unwrap_or_else(|| panic!("{name} is there"));
        let groups: Vec<&str> = host.groups.iter().map(GroupId::as_str).collect();
        (
            host.kana.clone(),
            host.account.map(u64::from),
            groups.join(" "),
        )
    };
    assert_eq!(
        imported("新人 一"),
        ("しんじん いち".into(), Some(7_100_001), "eigyo".into())
    );
    assert_eq!(
        imported("新人 二"),
        ("しんじん に".into(), Some(7_100_002), "soumu".into())
    );
    show(&setup, "/setup/hosts").await;
    setup.type_into("input[name=search]", "しんじん").await;
    setup.says("新人 一").await;
    setup.says("新人 二").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_groups_hosts_and_names_are_saved_and_an_inherited_room_names_its_origin() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/groups").await;
    setup.sees("[data-group=soumu] [data-room=own]").await;
    setup.sees("[data-group=eigyo1] [data-room=default]").await;
    open_group(&setup, "kaihatsu1").await;
    setup.sees("[data-section=room] [data-room=above]").await;
    setup.says("「開発部」のルームを使用：開発部ルーム").await;

    setup
        .type_into("input[name=group-name-ja]", "開発第一課")
        .await;
    setup
        .type_into("input[name=group-name-en]", "Development 1")
        .await;
    let (before, first, second) = (
        someone_of("開発一課"),
        someone_of("開発部"),
        someone_of("総務"),
    );
    select_host(&setup, "group-in-charge", first).await;
    select_host(&setup, "group-in-charge", second).await;
    let row = |staff: &Staff| {
        format!(
            "[data-list=group-in-charge] [data-key='{}']",
            host_id(staff)
        )
    };
    setup
        .press(&format!("{} [data-action=remove]", row(before)))
        .await;
    setup.no_longer_sees(&row(before)).await;
    setup
        .press(&format!("{} [data-action=up]", row(second)))
        .await;
    setup.sees(&format!("{}:first-child", row(second))).await;
    save(&setup).await;

    let document = admin.settings().await;
    let mut groups = document.groups.iter();
    let group = groups.find(|group| group.id.as_str() == "kaihatsu1");
    let group = group.expect("the element is still there");
    assert_eq!(group.name.exactly(Lang::Ja), "開発第一課");
    assert_eq!(group.name.exactly(Lang::En), "Development 1");
    assert_eq!(group.in_charge, [host_id(second), host_id(first)]);
    assert_eq!(group.room, None, "the group still has no room of its own");

    setup.reload().await;
    setup.sees(&format!("{}:first-child", row(second))).await;
    setup.sees(&format!("{}:nth-child(2)", row(first))).await;
    assert!(setup.all_now(&row(before)).await.is_empty());
    let names = ["ja", "en"].map(|tag| format!("input[name=group-name-{tag}]"));
    await_value(&setup, &names[0], "開発第一課").await;
    await_value(&setup, &names[1], "Development 1").await;
    setup.sees("[data-section=room] [data-room=above]").await;

    // The group's own room while it has one, afterwards the parent's again.
    pick(&setup, "group-room", "総務").await;
    setup
        .sees("[data-section=room] [data-chosen=group-room]")
        .await;
    setup
        .no_longer_sees("[data-section=room] [data-room]")
        .await;
    setup.press("[data-section=room] [data-action=clear]").await;
    setup.sees("[data-section=room] [data-room=above]").await;
    setup.assert_clean_console().await;
    env.close().await;
}
