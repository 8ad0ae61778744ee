//! Second step: the meaning of rows and columns, which is guessed and can be corrected.

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
/// Maximum length of a cell in a sample, in characters.
const MAX_SAMPLE_CHARS: usize = 24;

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
    let row_count = move || {
        let first = session
            .layout
            .with(|layout| layout.as_ref().map_or(1, |layout| layout.first_data_row));
        session
            .sheet
            .with(|sheet| sheet.rows.len().saturating_sub(first))
            .to_string()
    };
    let source = move || {
        let name = session.file_name.get();
        let name = if name.is_empty() {
            texts.pasted.to_owned()
        } else {
            name
        };
        fill(
            texts.file_and_rows,
            &[("name", &name), ("count", &row_count())],
        )
    };
    let has_name_column = Memo::new(move |_| {
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
            {move || (!has_name_column.get()).then(|| view! { <Alert tone=Tone::Warn kind="no-name">{texts.no_name_column}</Alert> })}
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

/// Encoding of the file; nothing for a workbook and for pasted text.
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
        session.encoding.get().map(|encoding| {
            view! {
                <SelectField
                    name="encoding"
                    label=texts.encoding
                    hint=texts.encoding_hint
                    value=Signal::stored(encoding.label().to_owned())
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

/// Choice of the sheet; nothing for a workbook with one sheet and for other lists.
#[component]
fn WorksheetField() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    move || {
        let options: Vec<SelectOption> = session.worksheets.with(|worksheets| {
            let indexed = worksheets.iter().enumerate();
            indexed
                .map(|(index, worksheet)| SelectOption::new(index.to_string(), &worksheet.name))
                .collect()
        });
        (options.len() > 1).then(|| {
            view! {
                <SelectField
                    name="worksheet"
                    label=texts.worksheet
                    value=Signal::derive(move || session.worksheet.get().to_string())
                    options=Signal::stored(options)
                    on_change=move |index: String| {
                        if let Ok(index) = index.parse() {
                            session.choose_worksheet(index);
                        }
                    }
                />
            }
        })
    }
}

/// Separator of the cells; nothing for a workbook.
#[component]
fn SeparatorField() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let separators = [
        (Separator::Comma, "comma", texts.comma),
        (Separator::Tab, "tab", texts.tab),
        (Separator::Semicolon, "semicolon", texts.semicolon),
    ];
    let options = separators.map(|(_, key, name)| SelectOption::new(key, name));
    let options = Signal::stored(options.to_vec());
    let key_of = move |separator: Separator| {
        let entry = separators.iter().find(|(other, ..)| *other == separator);
        entry.map_or("", |(_, key, _)| *key).to_owned()
    };
    move || {
        let separator = session.sheet.with(|sheet| sheet.separator);
        separator.map(|separator| {
            view! {
                <SelectField
                    name="separator"
                    label=texts.separator
                    hint=texts.separator_hint
                    value=Signal::stored(key_of(separator))
                    options=options
                    on_change=move |key: String| {
                        let chosen = separators.iter().find(|(_, other, _)| *other == key);
                        if let Some((separator, ..)) = chosen {
                            session.separate_by(*separator);
                        }
                    }
                />
            }
        })
    }
}

/// Check box for a list whose titles fill two rows.
#[component]
fn SecondTitleRow() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let has_two = move || {
        session.layout.with(|layout| {
            let layout = layout.as_ref();
            layout.is_some_and(|layout| layout.first_data_row > layout.header_row + 1)
        })
    };
    view! {
        <Check
            name="second-titles"
            label=texts.two_title_rows
            value=Signal::derive(has_two)
            on_change=move |has_two: bool| {
                session.layout.update(|layout| {
                    if let Some(layout) = layout {
                        layout.first_data_row = layout.header_row + 1 + usize::from(has_two);
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
    let column = move |index: usize| {
        let title = move || {
            let header_row = session
                .layout
                .with(|layout| layout.as_ref().map_or(0, |layout| layout.header_row));
            session.sheet.with(|sheet| {
                let title = sheet
                    .rows
                    .get(header_row)
                    .map_or("", |row| row.cell(index))
                    .trim();
                if title.is_empty() {
                    fill(
                        texts.untitled_column,
                        &[("number", &(index + 1).to_string())],
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
                    .map(|row| row.cell(index).trim())
                    .filter(|cell| !cell.is_empty());
                let short =
                    cells.map(|cell| cell.chars().take(MAX_SAMPLE_CHARS).collect::<String>());
                short.collect::<Vec<_>>().join(words.names.list_separator)
            })
        };
        let meaning = move || {
            session.layout.with(|layout| {
                layout
                    .as_ref()
                    .and_then(|layout| layout.columns.get(index).copied().flatten())
            })
        };
        let options = Signal::derive(move || {
            let kind = session
                .layout
                .with(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind));
            let unused = SelectOption::new("", texts.column_unused);
            let fields = kind.fields().iter();
            let fields = fields.map(|field| {
                SelectOption::new(key_of(*field), wording::field(words, kind, *field))
            });
            std::iter::once(unused).chain(fields).collect::<Vec<_>>()
        });
        view! {
            <li class="column-row" class:unused=move || meaning().is_none() data-column=index.to_string()>
                <SelectField
                    name=format!("column-{index}")
                    label=title()
                    value=Signal::derive(move || meaning().map(key_of).unwrap_or_default())
                    options=options
                    on_change=move |key: String| {
                        session.layout.update(|layout| {
                            if let Some(layout) = layout {
                                let mut fields = layout.kind.fields().iter().copied();
                                let field = fields.find(|field| key_of(*field) == key);
                                layout.assign(index, field);
                            }
                        });
                    }
                />
                <p class="muted small column-sample">{sample}</p>
            </li>
        }
    };
    // A column's title is not reactive; another sheet or number of columns renders all columns again.
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
    let create_groups = move || {
        (kind.get() == Kind::Hosts).then(|| {
            view! {
                <Check
                    name="create-groups"
                    label=texts.create_groups
                    hint=texts.create_groups_hint
                    value=Signal::derive(move || session.options.with(|options| options.create_groups))
                    on_change=move |is_on: bool| session.options.update(|options| options.create_groups = is_on)
                />
            }
        })
    };
    view! {
        {create_groups}
        <Check
            name="clear-empty"
            label=texts.clear_empty
            hint=texts.clear_empty_hint
            value=Signal::derive(move || session.options.with(|options| options.clear_empty))
            on_change=move |is_on: bool| session.options.update(|options| options.clear_empty = is_on)
        />
    }
}
