//! Pages about answers: settings of the office and of a button, the preview and the webhook.

use e2e_tests::{Browser, Size, TestEnv};
use yobirin_domain::escalation::preset;
use yobirin_domain::model::answer_display::AnswerDisplay;

use super::{appearances, check_appearances, check_part};
use crate::steps::admin::{show, sign_in};

#[tokio::test]
async fn the_pages_of_answers_are_accessible_and_fit() {
    for (language, appearances) in appearances(Size::DESKTOP) {
        let (env, admin) = TestEnv::configured().await;
        let mut document = admin.settings().await;
        document.site.answers = AnswerDisplay::Words;
        document.site.escalation = preset();
        document.devices[0].menu[0].missed_visit = true;
        admin.save(&document).await;
        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        setup.open("/setup").await;
        setup.sees("[data-page=sign-in]").await;
        sign_in(&setup).await;
        show(&setup, "/setup/answers").await;
        setup.press("[data-help=replies] summary").await;
        check_appearances(&setup, "setup-answers", &appearances).await;
        setup.press("[data-choice=off] input").await;
        setup.sees("[data-dialog=answers-off]").await;
        check_appearances(&setup, "setup-answers-off-ask", &appearances).await;
        setup
            .press("[data-dialog=answers-off] [data-action=confirm]")
            .await;
        setup.sees("[data-notice=answers-needed]").await;
        check_appearances(&setup, "setup-answers-off", &appearances).await;
        setup.press("[data-action=undo]").await;
        show(&setup, "/setup/preview").await;
        setup
            .choose("select[name=preview-group]", "kaihatsu1")
            .await;
        setup.sees("[data-later=steps] [data-missed]").await;
        let part = "[data-later=steps]";
        check_part(&setup, "setup-preview-later", part, &appearances).await;
        show(&setup, "/setup/devices").await;
        setup.press("a[href='/setup/devices/lobby']").await;
        setup
            .press("[data-button=sales] [data-action=edit-button]")
            .await;
        setup
            .press("[data-button=sales] [data-steps=own] input")
            .await;
        let part = "[data-unanswered]";
        check_part(&setup, "setup-button-unanswered", part, &appearances).await;
        show(&setup, "/setup/chatwork").await;
        setup.press("[data-help=webhook] summary").await;
        let part = "[data-section=webhook]";
        check_part(&setup, "setup-webhook", part, &appearances).await;
        env.close().await;
    }
}
