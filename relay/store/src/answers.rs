//! Answers of hosts to calls. The rules are those of `domain::answer`; an answer, the withdrawal of the open follow-ups
//! and the tablet's event are one transaction.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_api::call::{AnswerRecord, ShownAnswer};
use yobirin_api::event::Event;
use yobirin_domain::answer::{self, Answer, AnswerAuthor};
use yobirin_domain::model::id::{AccountId, CallId, MessageId, RoomId};

use super::transaction::RunStatement as _;
use super::{
    Store, StoreError, Transaction, parse_id, read_number, read_optional, readable, to_bigint,
};

/// Answer to store, or to store again after it was edited or deleted.
#[derive(Clone, Copy, Debug)]
pub struct NewAnswer<'a> {
    /// The answer, with the words that may be stored.
    pub answer: &'a Answer,
    /// Room of the message.
    pub room: RoomId,
    /// Name of the author on the tablet and in the history.
    pub who: &'a AnswerAuthor,
}

/// Stored answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The call.
    call: CallId,
    /// Chatwork account of the author; `None` once it was erased.
    author: Option<AccountId>,
    /// The answer as the history shows it, with its words as far as they may be stored.
    pub(super) record: AnswerRecord,
    /// Number of the latest event about the answer; 0 when there is none.
    pub(super) event_number: u64,
}

/// Value of `edited_at` for an answer that was never edited.
const NEVER_EDITED: Millis = 0;
/// Milliseconds in a second: the times of [`Answer`] are Chatwork's, in seconds.
const SECOND_MILLIS: u64 = 1_000;

/// Selects answers `a` for [`read_answer`].
macro_rules! select_answers {
    ($which:literal) => {
        concat!(
            "SELECT a.message_id, a.call_id, a.author, a.shown_author, a.words, a.sent_at, a.edited_at, a.withdrawn_at, \
                a.event_number FROM answers a ",
            $which
        )
    };
}

const ANSWERS_OF_CALL: &str =
    select_answers!("WHERE a.call_id = $1 ORDER BY a.sent_at, a.message_id");

impl Store {
    /// Returns the answers to a call, oldest first; also those that were withdrawn.
    pub async fn answers_of(&self, call: CallId) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows = sqlx::query(ANSWERS_OF_CALL)
            .bind(call.to_string())
            .fetch_all(self.read().await?)
            .await?;
        read_answers(&rows)
    }

    /// Returns the answers in a room to calls whose deadline is after `since`, or that await the decision about a missed
    /// visit.
    pub async fn answers_in(
        &self,
        room: RoomId,
        since: Millis,
    ) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows = sqlx::query(select_answers!(
            "JOIN calls c ON c.id = a.call_id \
             WHERE (c.expires_at > $2 OR c.missed_check_at IS NOT NULL) AND a.room_id = $1"
        ))
        .bind(to_bigint(room.get()))
        .bind(to_bigint(since))
        .fetch_all(self.read().await?)
        .await?;
        read_answers(&rows)
    }
}

impl Transaction {
    /// Stores an answer, withdraws the messages and the task that are not sent yet, and adds an event for the tablet when
    /// the shown answer has changed and the visitor has not cancelled. Writes nothing and returns false when the answer is
    /// stored in this version already.
    pub async fn record_answer(
        &mut self,
        new: NewAnswer<'_>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let call = new.answer.call;
        let before = self.shown_answer_of(call).await?;
        let is_new = self.add_answer(new, now).await?;
        if !is_new && !self.change_answer(new.answer, now).await? {
            return Ok(false);
        }
        if is_new {
            self.withdraw_open_follow_ups(call, now).await?;
        }
        let after = self.shown_answer_of(call).await?;
        if before == after || self.call_flags(call).await?.is_cancelled {
            return Ok(true);
        }
        self.add_answer_event(new.answer, after.as_ref(), now)
            .await?;
        // The posts show author and time, not the words.
        let heading = |shown: Option<ShownAnswer>| shown.map(|shown| (shown.who, shown.at));
        if heading(before) != heading(after) {
            self.plan_post_edits(call).await?;
        }
        Ok(true)
    }

    /// Stores a new answer; false when its message is known, or the answers to its call were erased. A new answer is
    /// withdrawn already when it was deleted before any version of it was stored.
    async fn add_answer(&mut self, new: NewAnswer<'_>, now: Millis) -> Result<bool, StoreError> {
        let answer = new.answer;
        sqlx::query(
            "INSERT INTO answers (message_id, call_id, room_id, author, shown_author, words, sent_at, edited_at, \
                withdrawn_at, event_number) \
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $10 = 1 THEN $9 END, 0 \
             WHERE NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = $2 AND c.answers_erased_at IS NOT NULL) \
             ON CONFLICT DO NOTHING",
        )
        .bind(answer.message.as_str())
        .bind(answer.call.to_string())
        .bind(to_bigint(new.room.get()))
        .bind(to_bigint(answer.author.get()))
        .bind(serde_json::to_string(new.who)?)
        .bind(answer.words.as_str())
        .bind(to_bigint(answer.sent.saturating_mul(SECOND_MILLIS)))
        .bind(to_bigint(answer.updated.saturating_mul(SECOND_MILLIS)))
        .bind(to_bigint(now))
        .bind(i64::from(answer.withdrawn))
        .changes(self)
        .await
    }

