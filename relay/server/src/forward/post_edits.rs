//! Edits of posts: once a call is answered, its posts begin with who answered; once it is missed, with that. Best effort, after everything else: the
//! answer itself is on the tablet already, and a colleague who reads the post sees that it is taken care of.

use std::time::Duration;

use yobirin_chatwork::{GatewayError, Purpose};
use yobirin_domain::answer::{edited_post, fill_heading, fill_time};
use yobirin_store::{EditedPost, PostEdit, StoreError};

use super::outbox::{Outbox, after, backoff};
use crate::office_time::OfficeTime;

/// Retries of a failed edit, with the delays of posts.
const MAX_RETRIES: u64 = 3;
/// Time between two looks for edits.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Runs until the relay stops.
pub(crate) async fn run(outbox: Outbox) {
    let (clock, stopping) = (
        outbox.forwarder.clock.clone(),
        outbox.forwarder.stopping.clone(),
    );
    while !stopping.is_cancelled() {
        match outbox.edit_next_post().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "failed to edit a post"),
        }
        let now = clock.now();
        tokio::select! {
            () = stopping.cancelled() => return,
            () = clock.sleep_until(after(now, POLL_INTERVAL), now) => {}
        }
    }
}

impl Outbox {
    /// Makes the next edit that is due; false when there is none, or Chatwork's limits leave no room for it.
    async fn edit_next_post(&self) -> Result<bool, StoreError> {
        let (forwarder, now) = (&self.forwarder, self.forwarder.clock.now());
        let Some(account) = forwarder.gateway.accepted_account() else {
            return Ok(false);
        };
        let Some(edit) = forwarder.store.next_post_edit(now).await? else {
            return Ok(false);
        };
        if self.other_leader_until(now).await?.is_some() {
            return Ok(false);
        }
        let text = edit.post.as_ref().and_then(|post| self.edited_text(post));
        let Some((post, text)) = edit.post.as_ref().zip(text) else {
            return self.end_edit(&edit).await;
        };
        let limits = forwarder.gateway.limits();
        let (None, Ok(permit)) = (limits.pause(), limits.permit(Purpose::Edit, None)) else {
            return Ok(false);
        };
        let gateway = &forwarder.gateway;
        let edited = gateway.edit_message(permit, &account, post.room, &post.message, &text);
        match edited.await {
            Ok(()) => {
                tracing::info!(call = %post.call, message_id = post.message.as_str(), "post edited");
                self.end_edit(&edit).await
            }
            Err(GatewayError::TokenRefused) => {
                forwarder.connection.refuse(&account).await?;
                Ok(false)
            }
            Err(error) => self.edit_failed(&edit, post, &error).await,
        }
    }

    /// The text that the post shall have; `None` when nothing is to be edited.
    fn edited_text(&self, post: &EditedPost) -> Option<String> {
        if post.posted.is_empty() {
            // Erased: nobody knows any more what was posted.
            return None;
        }
        let settings = &self.forwarder.settings.get().settings;
        let time = |at| OfficeTime::of(settings).time_of_day(at);
        let heading = match (&post.answer, &post.missed) {
            (Some(answer), _) => {
                let lang = settings.site().own_language();
                fill_heading(post.answered.as_ref()?, &answer.who, lang, &time(answer.at))
            }
            (None, Some((unanswered, at))) => fill_time(unanswered, &time(*at)),
            // The only answer was deleted.
            (None, None) => return post.answered.as_ref().map(|_| post.posted.clone()),
        };
        Some(edited_post(&heading, &post.posted))
    }

    async fn edit_failed(
        &self,
        edit: &PostEdit,
        post: &EditedPost,
        error: &GatewayError,
    ) -> Result<bool, StoreError> {
        let message = post.message.as_str();
        tracing::warn!(%error, call = %post.call, message_id = message, "failed to edit a post");
        if edit.attempt_count >= MAX_RETRIES {
            self.forwarder.metrics.failed_edits.inc();
            return self.end_edit(edit).await;
        }
        let delay = backoff::delay(backoff::POST_DELAYS, edit.attempt_count + 1, rand::random());
        let due = after(self.forwarder.clock.now(), delay);
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.retry_post_edit(edit, due).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn end_edit(&self, edit: &PostEdit) -> Result<bool, StoreError> {
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.end_post_edit(edit).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
