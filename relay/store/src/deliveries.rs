//! Rows of deliveries: stored, read back, and updated with their events.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{
    DeliveryKind, DeliveryState, MISSED_POST_INDEX, MISSED_TASK_INDEX,
};
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::routing::Destination;

use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, parse_id, read_number, read_optional, readable, to_bigint};

/// A stored delivery, with everything needed to work on it once it is leased.
#[derive(Clone, Debug)]
pub struct StoredDelivery {
    /// Number of the delivery's first event, which identifies the delivery.
    pub number: u64,
    /// Id of its call, or of the bot message. The text carries its reference.
    pub id: CallId,
    /// Index of the delivery in its call; 0 for a bot message.
    pub index: usize,
    /// Tablet of the call, which gets the events; `None` for a bot message.
    pub device: Option<DeviceId>,
    /// Destination.
    pub to: Destination,
    /// Text to post.
    pub body: String,
    /// Time at which the call or the bot message was accepted. For a retraction, or a task for a missed visit, the time
    /// from which it was necessary.
    pub accepted_at: Millis,
    /// Deadline, by the relay's clock.
    pub expires_at: Millis,
    /// State at the time of reading.
    pub state: DeliveryState,
    /// Number of retries so far, which selects the backoff delay.
    pub retry_count: u64,
    /// End of the lease, which identifies the lease: a result is accepted from its holder only. 0 without a lease.
    pub leased_until: Millis,
    /// Index of the delivery of the same call that this one retracts.
    pub retracts: Option<usize>,
    /// Time of the escalation step, in seconds after the call's first delivery; `None` for a delivery that is no step.
    pub after_seconds: Option<u16>,
    /// Time of the next attempt, or [`NOT_DUE`].
    pub(super) due_at: i64,
    /// Time at which the state became final; `None` before.
    pub(super) ended_at: Option<Millis>,
    /// Start of the first attempt.
    pub(super) first_attempt_at: Option<Millis>,
    /// True when the message may have arrived, because the result of an attempt is not known.
    pub(super) may_have_arrived: bool,
}

impl StoredDelivery {
    /// Returns the kind of the delivery.
    pub fn kind(&self) -> DeliveryKind {
        match (&self.device, self.retracts, self.after_seconds) {
            (None, ..) => DeliveryKind::BotMessage,
            _ if self.index == MISSED_TASK_INDEX => DeliveryKind::MissedTask,
            _ if self.index == MISSED_POST_INDEX => DeliveryKind::MissedPost,
            (Some(_), Some(_), _) => DeliveryKind::Retraction,
            (Some(_), None, Some(_)) => DeliveryKind::LaterMessage,
            (Some(_), None, None) => DeliveryKind::Notification,
        }
    }
}

/// Delivery to store.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewDelivery<'a> {
    /// See [`StoredDelivery::id`].
    pub id: CallId,
    /// See [`StoredDelivery::device`].
    pub device: Option<&'a DeviceId>,
    pub index: usize,
    pub to: Destination,
    pub text: &'a str,
    pub accepted_at: Millis,
    pub expires_at: Millis,
    /// See [`StoredDelivery::retracts`].
    pub retracts: Option<usize>,
    /// See [`StoredDelivery::after_seconds`].
    pub after_seconds: Option<u16>,
}

/// `due_at` of an escalation step whose time is not known yet.
pub(super) const NOT_DUE: i64 = i64::MAX;

/// Selects deliveries `d` for [`read_delivery`].
macro_rules! select_deliveries {
    ($which:literal) => {
        concat!(
            "SELECT d.number, COALESCE(d.call_id, d.bot_message_id) AS id, d.delivery_index, d.device_id, d.destination, \
                d.body, d.accepted_at, d.expires_at, d.state, d.retry_count, d.leased_until, d.retracts_index, \
                d.after_seconds, d.due_at, d.ended_at, \
                (SELECT MIN(t.started_at) FROM attempts t WHERE t.delivery = d.number) AS first_attempt_at, \
                (SELECT COUNT(*) FROM attempts t WHERE t.delivery = d.number \
                    AND (t.outcome IS NULL OR t.outcome = 'unknown')) AS unknown_attempts \
             FROM deliveries d ",
            $which
        )
    };
}
pub(super) use select_deliveries;

/// Parses the index of a delivery from its column. Negative values are never written.
pub(super) fn parse_index(index: i64) -> usize {
    usize::try_from(index).unwrap_or_default()
}

impl Transaction {
    /// Returns the deliveries of a call, without its retractions.
    pub(super) async fn deliveries_of(
        &mut self,
        call: CallId,
    ) -> Result<Vec<StoredDelivery>, StoreError> {
        let rows = sqlx::query(select_deliveries!(
            "WHERE d.call_id = $1 AND d.retracts_index IS NULL ORDER BY d.delivery_index"
        ))
        .bind(call.to_string())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(read_delivery).collect()
    }

