//! Second step: the meaning of rows and columns, guessed and editable.

use leptos::prelude::*;
use yobirin_domain::csv::encoding::Encoding;
use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::csv::separator::Separator;
use yobirin_domain::import::layout::Layout;

use crate::components::{Alert, Check, SelectField, SelectOption, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

use super::session::ImportSession;
use super::wording;

/// Rows shown as a sample of a column.
const SAMPLE_ROWS: usize = 3;

#[component]
pub(crate) fn MappingStep() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let kind = move || {
        session
            .layout
            .with(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind))
    };
    let count = move || {
        let first = session
            .layout
            .with(|layout| layout.as_ref().map_or(1, |layout| layout.first_data_row));
        session
            .sheet
            .with(|sheet| sheet.rows.len().saturating_sub(first))
            .to_string()
    };
    let source = move || {
        let name = session.name.get();
        let name = if name.is_empty() {
            texts.pasted.to_owned()
        } else {
            name
        };
        fill(texts.file_and_rows, &[("name", &name), ("count", &count())])
    };
    let ready = Memo::new(move |_| {
        session
            .layout
            .with(|layout| layout.as_ref().is_some_and(Layout::has_name))
    });
    view! {
        <Section title=texts.columns lead=texts.columns_explanation name="columns">
            <p data-source>{source}</p>
            <div class="fields">
                <KindField kind=Signal::derive(kind) />
                <WorksheetField />
                <EncodingField />
                <SeparatorField />
            </div>
            <SecondTitleRow />
            {move || (!ready.get()).then(|| view! { <Alert tone=Tone::Warn kind="no-name">{texts.no_name_column}</Alert> })}
            <ColumnList />
            <ImportOptions kind=Signal::derive(kind) />
            <div class="row">
                <button type="button" class="button" data-action="back" on:click=move |_| session.restart()>
                    {texts.back}
                </button>
                <button type="button" class="button primary" data-action="dry-run" on:click=move |_| session.dry_run(store)>
                    {texts.show_review}
                </button>
            </div>
        </Section>
    }
}

/// Kind of the rows: hosts or groups.
#[component]
fn KindField(kind: Signal<Kind>) -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let key = |kind: Kind| {
        if kind == Kind::Hosts {
            "hosts"
        } else {
            "groups"
        }
    };
    let options = vec![
        SelectOption::new("hosts", texts.row_is_host),
        SelectOption::new("groups", texts.row_is_group),
    ];
    view! {
        <SelectField
            name="kind"
            label=texts.row_kind
            value=Signal::derive(move || key(kind.get()).to_owned())
            options=Signal::stored(options)
            on_change=move |chosen: String| {
                let kind = if chosen == "groups" { Kind::Groups } else { Kind::Hosts };
                let layout = session.sheet.with_untracked(|sheet| Layout::guess_as(kind, sheet));
                session.layout.set(Some(layout));
            }
        />
    }
}

/// Encoding of the file.
#[component]
fn EncodingField() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let options: Vec<SelectOption> = Encoding::ALL
        .iter()
        .map(|encoding| SelectOption::new(encoding.label(), encoding.name()))
        .collect();
    let options = Signal::stored(options);
    move || {
        session.encoding.get().map(|now| {
            view! {
                <SelectField
                    name="encoding"
                    label=texts.encoding
                    hint=texts.encoding_hint
                    value=Signal::stored(now.label().to_owned())
                    options=options
                    on_change=move |label: String| {
                        let chosen = Encoding::ALL.into_iter().find(|encoding| encoding.label() == label);
                        if let Some(encoding) = chosen {
                            session.decode_as(encoding);
                        }
                    }
                />
            }
        })
    }
}

/// Sheet of a workbook that has several.
#[component]
fn WorksheetField() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    move || {
        let options: Vec<SelectOption> = session.worksheets.with(|worksheets| {
            let named = worksheets.iter().enumerate();
            named
                .map(|(place, worksheet)| SelectOption::new(place.to_string(), &worksheet.name))
                .collect()
        });
        (options.len() > 1).then(|| {
            view! {
                <SelectField
                    name="worksheet"
                    label=texts.worksheet
                    value=Signal::derive(move || session.worksheet.get().to_string())
                    options=Signal::stored(options)
                    on_change=move |place: String| {
                        if let Ok(place) = place.parse() {
                            session.choose_worksheet(place);
                        }
                    }
                />
            }
        })
    }
}

