//! Public network addresses. A request to a configured host name may only go to one of them. An address of the relay's
//! own network would let a name that somebody else controls reach services that trust this network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// True for an address that is reachable through the internet: not of this machine, a private or a special network
/// (IANA's special-purpose registries, RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 127 | 224.., ..) // this network, loopback, multicast and reserved
            | (100, 64..=127, _) // shared by the customers of a carrier
            | (192, 0, 0) // protocol assignments
            | (192, 88, 99) // former anycast of 6to4 relays
            | (198, 18 | 19, _) // benchmarks
    );
    !(is_special || address.is_private() || address.is_link_local() || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Global unicast is 2000::/3. In it, 2001::/23 is for protocols, 2001:db8::/32 and 3fff::/20 for documentation;
    // 2002::/16 holds an IPv4 address.
    match address.segments() {
        [0x2001, b, ..] => b >= 0x200 && b != 0x0db8,
        [0x3fff, b, ..] => b >= 0x1000,
        [0x2002, ..] => false,
        [a, ..] => (0x2000..0x4000).contains(&a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        let is_public_text = |text: &str| is_public(text.parse().unwrap());
        for public in [
            "8.8.8.8",
            "203.0.114.1",
            "100.63.0.1",
            "2606:4700::1111",
            "2001:4860::8888",
        ] {
            assert!(is_public_text(public), "{public}");
        }
        for special in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.5",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public_text(special), "{special}");
        }
    }
}
