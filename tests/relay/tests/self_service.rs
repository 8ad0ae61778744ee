//! Self-service of hosts: personal links, sessions, and the fields that a host can change.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{
    Browser, LOBBY, SIDE_DOOR, TestApp, eventually, json, refusal, settings, status,
};
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

fn change_request(page: &Browser, edit: &Value) -> reqwest::RequestBuilder {
    page.patch("/api/me").json(edit)
}

async fn document(app: &TestApp) -> SettingsDocument {
    json(app.admin.get("/api/settings")).await
}

async fn links(app: &TestApp) -> Vec<HostLink> {
    json(app.admin.get("/api/hosts/links")).await
}

#[tokio::test]
async fn a_personal_link_works_until_it_is_replaced() {
    let app = TestApp::start().await;
    let link = app.personal_link(HOST).await;
    assert_eq!(links(&app).await[0].opened, None, "not opened yet");
    let phone = app.new_browser();
    let computer = app.new_browser();
    for browser in [&phone, &computer] {
        let session: Session = json(app.open_link_request(browser, &link)).await;
        assert!(!session.admin && session.device.is_none());
        let me: Me = json(browser.get("/api/me")).await;
        assert_eq!(
            (me.name.as_str(), me.office.as_str()),
            ("佐藤 花子", "試験室")
        );
        assert_eq!(me.groups.len(), 1);
    }
    assert!(links(&app).await[0].opened.is_some());
    let new_browser = app.new_browser();
    assert_eq!(
        refusal(app.open_link_request(&new_browser, "guess")).await,
        ErrorCode::WrongSecret
    );

    let new = app.personal_link(HOST).await;
    assert_eq!(refusal(phone.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(
        refusal(app.open_link_request(&phone, &link)).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(status(app.open_link_request(&phone, &new)).await, 200);
    assert_eq!(status(phone.get("/api/me")).await, 200);
    assert_eq!(status(phone.post("/api/me/close")).await, 204);
    assert_eq!(refusal(phone.get("/api/me")).await, ErrorCode::NotSignedIn);
    app.close().await;
}

#[tokio::test]
async fn revoking_a_link_ends_every_session_opened_with_it() {
    let app = TestApp::start().await;
    let page = app.own_page(HOST).await;
    let path = format!("/api/hosts/{HOST}/link");
    assert_eq!(status(app.admin.delete(&path)).await, 204);
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(refusal(app.admin.delete(&path)).await, ErrorCode::NotFound);
    assert_eq!(links(&app).await, []);
    let nobody = app.admin.post("/api/hosts/nobody/link");
    assert_eq!(refusal(nobody).await, ErrorCode::NotFound);
    app.close().await;
}

#[tokio::test]
async fn removing_a_host_invalidates_the_link_for_good() {
    let app = TestApp::start().await;
    let link = app.personal_link(HOST).await;
    let page = app.new_browser();
    assert_eq!(status(app.open_link_request(&page, &link)).await, 200);
    let mut without = settings();
    without.hosts.retain(|host| host.id.as_str() != HOST);
    without.groups[0].in_charge.clear();
    app.save(&without).await;
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    app.save(&settings()).await;
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(
        refusal(app.open_link_request(&page, &link)).await,
        ErrorCode::WrongSecret
    );
    app.close().await;
}

#[tokio::test]
async fn a_hosts_change_is_a_settings_version_that_tablets_receive() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let page = app.own_page(HOST).await;
    let edit = body!({
        "account": 987_654, "kana": "さとう はなこ",
        "visitor_message": "2 階でお待ちください。", "absent_until": "2027-01-05",
    });
    let me: Me = json(change_request(&page, &edit)).await;
    assert_eq!(me.absent_until, "2027-01-05".parse().ok());
    assert_eq!(me.visitor_message, "2 階でお待ちください。");
    events.until(&Event::Settings).await;

    let mut expected = settings();
    let host = &mut expected.hosts[0];
    host.account = 987_654.try_into().ok();
    host.kana = "さとう はなこ".to_owned();
    host.visitor_message = "2 階でお待ちください。".to_owned();
    host.absent_until = "2027-01-05".parse().ok();
    assert_eq!(
        document(&app).await,
        expected,
        "the edit changes its own fields only"
    );
    let versions: Vec<SavedVersion> = json(app.admin.get("/api/settings/versions")).await;
    assert_eq!(versions[0].by, "host:hanako");

    let returned: Me = json(change_request(&page, &body!({ "absent_until": null }))).await;
    assert_eq!(returned.absent_until, None);
    assert_eq!(
        returned.kana, "さとう はなこ",
        "fields that are not named are unchanged"
    );
    let tag = app.etag().await;
    assert_eq!(status(change_request(&page, &body!({}))).await, 200);
    assert_eq!(app.etag().await, tag, "no change, no version");
    app.close().await;
}

#[tokio::test]
async fn a_host_can_change_only_the_self_service_fields() {
    let app = TestApp::start().await;
    let page = app.own_page(HOST).await;
    for edit in [
        body!({ "name": "社長" }),
        body!({ "groups": [] }),
        body!({ "delegates": [] }),
        body!({ "hidden": true }),
        body!({ "site": {} }),
        body!({ "id": "mao" }),
    ] {
        let refused = refusal(change_request(&page, &edit)).await;
        assert_eq!(refused, ErrorCode::Malformed, "{edit}");
    }
    let theirs = settings().hosts[1].account;
    for edit in [
        body!({ "account": theirs }),
        body!({ "visitor_message": "あ".repeat(201) }),
        body!({ "kana": "あ".repeat(81) }),
    ] {
        let refused = refusal(change_request(&page, &edit)).await;
        assert_eq!(refused, ErrorCode::InvalidSettings, "{edit}");
    }
    assert_eq!(document(&app).await, settings());
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_saves_by_hosts_and_admins_lose_nothing() {
    let app = TestApp::start().await;
    let pages = [app.own_page(HOST).await, app.own_page("mao").await];
    let admin = async {
        // As set-up does: read, change, save, and retry after a conflict.
        for round in 0..10 {
            loop {
                let response = app.admin.get("/api/settings").send().await.unwrap();
                let tag = response.headers()["etag"].clone();
                let mut document: SettingsDocument = response.json().await.unwrap();
                document.site.contact.phone = format!("内線 {round}");
                let save = app.admin.put("/api/settings").header("if-match", tag);
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
            assert_eq!(status(change_request(page, &edit)).await, 200);
        }
    };
    tokio::join!(admin, host(&pages[0]), host(&pages[1]));
    let mut expected = settings();
    expected.site.contact.phone = "内線 9".to_owned();
    for host in &mut expected.hosts {
        host.visitor_message = "9 回目".to_owned();
    }
    assert_eq!(document(&app).await, expected);
    app.close().await;
}

#[tokio::test]
async fn a_host_session_ends_after_ninety_idle_days_and_the_link_opens_it_again() {
    let app = TestApp::start().await;
    let link = app.personal_link(HOST).await;
    let page = app.new_browser();
    assert_eq!(status(app.open_link_request(&page, &link)).await, 200);
    for _ in 0..2 {
        app.clock.advance(80 * DAY);
        assert_eq!(
            status(page.get("/api/me")).await,
            200,
            "a session in use does not end"
        );
    }
    app.clock.advance(91 * DAY);
    assert_eq!(refusal(page.get("/api/me")).await, ErrorCode::NotSignedIn);
    assert_eq!(status(app.open_link_request(&page, &link)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn one_browser_can_be_admin_tablet_and_host() {
    let app = TestApp::start().await;
    let browser = app.tablet(SIDE_DOOR).await.browser;
    let link = app.personal_link(HOST).await;
    assert_eq!(status(app.open_link_request(&browser, &link)).await, 200);
    let session: Session = json(app.sign_in_request(&browser, relay_tests::PASSWORD)).await;
    assert!(session.admin && session.device.is_some() && session.host.is_some());
    let current: Session = json(browser.get("/api/session")).await;
    assert_eq!(current, session);
    assert_eq!(status(browser.post("/api/logout")).await, 204);
    let session_after: Session = json(browser.get("/api/session")).await;
    assert!(
        !session_after.admin && session_after.host.is_some(),
        "the host session stays"
    );
    app.close().await;
}

#[tokio::test]
async fn the_bot_sends_a_personal_link_which_is_not_stored() {
    let app = TestApp::start().await;
    let made: PersonalLink = json(app.admin.post("/api/hosts/hanako/link")).await;
    let send_request = |host: &str, link: &str| {
        let link = link.to_owned();
        let path = format!("/api/hosts/{host}/link/message");
        app.admin.post(&path).json(&PersonalLink { link })
    };
    let sent: SentMessage = json(send_request(HOST, &made.link)).await;
    let path = format!("/api/messages/{}", sent.id);
    let room = eventually("the link is delivered", async || {
        let now: SentMessage = json(app.admin.get(&path)).await;
        match now.state {
            DeliveryState::Delivered { room, .. } => Some(room.get()),
            _ => None,
        }
    })
    .await;
    let private = app.sim.direct_room(Office::SAMPLE_BOT, relay_tests::HOST);
    assert_eq!(Some(room), private, "the bot's private chat with the host");
    let messages = app.sim.messages(room);
    let body = &messages.last().expect("a message").body;
    assert!(body.contains(&made.link), "{body}");

    assert_eq!(
        refusal(send_request("mao", &made.link)).await,
        ErrorCode::NotFound,
        "somebody else's link"
    );
    let elsewhere = made.link.replace(&app.url(), "https://evil.example");
    let sent: SentMessage = json(send_request(HOST, &elsewhere)).await;
    let path = format!("/api/messages/{}", sent.id);
    eventually("it is delivered", async || {
        let now: SentMessage = json(app.admin.get(&path)).await;
        now.state.is_final().then_some(())
    })
    .await;
    let messages = app.sim.messages(room);
    assert!(
        !messages.iter().any(|message| message.body.contains("evil")),
        "the relay generates the URL itself"
    );
    app.close().await;
}

async fn versions(app: &TestApp) -> Vec<(u64, String)> {
    let versions: Vec<SavedVersion> = json(app.admin.get("/api/settings/versions")).await;
    versions
        .into_iter()
        .map(|version| (version.number, version.by))
        .collect()
}

#[tokio::test]
async fn successive_changes_by_a_host_are_one_settings_version() {
    let app = TestApp::start().await;
    let pages = [app.own_page(HOST).await, app.own_page("mao").await];
    let change = async |page: &Browser, words: &str| {
        let edit = body!({ "visitor_message": words });
        assert_eq!(status(change_request(page, &edit)).await, 200);
    };
    let tag = app.etag().await;
    for number in 0..20 {
        for page in &pages {
            change(page, &format!("{number} 回目")).await;
        }
    }
    let version = |number, by: &str| (number, by.to_owned());
    let (hanako, mao, admin) = ("host:hanako", "host:mao", "admin");
    assert_eq!(tag, "\"v1\"");
    assert_eq!(
        app.etag().await,
        "\"v41\"",
        "a request for changes returns each of them"
    );
    let stored = [version(41, mao), version(40, hanako), version(1, admin)];
    assert_eq!(versions(&app).await, stored);

    let mut document = document(&app).await;
    document.site.contact.phone = "内線 1".to_owned();
    app.save(&document).await;
    change(&pages[0], "管理者のあと").await;
    let newer = [version(43, hanako), version(42, admin)];
    let stored = [&newer[..], &stored[..]].concat();
    assert_eq!(
        versions(&app).await,
        stored,
        "a version that an admin has read is kept"
    );

    app.clock.advance(Duration::from_secs(61 * 60));
    change(&pages[0], "一時間のあと").await;
    let stored = [&[version(44, hanako)][..], &stored[..]].concat();
    assert_eq!(
        versions(&app).await,
        stored,
        "after an hour there is a new version"
    );
    app.close().await;
}

#[tokio::test]
async fn a_link_opens_in_twenty_browsers_and_the_least_recently_used_session_ends() {
    let app = TestApp::start().await;
    let link = app.personal_link(HOST).await;
    let mut browsers = Vec::new();
    for number in 0..22 {
        let browser = app.new_browser();
        assert_eq!(status(app.open_link_request(&browser, &link)).await, 200);
        browsers.push(browser);
        app.clock.advance(Duration::from_secs(120));
        if number == 19 {
            assert_eq!(
                status(browsers[0].get("/api/me")).await,
                200,
                "the browser is signed in again"
            );
        }
    }
    let mut open = Vec::new();
    for browser in &browsers {
        open.push(status(browser.get("/api/me")).await == 200);
    }
    let closed: Vec<usize> = (0..22).filter(|index| !open[*index]).collect();
    assert_eq!(closed, [1, 2]);
    let other = app.own_page("mao").await;
    assert_eq!(status(other.get("/api/me")).await, 200);
    app.close().await;
}

#[tokio::test]
async fn changes_by_a_host_are_rate_limited() {
    let app = TestApp::start().await;
    let page = app.own_page(HOST).await;
    app.with_clock_held(async {
        for number in 0..60 {
            let edit = body!({ "visitor_message": format!("{number}") });
            assert_eq!(status(change_request(&page, &edit)).await, 200);
        }
    })
    .await;
    let edit = body!({ "visitor_message": "once more" });
    assert_eq!(
        refusal(change_request(&page, &edit)).await,
        ErrorCode::TooManyTries
    );
    app.close().await;
}
