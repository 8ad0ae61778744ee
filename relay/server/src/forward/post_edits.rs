//! Edits of posts, so that colleagues who read a post see the outcome of its call: an answered call's post then begins with
//! the author and the time of the answer, a missed call's post with "No answer" and the time. Edits have the lowest
//! priority and are given up after a few attempts, because the answer itself is on the tablet already.

use yobirin_api::Millis;
use yobirin_chatwork::{GatewayError, Purpose};
use yobirin_domain::answer::{Post, PostOutcome, post_text};
use yobirin_domain::backoff;
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_store::{EditedPost, PostEdit, StoreError};

use super::forwarder::Forwarder;
use super::outbox::Outbox;
use crate::office_time::OfficeTime;

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
        if forwarder.gateway.accepted_account().is_none() {
            return Ok(EditPass::WaitForPoll);
        }
        let Some(edit) = forwarder.store.next_post_edit(now).await? else {
            return Ok(EditPass::WaitForPoll);
        };
        if self.acquire_leadership(now).await?.is_some() {
            return Ok(EditPass::WaitForPoll);
        }
        let edited_post = edit.post.as_ref();
        let Some((post, text)) = edited_post.and_then(|post| Some((post, self.edited_text(post)?)))
        else {
            return self.end_edit(&edit).await;
        };
        match self.edit_post(post.room, &post.message, &text).await? {
            None => Ok(EditPass::WaitForPoll),
            Some(Ok(())) => {
                tracing::info!(call = %post.call, message_id = post.message.as_str(), "post edited");
                self.end_edit(&edit).await
            }
            Some(Err(error)) => self.edit_failed(&edit, post, &error).await,
        }
    }

    /// Edits a post. `None` when Chatwork's limits leave no request for that, or the token is refused.
    pub(crate) async fn edit_post(
        &self,
        room: RoomId,
        message: &MessageId,
        text: &str,
    ) -> Result<Option<Result<(), GatewayError>>, StoreError> {
        let gateway = &self.forwarder.gateway;
        let (Some(account), None) = (gateway.accepted_account(), gateway.limits().pause()) else {
            return Ok(None);
        };
        let Ok(permit) = gateway.limits().permit_request(Purpose::Edit) else {
            return Ok(None);
        };
        let edited = gateway.edit_message(permit, &account, room, message, text);
        match edited.await {
            Err(GatewayError::TokenRefused) => {
                let connection = &self.forwarder.connection;
                connection.record_token_refused(&account).await?;
                Ok(None)
            }
            edited => Ok(Some(edited)),
        }
    }

    /// Returns the text that the post shall have; `None` when nothing is to be edited.
    fn edited_text(&self, post: &EditedPost) -> Option<String> {
        let settings = &self.forwarder.settings.get().settings;
        let time = |at| OfficeTime::of(settings).time_of_day(at);
        let answer = post.answer.as_ref();
        let answered = answer.map(|answer| (&answer.who, time(answer.at)));
        let missed = post.missed_heading.as_ref();
        let missed = missed.map(|(heading, at)| (heading.as_str(), time(*at)));
        let posted = Post {
            text: &post.posted,
            is_reminder: post.is_reminder,
        };
        post_text(
            posted,
            post.answered_heading.as_deref(),
            PostOutcome::of(answered.as_ref(), missed.as_ref()),
            settings.site().office_language(),
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
        let Some(delay) = backoff::edit_delay_millis(edit.attempt_count, rand::random()) else {
            self.forwarder.metrics.failed_edits.inc();
            return self.end_edit(edit).await;
        };
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