    /// Stores an edit or a deletion; false when nothing changes. The words of an erased answer do not come back.
    async fn change_answer(&mut self, answer: &Answer, now: Millis) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE answers SET words = $2, edited_at = $3, withdrawn_at = CASE WHEN $4 = 1 THEN $5 END \
             WHERE message_id = $1 AND withdrawn_at IS NULL AND (words <> $2 OR $4 = 1) AND NOT EXISTS \
               (SELECT 1 FROM calls c WHERE c.id = answers.call_id AND c.answers_erased_at IS NOT NULL)",
        )
        .bind(answer.message.as_str())
        .bind(answer.words.as_str())
        .bind(to_bigint(answer.updated.saturating_mul(SECOND_MILLIS)))
        .bind(i64::from(answer.withdrawn))
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Returns the answer that the tablet shows for a call.
    pub(super) async fn shown_answer_of(
        &mut self,
        call: CallId,
    ) -> Result<Option<ShownAnswer>, StoreError> {
        let rows = sqlx::query(ANSWERS_OF_CALL)
            .bind(call.to_string())
            .fetch_all(self.connection())
            .await?;
        Ok(find_shown_answer(&read_answers(&rows)?))
    }

    /// Adds the tablet's event that shows an answer, or that the last one was withdrawn.
    async fn add_answer_event(
        &mut self,
        changed: &Answer,
        shown: Option<&ShownAnswer>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let call = changed.call;
        let device: String = sqlx::query_scalar("SELECT device_id FROM calls WHERE id = $1")
            .bind(call.to_string())
            .fetch_one(self.connection())
            .await?;
        let event = match shown {
            Some(answer) => Event::Answer {
                call,
                answer: answer.clone(),
            },
            None => Event::AnswerWithdrawn { call },
        };
        let number = self.add_event(&parse_id(&device)?, event, now).await?;
        sqlx::query("UPDATE answers SET event_number = $2 WHERE message_id = $1")
            .bind(changed.message.as_str())
            .bind(to_bigint(number))
            .run(self)
            .await
    }
}

impl StoredAnswer {
    /// Converts the answer for the rules of `domain::answer`; `None` once its author was erased.
    #[must_use]
    pub fn to_answer(&self) -> Option<Answer> {
        let record = &self.record;
        Some(Answer {
            message: record.message.clone(),
            call: self.call,
            author: self.author?,
            words: record.words.clone(),
            sent: record.at / SECOND_MILLIS,
            updated: record.edited.unwrap_or(NEVER_EDITED) / SECOND_MILLIS,
            withdrawn: record.withdrawn.is_some(),
        })
    }

    /// Converts the answer for the history.
    pub(super) fn to_record(&self) -> AnswerRecord {
        self.record.clone()
    }
}

/// Finds the answer that the tablet shows among the stored answers to one call; of an erased one its words are empty.
pub(super) fn find_shown_answer(stored: &[StoredAnswer]) -> Option<ShownAnswer> {
    let records = stored.iter().map(|answer| &answer.record);
    let shown = answer::latest_standing(records, |answer| {
        (&answer.message, answer.withdrawn.is_some())
    })?;
    Some(ShownAnswer {
        who: shown.who.clone(),
        words: shown.words.clone(),
        at: shown.at,
    })
}

fn read_answers(rows: &[AnyRow]) -> Result<Vec<StoredAnswer>, StoreError> {
    readable(rows.iter().map(read_answer))
}

fn read_answer(row: &AnyRow) -> Result<StoredAnswer, StoreError> {
    let message: String = row.try_get("message_id")?;
    let author = AccountId::try_from(read_number(row, "author")?).ok();
    let record = AnswerRecord {
        message: MessageId::try_from(message.clone())
            .map_err(|_| StoreError::InvalidId(message))?,
        who: serde_json::from_str(row.try_get("shown_author")?)?,
        is_erased: author.is_none(),
        words: row.try_get("words")?,
        at: read_number(row, "sent_at")?,
        edited: Some(read_number(row, "edited_at")?).filter(|at| *at != NEVER_EDITED),
        withdrawn: read_optional(row, "withdrawn_at")?,
    };
    Ok(StoredAnswer {
        call: parse_id(row.try_get("call_id")?)?,
        author,
        record,
        event_number: read_number(row, "event_number")?,
    })
}
