//! A proxy that serves the relay under a path, which the app does not support.

use e2e_tests::nginx::Nginx;
use e2e_tests::{Browser, Size, TestEnv};

const UNDER_A_PATH: &str = "server {
    listen 443;
    location /reception/ {
        proxy_pass http://127.0.0.1:8080/;
    }
}";

#[tokio::test]
async fn under_a_path_the_page_says_what_is_wrong() {
    let env = TestEnv::open().await;
    let Some(nginx) = Nginx::start(UNDER_A_PATH, &env.relay.url()).await else {
        return env.close().await;
    };
    let tablet = Browser::start(nginx.url(), "ja", Size::TABLET).await;
    tablet.expect_errors();
    for page in ["/reception/", "/reception/setup/"] {
        tablet.open(page).await;
        tablet.says("パス（/reception/ など）を付けると").await;
        tablet.says("must not have a path").await;
    }
    let tablet = Browser::start(env.relay.url(), "ja", Size::TABLET).await;
    for page in ["/", "/setup/"] {
        tablet.open(page).await;
        tablet.sees("h1").await;
        let is_shown = "return document.querySelector('.unstyled').checkVisibility()";
        assert_eq!(tablet.script(is_shown).await, false, "{page}");
    }
    env.close().await;
}
