//! Whose tries at a door a request is: those of the address it comes from, or of the one that a trusted
//! proxy says it comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::doors::Who;
use crate::error::Failure;
use crate::relay::App;

/// Whoever sends a request, as doors count them.
#[derive(Debug)]
pub(crate) struct Caller(pub Who);

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, relay: &App) -> Result<Self, Failure> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, relay).await;
        let ConnectInfo(peer) = peer.map_err(Failure::internal)?;
        let address = origin(peer.ip(), &parts.headers, &relay.trusted_proxies);
        Ok(Self(address.into()))
    }
}

/// Each proxy adds to `X-Forwarded-For` whom it has heard; what stands before that, anybody may have
/// written. So the last address counts that is no trusted proxy's.
fn origin(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    let said = headers.get_all("x-forwarded-for").iter();
    let said: Vec<&str> = said.filter_map(|said| said.to_str().ok()).collect();
    let said = said.join(",");
    let heard = said.rsplit(',').map(|said| said.trim().parse::<IpAddr>());
    let heard = heard.map(|heard| heard.map(|heard| heard.to_canonical()));
    let mut strangers = heard.skip_while(|heard| matches!(heard, Ok(at) if trusted.contains(at)));
    strangers.next().and_then(Result::ok).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(peer: &str, said: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for said in said {
            headers.append("x-forwarded-for", said.parse().unwrap());
        }
        let trusted = ["127.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        origin(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_trusted_proxy_says_who_calls_and_nobody_else_does() {
        assert_eq!(heard("192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        assert_eq!(heard("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(heard("::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn what_the_caller_wrote_before_it_does_not_count() {
        let said = ["203.0.113.7, 198.51.100.1, 10.0.0.2"];
        assert_eq!(heard("127.0.0.1", &said), "198.51.100.1");
        assert_eq!(
            heard("127.0.0.1", &["203.0.113.7", "198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(heard("127.0.0.1", &["198.51.100.1, what"]), "127.0.0.1");
        assert_eq!(heard("127.0.0.1", &[]), "127.0.0.1");
    }
}
