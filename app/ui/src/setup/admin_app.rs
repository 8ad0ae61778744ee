//! Root component of set-up for a signed-in admin: provides the shared state, loads the settings, and shows the page
//! that the URL names.

use leptos::prelude::*;

use crate::browser;
use crate::router::{Page, SetupPage};

use super::nav::{Nav, words};
use crate::api::admin::AdminClient;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::language::InChosenLanguage;
use crate::setup::layout::Layout;
use crate::setup::pages::alarms::AlarmsPage;
use crate::setup::pages::answers::AnswersPage;
use crate::setup::pages::chatwork::ChatworkPage;
use crate::setup::pages::devices::{DevicePage, DevicesPage, WaitingTabletPage};
use crate::setup::pages::doctor::{Doctor, DoctorPage};
use crate::setup::pages::groups::visible_rows::TreeState;
use crate::setup::pages::groups::{GroupPage, GroupsPage};
use crate::setup::pages::guide::GuidePage;
use crate::setup::pages::history::HistoryPage;
use crate::setup::pages::hosts::list::ListState;
use crate::setup::pages::hosts::{HostPage, HostsPage};
use crate::setup::pages::import::ImportPage;
use crate::setup::pages::overview::OverviewPage;
use crate::setup::pages::people_from_chatwork::PeopleFromChatworkPage;
use crate::setup::pages::preview::PreviewPage;
use crate::setup::pages::purpose_notice::PurposeNoticePage;
use crate::setup::pages::retention::RetentionPage;
use crate::setup::pages::security::SecurityPage;
use crate::setup::pages::site::SitePage;
use crate::setup::pages::versions::VersionsPage;
use crate::setup::progress::SetupProgress;
use crate::setup::remote::Remote;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::host_search::HostSearch;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::PageFrame;
use crate::setup::shared::retention_ceiling::RetentionCeiling;

/// Provides the state that the pages share and that a change of language keeps, loads the settings, and shows
/// [`CurrentPage`] once they are loaded.
#[component]
pub(super) fn AdminApp(admin: AdminClient) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let auth = expect_context::<AuthState>();
    provide_context(admin);
    store.load(admin);
    let directory = ChatworkDirectory::new(admin, store);
    provide_context(directory);
    provide_context(SetupProgress::new(admin, store, directory));
    provide_context(Doctor::new(admin, store));
    provide_context(HostSearch::new(store));
    provide_context(RetentionCeiling::new(admin));
    provide_context(ListState::new());
    provide_context(TreeState::new());
    Effect::new(move |_| {
        browser::set_accent(&store.with_saved(|saved| saved.site.accent.clone()));
    });
    let is_loaded = Memo::new(move |_| matches!(store.load_state(), Remote::Loaded(())));
    let content = move || {
        if is_loaded.get() {
            auth.leave_guide_of_existing_office(store);
            view! { <CurrentPage /> }.into_any()
        } else {
            let load = move || loading_view(&store.load_state(), move || store.load(admin));
            view! { <main class="page" id="content" data-page="loading">{load}</main> }.into_any()
        }
    };
    view! {
        <InChosenLanguage>
            <Layout admin=admin>{content}</Layout>
        </InChosenLanguage>
    }
}

/// Page that the URL names; "not found" for paths outside set-up.
#[component]
fn CurrentPage() -> impl IntoView {
    let nav = expect_context::<Nav>();
    let words = words();
    move || {
        match nav.page() {
        Some(Page::Setup(page)) => match page {
            SetupPage::Overview => view! { <OverviewPage /> }.into_any(),
            SetupPage::Guide => view! { <GuidePage /> }.into_any(),
            SetupPage::Chatwork => view! { <ChatworkPage /> }.into_any(),
            SetupPage::Hosts => view! { <HostsPage /> }.into_any(),
            SetupPage::Host(id) => view! { <HostPage id=id /> }.into_any(),
            SetupPage::PeopleFromChatwork => view! { <PeopleFromChatworkPage /> }.into_any(),
            SetupPage::Groups => view! { <GroupsPage /> }.into_any(),
            SetupPage::Group(id) => view! { <GroupPage id=id /> }.into_any(),
            SetupPage::Devices => view! { <DevicesPage /> }.into_any(),
            SetupPage::Device(id) => view! { <DevicePage id=id /> }.into_any(),
            SetupPage::WaitingTablet(code) => view! { <WaitingTabletPage code=code /> }.into_any(),
            SetupPage::Preview => view! { <PreviewPage /> }.into_any(),
            SetupPage::Answers => view! { <AnswersPage /> }.into_any(),
            SetupPage::PurposeNotice => view! { <PurposeNoticePage /> }.into_any(),
            SetupPage::Alarms => view! { <AlarmsPage /> }.into_any(),
            SetupPage::Doctor => view! { <DoctorPage /> }.into_any(),
            SetupPage::History => view! { <HistoryPage /> }.into_any(),
            SetupPage::Import => view! { <ImportPage /> }.into_any(),
            SetupPage::Versions => view! { <VersionsPage /> }.into_any(),
            SetupPage::Retention => view! { <RetentionPage /> }.into_any(),
            SetupPage::Site => view! { <SitePage /> }.into_any(),
            SetupPage::Security => view! { <SecurityPage /> }.into_any(),
        },
        _ => view! { <PageFrame name="nowhere" title=words.layout.page_not_found>{words.api_errors.not_found}</PageFrame> }
            .into_any(),
    }
    }
}
