//! Set-up guided by the overview, from the first-run link to a call in the right room, without typing an id.

use chatwork_sim::{Office, Staff};
use e2e_tests::{Browser, TestEnv};

use crate::first_setup::first_visit;
use crate::import::file;
use crate::steps::admin::{
    choose_password, connect, new_device, open_navigation, pairing_code, pick, save, show,
};

#[tokio::test]
async fn a_new_admin_is_guided_from_the_link_to_the_first_call() {
    let env = TestEnv::open().await;
    let setup = env.setup_browser().await;
    let link = env.relay.first_run.clone().expect("a first-run link");
    choose_password(&setup, &link).await;

    open_overview(&setup).await;
    setup.sees("[data-step='1'].next").await;
    open_step(&setup, 1, "chatwork").await;
    connect(&setup, Office::SAMPLE_TOKEN).await;
    setup.sees("[data-bot]").await;
    pick(&setup, "default-room", "acall").await;
    save(&setup).await;

    open_overview(&setup).await;
    setup.sees("[data-step='2'].next").await;
    open_step(&setup, 2, "hosts").await;
    setup.press("[data-action=to-import]").await;
    import_two_hundred(&setup).await;

    open_step(&setup, 3, "groups").await;
    assign_room(&setup, "総務", "総務ルーム").await;
    assign_room(&setup, "開発部", "開発部ルーム").await;
    save(&setup).await;

    open_overview(&setup).await;
    setup.sees("[data-step='4'].next").await;
    open_step(&setup, 4, "devices").await;
    new_device(&setup, "1F 受付").await;
    save(&setup).await;
    let code = pairing_code(&setup).await;
    let tablet = env.tablet_browser().await;
    tablet.open("/").await;
    tablet.type_into("input", &code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;

    open_overview(&setup).await;
    setup.sees("[data-notice=ready]").await;
    let done = setup.all_now("[data-step][data-state=done]").await;
    assert_eq!(done.len(), 4, "every step is done");

    first_visit(&env, &tablet, &setup).await;
    env.close().await;
}

/// Opens a step from the overview.
async fn open_step(setup: &Browser, number: u8, page: &str) {
    open_overview(setup).await;
    setup
        .press(&format!("[data-step='{number}'] .step-action a"))
        .await;
    setup.sees(&format!("[data-page={page}]")).await;
}

async fn open_overview(setup: &Browser) {
    open_navigation(setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-page=overview] [data-step]").await;
}

async fn import_two_hundred(setup: &Browser) {
    let folder = tempfile::tempdir().expect("a folder for files");
    let users = file(&folder, "users.csv", user_export().as_bytes());
    setup.choose_file("input[name=file]", &users).await;
    setup.sees("[data-section=columns]").await;
    setup.press("[data-action=dry-run]").await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(setup).await;
    show(setup, "/setup/hosts").await;
    setup.says("200 人").await;
}

/// Opens a group by name and picks its room by name.
async fn assign_room(setup: &Browser, group: &str, room: &str) {
    show(setup, "/setup/groups").await;
    setup.type_into("input[name=search]", group).await;
    setup.press_button(group).await;
    pick(setup, "group-room", room).await;
}

/// Chatwork's user export of an office of two hundred, including the sample office's employees.
fn user_export() -> String {
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
