//! Closed days of the office: national holidays with one press, single days, and several days in a row with a name.

use leptos::prelude::*;
use yobirin_domain::holidays::coming_japanese_holidays;
use yobirin_domain::model::closed_days::{
    ClosedDays, ClosedDaysError, MAX_DAYS_IN_A_ROW, closed_on,
};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::settings::Site;
use yobirin_domain::validate::ValidationError;
use yobirin_domain::validate::text_limits::MAX_CLOSED_DAYS_NAME_CHARS;

use crate::browser::clock;
use crate::components::{Icon, Sign, SubmitForm, TextField};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::hours::{closed_days_range, closed_days_text};

/// Time zone of offices in Japan.
const JAPAN: &str = "Asia/Tokyo";

/// The list, the form that adds to it, and the offers to add holidays and to remove past days.
#[component]
pub(super) fn SiteClosedDays(site: Binding<Site>) -> impl IntoView {
    let texts = &words().hours;
    let list = site.read(|site| site.closed_days.clone());
    let zone = site.text(|site| site.time_zone.clone());
    let today = move || zone.with(|zone| clock::today(zone));
    let entries = move || {
        let today = today();
        let entries = list.get().into_iter();
        entries
            .map(|entry| view! { <Entry entry=entry site=site today=today /> })
            .collect_view()
    };
    let past_count = Memo::new(move |_| {
        let today = today();
        list.with(|list| list.iter().filter(|entry| entry.is_past(today)).count())
    });
    let remove_past =
        move || {
            let count = past_count.get();
            (count > 0).then(|| view! {
            <button type="button" class="button" data-action="remove-past" on:click=move |_| {
                let today = untrack(today);
                site.edit(|site| site.closed_days.retain(|entry| !entry.is_past(today)));
            }>
                <Icon sign=Sign::REMOVE />{counted(texts.remove_past, count)}
            </button>
        })
        };
    view! {
        <div class="stack">
            <h3>{texts.closed_days}</h3>
            <p class="muted small">{texts.closed_days_hint}</p>
            <ul class="chips" role="list" aria-label=texts.closed_days hidden=move || list.with(Vec::is_empty)>
                {entries}
            </ul>
            <div class="row">
                <AddHolidays site=site list=list />
                {remove_past}
            </div>
            <AddForm site=site list=list />
            <p class="problem" role="status">{move || site.problem("closed_days").get()}</p>
        </div>
    }
}

/// One line of the list.
#[component]
fn Entry(entry: ClosedDays, site: Binding<Site>, today: Date) -> impl IntoView {
    let words = words();
    let texts = &words.hours;
    let count = usize::from(entry.count().unwrap_or_default());
    let count = (count > 1).then(|| {
        view! { <span class="muted">{counted(texts.closed_count, count)}</span> }
    });
    let name = (!entry.name.is_empty()).then(|| view! { <strong>{entry.name.clone()}</strong> });
    let is_past = entry.is_past(today);
    let past = is_past.then(|| view! { <span class="muted">{texts.closed_past}</span> });
    let remove_label = fill(
        texts.remove_closed_day,
        &[("day", &closed_days_text(words, &entry))],
    );
    let range = closed_days_range(words, &entry);
    let first_day = entry.first.to_string();
    view! {
        <li class="chip closed-days" data-closed-day=first_day data-past=is_past.then_some("")>
            <span class="closed-days-text">{name}<span>{range}</span>{count}{past}</span>
            <button
                type="button"
                class="chip-remove"
                aria-label=remove_label.clone()
                title=remove_label
                on:click=move |_| site.edit(|site| site.closed_days.retain(|other| *other != entry))
            >
                <Icon sign=Sign::CLOSE />
            </button>
        </li>
    }
}

/// For an office in Japan, the button that adds the coming holidays that are not closed yet.
#[component]
fn AddHolidays(site: Binding<Site>, list: Memo<Vec<ClosedDays>>) -> impl IntoView {
    let texts = &words().hours;
    let zone = site.text(|site| site.time_zone.clone());
    let missing = Memo::new(move |_| {
        let zone = zone.get();
        if zone != JAPAN {
            return Vec::new();
        }
        let mut holidays = coming_japanese_holidays(clock::today(&zone));
        list.with(|list| holidays.retain(|day| closed_on(list, *day).is_none()));
        holidays
    });
    let add = move |_| {
        site.edit(|site| {
            for day in missing.get_untracked() {
                // Fails only for a day that is closed already.
                let _ = ClosedDays::from(day).add_to(&mut site.closed_days);
            }
        });
    };
    move || {
        missing.with(|missing| {
            let last = missing.last()?;
            let text = fill(
                texts.add_japanese_holidays,
                &[
                    ("year", &last.year().to_string()),
                    ("count", &missing.len().to_string()),
                ],
            );
            Some(view! {
                <button type="button" class="button" data-action="add-holidays" on:click=add>
                    <Icon sign=Sign::ADD />{text}
                </button>
            })
        })
    }
}

