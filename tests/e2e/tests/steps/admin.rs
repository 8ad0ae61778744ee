//! What an office manager does in set-up, step by step.

use chatwork_sim::Staff;
use e2e_tests::admin::{Admin, PASSWORD};
use e2e_tests::{Browser, Stage};

/// Opens the first-run link and chooses a password.
pub(crate) async fn choose_password(desk: &Browser, link: &str) {
    desk.open(link).await;
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.type_into("input[name=password-again]", PASSWORD).await;
    desk.press("[data-action=first-run]").await;
    desk.sees("[data-page=overview]").await;
}

/// Signs in with the admin's password.
pub(crate) async fn sign_in(desk: &Browser) {
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.press("[data-action=sign-in]").await;
    desk.sees("[data-page=overview] [data-step]").await;
}

/// An admin's browser, signed in by password.
pub(crate) async fn signed_in(stage: &Stage) -> Browser {
    let desk = stage.desk().await;
    desk.open("/setup").await;
    desk.sees("[data-page=sign-in]").await;
    sign_in(&desk).await;
    desk
}

/// The sample office, with an admin who has signed in.
pub(crate) async fn at_the_desk() -> (Stage, Admin, Browser) {
    let (stage, admin) = Stage::furnished().await;
    let desk = signed_in(&stage).await;
    (stage, admin, desk)
}

/// Shows a page by its link on the page that is open.
pub(crate) async fn show(desk: &Browser, path: &str) {
    unfold(desk).await;
    desk.press(&format!("nav a[href='{path}']")).await;
    let name = path.rsplit('/').next().expect("a path has parts");
    desk.sees(&format!("[data-page={name}]")).await;
}

/// Opens the navigation where a narrow window folds it.
pub(crate) async fn unfold(desk: &Browser) {
    desk.sees("nav").await;
    desk.script(
        "const menu = document.querySelector('nav [data-action=menu]');
         if (menu.offsetParent && menu.getAttribute('aria-expanded') === 'false') menu.click();",
    )
    .await;
}

/// Types a token, presses 接続する and confirms.
pub(crate) async fn connect(desk: &Browser, token: &str) {
    desk.type_into("input[name=token]", token).await;
    desk.press("[data-action=connect]").await;
    desk.press("[data-dialog=connect] [data-action=confirm]")
        .await;
}

/// Saves, and waits until it is saved.
pub(crate) async fn save(desk: &Browser) {
    desk.press("[data-action=save]").await;
    is_saved(desk).await;
}

/// Waits until everything is saved: the bar says so for a while, then goes out of the way.
pub(crate) async fn is_saved(desk: &Browser) {
    desk.until(
        "const bar = document.querySelector('.save-bar');
         return ['saved', 'clean'].includes(bar?.dataset.save);",
    )
    .await;
}

/// Types into a picker and takes what it offers first.
pub(crate) async fn pick(desk: &Browser, name: &str, typed: &str) {
    desk.type_into(&format!("input[name={name}]"), typed).await;
    desk.press(&format!(".picker:has(input[name={name}]) [data-choice]"))
        .await;
}

/// Adds a group below another, with a room in any pasted form; empty means none.
pub(crate) async fn add_group(desk: &Browser, name: &str, parent: &str, room: &str) {
    show(desk, "/setup/groups").await;
    desk.press("[data-action=add-group]").await;
    desk.type_into("input[name=group-name-ja]", name).await;
    if !parent.is_empty() {
        desk.choose_words("select[name=group-parent]", parent).await;
    }
    if !room.is_empty() {
        pick(desk, "group-room", room).await;
    }
}

/// Adds a host with an account in any pasted form.
pub(crate) async fn add_host(desk: &Browser, staff: &Staff, account: &str, groups: &[&str]) {
    show(desk, "/setup/hosts").await;
    desk.press("[data-action=add-host]").await;
    desk.type_into("input[name=host-name]", staff.name).await;
    desk.type_into("input[name=host-kana]", staff.kana).await;
    pick(desk, "host-account", account).await;
    for group in groups {
        pick(desk, "host-group", group).await;
    }
}

/// Adds a device with the menu it begins with.
pub(crate) async fn new_device(desk: &Browser, name: &str) {
    show(desk, "/setup/devices").await;
    desk.press("[data-action=add-device]").await;
    desk.type_into("input[name=device-name]", name).await;
}

/// Asks for a pairing code for the device that is shown.
pub(crate) async fn pairing_code(desk: &Browser) -> String {
    desk.press("[data-action=pair]").await;
    desk.find("[data-code]")
        .await
        .text()
        .await
        .expect("the code is text")
}
