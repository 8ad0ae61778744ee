//! Row of the table of hosts, shown or edited in place.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use yobirin_domain::chatwork_id;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{AccountId, HostId};

use crate::browser::{self, clock, scroll};
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::router::SetupPage;

use super::list::{ListState, is_absent};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{RowLink, words};
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::pick::id_problem;

/// Selector of the table, which gets the focus when editing ends.
pub(crate) const TABLE_SELECTOR: &str = "[data-table=hosts]";

#[component]
pub(crate) fn HostRow(
    /// Element id.
    id: String,
    /// Place in the list.
    index: usize,
    /// The host at this place; `None` below the last host.
    host: Memo<Option<Host>>,
    /// Today, for absences.
    today: Memo<Date>,
    /// True for the active row.
    is_active: Signal<bool>,
    /// The host that is being edited in place.
    editing: RwSignal<Option<HostId>>,
    /// The host in the next row; `None` in the last row.
    #[prop(into)]
    next_host: Callback<(), Option<HostId>>,
    /// Called to edit the next host; with `None` to end editing.
    #[prop(into)]
    on_next: Callback<Option<HostId>>,
) -> impl IntoView {
    let texts = &words().hosts;
    let state = expect_context::<ListState>();
    let host_id = Memo::new(move |_| host.with(|host| Some(host.as_ref()?.id.clone())));
    let is_chosen = Memo::new(move |_| {
        host_id.with(|id| {
            let is_selected = |id| state.selected.with(|selected| selected.contains(id));
            id.as_ref().is_some_and(is_selected)
        })
    });
    // The id of the edited host, so that another host is rendered anew; `None` while the row is not edited.
    let edited = Memo::new(move |_| {
        let edited = editing.get()?;
        host_id
            .with(|id| id.as_ref() == Some(&edited))
            .then_some(edited)
    });
    let choose = move |is_chosen: bool| {
        let Some(id) = host_id.get_untracked() else {
            return;
        };
        state.selected.update(|selected| {
            if is_chosen {
                selected.insert(id);
            } else {
                selected.remove(&id);
            }
        });
    };
    let label =
        move || host.with(|host| Some(fill(texts.choose_named, &[("name", &host.as_ref()?.name)])));
    let cells = move || match (edited.get(), host.get_untracked()) {
        (Some(_), Some(host)) => {
            view! { <EditCells host=host editing=editing next_host=next_host on_next=on_next /> }
                .into_any()
        }
        _ => view! { <ReadCells host=host today=today editing=editing /> }.into_any(),
    };
    view! {
        <div
            class="virtual-list-row host-cells"
            role="row"
            id=id
            aria-rowindex=(index + 2).to_string() // counted from 1, after the row of column titles
            aria-selected=move || is_chosen.get().to_string()
            data-host=move || host_id.with(|id| id.as_ref().map(ToString::to_string))
            class:active=is_active
            class:chosen-row=is_chosen
        >
            <span role="gridcell" class="cell-choose">
                <input
                    type="checkbox"
                    name="choose"
                    aria-label=label
                    prop:checked=is_chosen
                    on:change=move |event| choose(event_target_checked(&event))
                />
            </span>
            {cells}
        </div>
    }
}

/// Absence of a host as its row shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    /// Absent today.
    Now { last: Date },
    /// Absent from a later day on.
    Later { first: Date, last: Date },
}

impl Absence {
    /// `None` without an absence, and once it has ended.
    fn of(host: &Host, today: impl Fn() -> Date) -> Option<Self> {
        let last = host.absent_until?;
        if is_absent(host, &today) {
            return Some(Self::Now { last });
        }
        let first = host.absent_from?;
        (today() < first).then_some(Self::Later { first, last })
    }
}

