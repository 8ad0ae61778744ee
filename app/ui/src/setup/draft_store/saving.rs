//! Loading and saving the draft.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::ErrorCode;
use yobirin_domain::diff::{Change, Conflict};
use yobirin_domain::model::retention::MAX_RETENTION_DAYS;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::retention::{RetentionPreview, applied, shortened};
use yobirin_domain::validate::{self, Problem};

use crate::api::response::{ApiResult, ClientError, SettingsJson};

use super::super::draft::{Decisions, Draft};
use super::DraftStore;
use crate::api::admin::AdminClient;
use crate::setup::remote::fetch_detached;

/// Time for which the status "saved" is shown.
const SAVED_MESSAGE_DURATION: Duration = Duration::from_secs(6);
/// Number of attempts to save while other admins save in between.
const MAX_ATTEMPTS: usize = 3;
/// Status of a response whose settings cannot be parsed.
const STATUS_OK: u16 = 200;
/// Status with which the relay refuses settings that are based on an earlier version.
const STATUS_PRECONDITION_FAILED: u16 = 412;

/// State of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Saving {
    /// Not attempted since the last edit.
    #[default]
    Idle,
    /// A request to the relay is in flight.
    Busy,
    /// Saved; back to [`Self::Idle`] after [`SAVED_MESSAGE_DURATION`].
    Saved,
    /// Saved and merged with these changes of another admin.
    Merged(Vec<Change>),
    /// The document has problems; it was not sent, or the relay refused it.
    Invalid(Vec<Problem>),
    /// Waits for the admin's consent: the draft shortens a retention, which erases these records.
    ShortensRetention(RetentionPreview),
    /// Another admin saved changes of the same fields.
    Conflicting(Vec<Conflict>),
    /// The request failed.
    Failed(ClientError),
}

/// The document and the ETag of a response.
fn parse(response: SettingsJson) -> ApiResult<(SettingsDocument, String)> {
    let document = SettingsDocument::from_json(&response.json)
        .map_err(|_| ClientError::Unexpected(STATUS_OK))?;
    Ok((document, response.etag))
}

/// Number of the version that an ETag names, such as `"v12"`.
fn version_number(etag: &str) -> Option<u64> {
    etag.strip_prefix("\"v")?.strip_suffix('"')?.parse().ok()
}

impl DraftStore {
    /// Loads the document, unless it is loaded.
    pub(crate) fn load(self, admin: AdminClient) {
        if (self.load_state).with_untracked(|load_state| load_state.loaded().is_some()) {
            return;
        }
        fetch_detached(self.load_state, async move {
            let (document, etag) = parse(admin.settings().await?)?;
            self.draft.set(Draft::new(document, etag));
            self.find_recoverable();
            Ok(())
        });
    }

    /// Saves the draft, or shows its problems. Goes on when the page is left.
    pub(crate) fn save(self, admin: AdminClient) {
        spawn_local(async move {
            let outcome = self.try_save(admin, false).await;
            self.show_result(outcome);
        });
    }

    /// Saves the draft once the relay responds again, after a save that could not reach it.
    pub(crate) fn save_when_reachable(self, admin: AdminClient) {
        let is_waiting = move || {
            self.saving.try_get_untracked() == Some(Saving::Failed(ClientError::Unreachable))
        };
        if !is_waiting() {
            return;
        }
        spawn_local(async move {
            if admin.settings().await.is_ok() && is_waiting() {
                self.save(admin);
            }
        });
    }

    /// Saves a draft that shortens a retention, after the admin's consent.
    pub(crate) fn save_shortened(self, admin: AdminClient) {
        spawn_local(async move {
            let outcome = self.try_save(admin, true).await;
            self.show_result(outcome);
        });
    }

    /// Saves with the resolutions of the conflicts.
    pub(crate) fn save_decided(self, admin: AdminClient) {
        spawn_local(async move {
            let outcome = match self.rebase(admin).await {
                Ok(mut their_changes) => match self.try_save(admin, false).await {
                    Saving::Saved => Saving::Merged(their_changes),
                    // Somebody saved once more in between.
                    Saving::Merged(later_changes) => {
                        their_changes.extend(later_changes);
                        Saving::Merged(their_changes)
                    }
                    outcome => outcome,
                },
                Err(outcome) => outcome,
            };
            self.show_result(outcome);
        });
    }

    /// Shows the result of a save, and clears what is over with a successful one.
    fn show_result(self, outcome: Saving) {
        if matches!(outcome, Saving::Saved | Saving::Merged(_)) {
            self.show_all_problems.set(false);
            self.decisions.set(Decisions::new());
        }
        if outcome == Saving::Saved {
            // The status is cleared after a while, unless another save succeeded in between.
            self.saved_count
                .update_value(|count| *count = count.wrapping_add(1));
            let count = self.saved_count.get_value();
            set_timeout(
                move || {
                    let is_last_save = self.saved_count.try_get_value() == Some(count);
                    if is_last_save && self.saving.try_get_untracked() == Some(Saving::Saved) {
                        self.saving.set(Saving::Idle);
                    }
                },
                SAVED_MESSAGE_DURATION,
            );
        }
        self.saving.set(outcome);
        self.autosave_now();
    }

