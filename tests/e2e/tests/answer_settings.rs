//! Answers, reminders, tasks for missed visits and the webhook, set up by an admin and seen in the preview.

use e2e_tests::office::button_of;
use e2e_tests::{Browser, TestEnv};
use thirtyfour::Key;
use yobirin_domain::escalation::preset;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::escalation_step::{EscalationStep, EscalationTarget};
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::admin::{open_setup, save, show, signed_in};

/// The steps as the editor shows them: time in words and target.
async fn shown_steps(setup: &Browser) -> Vec<(String, String)> {
    let steps = setup
        .script(
            "return [...document.querySelectorAll('[data-step-index]')]
                 .map(step => [step.querySelector('[data-step-after]').textContent, step.dataset.stepTo]);",
        )
        .await;
    serde_json::from_value(steps).expect("texts")
}

fn step(after_seconds: u16, to: EscalationTarget) -> EscalationStep {
    EscalationStep { after_seconds, to }
}

/// The configured sample office with answers and a change of its settings, and a signed-in set-up browser.
async fn office_with_answers(
    change: impl FnOnce(&mut SettingsDocument),
) -> (TestEnv, e2e_tests::admin::Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.answers = AnswerDisplay::Words;
    change(&mut document);
    admin.save(&document).await;
    let setup = signed_in(&env).await;
    (env, admin, setup)
}

#[tokio::test]
async fn an_office_sets_reminders_up_on_the_timeline_and_sees_them_in_the_preview() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/answers").await;
    setup.press("[data-choice=off] input").await;
    setup
        .sees("[data-section=escalation] [data-notice=answers-needed]")
        .await;
    setup.press("[data-action=show-answers]").await;
    setup
        .until("return document.querySelector('[data-choice=words] input').checked")
        .await;
    setup.press("[data-action=use-preset]").await;
    setup.sees("[data-step-index='2'] [data-phone=shown]").await;
    let preset_steps = [
        ("1\u{a0}分後", "again"),
        ("2\u{a0}分 30\u{a0}秒後", "group_room"),
        ("5\u{a0}分後", "default_room"),
    ];
    let preset_steps = preset_steps.map(|(time, to)| (time.to_owned(), to.to_owned()));
    assert_eq!(shown_steps(&setup).await, preset_steps);

    setup
        .press("[data-step-index='0'] [data-action=later]")
        .await;
    setup
        .choose("[data-step-index='1'] select[name=step-to]", "in_charge")
        .await;
    setup.press("[data-action=add-step]").await;
    setup.sees("[data-step-index='3']").await;
    setup
        .press("[data-step-index='2'] [data-action=remove-step]")
        .await;
    setup.no_longer_sees("[data-step-index='3']").await;
    save(&setup).await;
    let saved = admin.settings().await.site;
    assert_eq!(saved.answers, AnswerDisplay::Words);
    let expected = [
        step(75, EscalationTarget::Again),
        step(150, EscalationTarget::InCharge),
        step(390, EscalationTarget::GroupRoom),
    ];
    assert_eq!(saved.escalation, expected);

    show(&setup, "/setup/preview").await;
    setup.choose("select[name=preview-button]", "parcel").await;
    for place in [
        "[data-later=steps] [data-after='75'] [data-destination^='room:']",
        "[data-later=steps] [data-after='150'] [data-destination^='account:']",
        "[data-later=steps] [data-after='150'] [data-reason=in_charge]",
        "[data-later=steps] [data-after='390'] [data-sends=nothing]",
        "[data-later=steps] [data-after='390'] [data-reason=notified_twice]",
    ] {
        setup.sees(place).await;
    }
    setup.says("（再通知）まだ返事がありません。").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_reminder_moved_past_another_takes_its_place_and_says_what_is_wrong() {
    let (env, _admin, setup) = office_with_answers(|document| {
        document.site.escalation = preset();
    })
    .await;
    show(&setup, "/setup/answers").await;
    let first = "[data-step-index='0'] [data-action=later]";
    for _ in 0..6 {
        setup.press(first).await;
    }
    setup
        .sees("[data-step-index='1'] [name=step-time][aria-invalid=true]")
        .await;
    setup.says("前の通知から 15 秒以上あけてください。").await;
    setup.press(first).await;
    setup
        .sees("[data-step-index='1'][data-step-to=again]")
        .await;
    setup
        .until(
            "const at = document.activeElement;
             return at.dataset.action === 'later' && at.closest('[data-step-index]').dataset.stepIndex === '1';",
        )
        .await;
    setup
        .no_longer_sees("[data-section=escalation] [aria-invalid=true]")
        .await;
    setup
        .key("[data-step-index='2'] [name=step-time]", Key::Home)
        .await;
    setup
        .sees("[data-step-index='0'][data-step-to=default_room]")
        .await;
    save(&setup).await;
    env.close().await;
}

