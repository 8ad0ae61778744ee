//! Fresh ids, from the browser's own randomness.

use leptos::prelude::window;
use yobirin_domain::model::id::{ButtonId, CallId, DeviceId, GroupId, HostId};

use super::clock;

/// A new call, tapped now.
#[must_use]
pub fn call() -> CallId {
    CallId::new(clock::now(), &random())
}

/// A new host.
#[must_use]
pub fn host() -> HostId {
    HostId::from_random(u64::from_le_bytes(random()))
}

/// A new group.
#[must_use]
pub fn group() -> GroupId {
    GroupId::from_random(u64::from_le_bytes(random()))
}

/// A new device.
#[must_use]
pub fn device() -> DeviceId {
    DeviceId::from_random(u64::from_le_bytes(random()))
}

/// A new button.
#[must_use]
pub fn button() -> ButtonId {
    ButtonId::from_random(u64::from_le_bytes(random()))
}

/// A name for this tab that no other tab has.
#[must_use]
pub fn tab() -> String {
    format!("{:016x}", u64::from_le_bytes(random()))
}

/// Bits for ids that somebody else makes.
#[must_use]
pub fn bits() -> u64 {
    u64::from_le_bytes(random())
}

/// A number of minutes that differs from tablet to tablet.
#[must_use]
pub fn random_minute() -> u16 {
    u16::from_le_bytes(random())
}

/// Random bytes. Every browser that runs WebAssembly has `crypto`; should it refuse, the clock and
/// `Math.random` still make ids that do not repeat on one tablet.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let value = (js_sys::Math::random() * 256.0) as u8;
            *byte = value;
        }
    }
    bytes
}
