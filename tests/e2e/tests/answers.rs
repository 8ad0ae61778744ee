//! Kiosk after the notification: replies in Chatwork appear on the tablet, escalation runs while nobody replies, and
//! open calls are listed on the menu.

use chatwork_sim::{Message, Office, Role, Staff};
use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, someone_of};
use e2e_tests::{Browser, Size, TestEnv, WAIT_TIMEOUT};
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::escalation_step::{EscalationStep, EscalationTarget};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::visitor::{
    await_notified, enter_details_and_call, only_message, press_menu, private_chat, search_and_pick,
};

/// The sample office that shows answers, and its tablet.
pub(crate) async fn start_with_answers(
    change: impl FnOnce(&mut SettingsDocument),
) -> (TestEnv, Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.answers = AnswerDisplay::Words;
    change(&mut document);
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    (env, admin, tablet)
}

/// A host who is called directly.
pub(crate) fn sato() -> &'static Staff {
    someone_of("開発一課")
}

/// Calls [`sato`] as a visitor; returns the post in the private chat.
pub(crate) async fn call_host(env: &TestEnv, tablet: &Browser) -> Message {
    press_menu(tablet, "search").await;
    search_and_pick(tablet, sato().kana, sato()).await;
    enter_details_and_call(tablet, "", "山本 一郎").await;
    await_notified(tablet).await;
    let room = private_chat(&env.chatwork, sato());
    let visit = |message: &Message| message.body.contains("山本 一郎");
    let post = env
        .chatwork
        .wait_for_message(room, visit, WAIT_TIMEOUT)
        .await;
    post.unwrap_or_else(|error| panic!("no post in room {room}: {error:?}"))
}

/// Calls General Affairs with one touch; returns the post in its room.
async fn call_room(env: &TestEnv, tablet: &Browser) -> Message {
    press_menu(tablet, "parcel").await;
    await_notified(tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await
}

/// Replies to a post as Chatwork's button does; returns the reply.
pub(crate) fn reply(env: &TestEnv, author: u64, post: &Message, words: &str) -> Message {
    let replied = env
        .chatwork
        .reply_as(post.room_id, author, post.message_id, words);
    replied.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Adds an account to the room of General Affairs.
fn add_to_room(env: &TestEnv, account: u64) {
    let room = Office::SAMPLE_SOUMU_ROOM;
    let joined = env.chatwork.set_member(room, account, Role::Member);
    joined.unwrap_or_else(|error| panic!("{error:?}"));
}

/// The first half of the call's reference, as the menu shows it.
async fn short_reference(tablet: &Browser) -> String {
    let reference = tablet.find(".reference strong").await.text().await;
    let reference = reference.expect("a reference");
    reference.split('-').next().expect("two halves").to_owned()
}

/// Waits until no call is in the tablet's storage.
pub(crate) async fn await_no_stored_call(tablet: &Browser) {
    tablet
        .until("return !Object.keys(localStorage).some((key) => key.startsWith('yobirin.call.'))")
        .await;
}

/// Goes back to the menu.
pub(crate) async fn home(tablet: &Browser) {
    tablet.press("[data-state=home], [data-state=done]").await;
    tablet.sees("[data-screen=menu]").await;
}

#[tokio::test]
async fn a_reply_on_the_page_of_chatwork_appears_on_the_tablet() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    tablet.screenshot("play-1-menu").await;
    let post = call_host(&env, &tablet).await;
    tablet.sees("[data-wait=new]").await;
    tablet
        .says(&format!("{}にお知らせしました", sato().name))
        .await;
    tablet.says("返事があると、この画面に表示します").await;
    let reference = short_reference(&tablet).await;
    assert!(post.body.contains(&reference), "{}", post.body);
    tablet.screenshot("play-2-tablet-waits").await;

    let chatwork = Browser::start(env.chatwork.url(), "ja", Size::DESKTOP).await;
    chatwork.open("/").await;
    let room = format!("[data-room='{}']", post.room_id);
    chatwork.press(&room).await;
    let message = format!("[data-message='{}']", post.message_id);
    chatwork.sees(&message).await;
    chatwork.screenshot("play-3-post-in-chatwork").await;
    chatwork.press(&format!("{message} .actions button")).await;
    chatwork.sees("[data-part=composer]:not([hidden])").await;
    chatwork
        .script("const words = document.querySelector('[data-part=words]'); words.value += 'すぐ行きます。'")
        .await;
    chatwork.screenshot("play-4-reply-in-chatwork").await;
    chatwork.press("[data-part=send]").await;

    tablet.sees("[data-wait=answered]").await;
    tablet.says("お返事がありました").await;
    tablet.says(sato().name).await;
    tablet.says("「すぐ行きます。」").await;
    tablet.screenshot("play-5-answer-on-the-tablet").await;
    chatwork.says("対応中：").await;
    chatwork.screenshot("play-6-post-was-edited").await;
    tablet.assert_accessible("an answer").await;
    tablet.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn the_latest_answer_is_shown_and_a_deleted_one_is_taken_back() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    let post = call_room(&env, &tablet).await;
    let author = someone_of("総務").account_id;
    reply(&env, author, &post, "5 分ほどお待ちください");
    tablet.says("「5 分ほどお待ちください」").await;
    let colleague = sato().account_id;
    add_to_room(&env, colleague);
    let second = reply(&env, colleague, &post, "代わりに行きます");
    tablet.says("「代わりに行きます」").await;
    tablet.says(sato().name).await;
    let edited = second.body.replace("代わりに", "今すぐ");
    env.chatwork
        .edit_as(second.room_id, colleague, second.message_id, &edited)
        .unwrap_or_else(|error| panic!("{error:?}"));
    tablet.says("「今すぐ行きます」").await;
    for message in env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM) {
        if message.account_id != Office::SAMPLE_BOT {
            env.chatwork
                .delete_as(message.room_id, message.account_id, message.message_id)
                .unwrap_or_else(|error| panic!("{error:?}"));
        }
    }
    tablet.sees("[data-wait=new]").await;
    tablet.says("先ほどの返事は取り消されました").await;
    let words = tablet.text().await;
    assert!(!words.contains("行きます"), "taken back: {words}");
    env.close().await;
}

