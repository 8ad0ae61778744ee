//! Members of a group, each with a link to the host's page.

use leptos::prelude::*;
use yobirin_domain::model::id::{GroupId, HostId};

use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

/// Maximum of listed members. The others are counted in a link to the list of all hosts.
const MAX_LISTED_MEMBERS: usize = 40;

/// Section with the members of a group.
#[component]
pub(crate) fn Members(id: GroupId) -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let members = store.memo(move |document| {
        let hosts = document.hosts.iter();
        let members = hosts.filter(|host| host.groups.contains(&id));
        members.map(|host| host.id.clone()).collect::<Vec<HostId>>()
    });
    let link = move |id: HostId| {
        let name = names.host(&id);
        view! { <li><Link to=SetupPage::Host(id) class="chip">{name}</Link></li> }
    };
    let list = move || {
        let mut listed = members.get();
        let unlisted = listed.len().saturating_sub(MAX_LISTED_MEMBERS);
        listed.truncate(MAX_LISTED_MEMBERS);
        if listed.is_empty() {
            return view! { <p class="muted">{texts.members_none}</p> }.into_any();
        }
        let unlisted_link = (unlisted > 0).then(|| {
            let text = fill(texts.members_more, &[("count", &unlisted.to_string())]);
            view! { <p><Link to=SetupPage::Hosts>{text}</Link></p> }
        });
        let links = listed.into_iter().map(link).collect_view();
        view! {
            <ul class="chips" role="list" aria-label=texts.members>{links}</ul>
            {unlisted_link}
        }
        .into_any()
    };
    view! { <Section title=texts.members name="members">{list}</Section> }
}
