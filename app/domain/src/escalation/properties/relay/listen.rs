//! Reads the rooms of open calls, and stores the answers.

use super::super::chatwork::{BOT, Chatwork, ROOMS};
use super::{KillPoint, Relay, StoredCall};
use crate::answer::listening::{ListenStep, next_step};
use crate::answer::{
    Answer, AnswerChange, AnswerChat, AnswerableCall, Bot, CallPost, ClockTimes, OpenRoom,
    REMEMBERED_MILLIS, RoomCounters, RoomMessages, open_rooms, shown_answer,
};
use crate::model::delivery::DeliveryState;
use crate::test_office::{account_id, room_id};

/// Time between two checks for open calls while there is none.
const IDLE_MILLIS: u64 = 2_000;
/// Wait after a room that could not be read.
const RETRY_MILLIS: u64 = 5_000;
/// Name of the bot.
const NAME: &str = "受付bot";

impl Relay {
    /// Makes the requests that are due; `None` when the relay is killed.
    pub(super) fn listen(&mut self, chatwork: &Chatwork, now: u64) -> Option<()> {
        while now >= self.next_listen_at {
            let undecided = self.calls.iter().filter(|call| !call.is_decided());
            let earliest = undecided.map(|call| call.deadline).min().unwrap_or(now);
            let since = now.min(earliest) - REMEMBERED_MILLIS;
            let is_answerable = |call: &&StoredCall| call.deadline > since || !call.is_decided();
            let calls = self.calls.iter().filter(is_answerable);
            let calls: Vec<_> = calls.map(StoredCall::answerable).collect();
            let rooms = open_rooms(&calls, now, |room| self.rooms.last_read_at(room));
            let new_rooms = self.rooms.retain_open(&rooms, &calls);
            if rooms.is_empty() {
                self.next_listen_at = now + IDLE_MILLIS;
                return Some(());
            }
            for room in new_rooms {
                let calls = self.calls.iter().filter(is_answerable);
                let stored = calls.flat_map(|call| call.answers.iter().cloned());
                let is_here = |answer: &Answer| {
                    chatwork
                        .list(room)
                        .iter()
                        .any(|message| message.id == answer.message)
                };
                self.rooms.add(room, stored.filter(is_here), now);
            }
            let times = ClockTimes {
                now,
                monotonic: now,
            };
            let to_listened = |open| Some((open, self.rooms.to_listened_room(open, times)?));
            let (open, listened): (Vec<_>, Vec<_>) = rooms.iter().filter_map(to_listened).unzip();
            let since_watch = self.watched_at.map(|at| now - at);
            match next_step(&listened, since_watch, self.request_log.within_window(now)) {
                ListenStep::Idle => self.next_listen_at = now + IDLE_MILLIS,
                ListenStep::Wait { millis, .. } => {
                    self.next_listen_at = now + millis.min(IDLE_MILLIS);
                }
                ListenStep::Read(index) => {
                    self.request_log.record(now);
                    self.read(open[index], chatwork, now)?;
                }
                ListenStep::Watch => {
                    self.request_log.record(now);
                    self.watch(chatwork, now);
                }
            }
        }
        Some(())
    }

    fn watch(&mut self, chatwork: &Chatwork, now: u64) {
        self.watched_at = Some(now);
        if chatwork.has_failed() {
            return;
        }
        for room in ROOMS.map(room_id) {
            let messages = chatwork.list(room);
            let times = messages
                .iter()
                .map(|message| message.sent.max(message.updated));
            let counters = RoomCounters {
                room,
                last_update: times.max(),
                messages: Some(messages.len() as u64),
            };
            self.rooms.compare_counters(counters, now);
        }
    }

    fn read(&mut self, open: &OpenRoom, chatwork: &Chatwork, now: u64) -> Option<()> {
        self.rooms.begin_reading(open.room);
        if chatwork.outage_of(open.room).is_some() {
            self.rooms.reading_failed(open.room, now);
            self.rooms.pause(open.room, now + RETRY_MILLIS);
            return Some(());
        }
        let chat = AnswerChat {
            room: open.room,
            kind: open.kind,
            bot: Bot {
                account: account_id(BOT),
                name: NAME,
            },
            calls: &open.calls,
        };
        let read = RoomMessages {
            messages: chatwork.list(open.room).to_vec(),
            is_complete: true,
        };
        let reading = self.rooms.apply_reading(&chat, Some(&read), now, now);
        if !reading.changes.is_empty() && self.kill_if_due_at(KillPoint::BeforeStoring, now) {
            return None;
        }
        for change in reading.changes {
            let (AnswerChange::Given(answer)
            | AnswerChange::Edited(answer)
            | AnswerChange::Withdrawn(answer)) = change;
            let mut calls = self.calls.iter_mut();
            let call = calls
                .find(|call| call.id == answer.call)
                .expect("a stored call");
            call.store(answer, now);
        }
        Some(())
    }
}

impl StoredCall {
    pub(super) fn answerable(&self) -> AnswerableCall {
        let posts = self
            .deliveries
            .iter()
            .filter_map(|delivery| match &delivery.state {
                DeliveryState::Delivered { message, room, at } => Some(CallPost {
                    to: delivery.to,
                    room: *room,
                    message: message.clone(),
                    at: *at,
                    is_retraction: false,
                }),
                _ => None,
            });
        AnswerableCall {
            call: self.id,
            deadline: self.deadline,
            is_waiting: !self.flags.is_cancelled && shown_answer(self.id, &self.answers).is_none(),
            awaits_decision: !self.is_decided(),
            posts: posts.collect(),
        }
    }

    /// Stores an answer, and withdraws the steps that wait.
    fn store(&mut self, answer: Answer, now: u64) {
        let mut answers = self.answers.iter_mut();
        if let Some(known) = answers.find(|known| known.message == answer.message) {
            *known = answer;
            return;
        }
        self.answers.push(answer);
        self.answer_stored.get_or_insert(now);
        self.flags.is_answered = true;
        for delivery in &mut self.deliveries {
            if delivery
                .state
                .is_withdrawn_by_answer(delivery.kind(), delivery.unresolved_attempt.is_some())
            {
                delivery.end(DeliveryState::Withdrawn, now);
            }
        }
    }
}