/// Cells of a row that is not edited. Each cell tracks only its own value, since most values stay the same when the row
/// shows another host.
#[component]
fn ReadCells(
    host: Memo<Option<Host>>,
    today: Memo<Date>,
    editing: RwSignal<Option<HostId>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let names = DisplayNames::from_context();
    let directory = expect_context::<ChatworkDirectory>();
    let badge = |text: String, tone: &'static str| view! { <span class="badge" data-tone=tone>{text}</span> };
    let name = Memo::new(move |_| {
        host.with(|host| match host {
            Some(host) if host.name.trim().is_empty() => words.names.unnamed.to_owned(),
            Some(host) => host.name.clone(),
            None => String::new(),
        })
    });
    let kana = Memo::new(move |_| host.with(|host| host.as_ref().map(|host| host.kana.clone())));
    let page = Signal::derive(move || {
        host.with(|host| {
            let page = host.as_ref().map(|host| SetupPage::Host(host.id.clone()));
            page.unwrap_or(SetupPage::Hosts)
        })
    });
    let group_ids = Memo::new(move |_| {
        host.with(|host| {
            host.as_ref()
                .map(|host| host.groups.clone())
                .unwrap_or_default()
        })
    });
    let groups = move || {
        let groups = group_ids
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, group)| {
                let (is_first, name) = (index == 0, untrack(|| names.group(&group)));
                let mark = is_first
                    .then(|| view! { <span class="visually-hidden">{texts.first_group}</span> });
                view! { <span class="chip" class:first-group=is_first>{name} {mark}</span> }
            });
        groups.collect_view()
    };
    let account_id = Memo::new(move |_| host.with(|host| host.as_ref()?.account));
    let account = move || match account_id.get() {
        Some(id) => {
            let name = move || directory.person_name(id);
            view! { <span class="digits">{id.to_string()}</span><span class="muted">{name}</span> }
                .into_any()
        }
        None => badge(texts.no_account.to_owned(), "partly").into_any(),
    };
    let absence = Memo::new(move |_| host.with(|host| Absence::of(host.as_ref()?, || today.get())));
    let is_hidden =
        Memo::new(move |_| host.with(|host| host.as_ref().is_some_and(|host| host.hidden)));
    let date = move |day| clock::format_full_day(day, words.language().tag());
    let absence_badge = move || {
        Some(match absence.get()? {
            Absence::Now { last } => badge(fill(texts.absent, &[("day", &date(last))]), "partly"),
            Absence::Later { first, last } => {
                let text = fill(
                    texts.absent_later,
                    &[("first", &date(first)), ("last", &date(last))],
                );
                badge(text, "todo")
            }
        })
    };
    let hidden_badge = move || {
        is_hidden
            .get()
            .then(|| badge(words.names.hidden.to_owned(), "todo"))
    };
    let edit = move |_| {
        editing.set(host.with_untracked(|host| Some(host.as_ref()?.id.clone())));
        browser::focus_after_render("[name=row-name]");
    };
    let edit_label = move || fill(texts.edit_in_place_named, &[("name", &name.get())]);
    view! {
        <span role="gridcell" class="cell-name">
            <RowLink to=page label=name />
            <span class="muted">{kana}</span>
        </span>
        <span role="gridcell" class="cell-groups">{groups}</span>
        <span role="gridcell" class="cell-account">{account}</span>
        <span role="gridcell" class="cell-state">{absence_badge}{hidden_badge}</span>
        <span role="gridcell" class="cell-edit">
            <button type="button" class="button quiet small" data-action="edit-row" aria-label=edit_label title=texts.edit_in_place on:click=edit>
                <Icon sign=Sign::EDIT />
            </button>
        </span>
    }
}

