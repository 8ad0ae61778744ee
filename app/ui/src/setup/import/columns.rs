//! The second step: what the rows are and what each column means, guessed and open to change.

use leptos::prelude::*;
use yobirin_domain::csv::encoding::Encoding;
use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::import::layout::Layout;

use crate::components::{Check, Notice, Opt, SelectField, Tone};
use crate::locale::fill;
use crate::setup::nav::words;
use crate::setup::parts::Section;
use crate::setup::store::Store;

use super::desk::Desk;
use super::wording;

/// Rows shown to recognise a column by.
const SAMPLES: usize = 3;

#[component]
pub(super) fn ColumnsStep() -> impl IntoView {
    let words = words();
    let w = &words.import;
    let (desk, store) = (expect_context::<Desk>(), expect_context::<Store>());
    let kind = move || {
        desk.layout
            .with(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind))
    };
    let count = move || {
        let first = desk
            .layout
            .with(|layout| layout.as_ref().map_or(1, |layout| layout.first_data_row));
        desk.sheet
            .with(|sheet| sheet.rows.len().saturating_sub(first))
            .to_string()
    };
    let source = move || {
        let name = desk.name.get();
        let name = if name.is_empty() {
            w.pasted.to_owned()
        } else {
            name
        };
        fill(w.source, &[("name", &name), ("count", &count())])
    };
    let ready = Memo::new(move |_| {
        desk.layout
            .with(|layout| layout.as_ref().is_some_and(Layout::has_name))
    });
    view! {
        <Section title=w.columns lead=w.columns_words name="columns">
            <p data-source>{source}</p>
            <div class="fields">
                <Rows kind=Signal::derive(kind) />
                <Encodings />
            </div>
            <SecondTitles />
            {move || (!ready.get()).then(|| view! { <Notice tone=Tone::Warn kind="no-name">{w.no_name}</Notice> })}
            <Columns />
            <Wishes kind=Signal::derive(kind) />
            <div class="row">
                <button type="button" class="button" data-action="back" on:click=move |_| desk.start_again()>
                    {w.back}
                </button>
                <button type="button" class="button main" data-action="dry-run" on:click=move |_| desk.dry_run(store)>
                    {w.look}
                </button>
            </div>
        </Section>
    }
}

/// People or departments.
#[component]
fn Rows(kind: Signal<Kind>) -> impl IntoView {
    let w = &words().import;
    let desk = expect_context::<Desk>();
    let key = |kind: Kind| {
        if kind == Kind::Hosts {
            "hosts"
        } else {
            "groups"
        }
    };
    let options = vec![
        Opt::new("hosts", w.rows_hosts),
        Opt::new("groups", w.rows_groups),
    ];
    view! {
        <SelectField
            name="kind"
            label=w.rows
            value=Signal::derive(move || key(kind.get()).to_owned())
            options=Signal::stored(options)
            on_change=move |chosen: String| {
                let kind = if chosen == "groups" { Kind::Groups } else { Kind::Hosts };
                let layout = desk.sheet.with_untracked(|sheet| Layout::guess_as(kind, sheet));
                desk.layout.set(Some(layout));
            }
        />
    }
}

/// The encoding that was taken.
#[component]
fn Encodings() -> impl IntoView {
    let w = &words().import;
    let desk = expect_context::<Desk>();
    let options: Vec<Opt> = Encoding::ALL
        .iter()
        .map(|encoding| Opt::new(encoding.label(), encoding.name()))
        .collect();
    let options = Signal::stored(options);
    move || {
        desk.encoding.get().map(|now| {
            view! {
                <SelectField
                    name="encoding"
                    label=w.encoding
                    hint=w.encoding_hint
                    value=Signal::stored(now.label().to_owned())
                    options=options
                    on_change=move |label: String| {
                        let chosen = Encoding::ALL.into_iter().find(|encoding| encoding.label() == label);
                        if let Some(encoding) = chosen {
                            desk.read_as(encoding);
                        }
                    }
                />
            }
        })
    }
}

