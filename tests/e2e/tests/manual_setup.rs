//! Acts of set-up as an admin does them by hand: who stands in for whom, trying a call, naming the
//! columns of a strange list, who answers for a group.

use chatwork_sim::{Message, Office, Staff};
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, SOON, Size};
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::Lang;

use crate::steps::admin::{at_the_desk, save, show};
use crate::steps::visitor::{
    introduce_and_call, is_notified, press_menu, private_chat, search_and_pick,
};

/// Looks for somebody in a list of hosts, and takes exactly them.
async fn take_host(desk: &Browser, name: &str, staff: &Staff) {
    let input = format!("input[name={name}]");
    desk.type_into(&input, staff.kana).await;
    let id = host_id(staff);
    desk.press(&format!(".picker:has({input}) [data-choice='{id}']"))
        .await;
    desk.sees(&format!("[data-list={name}] [data-key='{id}']"))
        .await;
}

async fn open_host(desk: &Browser, staff: &Staff) {
    show(desk, "/setup/hosts").await;
    desk.press(&format!("a[href='/setup/hosts/{}']", host_id(staff)))
        .await;
    desk.sees("[data-page=host]").await;
}

/// Tries a direct call for somebody.
async fn try_host(desk: &Browser, staff: &Staff) {
    show(desk, "/setup/preview").await;
    desk.press("input[name=preview-start][value=host]").await;
    desk.choose("select[name=preview-host]", host_id(staff).as_str())
        .await;
    desk.choose("select[name=preview-method]", "direct").await;
    let account = staff.account_id;
    desk.sees(&format!("[data-destination='account:{account}']"))
        .await;
}

async fn open_group(desk: &Browser, id: &str) {
    show(desk, "/setup/groups").await;
    desk.press(&format!("[data-group={id}] a")).await;
    desk.sees("[data-page=group]").await;
}

async fn value(desk: &Browser, selector: &str) -> String {
    let value = desk.find(selector).await.prop("value").await;
    value.ok().flatten().unwrap_or_default()
}

/// The trial's outcome as the page shows it: where each message goes, in order.
async fn destinations(desk: &Browser) -> Vec<String> {
    let mut found = Vec::new();
    for message in desk.all_now(".stack > .outcomes [data-destination]").await {
        let to = message.attr("data-destination").await;
        found.extend(to.expect("the page is still there"));
    }
    found
}

