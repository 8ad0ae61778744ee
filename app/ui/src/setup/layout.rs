//! Layout of every page: header, navigation, language switch, save bar.

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::model::menu::Icon;

use crate::api::response::ClientError;
use crate::components::{Alert, Confirm, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::router::{Page, SetupPage};

use super::editor_line::{EditorDialog, EditorLine};
use super::errors;
use super::nav::{Link, Nav, page_title, words};
use super::save_bar::SaveBar;
use super::undo::UndoButtons;
use crate::api::admin::AdminClient;
use crate::api::client;
use crate::setup::auth::sign_out::{SignOut, tablet_idle_minutes};
use crate::setup::auth::state::AuthState;
use crate::setup::draft_recovery::DraftRecovery;
use crate::setup::draft_store::DraftStore;
use crate::setup::language::LanguageSwitch;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

#[component]
pub(super) fn Layout(admin: AdminClient, children: Children) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.layout;
    let auth = expect_context::<AuthState>();
    let site_name = store.memo(|document| document.site.name.clone());
    let name = move || {
        site_name.with(|name| {
            if name.is_empty() {
                texts.setup_title.to_owned()
            } else {
                name.clone()
            }
        })
    };
    let demo_notice = admin
        .is_demo()
        .then(|| view! { <p class="demo-notice">{texts.demo_notice}</p> });
    let tablet_notice = move || {
        auth.is_tablet().then(|| {
            let minutes = tablet_idle_minutes();
            view! { <Alert tone=Tone::Warn kind="on-tablet">{fill(texts.tablet_sign_out_notice, &[("minutes", &minutes)])}</Alert> }
        })
    };
    let sign_out_failure = RwSignal::new(None::<ClientError>);
    let sign_out_alert = move || {
        sign_out_failure.get().map(|error| {
            let failure_text = errors::text(words, &error);
            view! { <Alert tone=Tone::Bad kind="sign-out-failed">{texts.sign_out_failed}" "{failure_text}</Alert> }
        })
    };
    view! {
        <a class="skip-link" href="#content">{texts.skip_to_content}</a>
        <header>
            <div class="top">
            <p class="brand">
                <span class="product">{words.sign_in.product}</span>
                <span class="office" data-office>{name}</span>
            </p>
            <div class="top-actions">
                <UndoButtons />
                <KioskLink />
                <LanguageSwitch />
                <SignOutButton failure=sign_out_failure />
            </div>
            </div>
            {demo_notice}
            {tablet_notice}
            <TokenAlarm />
            {sign_out_alert}
        </header>
        <div class="setup-columns">
            <Navigation />
            <div class="setup-content">
                <DraftRecovery />
                {children()}
            </div>
        </div>
        <footer class="version">{fill(texts.version, &[("version", &admin.version())])}</footer>
        <SaveBar admin=admin />
        <EditorDialog />
    }
}

/// Link to the kiosk in a browser that is paired as a tablet, as in the demo; elsewhere a button for the preview of
/// the first device, because the kiosk would only ask to be paired.
#[component]
fn KioskLink() -> impl IntoView {
    let texts = &words().layout;
    let auth = expect_context::<AuthState>();
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let first_device =
        store.memo(|document| document.devices.first().map(|device| device.id.clone()));
    let is_paired = Memo::new(move |_| {
        auth.session.with(|remote| {
            let session = remote.loaded();
            session.is_some_and(|session| session.device.is_some())
        })
    });
    let icon = || view! { <Icon sign=Sign::of(Icon::Building) /> };
    move || {
        if is_paired.get() {
            return view! {
                <a class="button quiet" href=Page::Kiosk.path() target="_blank" rel="noopener" data-action="kiosk">
                    {icon()}
                    <span class="top-action-text">{texts.open_kiosk}</span><span class="visually-hidden">{texts.new_tab}</span>
                </a>
            }
            .into_any();
        }
        let show = move |_| {
            let device = first_device.get_untracked();
            nav.go(device.map_or(SetupPage::Devices, SetupPage::Device));
        };
        view! {
            <button type="button" class="button quiet" data-action="preview-kiosk" title=texts.preview_kiosk on:click=show>
                {icon()}
                <span class="top-action-text">{texts.preview_kiosk}</span>
            </button>
        }
        .into_any()
    }
}

/// Alarm while Chatwork refuses the token. Renders nothing on the Chatwork page, which has an alarm of its own.
#[component]
fn TokenAlarm() -> impl IntoView {
    let directory = expect_context::<ChatworkDirectory>();
    let nav = expect_context::<Nav>();
    let words = words();
    let texts = &words.layout;
    let is_shown = Memo::new(move |_| {
        directory.is_refused() && nav.page() != Some(Page::Setup(SetupPage::Chatwork))
    });
    move || {
        is_shown.get().then(|| {
            view! {
                <Alert tone=Tone::Bad kind="alarm">
                    <p>{texts.token_alarm}</p>
                    <Link to=SetupPage::Chatwork>{texts.token_alarm_fix}</Link>
                </Alert>
            }
        })
    }
}

