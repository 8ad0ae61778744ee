//! Loading and saving the draft.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::ErrorCode;
use yobirin_domain::diff::{Change, Conflict};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::Problem;

use crate::api::response::{ApiResult, ClientError, WithEtag};

use super::super::draft::{Decisions, Draft};
use super::DraftStore;
use crate::api::admin::AdminClient;
use crate::setup::remote::fetch_detached;

/// How long "saved" is said.
const SAVED_MESSAGE_DURATION: Duration = Duration::from_secs(6);

/// How saving stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Saving {
    /// Nothing was tried since the last change.
    #[default]
    Idle,
    /// On its way.
    Busy,
    /// Saved.
    Saved,
    /// Saved on top of what somebody else saved meanwhile: this.
    Merged(Vec<Change>),
    /// The document is wrong; nothing was sent, or the relay refused it.
    Invalid(Vec<Problem>),
    /// Somebody else saved meanwhile and changed the same fields.
    Conflicting(Vec<Conflict>),
    /// It did not arrive.
    Failed(ClientError),
}

fn parse(answer: WithEtag) -> ApiResult<(SettingsDocument, String)> {
    let document =
        SettingsDocument::from_json(&answer.json).map_err(|_| ClientError::Unexpected(200))?;
    Ok((document, answer.etag))
}

impl DraftStore {
    /// Fetches the document, unless it is here already.
    pub(crate) fn load(self, admin: AdminClient) {
        if self.ready.with_untracked(|ready| ready.loaded().is_some()) {
            return;
        }
        fetch_detached(self.ready, async move {
            let (document, etag) = parse(admin.settings().await?)?;
            self.draft.set(Draft::new(document, etag));
            self.find_recoverable();
            Ok(())
        });
    }

    /// Saves the draft, or says everything that is wrong with it. Goes on when the page is left.
    pub(crate) fn save(self, admin: AdminClient) {
        spawn_local(async move {
            let outcome = self.try_save(admin).await;
            self.finish(outcome);
        });
    }

    /// Saves after a clash, with what was decided.
    pub(crate) fn save_decided(self, admin: AdminClient) {
        spawn_local(async move {
            let outcome = match self.rebase(admin).await {
                Ok(their_changes) => match self.try_save(admin).await {
                    Saving::Saved => Saving::Merged(their_changes),
                    outcome => outcome,
                },
                Err(outcome) => outcome,
            };
            self.finish(outcome);
        });
    }

    fn finish(self, outcome: Saving) {
        if matches!(outcome, Saving::Saved | Saving::Merged(_)) {
            self.show_all_problems.set(false);
            self.decisions.set(Decisions::new());
        }
        if outcome == Saving::Saved {
            // Said for a while, then out of the way; a save meanwhile is said as long as any.
            self.saved_count
                .update_value(|count| *count = count.wrapping_add(1));
            let count = self.saved_count.get_value();
            set_timeout(
                move || {
                    let is_ours = self.saved_count.try_get_value() == Some(count);
                    if is_ours && self.saving.try_get_untracked() == Some(Saving::Saved) {
                        self.saving.set(Saving::Idle);
                    }
                },
                SAVED_MESSAGE_DURATION,
            );
        }
        self.saving.set(outcome);
        self.autosave_now();
    }

    /// What was said about the last save has been read.
    pub(crate) fn dismiss_status(self) {
        if !matches!(self.saving.get_untracked(), Saving::Busy) {
            self.saving.set(Saving::Idle);
        }
    }

    async fn try_save(self, admin: AdminClient) -> Saving {
        self.show_all_problems.set(true);
        let mut their_changes: Option<Vec<Change>> = None;
        let done = |their_changes: Option<Vec<Change>>| {
            their_changes.map_or(Saving::Saved, Saving::Merged)
        };
        // Somebody may save between our look and our save; each round takes in what they saved.
        for _ in 0..3 {
            let problems = self.problems.get_untracked();
            if !problems.is_empty() {
                return Saving::Invalid(problems);
            }
            if !self.dirty.get_untracked() {
                return done(their_changes);
            }
            self.saving.set(Saving::Busy);
            let (sent, etag) = self
                .draft
                .with_untracked(|draft| (draft.document().clone(), draft.etag().to_owned()));
            let error = match admin.save_settings(sent.to_json(), &etag).await {
                Ok(etag) => {
                    self.draft.update(|draft| draft.was_saved(sent, etag));
                    return done(their_changes);
                }
                Err(error) => error,
            };
            match error {
                ClientError::Refused(refusal) if refusal.code == ErrorCode::SettingsChanged => {
                    match self.rebase(admin).await {
                        Ok(more) => their_changes.get_or_insert_default().extend(more),
                        Err(outcome) => return outcome,
                    }
                }
                ClientError::Refused(refusal) if refusal.code == ErrorCode::InvalidSettings => {
                    return Saving::Invalid(refusal.problems);
                }
                error => return Saving::Failed(error),
            }
        }
        Saving::Failed(ClientError::Unexpected(412))
    }

    /// Takes in what somebody else has saved, and tells what that was.
    async fn rebase(self, admin: AdminClient) -> Result<Vec<Change>, Saving> {
        self.saving.set(Saving::Busy);
        let answer = admin.settings().await.and_then(parse);
        let (theirs, etag) = answer.map_err(Saving::Failed)?;
        let decisions = self.decisions.get_untracked();
        let merged = self
            .draft
            .try_update(|draft| draft.rebase(theirs, etag, &decisions));
        merged
            .unwrap_or_else(|| Ok(Vec::new()))
            .map_err(Saving::Conflicting)
    }
}
