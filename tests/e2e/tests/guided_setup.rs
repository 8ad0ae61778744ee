//! A new office manager's first ten minutes, from the printed link to a call in the right room: led by the
//! overview, all by clicking, and no id is ever typed.

use chatwork_sim::{Office, Staff};
use e2e_tests::{Browser, Stage};

use crate::first_setup::the_first_visit;
use crate::import::file;
use crate::steps::admin::{
    choose_password, connect, new_device, pairing_code, pick, save, show, unfold,
};

#[tokio::test]
async fn a_new_office_manager_is_led_from_the_link_to_the_first_call() {
    let stage = Stage::open().await;
    let desk = stage.desk().await;
    let link = stage.relay.first_run.clone().expect("a first-run link");
    choose_password(&desk, &link).await;

    desk.sees("[data-step='1'].next").await;
    take_step(&desk, 1, "chatwork").await;
    connect(&desk, Office::SAMPLE_TOKEN).await;
    desk.sees("[data-bot]").await;
    pick(&desk, "default-room", "acall").await;
    save(&desk).await;

    at_the_overview(&desk).await;
    desk.sees("[data-step='2'].next").await;
    take_step(&desk, 2, "hosts").await;
    desk.press("[data-action=to-import]").await;
    bring_in_two_hundred(&desk).await;

    take_step(&desk, 3, "groups").await;
    give_room(&desk, "総務", "総務ルーム").await;
    give_room(&desk, "開発部", "開発部ルーム").await;
    save(&desk).await;

    at_the_overview(&desk).await;
    desk.sees("[data-step='4'].next").await;
    take_step(&desk, 4, "devices").await;
    new_device(&desk, "1F 受付").await;
    save(&desk).await;
    let code = pairing_code(&desk).await;
    let tablet = stage.tablet().await;
    tablet.open("/").await;
    tablet.type_into("input", &code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;

    at_the_overview(&desk).await;
    desk.sees("[data-notice=ready]").await;
    let done = desk.all_now("[data-step][data-state=done]").await;
    assert_eq!(done.len(), 4, "every step is done");

    the_first_visit(&stage, &tablet, &desk).await;
    stage.close().await;
}

/// Goes to a step from the overview.
async fn take_step(desk: &Browser, number: u8, page: &str) {
    at_the_overview(desk).await;
    desk.press(&format!("[data-step='{number}'] .step-go a"))
        .await;
    desk.sees(&format!("[data-page={page}]")).await;
}

async fn at_the_overview(desk: &Browser) {
    unfold(desk).await;
    desk.press("nav a[href='/setup']").await;
    desk.sees("[data-page=overview] [data-step]").await;
}

async fn bring_in_two_hundred(desk: &Browser) {
    let folder = tempfile::tempdir().expect("a folder for files");
    let users = file(&folder, "users.csv", two_hundred().as_bytes());
    desk.choose_file("input[name=file]", &users).await;
    desk.sees("[data-section=columns]").await;
    desk.press("[data-action=dry-run]").await;
    desk.press("[data-action=apply]").await;
    desk.sees("[data-notice=imported]").await;
    save(desk).await;
    show(desk, "/setup/hosts").await;
    desk.says("200 人").await;
}

/// Opens a group by its name and picks its room by name.
async fn give_room(desk: &Browser, group: &str, room: &str) {
    show(desk, "/setup/groups").await;
    desk.type_into("input[name=search]", group).await;
    desk.press_button(group).await;
    pick(desk, "group-room", room).await;
}

/// Chatwork's user export of an office of two hundred, the sample office's people among them.
fn two_hundred() -> String {
    let known = Office::sample_staff();
    let line = |staff: &Staff| {
        let above = match staff.department {
            "開発一課" | "開発二課" => "開発部/",
            "営業一課" => "営業部/",
            _ => "",
        };
        let Staff {
            account_id,
            name,
            department,
            ..
        } = staff;
        format!("{account_id},{name},{account_id}@example.com,ja,{above}{department},public\r\n")
    };
    let others = (known.len()..200).map(|i| {
        format!(
            "{},社員 {i},s{i}@example.com,ja,総務,public\r\n",
            7_000_000 + i
        )
    });
    let people: String = known.iter().map(line).chain(others).collect();
    format!(
        "識別ID,名前,メールアドレス,言語,部署,部署公開設定\r\n\
         account_id,name,login_mail,language,department,department_privacy\r\n{people}"
    )
}
