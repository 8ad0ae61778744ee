//! Validation of the site: name, languages, time zone, colour, logo, opening hours, PIN, retention and default room.

use super::text_limits::MAX_CLOSED_DAYS_NAME_CHARS;
use super::{Problems, ValidationError, escalation, hours, list, purpose_notice};
use crate::model::closed_days::{ClosedDays, MAX_DAYS_IN_A_ROW};
use crate::model::lang::Lang;
use crate::model::retention::{MAX_RETENTION_DAYS, MIN_RETENTION_DAYS};
use crate::model::settings::SettingsDocument;
use crate::retention::RetentionKind;

/// Largest age of the last backup from which an alarm can be raised, in days.
const MAX_BACKUP_DAYS: u16 = 365;
/// Maximum length of the names of office and contact, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Maximum length of the telephone number, in characters.
const MAX_PHONE_CHARS: usize = 40;
/// Maximum size of the decoded logo, in bytes.
const MAX_LOGO_BYTES: usize = 96_000;
/// Image types that all browsers support and that cannot contain scripts, with the base64 of their first bytes.
const LOGO_TYPES: [(&str, &str); 3] = [("png", "iVBORw0KGgo"), ("jpeg", "/9j/"), ("webp", "UklGR")];
/// Maximum number of entries of closed days.
const MAX_CLOSED_DAYS: usize = 400;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let site = &document.site;
    problems.check_line("site.name", &site.name, MAX_NAME_CHARS);
    problems.check_translations("site.names", &site.names, MAX_NAME_CHARS);
    problems.check_line("site.contact.name", &site.contact.name, MAX_NAME_CHARS);
    problems.check_line("site.contact.phone", &site.contact.phone, MAX_PHONE_CHARS);
    problems.check_translations("site.contact.names", &site.contact.names, MAX_NAME_CHARS);
    problems.check_translations("site.contact.phones", &site.contact.phones, MAX_PHONE_CHARS);
    check_languages(&site.languages, problems);
    if !is_time_zone(&site.time_zone) {
        problems.add("site.time_zone", ValidationError::InvalidTimeZone);
    }
    if !is_colour(&site.accent) {
        problems.add("site.accent", ValidationError::InvalidColour);
    }
    if site.logo.as_deref().is_some_and(|logo| !is_logo(logo)) {
        problems.add("site.logo", ValidationError::InvalidLogo);
    }
    if let Some(week) = &site.opening_hours {
        hours::check("site.opening_hours", week, problems);
    }
    check_closed_days(&site.closed_days, problems);
    if site.exit_pin.as_deref().is_some_and(|pin| !is_pin(pin)) {
        problems.add("site.exit_pin", ValidationError::InvalidPin);
    }
    escalation::check("site.escalation", &site.escalation, site.answers, problems);
    purpose_notice::check("site.purpose_notice", &site.purpose_notice, problems);
    for kind in RetentionKind::ALL {
        let (min, max) = (MIN_RETENTION_DAYS, MAX_RETENTION_DAYS);
        if !(min..=max).contains(&site.retention.days(kind)) {
            let path = format!("site.retention.{}", kind.key());
            problems.add(path, ValidationError::DaysOutOfRange { min, max });
        }
    }
    let (min, max) = (1, MAX_BACKUP_DAYS);
    if site
        .alarms
        .backup_days
        .is_some_and(|days| !(min..=max).contains(&days))
    {
        let path = "site.alarms.backup_days";
        problems.add(path, ValidationError::DaysOutOfRange { min, max });
    }
    if site.default_room.is_none() && !document.devices.is_empty() {
        problems.add("site.default_room", ValidationError::NoDefaultRoom);
    }
}

