//! What time it is, here and in the office's time zone.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::{LocalDateTime, TimeOfDay};

/// Milliseconds since 1970 by this machine's clock.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // after 1970, before 285,000
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Today in a time zone (`Asia/Tokyo`); the machine's own zone when the browser does not know it.
#[must_use]
pub fn today(time_zone: &str) -> Date {
    day_of(now(), time_zone)
}

/// The day of a moment in a time zone.
#[must_use]
pub fn day_of(millis: u64, time_zone: &str) -> Date {
    let text = sortable(millis, time_zone);
    text.get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(Date::EPOCH)
}

/// A day with its weekday, in the reader's language.
#[must_use]
pub fn day_in_words(day: Date, language_tag: &str) -> String {
    let noon = js_sys::Date::parse(&format!("{day}T12:00:00Z"));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // after 1970, or shown as such
    let noon = noon.max(0.0) as u64;
    let look = [
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("weekday", "short"),
    ];
    written(noon, language_tag, "UTC", &look)
}

/// A moment as `14:05` in a time zone.
#[must_use]
pub fn time_of_day(millis: u64, time_zone: &str) -> String {
    let text = sortable(millis, time_zone);
    text.get(text.len().saturating_sub(5)..)
        .unwrap_or_default()
        .to_owned()
}

/// A moment as `14:05` on this machine's own clock: at once, where a browser takes its time over the
/// first time zone it is asked for.
#[must_use]
#[allow(clippy::cast_precision_loss)] // milliseconds fit a double until the year 287396
pub fn time_here(millis: u64) -> String {
    let moment = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    format!("{:02}:{:02}", moment.get_hours(), moment.get_minutes())
}

/// This moment on the clock of a time zone.
#[must_use]
pub fn moment(time_zone: &str) -> LocalDateTime {
    let now = now();
    let time = time_of_day(now, time_zone).parse();
    LocalDateTime {
        day: day_of(now, time_zone),
        time: time.unwrap_or(TimeOfDay::MIDNIGHT),
    }
}

/// `2026-11-24 14:05`: Sweden writes dates the way ISO 8601 does.
fn sortable(millis: u64, time_zone: &str) -> String {
    let look = [("dateStyle", "short"), ("timeStyle", "short")];
    written(millis, "sv-SE", time_zone, &look)
}

/// A day as people of a language say it, without its year: `11月24日(火)`.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // after 1970
pub fn day_name(day: Date, language_tag: &str) -> String {
    let noon = js_sys::Date::parse(&format!("{day}T12:00:00Z")) as u64;
    let wish = [("weekday", "short"), ("month", "short"), ("day", "numeric")];
    written(noon, language_tag, "UTC", &wish)
}

/// A moment as date and time for lists: the day as the reader's language writes it, and the time as it is
/// written everywhere else, `09:05`.
#[must_use]
pub fn date_and_time(millis: u64, language_tag: &str, time_zone: &str) -> String {
    let day = written(millis, language_tag, time_zone, &[("dateStyle", "medium")]);
    format!("{day} {}", time_of_day(millis, time_zone))
}

thread_local! {
    /// What has written before, by language, zone and options: making one takes a browser longer than
    /// drawing a page.
    static WRITERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
}

#[allow(clippy::cast_precision_loss)] // milliseconds fit a double until the year 287396
fn written(millis: u64, language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> String {
    let moment = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    writer(language_tag, time_zone, options)
        .and_then(|write| write.call1(&JsValue::UNDEFINED, &moment).ok())
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn writer(language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> Option<Function> {
    let mut key = format!("{language_tag} {time_zone}");
    for (name, value) in options {
        key.push_str(name);
        key.push_str(value);
    }
    WRITERS.with_borrow_mut(|writers| {
        if let Some((_, known)) = writers.iter().find(|(known, _)| *known == key) {
            return Some(known.clone());
        }
        let made = new_writer(language_tag, time_zone, options)
            .or_else(|| new_writer(language_tag, "", options))?;
        writers.push((key, made.clone()));
        Some(made)
    })
}

/// `None` for a zone that the browser does not know.
fn new_writer(language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> Option<Function> {
    let wish = Object::new();
    let zone = (!time_zone.is_empty()).then_some(("timeZone", time_zone));
    for &(name, value) in options.iter().chain(&zone) {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&wish, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.into();
    let given = Array::of2(&JsValue::from_str(language_tag), &wish);
    let format: Intl::DateTimeFormat = Reflect::construct(&class, &given).ok()?.unchecked_into();
    Some(format.format())
}

/// Every time zone the browser knows, `Area/City`; none where it does not tell.
#[must_use]
pub fn zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into());
    let list = intl.and_then(|intl| {
        let ask = Reflect::get(&intl, &"supportedValuesOf".into())?;
        Function::from(ask).call1(&intl, &"timeZone".into())
    });
    let list = list.map(|list| Array::from(&list)).unwrap_or_default();
    list.iter().filter_map(|zone| zone.as_string()).collect()
}

/// What a time zone is called, such as `日本標準時`.
#[must_use]
pub fn zone_name(time_zone: &str, language_tag: &str) -> String {
    let look = [("timeZoneName", "long"), ("year", "numeric")];
    let text = written(now(), language_tag, time_zone, &look);
    // The year stands before it, and a separator between.
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit());
    name.trim_start_matches(['年', ',', ' ']).to_owned()
}