#[tokio::test]
async fn switching_answers_off_asks_first_and_takes_along_what_needs_them() {
    let (env, admin, setup) = office_with_answers(|document| {
        document.site.escalation = preset();
        document.devices[0].menu[0].missed_visit = true;
    })
    .await;
    show(&setup, "/setup/answers").await;
    setup.press("[data-choice=off] input").await;
    setup
        .press("[data-dialog=answers-off] [data-action=cancel]")
        .await;
    setup
        .until("return document.querySelector('[data-choice=words] input').checked")
        .await;
    setup.press("[data-choice=off] input").await;
    setup
        .press("[data-dialog=answers-off] [data-action=confirm]")
        .await;
    setup.sees("[data-notice=answers-needed]").await;
    save(&setup).await;
    let saved = admin.settings().await;
    assert_eq!(saved.site.answers, AnswerDisplay::Off);
    assert_eq!(saved.site.escalation, []);
    assert!(!saved.devices[0].menu[0].missed_visit);
    show(&setup, "/setup/versions").await;
    setup
        .press("[data-version='3'] [data-action=show-version]")
        .await;
    setup
        .sees("[data-version='3'] [data-change=escalation]")
        .await;
    setup.says("1 分後に同じ宛先にもう一度").await;
    setup.says("再通知なし").await;
    env.close().await;
}

#[tokio::test]
async fn a_button_has_reminders_of_its_own_or_none_and_makes_a_task_of_a_missed_visit() {
    let (env, admin, setup) = office_with_answers(|document| {
        document.site.escalation = preset();
    })
    .await;
    show(&setup, "/setup/devices").await;
    setup.press("a[href='/setup/devices/lobby']").await;
    for (button, choice) in [("parcel", "none"), ("sales", "own")] {
        let button = format!("[data-button={button}]");
        setup
            .press(&format!("{button} [data-action=edit-button]"))
            .await;
        setup
            .press(&format!("{button} [data-steps={choice}] input"))
            .await;
    }
    setup
        .press("[data-button=sales] [data-step-index='1'] [data-action=remove-step]")
        .await;
    setup
        .press("[data-button=sales] input[name=button-missed-visit]")
        .await;
    save(&setup).await;
    let saved = admin.settings().await;
    assert_eq!(button_of(&saved, "parcel").escalation, Some(Vec::new()));
    let sales = button_of(&saved, "sales");
    let own = vec![
        step(60, EscalationTarget::Again),
        step(300, EscalationTarget::DefaultRoom),
    ];
    assert_eq!(sales.escalation.as_ref(), Some(&own));
    assert!(sales.missed_visit);

    show(&setup, "/setup/preview").await;
    setup.choose("select[name=preview-button]", "parcel").await;
    setup.sees("[data-later=none]").await;
    setup.choose("select[name=preview-button]", "sales").await;
    setup
        .sees("[data-later=steps] [data-after='300'] [data-destination]")
        .await;
    setup.sees("[data-later=steps] [data-missed]").await;
    setup.says("折り返しご連絡ください。").await;

    show(&setup, "/setup/import").await;
    let exported = setup.download("[data-action=export-settings]").await;
    let exported: SettingsDocument = serde_json::from_slice(&exported).expect("settings");
    assert_eq!(exported, saved, "the exported file has the settings");
    env.close().await;
}

#[tokio::test]
async fn the_doctor_leads_to_a_reminder_that_reaches_nobody() {
    let (env, _admin, setup) = office_with_answers(|document| {
        document.site.escalation = vec![step(60, EscalationTarget::Delegates)];
    })
    .await;
    show(&setup, "/setup/doctor").await;
    setup
        .press("[data-finding=step-reaches-nobody] [data-action=open]")
        .await;
    setup.sees("[data-page=answers]").await;
    setup
        .until("return document.activeElement?.name === 'step-to'")
        .await;
    env.close().await;
}

#[tokio::test]
async fn the_webhook_s_token_is_stored_and_deleted() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/answers").await;
    setup.press("[data-action=webhook]").await;
    setup
        .sees("[data-section=webhook] [data-webhook=off]")
        .await;
    setup.press("[data-help=webhook] summary").await;
    setup.says("/hook/chatwork").await;
    setup
        .type_into("input[name=webhook-token]", "not base64!")
        .await;
    setup.expect_errors();
    setup.press("[data-action=save-webhook]").await;
    setup
        .sees("input[name=webhook-token][aria-invalid=true]")
        .await;
    setup
        .type_into(
            "input[name=webhook-token]",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        )
        .await;
    setup.press("[data-action=save-webhook]").await;
    setup.sees("[data-webhook=on]").await;
    setup.press("[data-action=stop-webhook]").await;
    setup
        .press("[data-dialog=stop-webhook] [data-action=confirm]")
        .await;
    setup.sees("[data-webhook=off]").await;
    env.close().await;
}