#[tokio::test]
async fn only_the_author_is_shown_where_the_office_wants_so() {
    let (env, _admin, tablet) =
        start_with_answers(|document| document.site.answers = AnswerDisplay::Noticed).await;
    let post = call_room(&env, &tablet).await;
    let author = someone_of("人事"); // no group of the sample's settings, so no host
    add_to_room(&env, author.account_id);
    reply(&env, author.account_id, &post, "会議中なので少し遅れます");
    tablet.sees("[data-wait=answered]").await;
    tablet.says("社内の者").await;
    let words = tablet.text().await;
    assert!(
        !words.contains("会議") && !words.contains(author.name),
        "neither words nor a name that is no host's: {words}"
    );
    env.close().await;
}

#[tokio::test]
async fn the_answer_is_announced_in_the_visitors_language() {
    let (env, _admin, tablet) =
        start_with_answers(|document| document.site.languages = Lang::ALL.to_vec()).await;
    for (language, sentence) in [
        ("en", "Someone has answered"),
        ("zh-Hans", "已有回复"),
        ("ko", "답변이 왔습니다"),
        ("vi", "Đã có trả lời"),
        ("ja", "お返事がありました"),
    ] {
        tablet.press(&format!("[data-lang={language}]")).await;
        tablet
            .sees(&format!("[data-lang={language}][aria-pressed=true]"))
            .await;
        press_menu(&tablet, "parcel").await;
        tablet.sees("[data-wait=new][aria-live=polite]").await;
        let posts = env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM);
        let post = posts
            .into_iter()
            .rfind(|message| message.account_id == Office::SAMPLE_BOT);
        let author = someone_of("総務");
        reply(
            &env,
            author.account_id,
            &post.expect("the call"),
            "すぐ行きます",
        );
        tablet.sees("[data-wait=answered][aria-live=polite]").await;
        tablet.says(sentence).await;
        tablet.says("すぐ行きます").await;
        home(&tablet).await;
        tablet.no_longer_sees("[data-state=listed-call]").await;
    }
    env.close().await;
}

#[tokio::test]
async fn calling_again_replaces_the_call() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    let first = call_host(&env, &tablet).await;
    let reference = short_reference(&tablet).await;
    tablet
        .script("const now = Date.now; Date.now = () => now() + 100_000; dispatchEvent(new Event('click'))")
        .await;
    tablet.sees("[data-state=long-wait]").await;
    tablet
        .until(
            "const end = document.querySelector('.bottom').getBoundingClientRect().top;
             const ends = '.reference > .hint, .offer > .contact, [data-state=again], [data-state=cancel]';
             return [...document.querySelectorAll(ends)].every(e => e.getBoundingClientRect().bottom <= end)",
        )
        .await;
    tablet.screenshot("long-wait").await;
    tablet.press("[data-state=again]").await;
    tablet.sees("[data-wait=new]").await;
    let again = short_reference(&tablet).await;
    assert_ne!(again, reference);
    // The first call is retracted once the second one is placed.
    let is_retraction = |message: &Message| {
        message.message_id != first.message_id && message.body.contains(&reference)
    };
    env.chatwork
        .wait_for_message(first.room_id, is_retraction, WAIT_TIMEOUT)
        .await
        .unwrap_or_else(|error| panic!("no retraction: {error:?}"));
    let posts = env.chatwork.messages(first.room_id);
    let posts_of = |reference: &str| {
        let of_call = posts.iter().filter(|post| post.body.contains(reference));
        of_call.collect::<Vec<_>>()
    };
    assert_eq!(posts_of(&reference).len(), 2, "the call and its retraction");
    let [second] = posts_of(&again)[..] else {
        panic!("one post of the second call: {posts:#?}");
    };
    reply(&env, sato().account_id, second, "今、降りています");
    tablet.says("「今、降りています」").await;
    home(&tablet).await;
    tablet.no_longer_sees("[data-state=listed-call]").await;
    env.close().await;
}

