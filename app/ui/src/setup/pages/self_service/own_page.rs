//! What a host's own page knows: whose it is, what was typed, how saving stands. Views are beside it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::ErrorCode;
use yobirin_api::personal::Me;
use yobirin_api::session::Login;
use yobirin_domain::validate::Problem;

use super::form::Typed;
use crate::api::client;
use crate::api::response::ClientError;
use crate::browser::{self, navigation};
use crate::router::Page;

/// Whose page it is.
#[derive(Clone, PartialEq)]
pub(crate) enum Owner {
    /// Nobody has asked yet.
    Unasked,
    Opening,
    Known(Me),
    /// No personal link was opened in this browser.
    Nobody,
    /// The link works no more.
    LinkOver,
    Closed,
    Failed(ClientError),
}

/// How saving stands.
#[derive(Clone, PartialEq)]
pub(crate) enum Saving {
    Idle,
    Asking,
    Saved,
    Unsound(Vec<Problem>),
    Failed(ClientError),
}

/// The page's state. It outlives a change of language, which draws everything anew.
#[derive(Clone, Copy)]
pub(crate) struct OwnPage {
    pub(crate) owner: RwSignal<Owner>,
    pub(crate) typed: RwSignal<Typed>,
    pub(crate) saving: RwSignal<Saving>,
}

impl OwnPage {
    /// Not opened yet.
    pub(crate) fn new() -> Self {
        Self {
            owner: RwSignal::new(Owner::Unasked),
            typed: RwSignal::new(Typed::default()),
            saving: RwSignal::new(Saving::Idle),
        }
    }

    /// True while there is something to save.
    pub(crate) fn is_dirty(self) -> bool {
        self.owner.with(|owner| match owner {
            Owner::Known(me) => self.typed.with(|typed| *typed != Typed::of(me)),
            _ => false,
        })
    }

    /// The same, without following it.
    pub(crate) fn is_dirty_now(self) -> bool {
        untrack(|| self.is_dirty())
    }

    /// True while a host's page is shown, without following it.
    pub(crate) fn is_open_now(self) -> bool {
        self.owner
            .with_untracked(|owner| matches!(owner, Owner::Known(_)))
    }

    /// Forgets whose page it was and what was typed.
    pub(crate) fn forget(self) {
        self.typed.set(Typed::default());
        self.saving.set(Saving::Idle);
        self.owner.set(Owner::Closed);
    }

    /// Opens the link in the address, or the page that this browser has open.
    pub(crate) fn open(self) {
        self.owner.set(Owner::Opening);
        let link = navigation::fragment("link");
        // The secret stays in memory, so that the address can be shown.
        navigation::replace(&Page::Me);
        spawn_local(async move {
            if let Some(link) = link
                && let Err(error) = client::login(&Login::Personal(link)).await
            {
                return self.owner.set(match error.code() {
                    Some(ErrorCode::WrongSecret) => Owner::LinkOver,
                    _ => Owner::Failed(error),
                });
            }
            match client::me().await {
                Ok(me) => {
                    self.typed.set(Typed::of(&me));
                    self.owner.set(Owner::Known(me));
                }
                Err(error) => self.owner.set(match error.code() {
                    Some(ErrorCode::NotSignedIn) => Owner::Nobody,
                    _ => Owner::Failed(error),
                }),
            }
        });
    }

    /// Saves what was typed. What is typed meanwhile stays.
    pub(crate) fn save(self) {
        let Owner::Known(me) = self.owner.get_untracked() else {
            return;
        };
        let typed = self.typed.get_untracked();
        let Ok(edit) = typed.edit(&me) else {
            return browser::focus_after_render("[name=my-account]");
        };
        if self.saving.get_untracked() == Saving::Asking {
            return;
        }
        self.saving.set(Saving::Asking);
        spawn_local(async move {
            match client::change_me(&edit).await {
                Ok(me) => {
                    if self.typed.with_untracked(|now| *now == typed) {
                        self.typed.set(Typed::of(&me));
                    }
                    self.owner.set(Owner::Known(me));
                    self.saving.set(Saving::Saved);
                }
                Err(ClientError::Refused(refusal)) if !refusal.problems.is_empty() => {
                    self.saving.set(Saving::Unsound(refusal.problems));
                    browser::focus_after_render("[aria-invalid=true]");
                }
                Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                    self.saving.set(Saving::Idle);
                    self.owner.set(Owner::LinkOver);
                }
                Err(error) => self.saving.set(Saving::Failed(error)),
            }
        });
    }

    /// Closes the page in this browser; a tablet shows its kiosk again.
    pub(crate) fn close(self, is_tablet: bool) {
        spawn_local(async move {
            match client::close_me().await {
                Ok(()) => {
                    self.forget();
                    if is_tablet {
                        navigation::load(&Page::Kiosk);
                    }
                }
                Err(error) => self.saving.set(Saving::Failed(error)),
            }
        });
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut Typed)) {
        self.typed.update(change);
        if self.saving.get_untracked() != Saving::Asking {
            self.saving.set(Saving::Idle);
        }
    }
}
