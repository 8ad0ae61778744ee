//! State of a host's own page: the host, the input, and saving.

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::ErrorCode;
use yobirin_api::personal::Me;
use yobirin_api::session::Login;
use yobirin_domain::validate::Problem;

use super::form::SelfServiceForm;
use crate::api::client;
use crate::api::response::ClientError;
use crate::browser::{self, navigation};
use crate::router::Page;

/// State of a host's own page.
#[derive(Clone, PartialEq)]
pub(crate) enum PageState {
    /// Loading has not begun.
    NotLoaded,
    Loading,
    Loaded(Me),
    /// No personal link was opened in this browser.
    NoLink,
    /// The link expired or was revoked.
    LinkExpired,
    /// The host has closed the page in this browser.
    Closed,
    Failed(ClientError),
}

/// State of saving.
#[derive(Clone, PartialEq)]
pub(crate) enum SaveState {
    Idle,
    Sending,
    Saved,
    Invalid(Vec<Problem>),
    Failed(ClientError),
}

/// State of the page. It is kept when another language is chosen, which renders everything again.
#[derive(Clone, Copy)]
pub(crate) struct SelfServiceState {
    pub(crate) state: RwSignal<PageState>,
    pub(crate) form: RwSignal<SelfServiceForm>,
    pub(crate) saving: RwSignal<SaveState>,
}

impl SelfServiceState {
    /// Creates the state of a page that is not loaded.
    pub(crate) fn new() -> Self {
        Self {
            state: RwSignal::new(PageState::NotLoaded),
            form: RwSignal::new(SelfServiceForm::default()),
            saving: RwSignal::new(SaveState::Idle),
        }
    }

    /// True while there is something to save.
    pub(crate) fn is_dirty(self) -> bool {
        self.state.with(|state| match state {
            PageState::Loaded(me) => self.form.with(|typed| *typed != SelfServiceForm::of(me)),
            _ => false,
        })
    }

    /// As [`Self::is_dirty`], without tracking.
    pub(crate) fn is_dirty_untracked(self) -> bool {
        untrack(|| self.is_dirty())
    }

    /// True while a host's page is shown, without tracking.
    pub(crate) fn is_open_now(self) -> bool {
        self.state
            .with_untracked(|state| matches!(state, PageState::Loaded(_)))
    }

    /// Forgets the host and the input.
    pub(crate) fn clear(self) {
        self.form.set(SelfServiceForm::default());
        self.saving.set(SaveState::Idle);
        self.state.set(PageState::Closed);
    }

    /// Signs in with the link in the address if there is one, and loads the host's page.
    pub(crate) fn open(self) {
        self.state.set(PageState::Loading);
        let link = navigation::fragment("link");
        // The secret is taken out of the address, where others could see it.
        navigation::replace(&Page::SelfService);
        spawn_local(async move {
            if let Some(link) = link
                && let Err(error) = client::login(&Login::Personal(link)).await
            {
                return self.state.set(match error.code() {
                    Some(ErrorCode::WrongSecret) => PageState::LinkExpired,
                    _ => PageState::Failed(error),
                });
            }
            match client::me().await {
                Ok(me) => {
                    self.form.set(SelfServiceForm::of(&me));
                    self.state.set(PageState::Loaded(me));
                }
                Err(error) => self.state.set(match error.code() {
                    Some(ErrorCode::NotSignedIn) => PageState::NoLink,
                    _ => PageState::Failed(error),
                }),
            }
        });
    }

    /// Saves the input. What is typed during the request is kept.
    pub(crate) fn save(self) {
        let PageState::Loaded(me) = self.state.get_untracked() else {
            return;
        };
        let typed = self.form.get_untracked();
        let Ok(edit) = typed.edit(&me) else {
            return browser::focus_after_render("[name=my-account]");
        };
        if self.saving.get_untracked() == SaveState::Sending {
            return;
        }
        self.saving.set(SaveState::Sending);
        spawn_local(async move {
            match client::change_me(&edit).await {
                Ok(me) => {
                    if self.form.with_untracked(|current| *current == typed) {
                        self.form.set(SelfServiceForm::of(&me));
                    }
                    self.state.set(PageState::Loaded(me));
                    self.saving.set(SaveState::Saved);
                }
                Err(ClientError::RelayError(refusal)) if !refusal.problems.is_empty() => {
                    self.saving.set(SaveState::Invalid(refusal.problems));
                    browser::focus_after_render("[aria-invalid=true]");
                }
                Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                    self.saving.set(SaveState::Idle);
                    self.state.set(PageState::LinkExpired);
                }
                Err(error) => self.saving.set(SaveState::Failed(error)),
            }
        });
    }

    /// Closes the page in this browser; a tablet returns to the kiosk.
    pub(crate) fn close(self, is_tablet: bool) {
        spawn_local(async move {
            match client::close_me().await {
                Ok(()) => {
                    self.clear();
                    if is_tablet {
                        navigation::load(&Page::Kiosk);
                    }
                }
                Err(error) => self.saving.set(SaveState::Failed(error)),
            }
        });
    }

    /// Changes the input.
    pub(crate) fn change(self, change: impl FnOnce(&mut SelfServiceForm)) {
        self.form.update(change);
        if self.saving.get_untracked() != SaveState::Sending {
            self.saving.set(SaveState::Idle);
        }
    }
}