/// Field of the form that has a problem.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    First,
    Last,
    Name,
}

/// Form for a day, or for several days in a row, with an optional name.
#[component]
fn AddForm(site: Binding<Site>, list: Memo<Vec<ClosedDays>>) -> impl IntoView {
    let words = words();
    let texts = &words.hours;
    let first = RwSignal::new(String::new());
    let last = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<(Field, String)>);
    let add = move |()| {
        let typed = read(
            words,
            &first.get_untracked(),
            &last.get_untracked(),
            &name.get_untracked(),
        );
        let mut new_list = list.get_untracked();
        let added = typed.and_then(|entry| {
            let added = entry.add_to(&mut new_list);
            added.map_err(|error| problem_of(words, &error))
        });
        problem.set(added.err());
        if problem.with_untracked(Option::is_none) {
            site.edit(|site| site.closed_days = new_list);
            for field in [first, last, name] {
                field.set(String::new());
            }
        }
    };
    let problem_at = move |field: Field| {
        Signal::derive(move || {
            problem.with(|problem| {
                let (at, text) = problem.as_ref()?;
                (*at == field).then(|| text.clone())
            })
        })
    };
    let set = move |signal: RwSignal<String>| {
        move |text: String| {
            signal.set(text);
            problem.set(None);
        }
    };
    view! {
        <SubmitForm class="closed-days-form" name="closed-days" busy=Signal::stored(false) on_submit=add>
            <TextField
                name="closed-day"
                kind="date"
                label=texts.closed_first
                value=first
                on_input=set(first)
                problem=problem_at(Field::First)
            />
            <TextField
                name="closed-day-last"
                kind="date"
                label=texts.closed_last
                hint=texts.closed_last_hint
                value=last
                on_input=set(last)
                problem=problem_at(Field::Last)
            />
            <TextField
                name="closed-day-name"
                label=texts.closed_name
                hint=texts.closed_name_hint
                example=texts.closed_name_example
                value=name
                on_input=set(name)
                problem=problem_at(Field::Name)
            />
            <p>
                <button type="submit" class="button" data-action="add-closed-day">
                    <Icon sign=Sign::ADD />{texts.add_closed_days}
                </button>
            </p>
        </SubmitForm>
    }
}

/// The typed days; without a last day, the first one only. The error is the field with a problem, and the problem in
/// words.
fn read(words: &Words, first: &str, last: &str, name: &str) -> Result<ClosedDays, (Field, String)> {
    let missing = |field| (field, words.validation.empty.to_owned());
    let first = first.parse().map_err(|_| missing(Field::First))?;
    let last = match last {
        "" => first,
        last => last.parse().map_err(|_| missing(Field::Last))?,
    };
    let name = name.trim().to_owned();
    if name.chars().count() > MAX_CLOSED_DAYS_NAME_CHARS {
        let max = MAX_CLOSED_DAYS_NAME_CHARS;
        let text = words.validation.of(&ValidationError::TooLong { max });
        return Err((Field::Name, text));
    }
    Ok(ClosedDays { first, last, name })
}

/// Field to which a refusal belongs, and the refusal in words.
fn problem_of(words: &Words, error: &ClosedDaysError) -> (Field, String) {
    let texts = &words.hours;
    match error {
        ClosedDaysError::EndsBeforeItBegins => (Field::Last, texts.closed_ends_early.to_owned()),
        ClosedDaysError::TooManyDays => {
            let (min, max) = (1, MAX_DAYS_IN_A_ROW);
            let error = ValidationError::DaysOutOfRange { min, max };
            (Field::Last, words.validation.of(&error))
        }
        ClosedDaysError::Overlap(other) => {
            let days = closed_days_text(words, other);
            let text = fill(texts.closed_already, &[("days", &days)]);
            (Field::First, text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_day_without_a_last_one_is_a_single_day() {
        let words = SetupLang::En.words();
        let typed = |first, last, name| read(words, first, last, name).map_err(|(_, text)| text);
        let day: Date = "2026-12-31".parse().unwrap();
        assert_eq!(typed("2026-12-31", "", " "), Ok(day.into()));
        let new_year = typed("2026-12-29", "2027-01-03", " 年末年始 ").unwrap();
        assert_eq!(
            (new_year.name.as_str(), new_year.count()),
            ("年末年始", Some(6))
        );
        assert_eq!(typed("", "", ""), Err("Fill this in.".to_owned()));
        let long = "年".repeat(41);
        let too_long = "Use at most 40 characters.".to_owned();
        assert_eq!(typed("2026-12-31", "", &long), Err(too_long));
    }
}
