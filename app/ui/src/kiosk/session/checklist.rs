//! State of the tablet's checklist: what the browser detects, what the settings say, and what staff have confirmed.

use yobirin_domain::tablet_checks::{TabletCheck, TabletReport};

use crate::browser::{storage, tablet_checks};
use crate::kiosk::state::KioskState;

/// Storage key of the confirmation that visitors cannot open other apps.
const PINNED_KEY: &str = "yobirin.pinned";

/// True when staff have confirmed that visitors cannot open other apps.
pub(crate) fn is_pinned() -> bool {
    storage::get(PINNED_KEY).unwrap_or_default()
}

/// Stores or removes the confirmation. With blocked storage nothing is stored.
pub(crate) fn confirm_pinned(is_pinned: bool) {
    let _ = storage::set(PINNED_KEY, &is_pinned);
}

/// Present state of all checks.
pub(crate) fn report(kiosk: KioskState) -> TabletReport {
    let mut report = tablet_checks::detected();
    let has_pin = kiosk.settings.with_untracked(|settings| {
        let site = settings.as_ref().map(|settings| settings.site());
        site.is_some_and(|site| site.exit_pin.is_some())
    });
    if has_pin {
        report.met.push(TabletCheck::ExitPin);
    }
    if is_pinned() {
        report.met.push(TabletCheck::Pinned);
    }
    report
}
