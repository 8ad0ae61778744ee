//! Every state of the kiosk after the notification, each reached by its real cause: replies and edits in Chatwork,
//! steps of the escalation, a long wait.

use chatwork_sim::{Message, Office, Role};
use e2e_tests::office::someone_of;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::escalation_step::{EscalationStep, EscalationTarget};

use crate::steps::visitor::{await_notified, enter_details_and_call, press_menu, search_and_pick};
use crate::visual::kiosk::kiosk_env::{KioskEnv, every_language};

/// Seconds after which the last step of the escalation is sent.
const LAST_STEP_SECONDS: u16 = 45;

#[tokio::test]
async fn every_state_after_the_notification_is_accessible_and_fits() {
    for language in every_language() {
        let kiosk = KioskEnv::open(language).await;
        let steps = [
            (15, EscalationTarget::Again),
            (30, EscalationTarget::GroupRoom),
            (LAST_STEP_SECONDS, EscalationTarget::DefaultRoom),
        ];
        kiosk
            .change(|document| {
                document.site.answers = AnswerDisplay::Words;
                document.site.escalation = steps
                    .map(|(after_seconds, to)| EscalationStep { after_seconds, to })
                    .to_vec();
            })
            .await;
        nobody_answers(&kiosk).await;
        somebody_answers(&kiosk).await;
        calls_on_the_menu(&kiosk).await;
        kiosk.env.close().await;
    }
}

/// Calls a host and waits until the end of the escalation.
async fn nobody_answers(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    let host = someone_of("開発一課");
    press_menu(tablet, "search").await;
    search_and_pick(tablet, host.kana, host).await;
    enter_details_and_call(tablet, "", "山本 一郎").await;
    await_notified(tablet).await;
    tablet.sees("[data-wait=new]").await;
    kiosk.check("wait-new").await;
    for count in 1..=3 {
        let has_arrived = format!(
            "return document.querySelectorAll('.later-notifications li').length >= {count}"
        );
        tablet.until(&has_arrived).await;
    }
    tablet.sees("[data-wait=unanswered]").await;
    kiosk.check("wait-unanswered").await;
    in_largest_text(kiosk, "wait-unanswered-largest").await;
}

/// Calls the room of General Affairs and answers there.
async fn somebody_answers(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    kiosk.home().await;
    kiosk
        .change(|document| document.site.escalation.truncate(1))
        .await;
    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    tablet.sees("[data-wait=new]").await;
    tablet.sees(".later-notifications li").await;
    kiosk.check("wait-unanswered-short").await;
    let post = last_post(kiosk, Office::SAMPLE_SOUMU_ROOM);
    let words = "すぐ行きます。そちらで 2 分ほどお待ちいただけますか";
    let host = someone_of("総務");
    let reply = answer(kiosk, &post, host.account_id, words);
    tablet.sees("[data-wait=answered]").await;
    kiosk.check("answered").await;
    in_largest_text(kiosk, "answered-largest").await;
    // Without its emoticon the reply is empty, so only the author is shown; this author is not a host.
    let colleague = someone_of("人事").account_id;
    let joined = kiosk
        .env
        .chatwork
        .set_member(post.room_id, colleague, Role::Member);
    joined.unwrap_or_else(|error| panic!("{error:?}"));
    let second = answer(kiosk, &post, colleague, "(roger)");
    tablet.sees("[data-wait=answered] .lead").await;
    kiosk.check("answered-without-words").await;
    for message in [second, reply] {
        let deleted =
            kiosk
                .env
                .chatwork
                .delete_as(message.room_id, message.account_id, message.message_id);
        deleted.unwrap_or_else(|error| panic!("{error:?}"));
    }
    tablet.no_longer_sees("[data-wait=answered]").await;
    tablet.sees("[data-wait=unanswered] .lead").await;
    kiosk.check("answer-taken-back").await;
}

/// One call that waits and one that is answered, beside the unanswered one of the beginning.
async fn calls_on_the_menu(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    kiosk.home().await;
    kiosk
        .change(|document| {
            let last = EscalationStep {
                after_seconds: 600,
                to: EscalationTarget::DefaultRoom,
            };
            document.site.escalation.push(last);
        })
        .await;
    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    tablet.sees("[data-wait=new]").await;
    tablet.sees(".later-notifications li").await;
    kiosk.idle(100).await;
    tablet.sees("[data-state=long-wait]").await;
    kiosk.check("wait-long").await;
    in_largest_text(kiosk, "wait-long-largest").await;
    kiosk.home().await;
    let post = last_post(kiosk, Office::SAMPLE_SOUMU_ROOM);
    answer(kiosk, &post, someone_of("総務").account_id, "行きます");
    tablet.sees("[data-answered=true]").await;
    kiosk.check("menu-open-calls").await;
    in_largest_text(kiosk, "menu-open-calls-largest").await;
}

/// The bot's latest post in a room.
fn last_post(kiosk: &KioskEnv, room: u64) -> Message {
    let posts = kiosk.env.chatwork.messages(room);
    let last = posts
        .into_iter()
        .rfind(|message| message.account_id == Office::SAMPLE_BOT);
    last.expect("the call is in the room")
}

fn answer(kiosk: &KioskEnv, post: &Message, author: u64, words: &str) -> Message {
    let chatwork = &kiosk.env.chatwork;
    let reply = chatwork.reply_as(post.room_id, author, post.message_id, words);
    reply.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Checks the screen with very large text, high contrast and everything in the lower half.
async fn in_largest_text(kiosk: &KioskEnv, page: &str) {
    kiosk
        .tablet
        .script("Object.assign(document.documentElement.dataset, { text: 'largest', contrast: 'high', reach: 'low' })")
        .await;
    kiosk.check(page).await;
    kiosk
        .tablet
        .script("for (const name of ['text', 'contrast', 'reach']) delete document.documentElement.dataset[name]")
        .await;
}