    /// Returns the open deliveries of a device's calls, oldest first.
    pub(super) async fn open_deliveries_of(
        &mut self,
        device: &DeviceId,
    ) -> Result<Vec<StoredDelivery>, StoreError> {
        let rows = sqlx::query(select_deliveries!(
            "WHERE d.is_open = 1 AND d.device_id = $1 ORDER BY d.number"
        ))
        .bind(device.as_str())
        .fetch_all(self.connection())
        .await?;
        readable(rows.iter().map(read_delivery))
    }

    /// Stores a delivery with its first event. It is due at once, or when the time of its step is known. Returns the
    /// event's number, which identifies the delivery.
    pub(super) async fn add_delivery(
        &mut self,
        new: NewDelivery<'_>,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let waiting = DeliveryState::Waiting;
        let number = self
            .record_event(new.id, new.index, new.device, &waiting, now)
            .await?;
        let (call, bot_message) = match new.device {
            Some(_) => (Some(new.id.to_string()), None),
            None => (None, Some(new.id.to_string())),
        };
        sqlx::query(
            "INSERT INTO deliveries (number, call_id, bot_message_id, delivery_index, device_id, destination, body, \
                accepted_at, expires_at, state, is_open, due_at, retry_count, leased_until, event_number, \
                retracts_index, after_seconds) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $13, 0, 0, $1, $11, $12)",
        )
        .bind(to_bigint(number))
        .bind(call)
        .bind(bot_message)
        .bind(to_bigint(new.index as u64))
        .bind(new.device.map_or("", DeviceId::as_str))
        .bind(new.to.to_string())
        .bind(new.text)
        .bind(to_bigint(new.accepted_at))
        .bind(to_bigint(new.expires_at))
        .bind(serde_json::to_string(&waiting)?)
        .bind(new.retracts.map(|index| to_bigint(index as u64)))
        .bind(new.after_seconds.map(i64::from))
        .bind(new.after_seconds.map_or(0, |_| NOT_DUE))
        .run(self)
        .await?;
        Ok(number)
    }

    /// Takes the number of a delivery's new state, and stores the event for the tablet. A bot message has no tablet.
    async fn record_event(
        &mut self,
        call: CallId,
        index: usize,
        device: Option<&DeviceId>,
        to: &DeliveryState,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let Some(device) = device else {
            return Ok(self.next_number());
        };
        let event = Event::Delivery {
            call,
            delivery: index,
            to: to.clone(),
        };
        self.add_event(device, event, now).await
    }

    /// Sets the state of a delivery, and stores the event for its tablet.
    pub(super) async fn set_state(
        &mut self,
        delivery: &StoredDelivery,
        to: DeliveryState,
        now: Millis,
    ) -> Result<(), StoreError> {
        let number = self
            .record_event(
                delivery.id,
                delivery.index,
                delivery.device.as_ref(),
                &to,
                now,
            )
            .await?;
        // The text of a bot message is not needed any more.
        let erases_text = delivery.device.is_none() && to.is_final();
        sqlx::query(
            "UPDATE deliveries SET state = $2, is_open = $3, event_number = $4, \
                ended_at = CASE WHEN $3 = 0 THEN $6 END, \
                body = CASE WHEN $5 = 1 THEN '' ELSE body END \
             WHERE number = $1",
        )
        .bind(to_bigint(delivery.number))
        .bind(serde_json::to_string(&to)?)
        .bind(i64::from(!to.is_final()))
        .bind(to_bigint(number))
        .bind(i64::from(erases_text))
        .bind(to_bigint(now))
        .run(self)
        .await
    }
}

pub(super) fn read_delivery(row: &AnyRow) -> Result<StoredDelivery, StoreError> {
    Ok(StoredDelivery {
        number: read_number(row, "number")?,
        id: parse_id(row.try_get("id")?)?,
        index: parse_index(row.try_get("delivery_index")?),
        device: parse_device(row.try_get("device_id")?)?,
        to: parse_id(row.try_get("destination")?)?,
        body: row.try_get("body")?,
        accepted_at: read_number(row, "accepted_at")?,
        expires_at: read_number(row, "expires_at")?,
        state: serde_json::from_str(row.try_get("state")?)?,
        retry_count: read_number(row, "retry_count")?,
        leased_until: read_number(row, "leased_until")?,
        retracts: row
            .try_get::<Option<i64>, _>("retracts_index")?
            .map(parse_index),
        after_seconds: read_optional(row, "after_seconds")?
            .and_then(|seconds| seconds.try_into().ok()),
        due_at: row.try_get("due_at")?,
        ended_at: read_optional(row, "ended_at")?,
        first_attempt_at: read_optional(row, "first_attempt_at")?,
        may_have_arrived: read_number(row, "unknown_attempts")? > 0,
    })
}

fn parse_device(text: &str) -> Result<Option<DeviceId>, StoreError> {
    (!text.is_empty()).then(|| parse_id(text)).transpose()
}
