//! Links that only the machine itself can open, because their host is a loopback name or address.

/// True when a link leads to the machine that opens it (`localhost`, `127.0.0.1`, `[::1]`, `0.0.0.0`), so no tablet
/// or phone can open it.
#[must_use]
pub fn is_loopback_link(link: &str) -> bool {
    let after_scheme = link.split_once("://").map_or(link, |(_, after)| after);
    let authority = after_scheme
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default().trim_end_matches('.');
    let name = name.to_ascii_lowercase();
    // An IPv4 address mapped into IPv6, whose last part may be written in hexadecimal: 127.0.0.1 is 7f00:1.
    let name = name.strip_prefix("::ffff:").unwrap_or(&name);
    let is_ipv4 = || {
        name.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    matches!(name, "localhost" | "::1" | "::" | "0.0.0.0" | "7f00:1")
        || name.ends_with(".localhost")
        || (name.starts_with("127.") && is_ipv4())
}

#[cfg(test)]
mod tests {
    use super::is_loopback_link;

    #[test]
    fn a_link_to_the_machine_itself_is_recognized_however_it_is_written() {
        for link in [
            "http://127.0.0.1:8451/pair#code=BBBB-BBBB",
            "http://127.1.2.3",
            "http://localhost:8451/setup/me#link=x",
            "https://LocalHost/",
            "http://reception.localhost:8451/",
            "http://localhost./",
            "http://[::1]:8451/pair",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://0.0.0.0:8451/",
            "http://user@localhost/",
            "127.0.0.1:8451",
        ] {
            assert!(is_loopback_link(link), "{link}");
        }
    }

    #[test]
    fn a_link_to_another_machine_is_not() {
        for link in [
            "http://192.168.1.10:8451/pair#code=BBBB-BBBB",
            "https://reception.example.jp/",
            "https://reception.example.jp/?from=localhost",
            "https://localhost.example.jp/",
            "https://127.example.jp/",
            "http://[fd00::1]:8451/",
            "http://tablet@reception.example.jp/#localhost",
            "",
        ] {
            assert!(!is_loopback_link(link), "{link}");
        }
    }
}
