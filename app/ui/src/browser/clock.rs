//! Times and dates, by this machine's clock and in the site's time zone, formatted by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::{LocalDateTime, TimeOfDay};

/// A minute in milliseconds.
pub const MINUTE_MS: u64 = 60_000;

/// The time by this machine's clock, in milliseconds since 1970.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the clock shows a time after 1970
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Today in a time zone (`Asia/Tokyo`). As everywhere in this file, the machine's own zone takes the place of a zone
/// that the browser does not know.
#[must_use]
pub fn today(time_zone: &str) -> Date {
    day_of(now(), time_zone)
}

/// The date of a time in a time zone.
#[must_use]
pub fn day_of(millis: u64, time_zone: &str) -> Date {
    let text = iso_date_time(millis, time_zone);
    text.get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(Date::EPOCH)
}

/// A date with year and weekday, as set-up writes all its dates: `2026/12/04(金)` or `Fri, Dec 4, 2026`.
#[must_use]
pub fn format_full_day(day: Date, language_tag: &str) -> String {
    let [year, month, date] = date_options(language_tag);
    let options = [year, month, date, ("weekday", "short")];
    format(noon_in_utc(day), language_tag, "UTC", &options)
}

/// A date `2026-12-04` as [`format_full_day`] writes it; any other text unchanged.
#[must_use]
pub fn format_iso_day(text: &str, language_tag: &str) -> String {
    let day = text.parse().map(|day| format_full_day(day, language_tag));
    day.unwrap_or_else(|_| text.to_owned())
}

/// Year, month and day in set-up's form of dates.
fn date_options(language_tag: &str) -> [(&'static str, &'static str); 3] {
    let (month, day) = match language_tag {
        "ja" => ("2-digit", "2-digit"),
        _ => ("short", "numeric"),
    };
    [("year", "numeric"), ("month", month), ("day", day)]
}

/// A time as `14:05` in a time zone.
#[must_use]
pub fn time_of_day(millis: u64, time_zone: &str) -> String {
    let text = iso_date_time(millis, time_zone);
    text.get(text.len().saturating_sub(5)..)
        .unwrap_or_default()
        .to_owned()
}

/// A time as `14:05` in this machine's own time zone. Faster than [`time_of_day`], whose first use of a time zone takes
/// a browser long.
#[must_use]
#[allow(clippy::cast_precision_loss)] // milliseconds fit a double until the year 287396
pub fn local_time_of_day(millis: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The present date and time in a time zone.
#[must_use]
pub fn local_date_time(time_zone: &str) -> LocalDateTime {
    local_date_time_of(now(), time_zone)
}

/// The date and time of day of a time in a time zone.
#[must_use]
pub fn local_date_time_of(millis: u64, time_zone: &str) -> LocalDateTime {
    let time = time_of_day(millis, time_zone).parse();
    LocalDateTime {
        day: day_of(millis, time_zone),
        time: time.unwrap_or(TimeOfDay::MIDNIGHT),
    }
}

/// A time as `2026-11-24 14:05`: the Swedish locale writes dates as ISO 8601 does.
fn iso_date_time(millis: u64, time_zone: &str) -> String {
    let options = [("dateStyle", "short"), ("timeStyle", "short")];
    format(millis, "sv-SE", time_zone, &options)
}

/// A date with weekday but without year, in the reader's language: `11月24日(火)`.
#[must_use]
pub fn format_day(day: Date, language_tag: &str) -> String {
    let options = [("weekday", "short"), ("month", "short"), ("day", "numeric")];
    format(noon_in_utc(day), language_tag, "UTC", &options)
}

/// Noon of a day in UTC, in milliseconds since 1970; 0 for a day before.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // casts of negative numbers saturate
fn noon_in_utc(day: Date) -> u64 {
    js_sys::Date::parse(&format!("{day}T12:00:00Z")) as u64
}

/// A time as date and time, `2026/12/04 09:05` or `Dec 4, 2026 09:05`, always on one line.
#[must_use]
pub fn format_date_time(millis: u64, language_tag: &str, time_zone: &str) -> String {
    let options = date_options(language_tag);
    let day = format(millis, language_tag, time_zone, &options);
    format!("{day}\u{a0}{}", time_of_day(millis, time_zone))
}

thread_local! {
    /// Formatters by language, zone and options: constructing one takes a browser longer than rendering a page.
    static FORMATTERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
}

#[allow(clippy::cast_precision_loss)] // milliseconds fit a double until the year 287396
fn format(millis: u64, language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    formatter(language_tag, time_zone, options)
        .and_then(|formatter| formatter.call1(&JsValue::UNDEFINED, &date).ok())
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn formatter(language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> Option<Function> {
    let mut key = format!("{language_tag} {time_zone}");
    for (name, value) in options {
        key.push_str(name);
        key.push_str(value);
    }
    FORMATTERS.with_borrow_mut(|formatters| {
        if let Some((_, cached)) = formatters.iter().find(|(cached, _)| *cached == key) {
            return Some(cached.clone());
        }
        let formatter = new_formatter(language_tag, time_zone, options)
            .or_else(|| new_formatter(language_tag, "", options))?;
        formatters.push((key, formatter.clone()));
        Some(formatter)
    })
}

/// `None` for a time zone that the browser does not know: its constructor throws, which `Reflect` catches. `""`
/// stands for the machine's own zone.
fn new_formatter(
    language_tag: &str,
    time_zone: &str,
    options: &[(&str, &str)],
) -> Option<Function> {
    let properties = Object::new();
    let zone = (!time_zone.is_empty()).then_some(("timeZone", time_zone));
    for &(name, value) in options.iter().chain(&zone) {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(
            &properties,
            &JsValue::from_str(name),
            &JsValue::from_str(value),
        );
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.into();
    let arguments = Array::of2(&JsValue::from_str(language_tag), &properties);
    let format: Intl::DateTimeFormat = Reflect::construct(&class, &arguments)
        .ok()?
        .unchecked_into();
    Some(format.format())
}

/// All time zones that the browser knows, as `Area/City`; empty in browsers without `Intl.supportedValuesOf`.
#[must_use]
pub fn time_zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into());
    let zones = intl.and_then(|intl| {
        let supported_values = Reflect::get(&intl, &"supportedValuesOf".into())?;
        Function::from(supported_values).call1(&intl, &"timeZone".into())
    });
    let zones = zones.map(|zones| Array::from(&zones)).unwrap_or_default();
    zones.iter().filter_map(|zone| zone.as_string()).collect()
}

/// The name of a time zone in the reader's language, such as `日本標準時`.
#[must_use]
pub fn time_zone_name(time_zone: &str, language_tag: &str) -> String {
    let options = [("timeZoneName", "long"), ("year", "numeric")];
    let text = format(now(), language_tag, time_zone, &options);
    // The text starts with the year and a separator.
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit());
    name.trim_start_matches(['年', ',', ' ']).to_owned()
}
