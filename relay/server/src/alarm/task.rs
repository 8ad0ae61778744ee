//! Task of alarms: checks the facts every 15 seconds, and makes the posts, edits and webhook notices that are due.
//!
//! A post is a bot message in the outbox, stored in one transaction with the alarm state: a relay that is killed has
//! stored both or neither, and the outbox never sends a message twice. Posts are edited once the alarm state is stored, so
//! that a relay that is killed before it has stored an edit finds the same edit due again. Edits and notices may be repeated
//! without harm: the text of the edit is the same, and the receiver recognizes a notice by its id. While the database
//! cannot be written, such as on a full disk, the alarm state is kept in this process: nothing can be posted, but the
//! webhook still receives notices.

use std::sync::Arc;

use futures_util::future::join_all;
use yobirin_api::Millis;
use yobirin_api::alarm::AlarmReport;
use yobirin_chatwork::GatewayError;
use yobirin_domain::alarm::{
    AlarmCondition, AlarmState, Change, Facts, NewPost, Notice, PostEdit, Watch,
};
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::routing::Destination;
use yobirin_store::{NewBotMessage, StoreError, StoredAlarms};

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
    /// Alarm state that could not be stored, with the version that it was to replace.
    unsaved: Option<(i64, AlarmState)>,
}

/// Runs until the relay stops.
pub(crate) async fn run(state: Arc<AppState>, outbox: Outbox) {
    let mut task = AlarmTask {
        state: state.clone(),
        outbox,
        watch: Watch::default(),
        unsaved: None,
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
            (self.watch, self.unsaved) = (Watch::default(), None);
            self.publish(&state.store.alarms().await?.alarms, now);
            return Ok(());
        }
        self.watch
            .record_check(now, state.store.readiness().await.is_ok());
        let stored = state.store.alarms().await?;
        // Only if the stored version is still the old one: a commit without a response may have succeeded.
        let unsaved = self.unsaved.clone();
        let unsaved = unsaved.filter(|(version, _)| *version == stored.version);
        let mut alarms = unsaved.map_or_else(|| stored.alarms.clone(), |(_, alarms)| alarms);
        let read = facts::read_facts(&state, &alarms, self.watch.failed_calls_since()).await?;
        let version = state.settings.get();
        let (settings, office) = (&version.settings, OfficeTime::of(&version.settings));
        let account = state.gateway.account();
        let facts = Facts {
            now,
            watched_since: self.watch.since(),
            tablets: &read.tablets,
            failed_calls: read.failed_calls,
            disk_free_percent: (state.free_disk_percent)(&state.data),
            certificate_ends: state.tls.as_ref().and_then(|tls| tls.ends()),
            last_backup: facts::last_backup(&state),
            requests_left: state.gateway.limits().remaining(),
            is_connected: account.is_some(),
            is_token_refused: account.is_some_and(|account| account.refused_since.is_some()),
            is_chatwork_unreachable: facts::is_chatwork_unreachable(&state).await?,
            calls_wait: state.gateway.limits().wait_for_calls().is_some(),
            posts: &read.posts,
            local: &|at| office.local(at),
        };
        let new_id = &mut || CallId::new(now, &rand::random());
        for Change { kind, has_begun } in alarms.observe(settings, &facts, new_id) {
            match has_begun {
                true => tracing::warn!(kind, "incident began"),
                false => tracing::info!(kind, "incident ended"),
            }
        }
        self.tell_webhook(settings, &facts, &mut alarms).await;
        let mut with_posts = alarms.clone();
        let posts = with_posts.take_posts(settings, &facts, new_id);
        let mut version = stored.version;
        let mut saved = self.save(&stored, &with_posts, &posts, now).await;
        if let Ok(stored) = &saved {
            (alarms, version) = (with_posts, stored.version);
            for edit in alarms.edits(settings, &facts) {
                if self.edit(&edit).await? {
                    alarms.record_edit(&edit);
                }
            }
            saved = self.save(stored, &alarms, &[], now).await;
        }
        self.unsaved = saved.err().map(|error| {
            tracing::error!(%error, "failed to store alarms; they are kept in memory");
            (version, alarms.clone())
        });
        self.publish(&alarms, now);
        Ok(())
    }

    /// Publishes the open incidents to the handlers and the metrics.
    fn publish(&self, alarms: &AlarmState, now: Millis) {
        let report = AlarmReport::of(alarms, now);
        let count = i64::try_from(report.open.len()).unwrap_or(i64::MAX);
        self.state.metrics.alarms_open.set(count);
        *self.state.alarms.write() = report;
    }

    /// Stores the alarm state together with new posts; returns what is stored then. Stores nothing when another relay has
    /// changed it meanwhile: that relay leads now and makes the posts.
    async fn save(
        &self,
        stored: &StoredAlarms,
        alarms: &AlarmState,
        posts: &[NewPost],
        now: Millis,
    ) -> Result<StoredAlarms, StoreError> {
        if stored.alarms == *alarms {
            return Ok(stored.clone());
        }
        let mut transaction = self.state.store.begin().await?;
        if !transaction.set_alarms(stored, alarms).await? {
            return Ok(stored.clone());
        }
        for post in posts {
            let message = NewBotMessage {
                id: post.id,
                to: Destination::Room(post.room),
                text: &post.text,
                expires_at: post.expires,
                now,
            };
            transaction.add_bot_message(message).await?;
        }
        transaction.commit().await?;
        Ok(StoredAlarms {
            alarms: alarms.clone(),
            version: stored.version + 1,
        })
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
    async fn tell_webhook(&self, settings: &Settings, facts: &Facts<'_>, alarms: &mut AlarmState) {
        let Some(webhook) = &self.state.alarm_webhook else {
            return;
        };
        let notices = alarms.notices(settings, facts);
        let send = async |notice: &Notice| {
            // Cannot fail: a notice is a plain record.
            let body = serde_json::to_string(notice).unwrap_or_default();
            webhook.send(body).await
        };
        let results = join_all(notices.iter().map(send)).await;
        for (notice, result) in notices.iter().zip(results) {
            let kind = notice.condition.as_ref().map(AlarmCondition::key);
            let is_open = alarms.record_notice(notice, result.is_ok(), facts.now);
            match result {
                Ok(()) => tracing::info!(kind, "alarm webhook notified"),
                Err(error) => {
                    tracing::warn!(
                        kind,
                        ?error,
                        retries = is_open,
                        "failed to notify the alarm webhook"
                    );
                }
            }
        }
    }
}
