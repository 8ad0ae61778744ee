//! Idempotent acceptance of a call, for `PUT /api/calls/{id}`: the call, its deliveries and first events are stored in
//! one transaction, once for each id. A repeated call is reported as [`AcceptOutcome::Duplicate`] and stores nothing.

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::missed_visit::DECISION_DELAY_MILLIS;
use yobirin_domain::model::id::{CallId, DeviceId};

use super::deliveries::NewDelivery;
use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, to_bigint};

/// Call that a tablet submits.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// Id, made by the tablet.
    pub id: CallId,
    /// Tablet that submits it.
    pub device: DeviceId,
    /// The call.
    pub call: Arc<Call>,
    /// The call as JSON, as it is stored.
    pub request: String,
    /// Deadline by the relay's clock, computed from the tablet's times at acceptance. See [`Call::deadline`].
    pub expires_at: Millis,
    /// Time of acceptance.
    pub now: Millis,
}

/// Result of storing a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptOutcome {
    /// The call is new. Holds the number of its latest event.
    New(u64),
    /// The call is new, and the visitor had cancelled it before it arrived.
    Cancelled,
    /// A call with this id exists.
    Duplicate,
}

impl Store {
    /// Stores a call; returns when it is on disk.
    pub async fn accept(&self, call: &NewCall) -> Result<AcceptOutcome, StoreError> {
        let accepted = self.write_health.record(self.add_call(call).await)?;
        self.write_health.mark_healthy();
        Ok(accepted)
    }

    async fn add_call(&self, call: &NewCall) -> Result<AcceptOutcome, StoreError> {
        let mut transaction = self.begin().await?;
        let accepted = transaction.add_call(call).await?;
        transaction.commit().await?;
        Ok(accepted)
    }
}

impl Transaction {
    async fn add_call(&mut self, new: &NewCall) -> Result<AcceptOutcome, StoreError> {
        let missed_check = new.call.missed.as_ref();
        let missed_check = missed_check.map(|_| new.expires_at + DECISION_DELAY_MILLIS);
        let is_new = sqlx::query(
            "INSERT INTO calls (id, device_id, request, accepted_at, expires_at, missed_check_at, asks_for_answer, kept_from) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT MAX(at) FROM (SELECT $4 AS at \
                UNION ALL SELECT MAX(kept_from) FROM calls \
                UNION ALL SELECT MAX(kept_from_ahead) FROM calls WHERE kept_from_ahead IS NOT NULL) AS times)) \
             ON CONFLICT DO NOTHING",
        )
        .bind(new.id.to_string())
        .bind(new.device.as_str())
        .bind(new.request.as_str())
        .bind(to_bigint(new.now))
        .bind(to_bigint(new.expires_at))
        .bind(missed_check.map(to_bigint))
        .bind(i64::from(new.call.asks_for_answer()))
        .changes(self)
        .await?;
        if !is_new {
            return Ok(AcceptOutcome::Duplicate);
        }
        let mut last_event = 0;
        let messages = new.call.deliveries.iter().enumerate();
        let messages = messages.map(|(index, outgoing)| (index, outgoing.to, &outgoing.text, None));
        let later = new.call.later_messages_with_index();
        let later =
            later.map(|(index, later)| (index, later.to, &later.text, Some(later.after_seconds)));
        for (index, to, text, after_seconds) in messages.chain(later) {
            let delivery = NewDelivery {
                id: new.id,
                device: Some(&new.device),
                index,
                to,
                text,
                accepted_at: new.now,
                expires_at: new.expires_at,
                retracts: None,
                after_seconds,
            };
            last_event = self.add_delivery(delivery, new.now).await?;
        }
        if self.call_flags(new.id).await?.is_cancelled {
            self.cancel_deliveries(new.id, new.now).await?;
            return Ok(AcceptOutcome::Cancelled);
        }
        Ok(AcceptOutcome::New(last_event))
    }
}
