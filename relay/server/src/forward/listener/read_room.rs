//! Reads one room, and stores the answers in it. No other message leaves this file.

use std::sync::Arc;
use std::time::Duration;

use yobirin_chatwork::{Account, GatewayError, Permit};
use yobirin_domain::answer::{AnswerAuthor, AnswerChange, AnswerChat, Bot, OpenRoom};
use yobirin_domain::backoff;
use yobirin_store::{NewAnswer, StoreError};

use super::Listener;

impl Listener {
    /// Reads one room, and stores the answers in it. A room that cannot be read is left alone for a while.
    pub(super) async fn read(
        &mut self,
        account: &Arc<Account>,
        open: &OpenRoom,
        permit: Permit,
    ) -> Result<(), StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let clock = &forwarder.clock;
        let started = clock.now();
        self.rooms.begin_reading(open.room);
        let request = forwarder.gateway.messages(permit, account, open.room);
        let messages = match request.await {
            Ok(messages) => messages,
            Err(error) => {
                let monotonic = clock.monotonic();
                if error == GatewayError::NotFoundOrForbidden {
                    self.rooms.reading_refused(open.room, started);
                }
                let failures = self.rooms.reading_failed(open.room, monotonic);
                let delay = backoff::delay_millis(backoff::LOOKUP_DELAYS, failures, rand::random());
                let wait = match error {
                    GatewayError::RoomLimited(wait) => wait,
                    _ => delay,
                };
                self.rooms.pause(open.room, monotonic + wait);
                return self.record_failure(account, &error).await;
            }
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
        let monotonic = clock.monotonic();
        let reading = self
            .rooms
            .apply_reading(&chat, messages.as_ref(), started, monotonic);
        if reading.may_have_overflowed {
            forwarder.metrics.listen_overflows.inc();
            tracing::warn!(
                room = %open.room,
                "answers may be lost: more new messages in a room than Chatwork returns"
            );
        }
        if reading.changes.is_empty() {
            return Ok(());
        }
        let stored = self.store(open, &reading.changes).await;
        if stored.is_err() {
            self.rooms.forget(open.room);
        }
        stored
    }

    /// Stores changes of answers, with the events and post edits that follow from them, in one transaction.
    async fn store(&self, open: &OpenRoom, changes: &[AnswerChange]) -> Result<(), StoreError> {
        let forwarder = &self.outbox.forwarder;
        let version = forwarder.settings.get();
        let display = version.settings.site().answers;
        let now = forwarder.clock.now();
        let mut transaction = forwarder.store.begin().await?;
        let mut stored_count = 0;
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
                stored_count += 1;
                let waiting_since = open.waiting_since.get(&answer.call);
                if let (AnswerChange::Given(_), Some(since)) = (change, waiting_since) {
                    // Chatwork's times are in seconds.
                    let waited = (answer.sent * 1_000).saturating_sub(*since);
                    let waited = Duration::from_millis(waited).as_secs_f64();
                    forwarder.metrics.answer_time.observe(waited);
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
        forwarder.metrics.answers.inc_by(stored_count);
        Ok(())
    }
}
