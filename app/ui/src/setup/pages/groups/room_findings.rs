//! Findings of the doctor about a group: its people who are not in the room that its calls go to.

use leptos::prelude::*;
use yobirin_domain::diagnose::Finding;
use yobirin_domain::model::id::GroupId;

use super::effective_room::RoutingTree;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::pages::doctor::{Doctor, FindingCard};

/// Lists the findings; renders nothing without any. Requests the members of the room, on which the findings depend.
#[component]
pub(crate) fn RoomFindings(id: GroupId) -> impl IntoView {
    let texts = &words().doctor;
    let store = expect_context::<DraftStore>();
    let doctor = expect_context::<Doctor>();
    let room = {
        let id = id.clone();
        store.memo(move |document| RoutingTree::new(document).room_of(&id).room())
    };
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            doctor.examine_room(room);
        }
    });
    let findings = Memo::new(move |_| {
        let Some(room) = room.get() else {
            return Vec::new();
        };
        let all = doctor.findings();
        store.with(|document| {
            let group = document.groups.iter().find(|group| group.id == id);
            let of_group =
                |finding: &Finding| finding.in_room_of_group(room, group?, &document.hosts);
            all.iter().filter_map(of_group).collect::<Vec<_>>()
        })
    });
    let check_again = move |_| {
        if let Some(room) = room.get_untracked() {
            doctor.examine_room_again(room);
        }
    };
    let has_findings = Memo::new(move |_| !findings.with(Vec::is_empty));
    move || {
        has_findings.get().then(|| {
            view! {
                <ul class="rows" role="list" data-room-findings="" aria-label=texts.title>
                    <For
                        each=move || findings.get()
                        key=|finding| format!("{finding:?}")
                        children=|finding| view! { <FindingCard finding=finding /> }
                    />
                </ul>
                <p>
                    <button type="button" class="button small" data-action="examine-room" on:click=check_again>
                        {texts.check_again}
                    </button>
                </p>
            }
        })
    }
}
