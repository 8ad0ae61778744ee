//! Edits of posts: a post of an answered call begins with the author and the time of the answer; a post of a missed
//! call, with "No answer" and the time. Colleagues who read the post see the outcome. Lowest priority, and given up
//! after a few attempts: the answer itself is on the tablet already.

use yobirin_api::Millis;
use yobirin_chatwork::{GatewayError, Purpose};
use yobirin_domain::answer::{PostOutcome, post_text};
use yobirin_domain::backoff;
use yobirin_store::{EditedPost, PostEdit, StoreError};

use super::forwarder::Forwarder;
use super::outbox::Outbox;
use crate::office_time::OfficeTime;

/// Maximum number of retries of a failed edit, with the delays of posts.
const MAX_RETRIES: u64 = 3;
/// Time between two polls for edits that are due.
const POLL_INTERVAL_MS: Millis = 1_000;

/// Result of one pass of the loop: time at which it looks for the next edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditPass {
    /// Now: an edit was done, given up or put off, and another one may be due.
    LookAgain,
    /// After the poll interval: no edit is due, or Chatwork's limits leave no request for one.
    WaitForPoll,
}

/// Runs until the relay stops.
pub(crate) async fn run(outbox: Outbox) {
    let Forwarder {
        clock, stopping, ..
    } = &outbox.forwarder;
    while !stopping.is_cancelled() {
        match outbox.edit_next_post().await {
            Ok(EditPass::LookAgain) => continue,
            Ok(EditPass::WaitForPoll) => {}
            Err(error) => tracing::error!(%error, "failed to look for post edits"),
        }
        stopping
            .run_until_cancelled(clock.sleep(POLL_INTERVAL_MS))
            .await;
    }
}

impl Outbox {
    /// Makes the next edit that is due, if Chatwork's limits leave a request for it.
    async fn edit_next_post(&self) -> Result<EditPass, StoreError> {
        let (forwarder, now) = (&self.forwarder, self.forwarder.clock.now());
        let Some(account) = forwarder.gateway.accepted_account() else {
            return Ok(EditPass::WaitForPoll);
        };
        let Some(edit) = forwarder.store.next_post_edit(now).await? else {
            return Ok(EditPass::WaitForPoll);
        };
        if self.acquire_leadership(now).await?.is_some() {
            return Ok(EditPass::WaitForPoll);
        }
        let Some(post) = &edit.post else {
            return self.end_edit(&edit).await;
        };
        let Some(text) = self.edited_text(post) else {
            return self.end_edit(&edit).await;
        };
        let limits = forwarder.gateway.limits();
        if limits.pause().is_some() {
            return Ok(EditPass::WaitForPoll);
        }
        let Ok(permit) = limits.permit_request(Purpose::Edit) else {
            return Ok(EditPass::WaitForPoll);
        };
        let gateway = &forwarder.gateway;
        let edited = gateway.edit_message(permit, &account, post.room, &post.message, &text);
        match edited.await {
            Ok(()) => {
                tracing::info!(call = %post.call, message_id = post.message.as_str(), "post edited");
                self.end_edit(&edit).await
            }
            Err(GatewayError::TokenRefused) => {
                forwarder.connection.record_token_refused(&account).await?;
                Ok(EditPass::WaitForPoll)
            }
            Err(error) => self.edit_failed(&edit, post, &error).await,
        }
    }

    /// Returns the text that the post shall have; `None` when nothing is to be edited.
    fn edited_text(&self, post: &EditedPost) -> Option<String> {
        let settings = &self.forwarder.settings.get().settings;
        let time = |at| OfficeTime::of(settings).time_of_day(at);
        let answered = post.answer.as_ref().map(|answer| (answer, time(answer.at)));
        let missed = post
            .missed_heading
            .as_ref()
            .map(|(heading, at)| (heading, time(*at)));
        let outcome = match (&answered, &missed) {
            (Some((answer, time)), _) => PostOutcome::Answered {
                author: &answer.who,
                time,
            },
            (None, Some((heading, time))) => PostOutcome::Missed { heading, time },
            (None, None) => PostOutcome::Withdrawn,
        };
        let lang = settings.site().own_language();
        post_text(
            &post.posted,
            post.answered_heading.as_deref(),
            outcome,
            lang,
        )
    }

    /// Plans the retry of a failed edit, or gives the edit up.
    async fn edit_failed(
        &self,
        edit: &PostEdit,
        post: &EditedPost,
        error: &GatewayError,
    ) -> Result<EditPass, StoreError> {
        let message = post.message.as_str();
        tracing::warn!(%error, call = %post.call, message_id = message, "failed to edit a post");
        if edit.attempt_count >= MAX_RETRIES {
            self.forwarder.metrics.failed_edits.inc();
            return self.end_edit(edit).await;
        }
        let failures = edit.attempt_count + 1;
        let delay = backoff::delay_millis(backoff::POST_DELAYS, failures, rand::random());
        let due = self.forwarder.clock.now() + delay;
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.retry_post_edit(edit, due).await?;
        transaction.commit().await?;
        Ok(EditPass::LookAgain)
    }

    /// Records that an edit was done or given up.
    async fn end_edit(&self, edit: &PostEdit) -> Result<EditPass, StoreError> {
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.end_post_edit(edit).await?;
        transaction.commit().await?;
        Ok(EditPass::LookAgain)
    }
}
