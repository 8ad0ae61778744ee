//! Row of a weekday: open or closed, its spans, and a button that copies them to all workdays.

use leptos::prelude::*;
use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::hours::{Span, TimeOfDay, Week};

use crate::components::{Icon, Sign};
use crate::i18n::fill;

use super::week_change::WeekChange;
use super::{default_week, weekday_name};
use crate::setup::nav::words;

/// Next span to add: one hour long, an hour after the last one; `None` when it would not end by midnight. The first
/// span of a day is that of the default week.
fn next_span(spans: &[Span]) -> Option<Span> {
    let Some(last) = spans.iter().map(|span| span.to).max() else {
        return default_week().mon.first().copied();
    };
    let hours_later = |hours: u16| {
        let minutes = last.minutes() + hours * 60;
        TimeOfDay::new(minutes / 60, minutes % 60).ok()
    };
    let (from, to) = (hours_later(1)?, hours_later(2)?);
    Some(Span { from, to })
}

#[component]
pub(crate) fn DayRow(
    day: Weekday,
    week: Signal<Week>,
    edit: Callback<WeekChange>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hours;
    let name = weekday_name(words, day);
    let spans = Memo::new(move |_| week.with(|week| week.on(day).to_vec()));
    let count = Memo::new(move |_| spans.with(Vec::len));
    let change_spans = move |change: &dyn Fn(&mut Vec<Span>)| {
        let mut changed = spans.get_untracked();
        change(&mut changed);
        edit.run(WeekChange::SetDay(day, changed));
    };
    let set_open = move |is_open: bool| {
        change_spans(&|spans| {
            spans.clear();
            if is_open {
                spans.extend(next_span(&[]));
            }
        });
    };
    let time_input = move |index: usize, is_end: bool| {
        let value = move || {
            let span = spans.with(|spans| spans.get(index).copied())?;
            let time = if is_end { span.to } else { span.from };
            // A time input knows no 24:00.
            let shown = if time == TimeOfDay::END {
                TimeOfDay::MIDNIGHT
            } else {
                time
            };
            Some(shown.to_string())
        };
        let label = fill(
            if is_end {
                texts.span_end
            } else {
                texts.span_start
            },
            &[("day", name)],
        );
        view! {
            <input
                class="input time"
                type="time"
                name=format!("{}-{}-{index}", day.key(), if is_end { "to" } else { "from" })
                aria-label=label
                prop:value=move || value().unwrap_or_default()
                on:input=move |event| {
                    // Incomplete input is empty and changes nothing.
                    let Ok(time) = event_target_value(&event).parse::<TimeOfDay>() else { return };
                    change_spans(&|spans| if let Some(span) = spans.get_mut(index) {
                        if is_end {
                            span.to = if time == TimeOfDay::MIDNIGHT { TimeOfDay::END } else { time };
                        } else {
                            span.from = time;
                        }
                    });
                }
            />
        }
    };
    let start_input = move |index| time_input(index, false);
    let end_input = move |index| time_input(index, true);
    let span_inputs = move |index: usize| {
        let has_several = count.get() > 1;
        view! {
            <span class="hours-span">
                {start_input(index)}
                <span aria-hidden="true">"–"</span>
                {end_input(index)}
                {has_several.then(|| view! {
                    <button
                        type="button"
                        class="button quiet small"
                        data-action="remove-span"
                        title=texts.remove_span
                        aria-label=fill(texts.remove_span_of, &[("day", name)])
                        on:click=move |_| change_spans(&|spans| { spans.remove(index); })
                    >
                        <Icon sign=Sign::CLOSE />
                    </button>
                })}
            </span>
        }
    };
    // A closed day is opened with its checkbox.
    let add_button = move || {
        let added = spans.with(|spans| next_span(spans).filter(|_| !spans.is_empty()));
        added.map(|added| {
            view! {
                <button
                    type="button"
                    class="button quiet small"
                    data-action="add-span"
                    title=texts.add_span
                    aria-label=fill(texts.add_span_of, &[("day", name)])
                    on:click=move |_| change_spans(&|spans| spans.push(added))
                >
                    <Icon sign=Sign::ADD />
                </button>
            }
        })
    };
    let copy_button = move || {
        (count.get() > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet small"
                    data-action="spread"
                    title=texts.copy_to_workdays
                    aria-label=fill(texts.copy_to_workdays_of, &[("day", name)])
                    on:click=move |_| edit.run(WeekChange::CopyToWorkdays(day))
                >
                    <Icon sign=Sign::COPY />
                </button>
            }
        })
    };
    view! {
        <div class="day" data-day=day.key()>
            <label class="day-name">
                <input
                    type="checkbox"
                    name=format!("{}-open", day.key())
                    prop:checked=move || { count.get() > 0 }
                    on:change=move |event| set_open(event_target_checked(&event))
                />
                <span>{name}</span>
            </label>
            <div class="hours-spans">
                {move || match count.get() {
                    0 => view! { <span class="muted closed">{texts.closed}</span> }.into_any(),
                    count => (0..count).map(span_inputs).collect_view().into_any(),
                }}
            </div>
            <div class="day-actions">{add_button}{copy_button}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Span {
        Span {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    #[test]
    fn another_span_begins_an_hour_after_the_last_while_the_day_lasts() {
        assert_eq!(next_span(&[]), Some(span("09:00", "18:00")));
        assert_eq!(
            next_span(&[span("09:00", "12:00")]),
            Some(span("13:00", "14:00"))
        );
        let evening = [span("20:00", "22:00"), span("09:00", "12:00")];
        assert_eq!(next_span(&evening), Some(span("23:00", "24:00")));
        assert_eq!(
            next_span(&[span("09:00", "23:00")]),
            None,
            "after 23:00 there is no room for an hour"
        );
    }
}
