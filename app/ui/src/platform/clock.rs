//! What time it is, here and in the office's time zone.

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;
use yobirin_domain::day::Day;
use yobirin_domain::hours::{Moment, TimeOfDay};

/// Milliseconds since 1970 by this machine's clock.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // after 1970, before 285,000
pub fn now() -> u64 {
    Date::now() as u64
}

/// Today in a time zone (`Asia/Tokyo`); the machine's own zone when the browser does not know it.
#[must_use]
pub fn today(time_zone: &str) -> Day {
    day_of(now(), time_zone)
}

/// The day of a moment in a time zone.
#[must_use]
pub fn day_of(millis: u64, time_zone: &str) -> Day {
    // Sweden writes dates the way ISO 8601 does.
    let text = written(millis, "sv-SE", time_zone, &[("dateStyle", "short")]);
    text.parse().unwrap_or(Day::EPOCH)
}

/// A day with its weekday, in the reader's language.
#[must_use]
pub fn day_in_words(day: Day, language_tag: &str) -> String {
    let noon = Date::parse(&format!("{day}T12:00:00Z"));
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
    written(
        millis,
        "sv-SE",
        time_zone,
        &[("hour", "2-digit"), ("minute", "2-digit")],
    )
}

/// This moment on the clock of a time zone.
#[must_use]
pub fn moment(time_zone: &str) -> Moment {
    let time = time_of_day(now(), time_zone).parse();
    Moment {
        day: today(time_zone),
        time: time.unwrap_or(TimeOfDay::MIDNIGHT),
    }
}

/// A day as people of a language say it, without its year: `11月24日(火)`.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // after 1970
pub fn day_name(day: Day, language_tag: &str) -> String {
    let noon = Date::parse(&format!("{day}T12:00:00Z")) as u64;
    let wish = [("weekday", "short"), ("month", "short"), ("day", "numeric")];
    written(noon, language_tag, "UTC", &wish)
}

/// A moment as date and time for lists, in the order of the reader's language.
#[must_use]
pub fn date_and_time(millis: u64, language_tag: &str, time_zone: &str) -> String {
    written(
        millis,
        language_tag,
        time_zone,
        &[("dateStyle", "medium"), ("timeStyle", "short")],
    )
}

#[allow(clippy::cast_precision_loss)] // milliseconds fit a double until the year 287396
fn written(millis: u64, language_tag: &str, time_zone: &str, options: &[(&str, &str)]) -> String {
    let wish = Object::new();
    for (name, value) in options.iter().chain(&[("timeZone", time_zone)]) {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&wish, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let languages = Array::of1(&JsValue::from_str(language_tag));
    let moment = Date::new(&JsValue::from_f64(millis as f64));
    if !knows_zone(time_zone) {
        let _ = Reflect::delete_property(&wish, &JsValue::from_str("timeZone"));
    }
    let format = Intl::DateTimeFormat::new(&languages, &wish);
    let write = format.format();
    write
        .call1(&JsValue::UNDEFINED, &moment)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// Every time zone the browser knows, `Area/City`; none where it does not tell.
#[must_use]
pub fn zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into());
    let list = intl.and_then(|intl| {
        let ask = Reflect::get(&intl, &"supportedValuesOf".into())?;
        js_sys::Function::from(ask).call1(&intl, &"timeZone".into())
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

/// `new Intl.DateTimeFormat` throws on a zone that the browser does not know; `toLocaleString` in a
/// caught call tells without a panic.
fn knows_zone(time_zone: &str) -> bool {
    let wish = Object::new();
    let _ = Reflect::set(&wish, &"timeZone".into(), &JsValue::from_str(time_zone));
    let date: JsValue = Date::new_0().into();
    let Ok(method) = Reflect::get(&date, &"toLocaleString".into()) else {
        return false;
    };
    let method: js_sys::Function = method.into();
    method.call2(&date, &"en".into(), &wish).is_ok()
}
