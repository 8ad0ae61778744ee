//! Address of a caller behind proxies, by the headers `X-Forwarded-For` and `Forwarded` (RFC 7239).

use std::net::{IpAddr, SocketAddr};

/// Returns the caller's address, and the reason when a header could not be used. `forwarded_for` and `forwarded` are the
/// values of `X-Forwarded-For` and `Forwarded`, several lines of one header joined by commas; `None` without the header.
///
/// Each proxy appends the address of its own caller, and earlier entries may be forged. So the caller is the
/// last address that is not a trusted proxy's. An unreadable entry ends the chain at the last readable
/// address.
#[must_use]
pub fn caller_of(
    peer: IpAddr,
    forwarded_for: Option<&str>,
    forwarded: Option<&str>,
    is_trusted: impl Fn(IpAddr) -> bool,
) -> (IpAddr, Option<&'static str>) {
    let peer = peer.to_canonical();
    if !is_trusted(peer) {
        return (peer, None);
    }
    let stated = |entries: Option<&str>, parse: fn(&str) -> Option<IpAddr>| {
        entries.map(|entries| last_untrusted(peer, entries, parse, &is_trusted))
    };
    let (from_forwarded_for, from_forwarded) = (
        stated(forwarded_for, parse_address),
        stated(forwarded, parse_forwarded),
    );
    match (from_forwarded_for, from_forwarded) {
        // A proxy that writes one of the headers may pass on the other one, forged by the caller.
        (Some(one), Some(other)) if one != other => (
            peer,
            Some(
                "X-Forwarded-For and Forwarded disagree; have the proxy remove the one it does not write",
            ),
        ),
        (Some(caller), _) | (None, Some(caller)) => caller,
        (None, None) => (
            peer,
            Some("it sends neither X-Forwarded-For nor Forwarded; have it add one"),
        ),
    }
}

/// Returns the last address of the entries that is not a trusted proxy's, and the reason when an entry cannot be parsed.
fn last_untrusted(
    peer: IpAddr,
    entries: &str,
    parse: fn(&str) -> Option<IpAddr>,
    is_trusted: impl Fn(IpAddr) -> bool,
) -> (IpAddr, Option<&'static str>) {
    let mut last = peer;
    for text in entries.rsplit(',') {
        let Some(address) = parse(text) else {
            return (
                last,
                Some("an entry of X-Forwarded-For or Forwarded is not an address"),
            );
        };
        last = address;
        if !is_trusted(address) {
            break;
        }
    }
    (last, None)
}

/// Parses an address with or without port, brackets and quotes.
fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = match text.parse::<SocketAddr>() {
        Ok(with_port) => with_port.ip(),
        Err(_) => bare.unwrap_or(text).parse().ok()?,
    };
    Some(address.to_canonical())
}

/// Parses `for=` of an element of `Forwarded` (RFC 7239).
fn parse_forwarded(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, node) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    parse_address(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_caller(peer: &str, sent: &[(&'static str, &str)]) -> (String, bool) {
        let stated = |header: &str| {
            let values = sent.iter().filter(|(name, _)| *name == header);
            let values: Vec<_> = values.map(|(_, value)| *value).collect();
            (!values.is_empty()).then(|| values.join(","))
        };
        let is_trusted = |address: IpAddr| {
            let address = address.to_string();
            let proxies = ["127.0.0.1", "10.", "2001:db8:7:"];
            proxies.iter().any(|proxy| address.starts_with(proxy))
        };
        let (caller, problem) = caller_of(
            peer.parse().unwrap(),
            stated("x-forwarded-for").as_deref(),
            stated("forwarded").as_deref(),
            is_trusted,
        );
        (caller.to_string(), problem.is_some())
    }

    fn client_ip_of(peer: &str, values: &[&str]) -> String {
        let sent: Vec<_> = values
            .iter()
            .map(|value| ("x-forwarded-for", *value))
            .collect();
        read_caller(peer, &sent).0
    }

    #[test]
    fn only_a_trusted_proxy_states_the_client_ip() {
        assert_eq!(client_ip_of("192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        assert_eq!(client_ip_of("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            client_ip_of("::ffff:127.0.0.1", &["198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            client_ip_of("10.200.0.3", &["198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            client_ip_of("2001:db8:7::1", &["198.51.100.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn entries_before_the_last_untrusted_one_do_not_count() {
        let headers = ["203.0.113.7, 198.51.100.1, 10.0.0.2"];
        assert_eq!(client_ip_of("127.0.0.1", &headers), "198.51.100.1");
        assert_eq!(
            client_ip_of("127.0.0.1", &["203.0.113.7", "198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            client_ip_of("127.0.0.1", &["what, 198.51.100.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn every_form_of_an_address_is_read() {
        for entry in [
            "203.0.113.9",
            "203.0.113.9:5001",
            "\"203.0.113.9:5001\"",
            "[::ffff:203.0.113.9]:5001",
        ] {
            assert_eq!(
                client_ip_of("127.0.0.1", &[entry]),
                "203.0.113.9",
                "{entry}"
            );
            let element = (
                "forwarded",
                &*format!("proto=https;For={entry};by=10.0.0.2"),
            );
            let read = ("203.0.113.9".to_owned(), false);
            assert_eq!(read_caller("127.0.0.1", &[element]), read, "{entry}");
        }
        for entry in ["2001:db8::9", "[2001:db8::9]", "\"[2001:db8::9]:443\""] {
            assert_eq!(
                client_ip_of("127.0.0.1", &[entry]),
                "2001:db8::9",
                "{entry}"
            );
        }
        let chain = (
            "forwarded",
            "for=203.0.113.7, for=198.51.100.1:1;proto=http, for=10.1.1.1",
        );
        assert_eq!(read_caller("127.0.0.1", &[chain]).0, "198.51.100.1");
    }

    #[test]
    fn an_entry_that_is_not_an_address_ends_the_chain_and_is_reported() {
        let cases = [
            (("x-forwarded-for", "198.51.100.1, what"), "127.0.0.1"),
            (
                ("x-forwarded-for", "198.51.100.1, unknown, 10.0.0.2"),
                "10.0.0.2",
            ),
            (("x-forwarded-for", ""), "127.0.0.1"),
            (("forwarded", "for=_hidden"), "127.0.0.1"),
            (("forwarded", "proto=https"), "127.0.0.1"),
        ];
        for (headers, caller) in cases {
            let read = (caller.to_owned(), true);
            assert_eq!(read_caller("127.0.0.1", &[headers]), read, "{headers:?}");
        }
        assert!(
            read_caller("127.0.0.1", &[]).1,
            "the proxy has sent no header"
        );
        assert!(
            !read_caller("192.0.2.9", &[]).1,
            "the caller is not behind a proxy"
        );
    }

    #[test]
    fn headers_that_disagree_are_not_used() {
        let real = ("x-forwarded-for", "198.51.100.1");
        let forged = ("forwarded", "for=203.0.113.7");
        let proxy_itself = ("127.0.0.1".to_owned(), true);
        assert_eq!(read_caller("127.0.0.1", &[real, forged]), proxy_itself);
        let same = ("forwarded", "for=198.51.100.1");
        let read = ("198.51.100.1".to_owned(), false);
        assert_eq!(read_caller("127.0.0.1", &[real, same]), read);
    }
}