    /// Clears the status of the last save.
    pub(crate) fn dismiss_status(self) {
        if !matches!(self.saving.get_untracked(), Saving::Busy) {
            self.saving.set(Saving::Idle);
        }
    }

    /// Saves the draft, merged with what others saved first. With `may_shorten` false it stops for the admin's
    /// consent when the draft shortens a retention.
    async fn try_save(self, admin: AdminClient, may_shorten: bool) -> Saving {
        self.show_all_problems.set(true);
        self.clean();
        let editor = self.editor_name.name_for_save();
        let mut their_changes: Option<Vec<Change>> = None;
        let success = |their_changes: Option<Vec<Change>>| {
            their_changes.map_or(Saving::Saved, Saving::Merged)
        };
        // Another admin may save between our load and our save. The next attempt merges their changes first.
        for _ in 0..MAX_ATTEMPTS {
            let problems = self.problems.get_untracked();
            if !problems.is_empty() {
                return Saving::Invalid(problems);
            }
            if !self.is_dirty.get_untracked() {
                return success(their_changes);
            }
            self.saving.set(Saving::Busy);
            match self.find_shortening(admin).await {
                Ok(Some(preview)) if !may_shorten => return Saving::ShortensRetention(preview),
                Ok(_) => {}
                Err(error) => return Saving::Failed(error),
            }
            let (sent, etag) = self
                .draft
                .with_untracked(|draft| (draft.document().clone(), draft.etag().to_owned()));
            let error = match admin
                .save_settings(sent.to_json(), &etag, editor.as_ref())
                .await
            {
                Ok(etag) => {
                    self.draft.update(|draft| draft.record_save(sent, etag));
                    return success(their_changes);
                }
                Err(error) => error,
            };
            if error == ClientError::Unreachable {
                self.draft
                    .update(|draft| draft.record_unconfirmed_save(sent));
            }
            match error {
                ClientError::RelayError(refusal) if refusal.code == ErrorCode::SettingsChanged => {
                    match self.rebase(admin).await {
                        Ok(changes) if changes.is_empty() => {}
                        Ok(changes) => their_changes.get_or_insert_default().extend(changes),
                        Err(outcome) => return outcome,
                    }
                }
                ClientError::RelayError(refusal) if refusal.code == ErrorCode::InvalidSettings => {
                    return Saving::Invalid(refusal.problems);
                }
                error => return Saving::Failed(error),
            }
        }
        Saving::Failed(ClientError::Unexpected(STATUS_PRECONDITION_FAILED))
    }

    /// Counts the records that saving the draft would erase, because it shortens a retention; `None` when it shortens
    /// none.
    async fn find_shortening(self, admin: AdminClient) -> ApiResult<Option<RetentionPreview>> {
        let (before, after) = self.draft.with_untracked(|draft| {
            let (saved, edited) = (draft.saved(), draft.document());
            (saved.site.retention, edited.site.retention)
        });
        let is_shorter_under = |ceiling_days| {
            let (before, after) = (
                applied(&before, ceiling_days),
                applied(&after, ceiling_days),
            );
            !shortened(&before, &after).is_empty()
        };
        // The relay's ceiling is asked for only when it can matter.
        if !is_shorter_under(MAX_RETENTION_DAYS) {
            return Ok(None);
        }
        let preview = admin.retention_preview(after).await?;
        Ok(is_shorter_under(preview.ceiling_days).then_some(preview))
    }

    /// Cleans the draft as an import cleans its cells, so that no invisible character or blank line can keep the draft
    /// from being saved.
    fn clean(self) {
        let mut cleaned = self.peek(SettingsDocument::clone);
        validate::clean(&mut cleaned);
        if self.peek(|document| *document != cleaned) {
            self.edit(|document| *document = cleaned);
        }
    }

    /// Loads the versions that others saved after the one that this draft is based on. When they cannot be loaded, the
    /// notice about the merge only lacks the names of their authors.
    async fn load_saved_first_by(self, admin: AdminClient) {
        let base = self
            .draft
            .with_untracked(|draft| version_number(draft.etag()));
        let mut versions = admin.versions().await.unwrap_or_default();
        versions.retain(|version| base.is_some_and(|base| version.number > base));
        self.saved_first_by.set(versions);
    }

    /// Merges what others saved into the draft, and returns their changes; the state to show when that fails.
    async fn rebase(self, admin: AdminClient) -> Result<Vec<Change>, Saving> {
        self.saving.set(Saving::Busy);
        let response = admin.settings().await.and_then(parse);
        let (theirs, etag) = response.map_err(Saving::Failed)?;
        self.load_saved_first_by(admin).await;
        let decisions = self.decisions.get_untracked();
        let merged = self
            .draft
            .try_update(|draft| draft.rebase(theirs, etag, &decisions));
        merged
            .unwrap_or_else(|| Ok(Vec::new()))
            .map_err(Saving::Conflicting)
    }
}
