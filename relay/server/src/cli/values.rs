//! Parsers of the values of command-line options. Their errors show how a value is written.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use rustls::pki_types::ServerName;
use url::Url;
use yobirin_chatwork::is_loopback;

/// Parses an address to listen on.
pub(super) fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    let port = text.trim_start_matches(':').parse().unwrap_or(8080_u16);
    text.parse().map_err(|_| {
        format!("expected an IP address and a port, such as 127.0.0.1:{port}, or 0.0.0.0:{port} for every network")
    })
}

/// Parses a name or address of a certificate; an IPv6 address may stand in brackets, as in links.
pub(super) fn parse_host(text: &str) -> Result<String, &'static str> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let host = bare.unwrap_or(text);
    ServerName::try_from(host)
        .map(|_| host.to_owned())
        .map_err(|_| "expected a name or address without https://, port or path, like reception.local or 192.168.1.5")
}

fn parse_url(text: &str) -> Result<Url, String> {
    let url: Url = text
        .parse()
        .map_err(|error| format!("not a URL: {error}"))?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    is_web
        .then_some(url)
        .ok_or_else(|| "a URL starts with https:// or http://".to_owned())
}

/// Parses a network or a single address.
pub(super) fn parse_network(text: &str) -> Result<IpNet, &'static str> {
    let one = text.parse::<IpAddr>().map(IpNet::from);
    one.or_else(|_| text.parse())
        .map_err(|_| "expected an IP address, or a network such as 10.0.0.0/8")
}

/// Parses an origin: scheme, host and port.
pub(super) fn parse_origin(text: &str) -> Result<Url, String> {
    let url = parse_url(text)?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    is_bare
        .then_some(url)
        .ok_or_else(|| "write only https://, host and port, without a path".to_owned())
}

/// Parses the API's base URL. The token is sent there: never in the clear, except to this machine.
pub(super) fn parse_api_url(text: &str) -> Result<Url, String> {
    let url = parse_url(text)?;
    let is_safe = url.scheme() == "https" || url.host_str().is_some_and(is_loopback);
    is_safe
        .then_some(url)
        .ok_or_else(|| "use https, because the API token is sent there".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_only_for_names_and_addresses() {
        for bad in [
            "reception.local:8443",
            "192.168.1.5:8443",
            "[2001:db8::5]:8443",
            "https://reception.local",
            "reception.local/kiosk",
            "reception local",
            "192.168.1.256",
            "",
        ] {
            let error = parse_host(bad).unwrap_err();
            assert!(error.contains("like reception.local"), "{bad}: {error}");
        }
        for good in ["reception.local", "192.168.1.5", "2001:db8::5"] {
            assert_eq!(parse_host(good).unwrap(), good);
        }
        assert_eq!(parse_host("[2001:db8::5]").unwrap(), "2001:db8::5");
    }

    #[test]
    fn a_simulated_chatwork_on_this_machine_needs_no_tls() {
        for good in [
            "http://127.0.0.1:9/v2",
            "http://localhost:9/v2",
            "http://[::1]:9/v2",
        ] {
            assert!(parse_api_url(good).is_ok(), "{good}");
        }
    }
}
