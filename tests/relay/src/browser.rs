//! HTTP client that behaves like a browser with its own cookies.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use yobirin_api::{ErrorBody, ErrorCode};

/// HTTP client with a cookie store that marks its requests as same-origin.
#[derive(Clone, Debug)]
pub struct Browser {
    http: Client,
    base: String,
}

impl Browser {
    /// A browser without cookies.
    #[must_use]
    pub fn new(base: &str) -> Self {
        // reqwest is built without a provider of cryptography. An error means that an earlier call installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .cookie_store(true)
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Self {
            http,
            base: base.to_owned(),
        }
    }

    /// The same browser with another URL of the relay. Cookies are valid for all ports.
    #[must_use]
    pub fn moved_to(&self, base: &str) -> Self {
        Self {
            http: self.http.clone(),
            base: base.to_owned(),
        }
    }

    /// A request from one of the relay's pages.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.http
            .request(method, url)
            .header("sec-fetch-site", "same-origin")
    }

    /// `GET`.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// `POST`.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// `PUT`.
    pub fn put(&self, path: &str) -> RequestBuilder {
        self.request(Method::PUT, path)
    }

    /// `PATCH`.
    pub fn patch(&self, path: &str) -> RequestBuilder {
        self.request(Method::PATCH, path)
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }
}

/// Sends the request; returns the status.
pub async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}

/// Sends the request; parses a successful response.
pub async fn json<T: DeserializeOwned>(request: RequestBuilder) -> T {
    let response = request.send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Sends the request; returns the error code, whose status must match the response's.
pub async fn refusal(request: RequestBuilder) -> ErrorCode {
    error(request.send().await.unwrap()).await.code
}

/// Parses an error response, whose status must match its code.
pub async fn error(response: Response) -> ErrorBody {
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    let error: ErrorBody =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {error} in {text}"));
    assert_eq!(status, error.code.status(), "status and code of {text}");
    assert!(!error.message.is_empty(), "an error has a message: {text}");
    error
}
