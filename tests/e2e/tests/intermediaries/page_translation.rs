//! Page translation, by the browser or a script.

use e2e_tests::TestEnv;
use e2e_tests::office::{host_id, someone_of};

use crate::steps::visitor::press_menu;

/// JavaScript that replaces each text node by an element, as page translators do.
const TRANSLATE: &str =
    "const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = []; while (walk.nextNode()) nodes.push(walk.currentNode);
    for (const node of nodes.filter((node) => node.data.trim() && !skipped(node))) {
        const font = document.createElement('font');
        font.textContent = node.data;
        node.replaceWith(font);
    }
    return document.querySelectorAll('font').length;";

/// Translation that respects the page's opt-out, as browsers do.
pub(crate) fn polite_translation() -> String {
    let skipped = "(node) => node.parentElement.closest('[translate=no], .notranslate')";
    format!("const skipped = {skipped}; {TRANSLATE}")
}

#[tokio::test]
async fn kiosk_and_set_up_opt_out_of_page_translation() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let setup = env.setup_browser().await;
    setup.open("/setup").await;
    setup.sees("[data-page=sign-in]").await;
    for page in [&tablet, &setup] {
        let polite = "const root = document.documentElement;
            return root.translate === false && root.classList.contains('notranslate')
                && document.querySelector('meta[name=google]').content === 'notranslate'";
        page.until(polite).await;
        let translated = page.script(&polite_translation()).await;
        assert_eq!(translated, 0, "nothing is left to translate");
    }
    env.close().await;
}

#[tokio::test]
async fn translating_text_nodes_anyway_does_not_mix_up_the_names_on_buttons() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let rude = format!("const skipped = () => false; {TRANSLATE}");
    let (one, other) = (someone_of("総務"), someone_of("開発一課"));

    press_menu(&tablet, "search").await;
    tablet.type_into("input[type=text]", one.name).await;
    tablet.sees(&format!("[data-host={}]", host_id(one))).await;
    tablet.script(&rude).await;
    tablet.type_into("input[type=text]", other.name).await;
    let card = format!("[data-host={}] .card-name", host_id(other));
    tablet.sees(&card).await;
    let says = format!(
        "return document.querySelector('{card}').textContent === '{}'",
        other.name
    );
    tablet.until(&says).await;
    tablet.script(&rude).await;
    tablet
        .press(&format!("[data-host={}]", host_id(other)))
        .await;
    tablet.sees("[data-screen=details]").await;
    tablet.press("[data-state=home]").await;

    // Opening a group renders one list in the place of another.
    press_menu(&tablet, "groups").await;
    tablet.sees("[data-group=kaihatsu]").await;
    tablet.script(&rude).await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.sees("[data-group=kaihatsu1]").await;
    let says =
        "return document.querySelector('[data-group=kaihatsu1]').textContent.includes('開発一課')
        && document.querySelector('[data-screen] .heading').textContent.includes('開発部')";
    tablet.until(says).await;
    env.close().await;
}
