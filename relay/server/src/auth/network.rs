//! Network of one caller: the holder of one IPv6 address can usually use the whole /64 network around it.

use std::net::IpAddr;

use ipnet::IpNet;

/// Returns the network that one caller has: an IPv4 address, or 64 bits of an IPv6 address.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    let address = address.to_canonical();
    let bits = if address.is_ipv6() { 64 } else { 32 };
    IpNet::new(address, bits).map_or(address, |net| net.network())
}
