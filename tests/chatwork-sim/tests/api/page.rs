//! The page and its pictures: self-contained, and safe against injection by messages.

use super::client::{BOT, TestClient, reply};
use chatwork_sim::Account;

#[tokio::test]
async fn the_page_and_its_files_are_served_here_under_a_strict_policy() {
    let client = TestClient::start().await;
    let page = reply(client.http.get(client.sim.url())).await;
    assert!(page.text.contains("模擬Chatwork") && page.text.contains(r#"lang="ja""#));
    assert!(page.text.contains("このマシンの外へは何も送られません"));
    assert!(
        !page.text.contains("style=") && !page.text.contains("onclick"),
        "the page has no inline styles or handlers"
    );
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );

    let links = page.text.split('"').filter(|text| text.starts_with('/'));
    let mut scripts = vec![];
    for link in links {
        let file = reply(client.http.get(format!("{}{link}", client.sim.url()))).await;
        assert_eq!(file.status, 200, "{link}");
        assert_eq!(
            file.header("x-content-type-options"),
            Some("nosniff"),
            "{link}"
        );
        scripts.extend(
            file.text
                .split("from \"./")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap_or_default().to_owned()),
        );
    }
    assert!(!scripts.is_empty(), "the script imports modules");
    for script in scripts {
        let file = reply(
            client
                .http
                .get(format!("{}/page/{script}", client.sim.url())),
        )
        .await;
        assert_eq!(file.status, 200, "{script}");
        assert!(
            !file.text.contains("innerHTML"),
            "{script} builds no HTML from text"
        );
    }
}

#[tokio::test]
async fn the_api_links_to_pictures_of_this_server() {
    let client = TestClient::start().await;
    let url = client.get("/me").await.json()["avatar_image_url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(url, format!("{}/avatar/{BOT}.svg", client.sim.url()));
    let picture = reply(client.http.get(url)).await;
    assert_eq!(picture.header("content-type"), Some("image/svg+xml"));

    client.sim.add_account(Account::named(7, "<script>"));
    let escaped = reply(
        client
            .http
            .get(format!("{}/avatar/7.svg", client.sim.url())),
    )
    .await;
    assert!(
        escaped.text.contains("&#60;") && !escaped.text.contains("<script"),
        "{}",
        escaped.text
    );
    for unknown in ["8.svg", "x.svg", "7"] {
        let url = format!("{}/avatar/{unknown}", client.sim.url());
        assert_eq!(reply(client.http.get(url)).await.status, 404, "{unknown}");
    }
}
