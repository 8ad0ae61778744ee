//! What a signed-in admin sees: the frame, and the page that the address names.

use leptos::prelude::*;

use crate::page::{Page, SetupPage};
use crate::platform;

use super::bot::BotView;
use super::chatwork::ChatworkPage;
use super::devices::{DevicePage, DevicesPage};
use super::doctor::{Doctor, DoctorPage};
use super::finder::Finder;
use super::groups::shown::TreeState;
use super::groups::{GroupPage, GroupsPage};
use super::history::HistoryPage;
use super::hosts::list::ListState;
use super::hosts::{HostPage, HostsPage};
use super::import::ImportPage;
use super::load::Load;
use super::nav::{Nav, words};
use super::overview::OverviewPage;
use super::parts::{PageFrame, waiting};
use super::preview::PreviewPage;
use super::security::SecurityPage;
use super::session::Signed;
use super::shell::Shell;
use super::site::SitePage;
use super::store::Store;
use super::versions::VersionsPage;

/// Set-up for an admin.
#[component]
pub(super) fn Office(signed: Signed) -> impl IntoView {
    let store = expect_context::<Store>();
    provide_context(signed);
    store.load(signed);
    provide_context(BotView::open(signed, store));
    provide_context(Doctor::new(signed, store));
    provide_context(Finder::over(store));
    provide_context(ListState::new());
    provide_context(TreeState::new());
    Effect::new(move |_| {
        platform::set_accent(&store.with_saved(|saved| saved.site.accent.clone()));
    });
    let ready = Memo::new(move |_| matches!(store.ready(), Load::Loaded(())));
    let content = move || {
        if ready.get() {
            view! { <Current /> }.into_any()
        } else {
            let load = move || waiting(&store.ready(), move || store.load(signed));
            view! { <main class="page" id="content" data-page="loading">{load}</main> }.into_any()
        }
    };
    view! { <Shell signed=signed>{content}</Shell> }
}

/// The page that the address names.
#[component]
fn Current() -> impl IntoView {
    let (nav, words) = (expect_context::<Nav>(), words());
    move || {
        match nav.page() {
        Some(Page::Setup(page)) => match page {
            SetupPage::Overview => view! { <OverviewPage /> }.into_any(),
            SetupPage::Chatwork => view! { <ChatworkPage /> }.into_any(),
            SetupPage::Hosts => view! { <HostsPage /> }.into_any(),
            SetupPage::Host(id) => view! { <HostPage id=id /> }.into_any(),
            SetupPage::Groups => view! { <GroupsPage /> }.into_any(),
            SetupPage::Group(id) => view! { <GroupPage id=id /> }.into_any(),
            SetupPage::Devices => view! { <DevicesPage /> }.into_any(),
            SetupPage::Device(id) => view! { <DevicePage id=id /> }.into_any(),
            SetupPage::Preview => view! { <PreviewPage /> }.into_any(),
            SetupPage::Doctor => view! { <DoctorPage /> }.into_any(),
            SetupPage::History => view! { <HistoryPage /> }.into_any(),
            SetupPage::Import => view! { <ImportPage /> }.into_any(),
            SetupPage::Versions => view! { <VersionsPage /> }.into_any(),
            SetupPage::Site => view! { <SitePage /> }.into_any(),
            SetupPage::Security => view! { <SecurityPage /> }.into_any(),
        },
        _ => view! { <PageFrame name="nowhere" title=words.shell.nowhere>{words.common.not_found}</PageFrame> }
            .into_any(),
    }
    }
}
