//! Reads one room, and stores the answers in it. Nothing else of what was read leaves this file.

use std::sync::Arc;
use std::time::Duration;

use yobirin_chatwork::{Account, GatewayError, Permit, RoomMessages};
use yobirin_domain::answer::listening::counters_lag;
use yobirin_domain::answer::{
    AnswerAuthor, AnswerChange, AnswerChat, Bot, latest_message, may_have_missed,
};
use yobirin_store::{NewAnswer, StoreError};

use super::Listener;
use super::open_rooms::OpenRoom;
use crate::forward::outbox::{after, backoff};

impl Listener {
    pub(super) async fn read(
        &mut self,
        account: &Arc<Account>,
        open: &OpenRoom,
        permit: Permit,
    ) -> Result<(), StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let (clock, gateway) = (&forwarder.clock, &forwarder.gateway);
        let started_at = clock.now();
        if let Some(memory) = self.rooms.get_mut(open.room) {
            // Hints and changes from here on are read next time.
            (memory.has_changed, memory.is_woken) = (false, false);
        }
        let result = gateway.messages(permit, account, open.room).await;
        let Some(memory) = self.rooms.get_mut(open.room) else {
            return Ok(());
        };
        memory.read_since = clock.monotonic();
        let read = match result {
            Ok(read) => read,
            Err(error) => {
                memory.failures += 1;
                let delay = backoff::delay(backoff::LOOKUP_DELAYS, memory.failures, rand::random());
                memory.retry_at = match error {
                    GatewayError::RoomLimited(wait) => clock.monotonic() + wait,
                    _ => after(clock.monotonic(), delay),
                };
                return self.failed(account, &error).await;
            }
        };
        memory.read_at = Some(started_at);
        memory.failures = 0;
        // Hidden messages say nothing.
        let Some(read) = read else {
            return Ok(());
        };
        let last_read = memory.latest.as_ref().or(open.first_post());
        if last_read.is_some_and(|last| may_have_missed(&read.messages, last)) {
            forwarder.metrics.missed_messages.inc();
            tracing::warn!(room = %open.room, "more than a hundred messages since the last reading");
        }
        memory.latest = latest_message(&read.messages)
            .cloned()
            .or(memory.latest.take());
        let changes = self.changes(account, open, &read);
        if changes.is_empty() {
            return Ok(());
        }
        let stored = self.store(open, &changes).await;
        if stored.is_err() {
            // The next reading finds the answers again.
            self.rooms.forget(open.room);
        }
        stored
    }

    /// Finds what has changed about the answers of a room.
    fn changes(
        &mut self,
        account: &Account,
        open: &OpenRoom,
        read: &RoomMessages,
    ) -> Vec<AnswerChange> {
        let Some(memory) = self.rooms.get_mut(open.room) else {
            return Vec::new();
        };
        let chat = AnswerChat {
            room: open.room,
            kind: open.kind,
            bot: Bot {
                account: account.bot.account,
                name: &account.bot.name,
            },
            calls: &open.calls,
        };
        let changes = if read.is_complete {
            memory.log.apply_list(&chat, &read.messages)
        } else {
            let messages = read.messages.iter();
            messages
                .filter_map(|message| memory.log.apply(&chat, message))
                .collect()
        };
        let is_late = |change: &AnswerChange| match (change, memory.unchanged_at) {
            (AnswerChange::Given(answer), Some(unchanged)) => counters_lag(answer.sent, unchanged),
            _ => false,
        };
        memory.counters_lag |= changes.iter().any(is_late);
        changes
    }

    /// Stores answers, with everything that follows from them, in one transaction.
    async fn store(&self, open: &OpenRoom, changes: &[AnswerChange]) -> Result<(), StoreError> {
        let forwarder = &self.outbox.forwarder;
        let version = forwarder.settings.get();
        let display = version.settings.site().answers;
        let now = forwarder.clock.now();
        let mut transaction = forwarder.store.begin().await?;
        let mut stored = 0;
        for change in changes {
            let (AnswerChange::Given(answer)
            | AnswerChange::Edited(answer)
            | AnswerChange::Withdrawn(answer)) = change;
            let mut answer = answer.clone();
            answer.words = display.shown_words(&answer.words).to_owned();
            let new = NewAnswer {
                answer: &answer,
                room: open.room,
                who: &AnswerAuthor::of(&version.settings, answer.author),
            };
            if transaction.record_answer(new, now).await? {
                stored += 1;
                if let (AnswerChange::Given(_), Some(since)) = (change, open.waiting_since) {
                    let time = Duration::from_millis((answer.sent * 1000).saturating_sub(since));
                    forwarder.metrics.answer_time.observe(time.as_secs_f64());
                }
                tracing::info!(
                    call = %answer.call,
                    message_id = answer.message.as_str(),
                    room = %open.room,
                    withdrawn = answer.withdrawn,
                    "answer stored"
                );
            }
        }
        transaction.commit().await?;
        forwarder.metrics.answers.inc_by(stored);
        Ok(())
    }
}
