//! Client IP of a request: the peer or, behind trusted proxies, the address that they state. Rate limits and
//! the log count callers by it. The rule is that of `domain::caller_address`.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;
use yobirin_domain::caller_address::caller_of;

use super::network::network;
use crate::error::ApiError;
use crate::security_log::CALLERS_UNKNOWN;
use crate::state::{AppState, SharedState};

/// Address of the caller; of IPv6 the network of 64 bits, which one caller has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientIp(pub IpAddr);

impl FromRequestParts<SharedState> for ClientIp {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> Result<Self, ApiError> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, state).await;
        let ConnectInfo(peer) = peer.map_err(ApiError::internal)?;
        Ok(Self(network(client_ip(state, peer, &parts.headers))))
    }
}

/// Returns the caller's address. Warns once when a trusted proxy's header cannot be used: all callers behind
/// it then count as one.
pub(crate) fn client_ip(state: &AppState, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    static WARN_ONCE: Once = Once::new();
    let stated = |header: &str| {
        let values = headers.get_all(header).iter();
        let values: Vec<&str> = values.map(|value| value.to_str().unwrap_or("?")).collect();
        (!values.is_empty()).then(|| values.join(","))
    };
    let is_trusted = |address| is_trusted(address, &state.trusted_proxies);
    let (forwarded_for, forwarded) = (stated("x-forwarded-for"), stated("forwarded"));
    let (caller, problem) = caller_of(
        peer.ip(),
        forwarded_for.as_deref(),
        forwarded.as_deref(),
        is_trusted,
    );
    if let Some(problem) = problem {
        WARN_ONCE.call_once(|| {
            tracing::warn!(
                event = CALLERS_UNKNOWN,
                peer = %peer.ip(),
                "callers behind a trusted proxy count as one caller: {problem}"
            );
        });
    }
    caller
}

/// True for the address of a trusted proxy.
pub(crate) fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}
