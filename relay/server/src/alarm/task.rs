//! Task of alarms: checks the facts every 15 seconds, and makes the posts, edits and webhook notices that are due.
//!
//! A post is a bot message in the outbox, stored in one transaction with the alarm state: a relay that is killed has
//! stored both or neither, and the outbox never sends a message twice. Posts are edited once the alarm state is stored. That
//! they were edited is stored with the next check, so a relay that is killed before makes the same edits again. Edits and
//! notices may be repeated without harm: the text of the edit is the same, and the receiver recognizes a notice by its id.
//! While the database cannot be written, such as on a full disk, the alarm state is kept in this process: nothing can be
//! posted, but the webhook still receives notices.

use std::sync::Arc;

use futures_util::future::join_all;
use yobirin_api::Millis;
use yobirin_api::alarm::AlarmReport;
use yobirin_chatwork::GatewayError;
use yobirin_domain::alarm::{
    AlarmCondition, AlarmFacts, AlarmState, IncidentChange, PostEdit, Watch,
};
use yobirin_domain::bot_message::BotMessage;
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::Settings;
use yobirin_store::{StoreError, StoredAlarms};

use super::facts;
use crate::forward::outbox::Outbox;
use crate::office_time::OfficeTime;
use crate::state::AppState;

/// Time between two checks of the facts.
const CHECK_INTERVAL_MS: Millis = 15_000;

/// Task of alarms.
struct AlarmTask {
    state: Arc<AppState>,
    outbox: Outbox,
    /// Record of the checks of this relay while it leads.
    watch: Watch,
    /// Alarm state after the last check, with the version of the row that it follows. It is ahead of the row by the edits
    /// of the last check, and by more while the database cannot be written.
    latest: StoredAlarms,
}

/// Runs until the relay stops.
pub(crate) async fn run(state: Arc<AppState>, outbox: Outbox) {
    let mut task = AlarmTask {
        state: state.clone(),
        outbox,
        watch: Watch::default(),
        latest: StoredAlarms::default(),
    };
    loop {
        let now = state.clock.now();
        let check = async {
            if let Err(error) = task.check(now).await {
                tracing::error!(%error, "failed to check for incidents");
            }
            state.clock.sleep_until(now + CHECK_INTERVAL_MS, now).await;
        };
        // A slow webhook must not delay the end of the relay.
        tokio::select! {
            () = state.stopping.cancelled() => return,
            () = check => {}
        }
    }
}

impl AlarmTask {
    async fn check(&mut self, now: Millis) -> Result<(), StoreError> {
        let state = self.state.clone();
        if self.outbox.acquire_leadership(now).await?.is_some() {
            (self.watch, self.latest) = (Watch::default(), state.store.alarms().await?);
            self.publish(now);
            return Ok(());
        }
        self.watch
            .record_check(now, state.store.readiness().await.is_ok());
        let stored = state.store.alarms().await?;
        if self.latest.version != stored.version {
            // Another relay has changed the row, or a commit of this one has succeeded without a response.
            self.latest = stored.clone();
        }
        let mut alarms = self.latest.alarms.clone();
        let version = state.settings.get();
        let (settings, office) = (&version.settings, OfficeTime::of(&version.settings));
        let local = |at| office.local(at);
        let facts = facts::gather(&state, &alarms, &self.watch, now, &local).await?;
        let new_id = &mut || CallId::new(now, &rand::random());
        for IncidentChange { kind, has_begun } in alarms.observe(settings, &facts, new_id) {
            match has_begun {
                true => tracing::warn!(kind, "incident began"),
                false => tracing::info!(kind, "incident ended"),
            }
        }
        self.notify_webhook(settings, &facts, &mut alarms).await;
        let mut with_posts = alarms.clone();
        let posts = with_posts.take_posts(settings, &facts, new_id);
        self.latest = match self.save(&stored, &with_posts, &posts, now).await {
            Ok(version) => {
                for edit in with_posts.edits(settings, &facts) {
                    if self.edit(&edit).await? {
                        with_posts.record_edit(&edit);
                    }
                }
                StoredAlarms {
                    alarms: with_posts,
                    version,
                }
            }
            Err(error) => {
                tracing::error!(%error, "failed to store alarms; they are kept in memory");
                StoredAlarms {
                    alarms,
                    version: stored.version,
                }
            }
        };
        self.publish(now);
        Ok(())
    }

    /// Publishes the open incidents to the handlers and the metrics.
    fn publish(&self, now: Millis) {
        let report = AlarmReport::of(&self.latest.alarms, now);
        let count = i64::try_from(report.open.len()).unwrap_or(i64::MAX);
        self.state.metrics.alarms_open.set(count);
        *self.state.alarms.write() = report;
    }

    /// Stores the alarm state together with new posts; returns the version of the row then. Stores nothing when another
    /// relay has changed the row meanwhile: that relay leads now and makes the posts.
    async fn save(
        &self,
        stored: &StoredAlarms,
        alarms: &AlarmState,
        posts: &[BotMessage],
        now: Millis,
    ) -> Result<i64, StoreError> {
        if stored.alarms == *alarms {
            return Ok(stored.version);
        }
        let mut transaction = self.state.store.begin().await?;
        if !transaction.set_alarms(stored.version, alarms).await? {
            return Ok(stored.version);
        }
        for post in posts {
            transaction.add_bot_message(post, now).await?;
        }
        transaction.commit().await?;
        Ok(stored.version + 1)
    }

    /// Edits a post. False when the edit must be tried again; true also when the post does not exist any more.
    async fn edit(&self, edit: &PostEdit) -> Result<bool, StoreError> {
        let edited = self
            .outbox
            .edit_post(edit.room, &edit.message, &edit.text)
            .await?;
        if let Some(Err(error)) = &edited {
            tracing::warn!(%error, room = %edit.room, "failed to edit an alarm's post");
        }
        Ok(matches!(
            edited,
            Some(Ok(()) | Err(GatewayError::NotFoundOrForbidden | GatewayError::BadRequest))
        ))
    }

    /// Sends the notices that are due to the webhook, all at the same time.
    async fn notify_webhook(
        &self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        alarms: &mut AlarmState,
    ) {
        let Some(webhook) = &self.state.alarm_webhook else {
            return;
        };
        let notices = alarms.notices(settings, facts);
        let results = join_all(notices.iter().map(|notice| webhook.send(notice))).await;
        for (notice, result) in notices.iter().zip(results) {
            let kind = notice.condition.as_ref().map(AlarmCondition::key);
            let is_retried = alarms.record_notice(notice, result.is_ok(), facts.now);
            match result {
                Ok(()) => tracing::info!(kind, "alarm webhook notified"),
                Err(error) => {
                    tracing::warn!(
                        kind,
                        %error,
                        retries = is_retried,
                        "failed to notify the alarm webhook"
                    );
                }
            }
        }
    }
}
