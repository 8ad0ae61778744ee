//! Properties of every HTTP endpoint.

use relay_tests::{RawClient, TestApp, refusal, status};
use reqwest::Method;
use yobirin_api::session::Login;
use yobirin_api::{ErrorCode, RELAY_HEADER};

#[tokio::test]
async fn cross_site_requests_cannot_change_anything() {
    let app = TestApp::start().await;
    let http = reqwest::Client::new();
    let url = format!("{}/api/logout", app.url());
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ];
    for (header, value) in foreign {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let request = http.request(method, &url).header(header, value);
            assert_eq!(
                refusal(request).await,
                ErrorCode::ForeignOrigin,
                "{header}: {value}"
            );
        }
    }
    for (header, value) in [("origin", &*app.url()), ("sec-fetch-site", "none")] {
        assert_eq!(
            status(http.post(&url).header(header, value)).await,
            204,
            "{header}: {value}"
        );
    }
    assert_eq!(
        status(http.get(app.url() + "/healthz").header("origin", "null")).await,
        200
    );
    app.close().await;
}

#[tokio::test]
async fn every_response_is_marked_as_the_relays() {
    let app = TestApp::start().await;
    let tablet = app.tablet("lobby").await;
    let new_browser = app.new_browser();
    let too_long = "x".repeat(20_000);
    let responses = [
        (200, app.admin.get("/api/session")),
        (200, app.admin.get("/healthz")),
        (200, tablet.browser.get("/api/events")),
        (204, new_browser.post("/api/logout")),
        (401, new_browser.get("/api/settings")),
        (
            403,
            reqwest::Client::new()
                .post(app.url() + "/api/logout")
                .header("sec-fetch-site", "cross-site"),
        ),
        (404, new_browser.get("/api/nothing")),
        (404, new_browser.get("/nothing.js")),
        (405, new_browser.get("/api/login")),
        (
            413,
            new_browser
                .post("/api/login")
                .header("content-type", "application/json")
                .body(too_long),
        ),
        (415, new_browser.post("/api/login").body("{}")),
    ];
    for (status, request) in responses {
        let response = request.send().await.unwrap();
        let url = response.url().clone();
        assert!(
            response.headers().contains_key(RELAY_HEADER),
            "{url}: {status}"
        );
        assert_eq!(response.status(), status, "{url}");
    }
    app.close().await;
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_json() {
    let app = TestApp::start().await;
    for path in ["/api", "/api/", "/api/nothing", "/api/calls/1/2"] {
        assert_eq!(
            refusal(app.admin.get(path)).await,
            ErrorCode::NotFound,
            "{path}"
        );
    }
    assert_eq!(
        refusal(app.admin.post("/api/nothing")).await,
        ErrorCode::NotFound
    );
    let wrong_methods = [
        app.admin.delete("/api/login"),
        app.admin.post("/api/settings"),
        app.admin.get("/api/pair"),
        app.admin.post("/api/calls/1"),
    ];
    for request in wrong_methods {
        assert_eq!(refusal(request).await, ErrorCode::MethodNotAllowed);
    }
    app.close().await;
}

#[tokio::test]
async fn every_json_body_has_the_same_checks() {
    let app = TestApp::start().await;
    let tablet = app.tablet("lobby").await;
    let requests = [
        app.admin.post("/api/login"),
        app.admin.post("/api/pair"),
        app.admin.put("/api/chatwork"),
        tablet.browser.post("/api/heartbeat"),
    ];
    for request in requests {
        let copy = || request.try_clone().unwrap();
        let json_request = || copy().header("content-type", "application/json; charset=utf-8");
        assert_eq!(refusal(copy().body("{}")).await, ErrorCode::NotJson);
        assert_eq!(
            refusal(copy().form(&[("a", "b")])).await,
            ErrorCode::NotJson
        );
        assert_eq!(
            refusal(json_request().body("{")).await,
            ErrorCode::Malformed
        );
        assert_eq!(
            refusal(json_request().body(r#"{"surprise":1}"#)).await,
            ErrorCode::Malformed
        );
        assert_eq!(
            refusal(json_request().body("x".repeat(20_000))).await,
            ErrorCode::TooLarge
        );
    }
    app.close().await;
}

#[tokio::test]
async fn errors_do_not_repeat_secrets() {
    let app = TestApp::start().await;
    let login = Login::Password("this very secret phrase".to_owned());
    let response = app
        .new_browser()
        .post("/api/login")
        .json(&login)
        .send()
        .await
        .unwrap();
    assert!(!response.text().await.unwrap().contains("secret phrase"));
    let body = r#"{"token":"c0ffee5a3b7d19e2f4486ab0d1c25e97","#;
    let put = app
        .admin
        .put("/api/chatwork")
        .header("content-type", "application/json")
        .body(body);
    assert!(
        !put.send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("c0ffee")
    );
    app.close().await;
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/setup/hosts",
        "/api/session",
        "/api/nothing",
        "/healthz",
        "/gone.js",
    ] {
        let response = app.admin.get(path).send().await.unwrap();
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {part} in {policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(header("permissions-policy").contains("camera=()"), "{path}");
        assert!(
            !response.headers().contains_key("strict-transport-security"),
            "HSTS is sent over https only"
        );
        assert!(
            !response
                .headers()
                .contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
    for path in [
        "/api/session",
        "/api/settings",
        "/api/calls",
        "/api/nothing",
    ] {
        let response = app.admin.get(path).send().await.unwrap();
        let cache_control = response.headers()["cache-control"].to_str().unwrap();
        assert!(
            cache_control.starts_with("no-store"),
            "{path}: {cache_control}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn conflicting_body_lengths_cannot_smuggle_a_request() {
    let app = TestApp::start().await;
    let head = "POST /api/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    let chunked = "connection: close\r\ntransfer-encoding: chunked\r\n";
    let login_request = |rest: &str| format!("{head}{rest}");
    for (request, expected) in [
        // Bytes after the last chunk are not a second request, whatever the length header says.
        (
            login_request(&format!(
                "content-length: 4\r\n{chunked}\r\n2\r\n{{}}\r\n0\r\n\r\nGET /api/session HTTP/1.1\r\n\r\n"
            )),
            "HTTP/1.1 400",
        ),
        (
            login_request("content-length: 2\r\ncontent-length: 4\r\n\r\n{}{}"),
            "HTTP/1.1 400",
        ),
        (
            login_request("transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
            "HTTP/1.1 400",
        ),
        (
            "TRACE /api/session HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                .to_owned(),
            "HTTP/1.1 405",
        ),
    ] {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(&request).await;
        let response = client.read_whole().await;
        assert!(response.starts_with(expected), "{request}: {response}");
        assert_eq!(
            response.matches("HTTP/1.1 ").count(),
            1,
            "{request}: {response}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn page_paths_serve_the_app_and_missing_files_are_not_found() {
    let app = TestApp::unconfigured().await;
    for page in [
        "/",
        "/setup",
        "/setup/hosts",
        "/setup/sign-in",
        // Short addresses that redirect to the page under `/setup`.
        "/sign-in",
        "/first-run",
        "/pair",
        "/setup/first-run",
    ] {
        let response = app.admin.get(page).send().await.unwrap();
        // 503 with an explanation when the app is not built.
        assert!(
            [200, 503].contains(&response.status().as_u16()),
            "{page}: {}",
            response.status()
        );
        assert_eq!(
            response.headers()["content-type"],
            "text/html; charset=utf-8",
            "{page}"
        );
    }
    assert_eq!(status(app.admin.get("/missing.js")).await, 404);
    assert_eq!(status(app.admin.post("/setup")).await, 405);
    app.close().await;
}

#[tokio::test]
async fn health_endpoints_report_liveness_and_readiness() {
    let app = TestApp::unconfigured().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(status(app.admin.get(path)).await, 200, "{path}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_request_that_names_two_hosts_is_refused() {
    let app = TestApp::unconfigured().await;
    let mut client = RawClient::connect(&app.url()).await;
    let request = "GET /api/session HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\
                   connection: close\r\n\r\n";
    client.send(request).await;
    let response = client.read_whole().await;
    assert!(response.starts_with("HTTP/1.1 421"), "{response}");
    app.close().await;
}

#[tokio::test]
async fn requests_for_a_foreign_host_name_are_refused() {
    let local_names = [
        "localhost",
        "LOCALHOST:8080",
        "localhost.",
        "desk.localhost:1",
        "127.0.0.1:8080",
        "[::1]:8080",
    ];
    let ip_addresses = ["192.0.2.7:8080", "[2001:db8::7]", "192.0.2.7"];
    let public_names = ["reception.example.jp", "Reception.Example.JP:443"];
    let foreign = [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "reception.example.jp.evil.example",
        "a b",
        "localhost@evil.example",
        "evil.example@localhost",
    ];
    for has_url in [true, false] {
        let url = "https://reception.example.jp".parse().unwrap();
        let app = TestApp::unconfigured_with(|options| {
            options.public_url = has_url.then_some(url);
            options.metrics_token = None;
        })
        .await;
        let request = |path: &str, host: &str| app.new_browser().get(path).header("host", host);
        let (accepted, refused): (&[&str], &[&str]) = match has_url {
            true => (&public_names, &ip_addresses),
            false => (&ip_addresses, &public_names),
        };
        for host in local_names.iter().chain(accepted) {
            assert_eq!(
                status(request("/api/session", host)).await,
                200,
                "{host}, url: {has_url}"
            );
        }
        for host in foreign.iter().chain(refused) {
            let code = refusal(request("/api/session", host)).await;
            assert_eq!(code, ErrorCode::WrongHost, "{host}, url: {has_url}");
            let page = request("/setup", host).send().await.unwrap();
            assert_eq!(page.status(), 421, "{host}, url: {has_url}");
            assert!(page.text().await.unwrap().contains("--public-url"));
            for path in ["/healthz", "/readyz"] {
                assert_eq!(
                    status(request(path, host)).await,
                    200,
                    "health checks accept any host name"
                );
            }
            assert_eq!(
                status(request("/metrics", host)).await,
                401,
                "{host}, url: {has_url}"
            );
        }
        app.close().await;
    }
}
