//! Random ids, from the browser's cryptographic random generator.

use leptos::prelude::window;
use yobirin_domain::model::id::{ButtonId, CallId, DeviceId, GroupId, HostId};

use super::clock;

/// The id of a new call, with the present time.
#[must_use]
pub fn call_id() -> CallId {
    CallId::new(clock::now(), &random_bytes())
}

/// The id of a new host.
#[must_use]
pub fn host_id() -> HostId {
    HostId::from_random(u64::from_le_bytes(random_bytes()))
}

/// The id of a new group.
#[must_use]
pub fn group_id() -> GroupId {
    GroupId::from_random(u64::from_le_bytes(random_bytes()))
}

/// The id of a new device.
#[must_use]
pub fn device_id() -> DeviceId {
    DeviceId::from_random(u64::from_le_bytes(random_bytes()))
}

/// The id of a new button.
#[must_use]
pub fn button_id() -> ButtonId {
    ButtonId::from_random(u64::from_le_bytes(random_bytes()))
}

/// A unique id of this browser tab.
#[must_use]
pub fn tab_id() -> String {
    format!("{:016x}", u64::from_le_bytes(random_bytes()))
}

/// 64 random bits.
#[must_use]
pub fn random_u64() -> u64 {
    u64::from_le_bytes(random_bytes())
}

/// 16 random bits.
#[must_use]
pub fn random_u16() -> u16 {
    u16::from_le_bytes(random_bytes())
}

/// Random bytes. Every browser with WebAssembly has `crypto`; should it fail, `Math.random` is good enough for ids that
/// do not repeat on one tablet.
fn random_bytes<const N: usize>() -> [u8; N] {
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