/// The pages in three groups: setting up, daily use, administration. In a narrow window they are
/// folded behind a button that names the current page.
#[component]
fn Navigation() -> impl IntoView {
    let words = words();
    let (texts, done) = (&words.layout, words.overview.done);
    let nav = expect_context::<Nav>();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        nav.page(); // tracked: another page folds the navigation
        is_open.set(false);
    });
    let steps = [
        (SetupPage::Chatwork, texts.chatwork),
        (SetupPage::Hosts, texts.hosts),
        (SetupPage::Groups, texts.groups),
        (SetupPage::Devices, texts.devices),
    ];
    let progress = expect_context::<SetupProgress>();
    // Without numbers: the guided set-up has steps of its own, and two series of numbers would contradict each other.
    let steps = steps.map(|(page, name)| {
        let link_page = page.clone();
        let is_done = Memo::new(move |_| progress.is_page_done(&page));
        let mark = move || {
            is_done.get().then(|| {
                view! { <Icon sign=Sign::DONE /> <span class="visually-hidden">{done}": "</span> }
            })
        };
        let state = move || is_done.get().then_some("done");
        view! { <li><NavLink page=link_page><span class="step-number" data-state=state>{mark}</span>{name}</NavLink></li> }
    });
    let pages = |pages: [(SetupPage, &'static str); 3]| {
        let tab = |(page, name)| view! { <li><NavLink page=page>{name}</NavLink></li> };
        pages.map(tab).collect_view()
    };
    let current_title = move || match nav.page() {
        Some(Page::Setup(page)) => page_title(words, &section(&page)),
        _ => texts.navigation,
    };
    view! {
        <nav class="nav" class:open=move || is_open.get() aria-label=texts.navigation>
            <button
                type="button"
                class="button nav-toggle"
                data-action="menu"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="pages"
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <span class="visually-hidden">{texts.navigation}": "</span>
                {current_title}
                <span class="nav-toggle-sign" aria-hidden="true"></span>
            </button>
            <div class="nav-pages" id="pages">
                <ul role="list" aria-label=texts.preparation>
                    <li><NavLink page=SetupPage::Overview>{texts.overview}</NavLink></li>
                    {steps.collect_view()}
                    <li><NavLink page=SetupPage::Answers>{texts.answers}</NavLink></li>
                    <li><NavLink page=SetupPage::PurposeNotice>{texts.purpose_notice}</NavLink></li>
                    <li><NavLink page=SetupPage::Alarms>{texts.alarms}</NavLink></li>
                </ul>
                <p class="nav-title" aria-hidden="true">{texts.daily_operation}</p>
                <ul role="list" aria-label=texts.daily_operation>
                    {pages([
                        (SetupPage::Preview, texts.preview),
                        (SetupPage::Doctor, texts.doctor),
                        (SetupPage::History, texts.history),
                    ])}
                </ul>
                <p class="nav-title" aria-hidden="true">{texts.administration}</p>
                <ul role="list" aria-label=texts.administration>
                    <li><NavLink page=SetupPage::Import>{texts.import}</NavLink></li>
                    <li><NavLink page=SetupPage::Retention>{texts.retention}</NavLink></li>
                    {pages([
                        (SetupPage::Versions, texts.versions),
                        (SetupPage::Site, texts.site),
                        (SetupPage::Security, texts.security),
                    ])}
                </ul>
                <EditorLine />
            </div>
        </nav>
    }
}

/// A link of the navigation; marked as current also on the pages of the list's entries.
#[component]
fn NavLink(page: SetupPage, children: Children) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let is_current = {
        let page = page.clone();
        move || matches!(nav.page(), Some(Page::Setup(current)) if section(&current) == page)
    };
    view! {
        <span class="nav-link" class:current=is_current>
            <Link to=page>{children()}</Link>
        </span>
    }
}

/// Page of the navigation to which a page belongs: for an entry its list.
fn section(page: &SetupPage) -> SetupPage {
    match page {
        SetupPage::Host(_) | SetupPage::PeopleFromChatwork => SetupPage::Hosts,
        SetupPage::Guide => SetupPage::Overview,
        SetupPage::Group(_) => SetupPage::Groups,
        SetupPage::Device(_) | SetupPage::WaitingTablet(_) => SetupPage::Devices,
        other => other.clone(),
    }
}

#[component]
fn SignOutButton(
    /// Error of the last attempt.
    failure: RwSignal<Option<ClientError>>,
) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let texts = &words.layout;
    let sign_out = expect_context::<SignOut>();
    let is_confirming = RwSignal::new(false);
    let request_sign_out = move || {
        failure.set(None);
        spawn_local(async move {
            match client::logout().await {
                Ok(()) => sign_out.finish(),
                // The session and the draft are still there.
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="button quiet"
            data-action="sign-out"
            on:click=move |_| if store.is_dirty_untracked() { is_confirming.set(true) } else { request_sign_out() }
        >
            <Icon sign=Sign::LEAVE /><span class="top-action-text">{texts.sign_out}</span>
        </button>
        <Confirm
            open=is_confirming
            title=texts.sign_out_unsaved
            ok=texts.sign_out
            cancel=words.controls.cancel
            danger=true
            kind="sign-out"
            on_ok=move |()| request_sign_out()
        >
            <p><Icon sign=Sign::WARNING /> {texts.sign_out_unsaved_explanation}</p>
        </Confirm>
    }
}