/// Cells of an edited row. Input is stored when the row is left (Enter, Tab, a press elsewhere);
/// Escape discards it.
#[component]
fn EditCells(
    host: Host,
    editing: RwSignal<Option<HostId>>,
    next_host: Callback<(), Option<HostId>>,
    on_next: Callback<Option<HostId>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let name = RwSignal::new(host.name.clone());
    let kana = RwSignal::new(host.kana.clone());
    let groups = host.groups.iter().enumerate().map(|(index, group)| {
        let name = untrack(|| names.group(group));
        view! { <span class="chip" class:first-group=index == 0>{name}</span> }
    });
    let groups = groups.collect_view();
    let account = RwSignal::new(host.account.map(|id| id.to_string()).unwrap_or_default());
    let parsed_account = Memo::new(move |_| parse_account(&account.get()));
    let id = StoredValue::new(host.id.clone());
    let commit = move || {
        let id = id.get_value();
        let (name, kana) = (name.get_untracked(), kana.get_untracked());
        let account = parsed_account.get_untracked();
        store.edit(|document| {
            if let Some(host) = document.hosts.iter_mut().find(|host| host.id == id) {
                host.name = name.trim().to_owned();
                host.kana = kana.trim().to_owned();
                if let Ok(account) = account {
                    host.account = account;
                }
            }
        });
    };
    // An invalid account keeps the row open, so that input is not lost.
    let can_leave = move || parsed_account.with_untracked(Result::is_ok);
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return; // the input method's own keys
        }
        match event.key().as_str() {
            "Enter" if can_leave() => {
                // Asked before the commit, which can take this row out of a filtered list.
                let next = next_host.run(());
                commit();
                on_next.run(next);
            }
            "Enter" => {}
            "Escape" => {
                editing.set(None);
                browser::focus_after_render(TABLE_SELECTOR);
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let leave_row = move |_| {
        request_animation_frame(move || {
            // Removing the inputs blurs them too, when the row's state is disposed of already.
            let Some(id) = id.try_get_value() else {
                return;
            };
            let is_still_edited = editing.try_get_untracked().flatten() == Some(id);
            if is_still_edited && !scroll::has_focus_inside("[data-editing]") && can_leave() {
                commit();
                editing.set(None);
            }
        });
    };
    let problem = move || {
        let error = parsed_account.get().err()?;
        Some(id_problem(words, error).unwrap_or(texts.account_unreadable))
    };
    let field = move |field: &'static str, label: &'static str, value: RwSignal<String>| {
        view! {
            <input
                class="input"
                type="text"
                name=field
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=label
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    view! {
        <div role="presentation" class="row-editing" data-editing="" on:keydown=on_key on:focusout=leave_row>
            <span role="gridcell" class="cell-name">
                {field("row-name", texts.name, name)}
                {field("row-kana", texts.kana, kana)}
            </span>
            <span role="gridcell" class="cell-groups">{groups}</span>
            <span role="gridcell" class="cell-account">
                <input
                    class="input digits"
                    type="text"
                    name="row-account"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=texts.account
                    placeholder=texts.account
                    aria-invalid=move || problem().map(|_| "true")
                    title=problem
                    prop:value=account
                    on:input=move |event| account.set(event_target_value(&event))
                />
                <span class="row-problem" role="status">{problem}</span>
            </span>
            <span role="gridcell" class="cell-done">
                <button
                    type="button"
                    class="button small"
                    data-action="row-done"
                    aria-label=texts.edit_done
                    on:click=move |_| {
                        if can_leave() {
                            commit();
                            editing.set(None);
                            browser::focus_after_render(TABLE_SELECTOR);
                        } else {
                            browser::focus("[name=row-account]");
                        }
                    }
                >
                    <Icon sign=Sign::DONE />
                    <span class="done-text">{texts.edit_done}</span>
                </button>
            </span>
        </div>
    }
}

/// Parses an account in any pasted form; `None` for empty input.
fn parse_account(text: &str) -> Result<Option<AccountId>, chatwork_id::ParseIdError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    chatwork_id::parse_account(text).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_in_any_form_and_may_be_left_out() {
        let number = |text| parse_account(text).map(|account| account.map(AccountId::get));
        assert_eq!(number("  "), Ok(None));
        assert_eq!(number("[To:123456] 佐藤さん"), Ok(Some(123_456)));
        assert!(number("あ").is_err());
    }
}
