//! Checks of the tablet that `kiosk/tablet_checks.js` detects.

use js_sys::Reflect;
use leptos::prelude::window;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind, TabletReport};

/// Checks in the order of their bits. Two bits follow for the kind of machine: iPad and Android.
const CHECKS: [TabletCheck; 5] = [
    TabletCheck::Reachable,
    TabletCheck::Https,
    TabletCheck::Installed,
    TabletCheck::FullScreen,
    TabletCheck::Awake,
];

/// Checks that the browser can detect, updated once a second.
#[must_use]
pub fn detected() -> TabletReport {
    let bits = Reflect::get(&window(), &"yobirinChecks".into()).ok();
    report(bits.and_then(|bits| bits.as_f64()).unwrap_or_default())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // seven bits fit
fn report(bits: f64) -> TabletReport {
    let bits = bits as u32;
    let is_set = |index: usize| bits >> index & 1 == 1;
    let met = CHECKS.into_iter().enumerate();
    let met = met.filter_map(|(index, check)| is_set(index).then_some(check));
    TabletReport {
        kind: match (is_set(CHECKS.len()), is_set(CHECKS.len() + 1)) {
            (true, _) => TabletKind::Ipad,
            (_, true) => TabletKind::Android,
            _ => TabletKind::Pc,
        },
        met: met.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bit_is_a_check_or_a_kind_of_machine() {
        // Bits from the right: the five checks, iPad, Android.
        let none = report(0.0);
        assert_eq!((none.kind, none.met.len()), (TabletKind::Pc, 0));
        let ipad = report(f64::from(0b010_0110));
        assert_eq!(ipad.kind, TabletKind::Ipad);
        assert_eq!(ipad.met, [TabletCheck::Https, TabletCheck::Installed]);
        let android = report(f64::from(0b101_0001));
        assert_eq!(android.kind, TabletKind::Android);
        assert_eq!(android.met, [TabletCheck::Reachable, TabletCheck::Awake]);
    }
}
