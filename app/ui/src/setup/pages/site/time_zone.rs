//! Time zone of the site, searched by id, city or name.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::browser::clock;
use crate::components::combobox::SearchResult;
use crate::components::{Combobox, ComboboxOption, Icon, Sign};
use crate::i18n::fill;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// Zones shown for an empty query.
const COMMON_ZONES: [&str; 9] = [
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Ho_Chi_Minh",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
];
/// Maximum of zones shown.
const MAX_SUGGESTIONS: usize = 30;

/// A time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Zone {
    /// Id of the zone, such as `Asia/Tokyo`.
    id: String,
    /// Name in the language of set-up.
    name: String,
    /// Id and names, folded for the search.
    key: String,
}

/// A text in lower case, without `_`, `/` and spaces.
fn fold_for_search(text: &str) -> String {
    let text = text
        .chars()
        .filter(|c| !matches!(c, '_' | '/' | ' ' | '　'));
    text.flat_map(char::to_lowercase).collect()
}

/// Matching zones, first those whose city starts with the query; the common zones for an empty query.
fn matching_zones<'a>(zones: &'a [Zone], query: &str) -> Vec<&'a Zone> {
    let query = fold_for_search(query);
    if query.is_empty() {
        let zone_of = |id: &&str| zones.iter().find(|zone| zone.id == **id);
        return COMMON_ZONES.iter().filter_map(zone_of).collect();
    }
    let city_starts_with_query = |zone: &Zone| {
        let city = zone.id.rsplit('/').next().unwrap_or_default();
        fold_for_search(city).starts_with(&query)
    };
    let matching = zones.iter().filter(|zone| zone.key.contains(&query));
    let mut matching: Vec<&Zone> = matching.collect();
    matching.sort_by_key(|zone| !city_starts_with_query(zone));
    matching.truncate(MAX_SUGGESTIONS);
    matching
}

/// All zones of the browser, with names in the reader's language and in English.
fn all_zones(tag: &str) -> Vec<Zone> {
    let ids = clock::time_zones();
    let zone = |id: String| {
        let (name, english) = (
            clock::time_zone_name(&id, tag),
            clock::time_zone_name(&id, "en"),
        );
        let key = fold_for_search(&format!("{id} {name} {english}"));
        Zone { id, name, key }
    };
    ids.into_iter().map(zone).collect()
}

#[component]
pub(crate) fn TimeZone(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.site;
    let tag = words.language().tag();
    // Listed at the first search, because naming all zones takes time.
    let zones = StoredValue::new(None::<Vec<Zone>>);
    let chosen = site.text(|site| site.time_zone.clone());
    let find = move |typed: String| {
        zones.update_value(|zones| {
            zones.get_or_insert_with(|| all_zones(tag));
        });
        let choices: Vec<ComboboxOption> = zones.with_value(|zones| {
            let found = matching_zones(zones.as_deref().unwrap_or_default(), &typed);
            let choice = |zone: &Zone| ComboboxOption {
                key: zone.id.clone(),
                label: zone.id.replace('_', " "),
                note: format!(
                    "{} · {}",
                    zone.name,
                    clock::time_of_day(clock::now(), &zone.id)
                ),
            };
            found.into_iter().map(choice).collect()
        });
        if choices.is_empty() {
            SearchResult::Nothing(texts.zone_not_found.to_owned())
        } else {
            SearchResult::Choices(choices)
        }
    };
    let name = move || clock::time_zone_name(&chosen.get(), tag);
    let time = move || {
        let time = clock::time_of_day(clock::now(), &chosen.get());
        fill(texts.current_time, &[("time", &time)])
    };
    view! {
        <div class="stack">
            <p class="label">{texts.current_zone}</p>
            <p class="chosen" data-zone=move || chosen.get()>
                <Icon sign=Sign::CLOCK />
                <span class="chosen-label">
                    <span>{chosen}</span>
                    <span class="muted small">{name}" · "{time}</span>
                </span>
            </p>
            <Combobox
                name="site-time-zone"
                label=texts.change_time_zone.to_owned()
                hint=texts.time_zone_hint
                example=texts.zone_example
                find=find
                on_pick=site.set(|site, zone: String| site.time_zone = zone)
                problem=site.problem("time_zone")
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(id: &str, name: &str) -> Zone {
        let key = fold_for_search(&format!("{id} {name}"));
        Zone {
            id: id.to_owned(),
            name: name.to_owned(),
            key,
        }
    }

    #[test]
    fn zones_are_found_by_city_and_by_name() {
        let zones = [
            zone("America/Fort_Nelson", "Mountain Standard Time"),
            zone("America/New_York", "Eastern Standard Time"),
            zone("Asia/Tokyo", "日本標準時 Japan Standard Time"),
        ];
        let ids = |typed: &str| -> Vec<String> {
            let found = matching_zones(&zones, typed).into_iter();
            found.map(|zone| zone.id.clone()).collect()
        };
        assert_eq!(ids("new york"), ["America/New_York"]);
        assert_eq!(ids("日本"), ["Asia/Tokyo"]);
        assert_eq!(ids("NE"), ["America/New_York", "America/Fort_Nelson"]);
        assert_eq!(
            ids(""),
            ["Asia/Tokyo", "America/New_York"],
            "an empty query lists the common zones"
        );
        assert!(ids("atlantis").is_empty());
    }
}