#[tokio::test]
async fn on_a_telephone_the_outcome_of_a_trial_comes_into_view_by_itself() {
    let (stage, _admin, desk) = at_the_desk().await;
    desk.resize(Size::PHONE).await;
    show(&desk, "/setup/preview").await;
    desk.press("input[name=preview-start][value=group]").await;
    desk.choose("select[name=preview-group]", "kaihatsu1").await;
    desk.until(
        "const first = document.querySelector('.outcomes > li')?.getBoundingClientRect();
         return first && first.top >= 0 && first.bottom <= innerHeight;",
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn while_somebody_is_absent_their_delegate_is_told_and_the_trial_says_so_beforehand() {
    let (stage, admin, desk) = at_the_desk().await;
    let (absent, delegate) = (someone_of("総務"), someone_of("開発一課"));
    let id = host_id(absent);
    open_host(&desk, absent).await;
    desk.type_time("input[name=host-absent-until]", "12312099")
        .await;
    // What is tried is what the pages show, saved or not.
    try_host(&desk, absent).await;
    desk.says(&format!(
        "{}さんは不在ですが、代わりに知らせる人がいません",
        absent.name
    ))
    .await;
    assert_eq!(destinations(&desk).await.len(), 1, "the absent one alone");
    open_host(&desk, absent).await;
    take_host(&desk, "host-delegates", delegate).await;
    save(&desk).await;
    let document = admin.settings().await;
    let kept = document.hosts.iter().find(|host| host.id == id).unwrap();
    let until = kept.absent_until.map(|day| day.to_string());
    assert_eq!(until.as_deref(), Some("2099-12-31"));
    assert_eq!(kept.delegates, [host_id(delegate)]);

    try_host(&desk, absent).await;
    for staff in [absent, delegate] {
        let account = staff.account_id;
        desk.sees(&format!("[data-destination='account:{account}']"))
            .await;
    }
    assert_eq!(destinations(&desk).await.len(), 2, "and nobody else");
    desk.sees("[data-step=absent_so_delegates]").await;
    let (away, instead) = (absent.name, delegate.name);
    desk.says(&format!("{away}さんは不在のため、代理の{instead}さんにも"))
        .await;

    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, absent.kana, absent).await;
    introduce_and_call(&tablet, "", "山本 一郎").await;
    is_notified(&tablet).await;
    for staff in [absent, delegate] {
        let chat = private_chat(&stage.chatwork, staff);
        let visit = |message: &Message| message.body.contains("山本 一郎");
        let told = stage.chatwork.wait_for_message(chat, visit, SOON).await;
        assert!(told.is_ok(), "{} is told", staff.name);
    }
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn a_button_is_tried_out_and_shows_who_is_told_what_and_why() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/preview").await;
    desk.choose("select[name=preview-device]", "lobby").await;

    // A button for one group, by the room.
    desk.choose("select[name=preview-button]", "parcel").await;
    let room = Office::SAMPLE_SOUMU_ROOM;
    desk.sees(&format!("[data-destination='room:{room}'] .drawn-box"))
        .await;
    assert_eq!(destinations(&desk).await.len(), 1);
    desk.says("ルーム「総務ルーム」").await;
    let mentions = desk.find("[data-mentions]").await.text().await.unwrap();
    assert!(mentions.contains(someone_of("総務").name), "{mentions}");
    desk.sees("[data-step=own_room]").await;
    desk.says("「総務」に登録されたルーム「総務ルーム」に届きます")
        .await;

    // A button for one group, straight to the people.
    desk.choose("select[name=preview-button]", "sales").await;
    let seller = someone_of("営業一課");
    let account = seller.account_id;
    let message = format!("[data-destination='account:{account}'] [data-drawn]");
    let text = desk.find(&message).await.text().await.unwrap();
    assert!(text.contains("山田 太郎"), "the made-up visitor: {text}");
    assert!(!text.contains('['), "drawn, without notation: {text}");
    desk.press(&format!(
        "[data-destination='account:{account}'] .raw summary"
    ))
    .await;
    desk.says("[info][title]").await;
    desk.sees("[data-step=direct_to_in_charge]").await;
    desk.says(&format!("「営業一課」の担当者（{}）", seller.name))
        .await;

    // A button that lets the visitor choose: nothing is said before somebody is chosen.
    desk.choose("select[name=preview-button]", "groups").await;
    desk.sees("[data-outcome=none]").await;
    desk.choose("select[name=preview-group]", "kaihatsu1").await;
    let room = Office::SAMPLE_KAIHATSU_ROOM;
    desk.sees(&format!("[data-destination='room:{room}']"))
        .await;
    desk.sees("[data-step=ancestor_room]").await;
    desk.says("上の「開発部」のルーム「開発部ルーム」に届きます")
        .await;
    let rooms = stage.chatwork.rooms();
    let mut said = rooms
        .iter()
        .flat_map(|room| stage.chatwork.messages(room.room_id));
    assert!(said.next().is_none(), "trying tells nobody");
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn a_list_with_titles_nobody_knows_is_brought_in_by_naming_its_columns() {
    let (stage, admin, desk) = at_the_desk().await;
    let files = tempfile::tempdir().expect("a folder for files");
    let text = "い列,ろ列,は列,に列,ほ列\r\n\
                猫好き,新人 一,7100001,営業部,しんじん いち\r\n\
                犬好き,新人 二,7100002,総務,しんじん に\r\n";
    let path = crate::import::file(&files, "strange.csv", text.as_bytes());
    show(&desk, "/setup/import").await;
    desk.choose_file("input[name=file]", &path).await;
    desk.sees("[data-section=columns] [data-notice=no-name]")
        .await;
    desk.until(
        "const all = [...document.querySelectorAll('[data-column] select')];
         return all.length === 5 && all.every(one => one.value === '');",
    )
    .await;
    desk.says("い列").await;
    desk.says("猫好き、犬好き").await;

    // Named wrongly first: putting it right takes the meaning away from the wrong column.
    desk.choose("select[name=column-0]", "Name").await;
    desk.loses("[data-notice=no-name]").await;
    desk.choose("select[name=column-1]", "Name").await;
    desk.sees("[data-column='0'].unused").await;
    desk.choose("select[name=column-2]", "Account").await;
    desk.choose("select[name=column-3]", "Groups").await;
    desk.choose("select[name=column-4]", "Kana").await;
    desk.press("[data-action=dry-run]").await;
    for line in [2, 3] {
        let row = format!("[data-line='{line}'][data-verdict=added]");
        desk.sees(&format!("{row} [data-field=Kana]")).await;
    }
    desk.until("return document.querySelector('[data-show=added] .count').textContent === '2';")
        .await;
    let before = admin.settings().await.hosts.len();
    desk.press("[data-action=apply]").await;
    desk.sees("[data-notice=imported]").await;
    save(&desk).await;

    let settings = admin.settings().await;
    assert_eq!(settings.hosts.len(), before + 2);
    let of = |name: &str| {
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
        of("新人 一"),
        ("しんじん いち".into(), Some(7_100_001), "eigyo".into())
    );
    assert_eq!(
        of("新人 二"),
        ("しんじん に".into(), Some(7_100_002), "soumu".into())
    );
    show(&desk, "/setup/hosts").await;
    desk.type_into("input[name=search]", "しんじん").await;
    desk.says("新人 一").await;
    desk.says("新人 二").await;
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn who_answers_for_a_group_and_its_names_are_kept_and_its_room_says_where_it_is_from() {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/groups").await;
    desk.sees("[data-group=soumu] [data-room=own]").await;
    desk.sees("[data-group=eigyo1] [data-room=default]").await;
    open_group(&desk, "kaihatsu1").await;
    desk.sees("[data-section=room] [data-room=above]").await;
    desk.says("「開発部」のルームを使用：開発部ルーム").await;

    desk.type_into("input[name=group-name-ja]", "開発第一課")
        .await;
    desk.type_into("input[name=group-name-en]", "Development 1")
        .await;
    let (before, first, second) = (
        someone_of("開発一課"),
        someone_of("開発部"),
        someone_of("総務"),
    );
    take_host(&desk, "group-in-charge", first).await;
    take_host(&desk, "group-in-charge", second).await;
    let row = |staff: &Staff| {
        format!(
            "[data-list=group-in-charge] [data-key='{}']",
            host_id(staff)
        )
    };
    desk.press(&format!("{} [data-action=remove]", row(before)))
        .await;
    desk.loses(&row(before)).await;
    desk.press(&format!("{} [data-action=up]", row(second)))
        .await;
    desk.sees(&format!("{}:first-child", row(second))).await;
    save(&desk).await;

    let document = admin.settings().await;
    let mut groups = document.groups.iter();
    let group = groups.find(|group| group.id.as_str() == "kaihatsu1");
    let group = group.expect("it is still there");
    assert_eq!(group.name.exactly(Lang::Ja), "開発第一課");
    assert_eq!(group.name.exactly(Lang::En), "Development 1");
    assert_eq!(group.in_charge, [host_id(second), host_id(first)]);
    assert_eq!(group.room, None, "it is still the other group's");

    desk.reload().await;
    desk.sees(&format!("{}:first-child", row(second))).await;
    desk.sees(&format!("{}:nth-child(2)", row(first))).await;
    assert!(desk.all_now(&row(before)).await.is_empty());
    let names = ["ja", "en"].map(|tag| format!("input[name=group-name-{tag}]"));
    assert_eq!(value(&desk, &names[0]).await, "開発第一課");
    assert_eq!(value(&desk, &names[1]).await, "Development 1");
    desk.sees("[data-section=room] [data-room=above]").await;

    // A room of its own, while it has one, and the other group's again after that.
    crate::steps::admin::pick(&desk, "group-room", "総務").await;
    desk.sees("[data-section=room] [data-room=own]").await;
    desk.press("[data-section=room] [data-action=clear]").await;
    desk.sees("[data-section=room] [data-room=above]").await;
    desk.console_is_clean().await;
    stage.close().await;
}