/// Separator of the cells.
#[component]
fn SeparatorField() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let named = [
        (Separator::Comma, "comma", texts.comma),
        (Separator::Tab, "tab", texts.tab),
        (Separator::Semicolon, "semicolon", texts.semicolon),
    ];
    let options = named.map(|(_, key, name)| SelectOption::new(key, name));
    let options = Signal::stored(options.to_vec());
    let key_of = move |separator: Separator| {
        let found = named.iter().find(|(each, ..)| *each == separator);
        found.map_or("", |(_, key, _)| *key).to_owned()
    };
    move || {
        let separator = session.sheet.with(|sheet| sheet.separator);
        separator.map(|now| {
            view! {
                <SelectField
                    name="separator"
                    label=texts.separator
                    hint=texts.separator_hint
                    value=Signal::stored(key_of(now))
                    options=options
                    on_change=move |key: String| {
                        if let Some((separator, ..)) = named.iter().find(|(_, each, _)| *each == key) {
                            session.separate_by(*separator);
                        }
                    }
                />
            }
        })
    }
}

#[component]
fn SecondTitleRow() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let two = move || {
        session.layout.with(|layout| {
            let layout = layout.as_ref();
            layout.is_some_and(|layout| layout.first_data_row > layout.header_row + 1)
        })
    };
    view! {
        <Check
            name="second-titles"
            label=texts.two_title_rows
            value=Signal::derive(two)
            on_change=move |two: bool| {
                session.layout.update(|layout| {
                    if let Some(layout) = layout {
                        layout.first_data_row = layout.header_row + 1 + usize::from(two);
                    }
                });
            }
        />
    }
}

/// One line for each column: title, sample, meaning.
#[component]
fn ColumnList() -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let session = expect_context::<ImportSession>();
    let count = Memo::new(move |_| {
        session
            .layout
            .with(|layout| layout.as_ref().map_or(0, |layout| layout.columns.len()))
    });
    let column = move |place: usize| {
        let title = move || {
            let titles = session
                .layout
                .with(|layout| layout.as_ref().map_or(0, |layout| layout.header_row));
            session.sheet.with(|sheet| {
                let title = sheet
                    .rows
                    .get(titles)
                    .map_or("", |row| row.cell(place))
                    .trim();
                if title.is_empty() {
                    fill(
                        texts.untitled_column,
                        &[("number", &(place + 1).to_string())],
                    )
                } else {
                    title.to_owned()
                }
            })
        };
        let sample = move || {
            let first = session
                .layout
                .with(|layout| layout.as_ref().map_or(0, |layout| layout.first_data_row));
            session.sheet.with(|sheet| {
                let rows = sheet.rows.iter().skip(first).take(SAMPLE_ROWS);
                let cells = rows
                    .map(|row| row.cell(place).trim())
                    .filter(|cell| !cell.is_empty());
                let short = cells.map(|cell| cell.chars().take(24).collect::<String>());
                short.collect::<Vec<_>>().join(words.names.list_separator)
            })
        };
        let meaning = move || {
            session.layout.with(|layout| {
                layout
                    .as_ref()
                    .and_then(|layout| layout.columns.get(place).copied().flatten())
            })
        };
        let options = Signal::derive(move || {
            let kind = session
                .layout
                .with(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind));
            let none = SelectOption::new("", texts.column_unused);
            let fields = kind.fields().iter();
            let all = fields.map(|field| {
                SelectOption::new(key_of(*field), wording::field(words, kind, *field))
            });
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
                        session.layout.update(|layout| {
                            if let Some(layout) = layout {
                                let fields = layout.kind.fields().iter().copied();
                                let field = { fields }.find(|field| key_of(*field) == key);
                                layout.assign(place, field);
                            }
                        });
                    }
                />
                <p class="muted small column-sample">{sample}</p>
            </li>
        }
    };
    // Titles are rendered once; another sheet or kind renders them again.
    let columns = move || {
        session.sheet.track();
        (0..count.get()).map(column).collect_view()
    };
    view! { <ul class="columns" role="list" aria-label=texts.columns>{columns}</ul> }
}

/// Key of a field in the select.
fn key_of(field: Field) -> String {
    format!("{field:?}")
}

#[component]
fn ImportOptions(kind: Signal<Kind>) -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let create = move || {
        (kind.get() == Kind::Hosts).then(|| {
            view! {
                <Check
                    name="create-groups"
                    label=texts.create_groups
                    hint=texts.create_groups_hint
                    value=Signal::derive(move || session.options.with(|options| options.create_groups))
                    on_change=move |on: bool| session.options.update(|options| options.create_groups = on)
                />
            }
        })
    };
    view! {
        {create}
        <Check
            name="clear-empty"
            label=texts.clear_empty
            hint=texts.clear_empty_hint
            value=Signal::derive(move || session.options.with(|options| options.clear_empty))
            on_change=move |on: bool| session.options.update(|options| options.clear_empty = on)
        />
    }
}
