//! Steps of an admin in set-up.

use chatwork_sim::Staff;
use e2e_tests::admin::{Admin, PASSWORD};
use e2e_tests::{Browser, TestEnv};

/// Opens the first-run link and chooses a password; the guided set-up follows.
pub(crate) async fn choose_password(setup: &Browser, link: &str) {
    setup.open(link).await;
    setup.type_into("input[name=password]", PASSWORD).await;
    setup
        .type_into("input[name=password-again]", PASSWORD)
        .await;
    setup.press("[data-action=first-run]").await;
    setup.sees("[data-page=guide] [data-guide=office]").await;
}

/// Signs in with the admin's password.
pub(crate) async fn sign_in(setup: &Browser) {
    setup.type_into("input[name=password]", PASSWORD).await;
    setup.press("[data-action=sign-in]").await;
    setup.sees("[data-page=overview] [data-step]").await;
}

/// A set-up browser, signed in by password.
pub(crate) async fn signed_in(env: &TestEnv) -> Browser {
    let setup = env.setup_browser().await;
    setup.open("/setup").await;
    setup.sees("[data-page=sign-in]").await;
    sign_in(&setup).await;
    setup
}

/// The configured sample office, with a signed-in set-up browser.
pub(crate) async fn open_setup() -> (TestEnv, Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let setup = signed_in(&env).await;
    (env, admin, setup)
}

/// Opens a page by its link on the current page.
pub(crate) async fn show(setup: &Browser, path: &str) {
    open_navigation(setup).await;
    setup.press(&format!("nav a[href='{path}']")).await;
    let name = path.rsplit('/').next().expect("a path has parts");
    setup.sees(&format!("[data-page={name}]")).await;
}

/// Opens the navigation if it is collapsed in a narrow window.
pub(crate) async fn open_navigation(setup: &Browser) {
    setup.sees("nav").await;
    setup
        .script(
            "const menu = document.querySelector('nav [data-action=menu]');
         if (menu.offsetParent && menu.getAttribute('aria-expanded') === 'false') menu.click();",
        )
        .await;
}

/// Types a token, presses “Connect” (接続する) and confirms.
pub(crate) async fn connect(setup: &Browser, token: &str) {
    setup.type_into("input[name=token]", token).await;
    setup.press("[data-action=connect]").await;
    setup
        .press("[data-dialog=connect] [data-action=confirm]")
        .await;
}

/// Saves; waits until the changes are saved.
pub(crate) async fn save(setup: &Browser) {
    setup.press("[data-action=save]").await;
    await_saved(setup).await;
}

/// Waits until all changes are saved: the save bar confirms it and then disappears.
pub(crate) async fn await_saved(setup: &Browser) {
    setup
        .until(
            "const bar = document.querySelector('.save-bar');
         return ['saved', 'clean'].includes(bar?.dataset.save);",
        )
        .await;
}

/// Value of an input now.
pub(crate) async fn value(setup: &Browser, selector: &str) -> String {
    let value = setup.find(selector).await.prop("value").await;
    let value = value.unwrap_or_else(|error| panic!("{selector} cannot be read: {error}"));
    value.unwrap_or_else(|| panic!("{selector} has no value"))
}

/// Waits until an input has this value.
pub(crate) async fn await_value(setup: &Browser, selector: &str, value: &str) {
    let has_value = format!("return document.querySelector('{selector}')?.value === '{value}'");
    setup.until(&has_value).await;
}

/// Types into a combobox and takes its first option.
pub(crate) async fn pick(setup: &Browser, name: &str, typed: &str) {
    setup.type_into(&format!("input[name={name}]"), typed).await;
    setup
        .press(&format!(".picker:has(input[name={name}]) [data-choice]"))
        .await;
}

/// Adds a group with parent and room (in any pasted form); empty means none.
pub(crate) async fn add_group(setup: &Browser, name: &str, parent: &str, room: &str) {
    show(setup, "/setup/groups").await;
    setup.press("[data-action=add-group]").await;
    setup.type_into("input[name=group-name-ja]", name).await;
    if !parent.is_empty() {
        setup
            .choose_by_text("select[name=group-parent]", parent)
            .await;
    }
    if !room.is_empty() {
        pick(setup, "group-room", room).await;
    }
}

/// Adds a host with an account (in any pasted form).
pub(crate) async fn add_host(setup: &Browser, staff: &Staff, account: &str, groups: &[&str]) {
    show(setup, "/setup/hosts").await;
    setup.press("[data-action=add-host]").await;
    setup.type_into("input[name=host-name]", staff.name).await;
    setup.type_into("input[name=host-kana]", staff.kana).await;
    pick(setup, "host-account", account).await;
    for group in groups {
        pick(setup, "host-group", group).await;
    }
}

/// Adds a device with the default menu.
pub(crate) async fn new_device(setup: &Browser, name: &str) {
    show(setup, "/setup/devices").await;
    setup.press("[data-action=add-device]").await;
    setup.type_into("input[name=device-name]", name).await;
}

/// Makes a pairing code for the current device.
pub(crate) async fn pairing_code(setup: &Browser) -> String {
    setup.press("[data-action=pair]").await;
    setup
        .find("[data-code]")
        .await
        .text()
        .await
        .expect("the code is text")
}
