//! A host's own page: the personal link that opens it, and that only the host's own fields can be
//! changed there.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{Browser, Desk, LOBBY, SIDE_DOOR, eventually, json, refusal, settings, status};
use serde_json::{Value, json as body};
use yobirin_api::ErrorCode;
use yobirin_api::event::Event;
use yobirin_api::message::SentMessage;
use yobirin_api::personal::{HostLink, Me, PersonalLink};
use yobirin_api::session::Session;
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::settings::SettingsDocument;

const HOST: &str = "hanako";
const DAY: Duration = Duration::from_secs(24 * 3600);

fn changing(page: &Browser, edit: &Value) -> reqwest::RequestBuilder {
    page.patch("/api/me").json(edit)
}

async fn document(desk: &Desk) -> SettingsDocument {
    json(desk.admin.get("/api/settings")).await
}

async fn links(desk: &Desk) -> Vec<HostLink> {
    json(desk.admin.get("/api/hosts/links")).await
}

#[tokio::test]
async fn a_link_opens_the_hosts_own_page_again_and_again_until_it_is_made_anew() {
    let desk = Desk::open().await;
    let link = desk.personal_link(HOST).await;
    assert_eq!(links(&desk).await[0].opened, None, "not opened yet");
    let (phone, computer) = (desk.stranger(), desk.stranger());
    for browser in [&phone, &computer] {
        let session: Session = json(desk.opening(browser, &link)).await;
        assert!(!session.admin && session.device.is_none());
        let me: Me = json(browser.get("/api/me")).await;
        assert_eq!(
            (me.name.as_str(), me.office.as_str()),
            ("佐藤 花子", "試験室")
        );
        assert_eq!(me.groups.len(), 1);
    }
    assert!(links(&desk).await[0].opened.is_some());
    let stranger = desk.stranger();
    assert_eq!(
        refusal(desk.opening(&stranger, "guess")).await,
        ErrorCode::WrongSecret
    );

    let new = desk.personal_link(HOST).await;
    assert_eq!(refusal(phone.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(
        refusal(desk.opening(&phone, &link)).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(status(desk.opening(&phone, &new)).await, 200);
    assert_eq!(status(phone.get("/api/me")).await, 200);
    assert_eq!(status(phone.post("/api/me/close")).await, 204);
    assert_eq!(refusal(phone.get("/api/me")).await, ErrorCode::NotSignedIn);
    desk.close().await;
}

#[tokio::test]
async fn a_revoked_link_ends_wherever_it_was_opened() {
    let desk = Desk::open().await;
    let page = desk.own_page(HOST).await;
    let path = format!("/api/hosts/{HOST}/link");
    assert_eq!(status(desk.admin.delete(&path)).await, 204);
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(refusal(desk.admin.delete(&path)).await, ErrorCode::NotFound);
    assert_eq!(links(&desk).await, []);
    let nobody = desk.admin.post("/api/hosts/nobody/link");
    assert_eq!(refusal(nobody).await, ErrorCode::NotFound);
    desk.close().await;
}

#[tokio::test]
async fn a_host_who_leaves_the_settings_comes_in_no_more_even_when_put_back() {
    let desk = Desk::open().await;
    let link = desk.personal_link(HOST).await;
    let page = desk.stranger();
    assert_eq!(status(desk.opening(&page, &link)).await, 200);
    let mut without = settings();
    without.hosts.retain(|host| host.id.as_str() != HOST);
    without.groups[0].in_charge.clear();
    desk.save(&without).await;
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    desk.save(&settings()).await;
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(
        refusal(desk.opening(&page, &link)).await,
        ErrorCode::WrongSecret
    );
    desk.close().await;
}

#[tokio::test]
async fn a_hosts_change_is_a_version_of_its_own_that_tablets_follow() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let page = desk.own_page(HOST).await;
    let edit = body!({
        "account": 987_654, "kana": "さとう はなこ",
        "visitor_message": "2 階でお待ちください。", "absent_until": "2027-01-05",
    });
    let me: Me = json(changing(&page, &edit)).await;
    assert_eq!(me.absent_until, "2027-01-05".parse().ok());
    assert_eq!(me.visitor_message, "2 階でお待ちください。");
    events.until(&Event::Settings).await;

    let mut expected = settings();
    let host = &mut expected.hosts[0];
    host.account = 987_654.try_into().ok();
    host.kana = "さとう はなこ".to_owned();
    host.visitor_message = "2 階でお待ちください。".to_owned();
    host.absent_until = "2027-01-05".parse().ok();
    assert_eq!(document(&desk).await, expected, "and nothing else");
    let versions: Vec<SavedVersion> = json(desk.admin.get("/api/settings/versions")).await;
    assert_eq!(versions[0].by, "host:hanako");

    let back: Me = json(changing(&page, &body!({ "absent_until": null }))).await;
    assert_eq!(back.absent_until, None);
    assert_eq!(back.kana, "さとう はなこ", "what is not named stays");
    let tag = desk.tag().await;
    assert_eq!(status(changing(&page, &body!({}))).await, 200);
    assert_eq!(desk.tag().await, tag, "no change, no version");
    desk.close().await;
}

#[tokio::test]
async fn nothing_but_the_hosts_own_fields_can_be_changed() {
    let desk = Desk::open().await;
    let page = desk.own_page(HOST).await;
    for edit in [
        body!({ "name": "社長" }),
        body!({ "groups": [] }),
        body!({ "delegates": [] }),
        body!({ "hidden": true }),
        body!({ "site": {} }),
        body!({ "id": "mao" }),
    ] {
        let refused = refusal(changing(&page, &edit)).await;
        assert_eq!(refused, ErrorCode::Malformed, "{edit}");
    }
    let theirs = settings().hosts[1].account;
    for edit in [
        body!({ "account": theirs }),
        body!({ "visitor_message": "あ".repeat(201) }),
        body!({ "kana": "あ".repeat(81) }),
    ] {
        let refused = refusal(changing(&page, &edit)).await;
        assert_eq!(refused, ErrorCode::InvalidSettings, "{edit}");
    }
    assert_eq!(document(&desk).await, settings());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_and_admins_who_save_at_once_lose_nothing() {
    let desk = Desk::open().await;
    let pages = [desk.own_page(HOST).await, desk.own_page("mao").await];
    let admin = async {
        // As set-up does it: read, change, save, and again when somebody was faster.
        for round in 0..10 {
            loop {
                let answer = desk.admin.get("/api/settings").send().await.unwrap();
                let tag = answer.headers()["etag"].clone();
                let mut document: SettingsDocument = answer.json().await.unwrap();
                document.site.contact.phone = format!("内線 {round}");
                let save = desk.admin.put("/api/settings").header("if-match", tag);
                match status(save.json(&document)).await {
                    204 => break,
                    412 => {}
                    other => panic!("{other}"),
                }
            }
        }
    };
    let host = async |page: &Browser| {
        for round in 0..10 {
            let edit = body!({ "visitor_message": format!("{round} 回目") });
            assert_eq!(status(changing(page, &edit)).await, 200);
        }
    };
    tokio::join!(admin, host(&pages[0]), host(&pages[1]));
    let mut expected = settings();
    expected.site.contact.phone = "内線 9".to_owned();
    for host in &mut expected.hosts {
        host.visitor_message = "9 回目".to_owned();
    }
    assert_eq!(document(&desk).await, expected);
    desk.close().await;
}

#[tokio::test]
async fn an_own_page_that_was_left_for_ninety_days_is_closed_and_opens_again() {
    let desk = Desk::open().await;
    let link = desk.personal_link(HOST).await;
    let page = desk.stranger();
    assert_eq!(status(desk.opening(&page, &link)).await, 200);
    for _ in 0..2 {
        desk.clock.advance(80 * DAY);
        assert_eq!(status(page.get("/api/me")).await, 200, "used now and then");
    }
    desk.clock.advance(91 * DAY);
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(status(desk.opening(&page, &link)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn one_browser_can_be_admin_tablet_and_host() {
    let desk = Desk::open().await;
    let browser = desk.tablet(SIDE_DOOR).await.browser;
    let link = desk.personal_link(HOST).await;
    assert_eq!(status(desk.opening(&browser, &link)).await, 200);
    let session: Session = json(desk.signing_in(&browser, relay_tests::PASSWORD)).await;
    assert!(session.admin && session.device.is_some() && session.host.is_some());
    let seen: Session = json(browser.get("/api/session")).await;
    assert_eq!(seen, session);
    assert_eq!(status(browser.post("/api/logout")).await, 204);
    let left: Session = json(browser.get("/api/session")).await;
    assert!(!left.admin && left.host.is_some(), "the own page stays");
    desk.close().await;
}

#[tokio::test]
async fn the_bot_brings_a_link_to_its_host_and_nobody_keeps_it() {
    let desk = Desk::open().await;
    let made: PersonalLink = json(desk.admin.post("/api/hosts/hanako/link")).await;
    let sending = |host: &str, link: &str| {
        let link = link.to_owned();
        let path = format!("/api/hosts/{host}/link/message");
        desk.admin.post(&path).json(&PersonalLink { link })
    };
    let sent: SentMessage = json(sending(HOST, &made.link)).await;
    let path = format!("/api/messages/{}", sent.id);
    let room = eventually("the link is delivered", async || {
        let now: SentMessage = json(desk.admin.get(&path)).await;
        match now.state {
            DeliveryState::Delivered { room, .. } => Some(room.get()),
            _ => None,
        }
    })
    .await;
    let private = desk.sim.direct_room(Office::SAMPLE_BOT, relay_tests::HOST);
    assert_eq!(Some(room), private, "the bot's private chat with the host");
    let there = desk.sim.messages(room);
    let body = &there.last().expect("a message").body;
    assert!(body.contains(&made.link), "{body}");

    assert_eq!(
        refusal(sending("mao", &made.link)).await,
        ErrorCode::NotFound,
        "somebody else's link"
    );
    let elsewhere = made.link.replace(&desk.url(), "https://evil.example");
    let sent: SentMessage = json(sending(HOST, &elsewhere)).await;
    let path = format!("/api/messages/{}", sent.id);
    eventually("it is delivered", async || {
        let now: SentMessage = json(desk.admin.get(&path)).await;
        now.state.is_final().then_some(())
    })
    .await;
    let there = desk.sim.messages(room);
    assert!(
        !there.iter().any(|message| message.body.contains("evil")),
        "the relay writes the address itself"
    );
    desk.close().await;
}

async fn versions(desk: &Desk) -> Vec<(u64, String)> {
    let listed: Vec<SavedVersion> = json(desk.admin.get("/api/settings/versions")).await;
    listed.into_iter().map(|one| (one.number, one.by)).collect()
}

#[tokio::test]
async fn a_hosts_changes_that_follow_each_other_are_kept_as_one_version() {
    let desk = Desk::open().await;
    let pages = [desk.own_page(HOST).await, desk.own_page("mao").await];
    let change = async |page: &Browser, words: &str| {
        let edit = body!({ "visitor_message": words });
        assert_eq!(status(changing(page, &edit)).await, 200);
    };
    let tag = desk.tag().await;
    for number in 0..20 {
        for page in &pages {
            change(page, &format!("{number} 回目")).await;
        }
    }
    let version = |number, by: &str| (number, by.to_owned());
    let (hanako, mao, admin) = ("host:hanako", "host:mao", "admin");
    assert_eq!(tag, "\"v1\"");
    assert_eq!(
        desk.tag().await,
        "\"v41\"",
        "whoever asks for changes sees each"
    );
    let kept = [version(41, mao), version(40, hanako), version(1, admin)];
    assert_eq!(versions(&desk).await, kept);

    let mut document = document(&desk).await;
    document.site.contact.phone = "内線 1".to_owned();
    desk.save(&document).await;
    change(&pages[0], "管理者のあと").await;
    let newer = [version(43, hanako), version(42, admin)];
    let kept = [&newer[..], &kept[..]].concat();
    assert_eq!(versions(&desk).await, kept, "what an admin has seen stays");

    desk.clock.advance(Duration::from_secs(61 * 60));
    change(&pages[0], "一時間のあと").await;
    let kept = [&[version(44, hanako)][..], &kept[..]].concat();
    assert_eq!(
        versions(&desk).await,
        kept,
        "an hour is a version of its own"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_link_opens_in_twenty_browsers_and_the_one_used_longest_ago_closes() {
    let desk = Desk::open().await;
    let link = desk.personal_link(HOST).await;
    let mut browsers = Vec::new();
    for number in 0..22 {
        let browser = desk.stranger();
        assert_eq!(status(desk.opening(&browser, &link)).await, 200);
        browsers.push(browser);
        desk.clock.advance(Duration::from_secs(120));
        if number == 19 {
            assert_eq!(status(browsers[0].get("/api/me")).await, 200, "used again");
        }
    }
    let mut open = Vec::new();
    for browser in &browsers {
        open.push(status(browser.get("/api/me")).await == 200);
    }
    let closed: Vec<usize> = (0..22).filter(|at| !open[*at]).collect();
    assert_eq!(closed, [1, 2]);
    let other = desk.own_page("mao").await;
    assert_eq!(status(other.get("/api/me")).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn changes_without_end_are_slowed_down() {
    let desk = Desk::open().await;
    let page = desk.own_page(HOST).await;
    desk.in_no_time(async {
        for number in 0..60 {
            let edit = body!({ "visitor_message": format!("{number}") });
            assert_eq!(status(changing(&page, &edit)).await, 200);
        }
    })
    .await;
    let edit = body!({ "visitor_message": "once more" });
    assert_eq!(
        refusal(changing(&page, &edit)).await,
        ErrorCode::TooManyTries
    );
    desk.close().await;
}