fn check_closed_days(list: &[ClosedDays], problems: &mut Problems) {
    if list.len() > MAX_CLOSED_DAYS {
        let max = MAX_CLOSED_DAYS;
        problems.add("site.closed_days", ValidationError::TooMany { max });
    }
    for (i, entry) in list.iter().enumerate() {
        let path = format!("site.closed_days[{i}]");
        problems.check_line(
            &format!("{path}.name"),
            &entry.name,
            MAX_CLOSED_DAYS_NAME_CHARS,
        );
        if entry.last < entry.first {
            problems.add(path, ValidationError::EndsBeforeItBegins);
        } else if entry.count().is_none() {
            let (min, max) = (1, MAX_DAYS_IN_A_ROW);
            problems.add(path, ValidationError::DaysOutOfRange { min, max });
        } else if list[..i].iter().any(|earlier| earlier.overlaps(entry)) {
            problems.add(path, ValidationError::ClosedDaysOverlap);
        }
    }
}

fn check_languages(offered: &[Lang], problems: &mut Problems) {
    if offered.is_empty() {
        problems.add("site.languages", ValidationError::NoLanguage);
    }
    let tags: Vec<&str> = offered.iter().map(|lang| lang.tag()).collect();
    list::check_unique("site.languages", &tags, problems);
}

/// True for `UTC` and IANA names of the form `Area/City` or `Area/Region/City`. The relay checks whether the
/// zone exists.
fn is_time_zone(name: &str) -> bool {
    let is_segment = |part: &str| {
        let is_allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.bytes().all(is_allowed)
    };
    name == "UTC"
        || name.len() <= 64
            && matches!(name.split('/').count(), 2 | 3)
            && name.split('/').all(is_segment)
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_logo(url: &str) -> bool {
    let Some((kind, picture)) = url
        .strip_prefix("data:image/")
        .and_then(|rest| rest.split_once(";base64,"))
    else {
        return false;
    };
    let digits = picture.trim_end_matches('=');
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let is_of_kind = |(name, magic): &(&str, &str)| *name == kind && picture.starts_with(magic);
    LOGO_TYPES.iter().any(is_of_kind)
        && !digits.is_empty()
        && picture.len() - digits.len() <= 2
        && digits.bytes().all(is_base64)
        && digits.len() / 4 * 3 <= MAX_LOGO_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_zone_has_area_and_city() {
        for good in [
            "UTC",
            "Asia/Tokyo",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+9",
        ] {
            assert!(is_time_zone(good), "{good} should be a time zone");
        }
        for bad in [
            "",
            "JST",
            "Tokyo",
            "Asia/",
            "/Tokyo",
            "Asia/To kyo",
            "+09:00",
            "A/b/c/d",
        ] {
            assert!(!is_time_zone(bad), "{bad} should be rejected");
        }
    }

    #[test]
    fn a_colour_has_six_hexadecimal_digits() {
        assert!(is_colour("#0B6bcb"));
        for bad in ["", "#fff", "0b6bcb", "#0b6bcg", "red", "#0b6bcb;"] {
            assert!(!is_colour(bad), "{bad} should be rejected");
        }
    }

    #[test]
    fn a_pin_has_four_to_eight_digits() {
        for good in ["0000", "12345678"] {
            assert!(is_pin(good), "{good} should be a PIN");
        }
        for bad in ["", "123", "123456789", "12a4", "１２３４", "12 4"] {
            assert!(!is_pin(bad), "{bad} should be rejected");
        }
    }

    #[test]
    fn a_logo_is_a_small_embedded_image() {
        // Each 4 digits of base64 are 3 bytes; the first 12 digits are in the prefix.
        let logo_of_size = |bytes: usize| {
            let prefix = "data:image/png;base64,iVBORw0KGgoA";
            format!("{prefix}{}", "A".repeat(bytes / 3 * 4 - 12))
        };
        assert!(is_logo("data:image/jpeg;base64,/9j/4AAQ"));
        assert!(is_logo("data:image/webp;base64,UklGRiQAAABXRUJQ"));
        assert!(is_logo(&logo_of_size(96_000)));
        for bad in [
            &logo_of_size(96_003),
            "",
            "https://example.com/logo.png",
            "data:text/html;base64,AAAA",
            "data:image/png;base64,",
            "data:image/png;base64,<svg>",
            "data:image/png;base64,/9j/4AAQ",
            "data:image/webp;base64,AAAA",
            "data:image/svg+xml;base64,AAAA",
        ] {
            assert!(!is_logo(bad), "{bad:.40} should be rejected");
        }
    }
}