#[tokio::test]
async fn without_answers_the_tablet_asks_to_wait_and_keeps_nothing() {
    let (env, _admin, tablet) =
        start_with_answers(|document| document.site.answers = AnswerDisplay::Off).await;
    call_room(&env, &tablet).await;
    tablet.says("こちらでお待ちください").await;
    let words = tablet.text().await;
    assert!(!words.contains("返事があると"), "{words}");
    home(&tablet).await;
    tablet.no_longer_sees("[data-state=listed-call]").await;
    await_no_stored_call(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn the_wait_ends_when_the_office_switches_answers_off() {
    let (env, admin, tablet) = start_with_answers(|_| {}).await;
    call_room(&env, &tablet).await;
    tablet.says("返事があると").await;
    let mut document = admin.settings().await;
    document.site.answers = AnswerDisplay::Off;
    admin.save(&document).await;
    tablet.no_longer_sees("[data-wait]").await;
    tablet.says("こちらでお待ちください").await;
    let words = tablet.text().await;
    assert!(!words.contains("返事があると"), "{words}");
    await_no_stored_call(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn nobody_answers_until_the_tablet_names_the_telephone() {
    let step = |after_seconds, to| EscalationStep { after_seconds, to };
    let (env, _admin, tablet) = start_with_answers(|document| {
        document.site.escalation = vec![
            step(15, EscalationTarget::Again),
            step(30, EscalationTarget::GroupRoom),
            step(45, EscalationTarget::DefaultRoom),
        ];
    })
    .await;
    call_host(&env, &tablet).await;
    tablet.sees("[data-wait=new]").await;
    tablet.says("こちらでお待ちください").await;
    tablet.says("もう一度お知らせしました").await;
    tablet.screenshot("escalation-1-notified-again").await;
    tablet.says("部署にもお知らせしました").await;
    tablet.screenshot("escalation-2-department").await;
    tablet.sees("[data-wait=unanswered]").await;
    tablet.says("まだ返事がありません").await;
    tablet.says("内線 100").await;
    for button in ["again", "done", "cancel"] {
        tablet.sees(&format!("main [data-state={button}]")).await;
    }
    tablet.screenshot("escalation-3-telephone").await;
    for (room, count) in [
        (private_chat(&env.chatwork, sato()), 2),
        (Office::SAMPLE_KAIHATSU_ROOM, 1),
        (Office::SAMPLE_DEFAULT_ROOM, 1),
    ] {
        let last = |message: &Message| message.account_id == Office::SAMPLE_BOT;
        env.chatwork
            .wait_for_message(room, last, WAIT_TIMEOUT)
            .await
            .unwrap_or_else(|error| panic!("room {room}: {error:?}"));
        let posts = env.chatwork.messages(room);
        let posts = posts.iter().filter(|message| last(message)).count();
        assert_eq!(posts, count, "posts in room {room}");
    }
    tablet.says("これまでに 4 回").await;
    tablet.assert_accessible("nobody answers").await;
    env.close().await;
}

#[tokio::test]
async fn a_call_waits_on_the_menu_through_a_reload_and_an_outage() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    let post = call_host(&env, &tablet).await;
    let reference = short_reference(&tablet).await;
    home(&tablet).await;
    tablet.says(&format!("{reference}…")).await;
    tablet.says("お返事待ち").await;
    let words = tablet.text().await;
    assert!(
        !words.contains(sato().name) && !words.contains("山本"),
        "no name on the menu: {words}"
    );
    tablet.screenshot("strip-1-waits").await;
    tablet.reload().await;
    tablet
        .sees("[data-screen=menu] [data-answered=false]")
        .await;

    tablet.expect_errors();
    tablet.offline(true).await;
    reply(&env, sato().account_id, &post, "2 階へどうぞ");
    tablet.offline(false).await;
    tablet.sees("[data-answered=true]").await;
    tablet.says("お返事があります").await;
    let words = tablet.text().await;
    assert!(!words.contains("2 階"), "no words on the menu: {words}");
    tablet.screenshot("strip-2-answered").await;
    tablet.press("[data-state=listed-call]").await;
    tablet.says("「2 階へどうぞ」").await;
    home(&tablet).await;
    tablet.no_longer_sees("[data-state=listed-call]").await;
    env.close().await;
}

#[tokio::test]
async fn a_call_leaves_the_menu_at_its_deadline() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    call_room(&env, &tablet).await;
    home(&tablet).await;
    tablet.sees("[data-answered=false]").await;
    tablet
        .script("const now = Date.now; Date.now = () => now() + 16 * 60_000")
        .await;
    tablet.no_longer_sees("[data-state=listed-call]").await;
    await_no_stored_call(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn a_revoked_tablet_forgets_the_calls_that_wait() {
    let (env, admin, tablet) = start_with_answers(|_| {}).await;
    call_host(&env, &tablet).await;
    home(&tablet).await;
    tablet.sees("[data-answered=false]").await;
    admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    await_no_stored_call(&tablet).await;
    env.close().await;
}