#[component]
fn SecondTitles() -> impl IntoView {
    let w = &words().import;
    let desk = expect_context::<Desk>();
    let two = move || {
        desk.layout.with(|layout| {
            let layout = layout.as_ref();
            layout.is_some_and(|layout| layout.first_data_row > layout.header_row + 1)
        })
    };
    view! {
        <Check
            name="second-titles"
            label=w.second_titles
            value=Signal::derive(two)
            on_change=move |two: bool| {
                desk.layout.update(|layout| {
                    if let Some(layout) = layout {
                        layout.first_data_row = layout.header_row + 1 + usize::from(two);
                    }
                });
            }
        />
    }
}

/// One line per column: its title, what is in it, what it means.
#[component]
fn Columns() -> impl IntoView {
    let words = words();
    let w = &words.import;
    let desk = expect_context::<Desk>();
    let count = Memo::new(move |_| {
        desk.layout
            .with(|layout| layout.as_ref().map_or(0, |layout| layout.columns.len()))
    });
    let column = move |place: usize| {
        let title = move || {
            let titles = desk
                .layout
                .with(|layout| layout.as_ref().map_or(0, |layout| layout.header_row));
            desk.sheet.with(|sheet| {
                let title = sheet
                    .rows
                    .get(titles)
                    .map_or("", |row| row.cell(place))
                    .trim();
                if title.is_empty() {
                    fill(w.untitled, &[("number", &(place + 1).to_string())])
                } else {
                    title.to_owned()
                }
            })
        };
        let sample = move || {
            let first = desk
                .layout
                .with(|layout| layout.as_ref().map_or(0, |layout| layout.first_data_row));
            desk.sheet.with(|sheet| {
                let rows = sheet.rows.iter().skip(first).take(SAMPLES);
                let cells = rows
                    .map(|row| row.cell(place).trim())
                    .filter(|cell| !cell.is_empty());
                let short = cells.map(|cell| cell.chars().take(24).collect::<String>());
                short.collect::<Vec<_>>().join(words.trace.and)
            })
        };
        let meaning = move || {
            desk.layout.with(|layout| {
                layout
                    .as_ref()
                    .and_then(|layout| layout.columns.get(place).copied().flatten())
            })
        };
        let options = Signal::derive(move || {
            let kind = desk
                .layout
                .with(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind));
            let none = Opt::new("", w.unused);
            let fields = kind.fields().iter();
            let all =
                fields.map(|field| Opt::new(key_of(*field), wording::field(words, kind, *field)));
            std::iter::once(none).chain(all).collect::<Vec<_>>()
        });
        view! {
            <li class="column-row" class:unused=move || meaning().is_none() data-column=place.to_string()>
                <SelectField
                    name=format!("column-{place}")
                    label=title()
                    value=Signal::derive(move || meaning().map(key_of).unwrap_or_default())
                    options=options
                    on_change=move |key: String| {
                        desk.layout.update(|layout| {
                            if let Some(layout) = layout {
                                let fields = layout.kind.fields().iter().copied();
                                let field = { fields }.find(|field| key_of(*field) == key);
                                layout.assign(place, field);
                            }
                        });
                    }
                />
                <p class="soft small column-sample">{sample}</p>
            </li>
        }
    };
    // A column's title is drawn once; another sheet or another kind draws them anew.
    let columns = move || {
        desk.sheet.track();
        (0..count.get()).map(column).collect_view()
    };
    view! { <ul class="columns" role="list" aria-label=w.columns>{columns}</ul> }
}

/// How a field is named in a select.
fn key_of(field: Field) -> String {
    format!("{field:?}")
}

#[component]
fn Wishes(kind: Signal<Kind>) -> impl IntoView {
    let w = &words().import;
    let desk = expect_context::<Desk>();
    let create = move || {
        (kind.get() == Kind::Hosts).then(|| {
            view! {
                <Check
                    name="create-groups"
                    label=w.create_groups
                    hint=w.create_groups_hint
                    value=Signal::derive(move || desk.options.with(|options| options.create_groups))
                    on_change=move |on: bool| desk.options.update(|options| options.create_groups = on)
                />
            }
        })
    };
    view! {
        {create}
        <Check
            name="clear-empty"
            label=w.clear_empty
            hint=w.clear_empty_hint
            value=Signal::derive(move || desk.options.with(|options| options.clear_empty))
            on_change=move |on: bool| desk.options.update(|options| options.clear_empty = on)
        />
    }
}
