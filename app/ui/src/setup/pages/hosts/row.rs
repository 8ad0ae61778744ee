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

/// Selector of the table, which has the focus while no row is edited.
pub(crate) const TABLE_SELECTOR: &str = "[data-table=hosts]";

#[component]
pub(crate) fn HostRow(
    /// Element id.
    id: String,
    /// Place in the list.
    index: usize,
    /// The host at this place.
    host: Memo<Option<Host>>,
    /// Today, for absences.
    today: Memo<Date>,
    /// True for the active row.
    active: Signal<bool>,
    /// The host that is being edited in place.
    editing: RwSignal<Option<HostId>>,
    /// Called to continue with the next row.
    #[prop(into)]
    on_next: Callback<()>,
) -> impl IntoView {
    let texts = &words().hosts;
    let state = expect_context::<ListState>();
    let id_here = Memo::new(move |_| host.with(|host| Some(host.as_ref()?.id.clone())));
    let is_chosen = Memo::new(move |_| {
        id_here.with(|id| {
            let chosen = |id| state.selected.with(|chosen| chosen.contains(id));
            id.as_ref().is_some_and(chosen)
        })
    });
    let is_edited = Memo::new(move |_| {
        let edited = editing.get()?;
        id_here
            .with(|id| id.as_ref() == Some(&edited))
            .then_some(edited)
    });
    let choose = move |chosen: bool| {
        let Some(id) = id_here.get_untracked() else {
            return;
        };
        state.selected.update(|all| {
            if chosen {
                all.insert(id);
            } else {
                all.remove(&id);
            }
        });
    };
    let label =
        move || host.with(|host| Some(fill(texts.choose_named, &[("name", &host.as_ref()?.name)])));
    let cells = move || match (is_edited.get(), host.get_untracked()) {
        (Some(_), Some(host)) => {
            view! { <EditCells host=host editing=editing on_next=on_next /> }.into_any()
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
            data-host=move || id_here.with(|id| id.as_ref().map(ToString::to_string))
            class:active=active
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

/// Cells of a shown row. Each cell tracks only its own value, since most values stay the same when the row
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
    let belongs_to = Memo::new(move |_| {
        host.with(|host| {
            host.as_ref()
                .map(|host| host.groups.clone())
                .unwrap_or_default()
        })
    });
    let groups = move || {
        let groups = belongs_to
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, group)| {
                let (first, name) = (index == 0, untrack(|| names.group(&group)));
                let mark = first
                    .then(|| view! { <span class="visually-hidden">{texts.first_group}</span> });
                view! { <span class="chip" class:first-group=first>{name} {mark}</span> }
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
    let states = Memo::new(move |_| {
        host.with(|host| {
            let host = host.as_ref()?;
            let absent = is_absent(host, || today.get());
            let last = host.absent_until.filter(|_| absent);
            let later = host.absent_from.zip(host.absent_until);
            let later = later.filter(|(first, _)| !absent && today.get() < *first);
            Some((last, later, host.hidden))
        })
    });
    let date = move |day| clock::format_full_day(day, words.language().tag());
    let state = move || {
        let (absent, later, hidden) = states.get().unwrap_or_default();
        let later = later.map(|(first, last)| {
            let values = [("first", date(first)), ("last", date(last))];
            let values = values.each_ref().map(|(name, day)| (*name, day.as_str()));
            badge(fill(texts.absent_later, &values), "todo")
        });
        (
            absent.map(|day| badge(fill(texts.absent, &[("day", &date(day))]), "partly")),
            later,
            hidden.then(|| badge(words.names.hidden.to_owned(), "todo")),
        )
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
        <span role="gridcell" class="cell-state">{state}</span>
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
    on_next: Callback<()>,
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
    let written = host.account.map(|id| id.to_string()).unwrap_or_default();
    let account = RwSignal::new(written);
    let read = Memo::new(move |_| read_account(&account.get()));
    let id = StoredValue::new(host.id.clone());
    let commit = move || {
        let id = id.get_value();
        let (name, kana) = (name.get_untracked(), kana.get_untracked());
        let account = read.get_untracked();
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
    let can_leave = move || read.with_untracked(Result::is_ok);
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return; // the input method's own keys
        }
        match event.key().as_str() {
            "Enter" if can_leave() => {
                commit();
                on_next.run(());
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
            let Some(own) = id.try_get_value() else {
                return;
            };
            let is_ours = editing.try_get_untracked().flatten() == Some(own);
            if is_ours && !scroll::has_focus_inside("[data-editing]") && can_leave() {
                commit();
                editing.set(None);
            }
        });
    };
    let problem = move || {
        let why = read.get().err()?;
        Some(why.map_or(texts.account_unreadable, |why| {
            id_problem(words, why).unwrap_or(texts.account_unreadable)
        }))
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
fn read_account(text: &str) -> Result<Option<AccountId>, Option<chatwork_id::ParseIdError>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    chatwork_id::parse_account(text).map(Some).map_err(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_in_any_form_and_may_be_left_out() {
        let number = |text| read_account(text).map(|account| account.map(AccountId::get));
        assert_eq!(number("  "), Ok(None));
        assert_eq!(number("[To:123456] 佐藤さん"), Ok(Some(123_456)));
        assert!(number("あ").is_err());
    }
}
