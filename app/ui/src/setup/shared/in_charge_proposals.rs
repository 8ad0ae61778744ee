//! Proposals of in-charge hosts for groups whose calls mention nobody, accepted with one press.

use leptos::prelude::*;
use yobirin_domain::in_charge::{self, InChargeProposal};
use yobirin_domain::model::id::GroupId;

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

use super::display_names::DisplayNames;
use super::joined_text::with_detail;

/// Maximum of listed groups; the others are counted.
const MAX_LISTED_GROUPS: usize = 12;

/// List of the groups with a proposal, the button that accepts all proposals, and the groups for which there is nobody
/// to propose.
#[component]
pub(crate) fn InChargeProposals() -> impl IntoView {
    let words = words();
    let texts = &words.groups;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let proposals = store.memo(in_charge::propose);
    let rows = move || {
        let line = |proposal: &InChargeProposal| {
            let (group, hosts) = (names.group(&proposal.group), names.hosts(&proposal.hosts));
            let text = with_detail(words, &group, &hosts);
            view! { <li data-group=proposal.group.to_string()>{text}</li> }
        };
        let unlisted = proposals.with(Vec::len).saturating_sub(MAX_LISTED_GROUPS);
        let unlisted_line = (unlisted > 0).then(|| {
            view! { <li>{fill(words.settings_diff.and_more, &[("count", &unlisted.to_string())])}</li> }
        });
        let listed = proposals.with(|proposals| {
            let listed = proposals.iter().take(MAX_LISTED_GROUPS);
            listed.map(line).collect_view()
        });
        view! { <ul>{listed} {unlisted_line}</ul> }
    };
    let count = Memo::new(move |_| proposals.with(Vec::len));
    let without_candidates = store.memo(in_charge::groups_without_candidates);
    let without_candidates_line = move || {
        let groups = without_candidates.get();
        (!groups.is_empty()).then(|| {
            let text = fill(
                texts.no_candidates,
                &[("names", &names.groups_abbreviated(&groups))],
            );
            view! { <p data-without-candidates="">{text}</p> }
        })
    };
    let title = move || {
        let all = count.get() + without_candidates.with(Vec::len);
        counted(texts.propose_in_charge, all)
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <Alert tone=Tone::Warn kind="nobody-in-charge">
                    <p><strong>{title}</strong></p>
                    <p>{texts.propose_in_charge_explanation}</p>
                    {rows}
                    {without_candidates_line}
                    <button type="button" class="button small" data-action="set-in-charge" on:click=move |_| {
                        let proposals = proposals.get_untracked();
                        store.edit(|document| in_charge::apply(document, &proposals));
                    }>
                        {texts.propose_in_charge_ok}
                    </button>
                </Alert>
            }
        })
    }
}

/// Button that accepts the proposal for one group. Renders nothing without a proposal.
#[component]
pub(crate) fn InChargeProposalOf(group: GroupId) -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let proposal = store.memo(move |document| {
        let proposals = in_charge::propose(document);
        proposals
            .into_iter()
            .find(|proposal| proposal.group == group)
    });
    move || {
        proposal.get().map(|proposal| {
            let text = fill(
                texts.propose_in_charge_of_group,
                &[("names", &names.hosts(&proposal.hosts))],
            );
            view! {
                <p>
                    <button type="button" class="button small" data-action="set-in-charge" on:click=move |_| {
                        store.edit(|document| in_charge::apply(document, std::slice::from_ref(&proposal)));
                    }>
                        {text}
                    </button>
                </p>
            }
        })
    }
}
