//! Choice of the hosts to remove because their account is gone.

use leptos::prelude::*;
use yobirin_domain::model::id::HostId;

use super::session::PeopleSession;
use crate::i18n::fill;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

/// Hosts whose account is gone from Chatwork. A host is removed only when it is ticked.
#[component]
pub(super) fn GoneList(session: PeopleSession) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let names = DisplayNames::from_context();
    let gone = Memo::new(move |_| session.proposal.with(|proposal| proposal.gone.clone()));
    let row = move |id: HostId| {
        let label = fill(texts.gone_remove, &[("name", &untrack(|| names.host(&id)))]);
        let key = id.to_string();
        let id = StoredValue::new(id);
        view! {
            <li data-gone=key>
                <label class="person">
                    <input
                        type="checkbox"
                        prop:checked=move || id.with_value(|id| session.is_removed(id))
                        on:change=move |event| session.choose_removal(id.get_value(), event_target_checked(&event))
                    />
                    <span class="person-name">{label}</span>
                </label>
            </li>
        }
    };
    let list = move || gone.get().into_iter().map(row).collect_view();
    let is_empty = Memo::new(move |_| gone.with(Vec::is_empty));
    move || {
        (!is_empty.get()).then(|| {
            view! {
                <Section title=texts.gone lead=texts.gone_lead name="gone">
                    <ul class="people" role="list">{list}</ul>
                </Section>
            }
        })
    }
}
