//! Reading one call and its state.

use yobirin_api::call::{Call, CallStatus};
use yobirin_domain::model::delivery::{CallState, DeliveryGroups, DeliveryState};
use yobirin_domain::model::id::{CallId, DeviceId};

use super::{Store, StoreError, answers, deliveries, from_bigint, parse_id};

impl Store {
    /// Returns an accepted call and its tablet.
    pub async fn call(&self, call: CallId) -> Result<Option<(DeviceId, Call)>, StoreError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT device_id, request FROM calls WHERE id = $1")
                .bind(call.to_string())
                .fetch_optional(self.read().await?)
                .await?;
        row.map(|(device, request)| Ok((parse_id(&device)?, serde_json::from_str(&request)?)))
            .transpose()
    }

    /// Returns the state of a call, if it belongs to this tablet.
    pub async fn call_status(
        &self,
        call: CallId,
        device: &DeviceId,
    ) -> Result<Option<CallStatus>, StoreError> {
        let rows: Vec<(String, i64, Option<i64>, i64)> = sqlx::query_as(
            "SELECT d.state, d.event_number, d.retracts_index, d.delivery_index FROM deliveries d \
             JOIN calls c ON c.id = d.call_id \
             WHERE c.id = $1 AND c.device_id = $2 ORDER BY d.delivery_index",
        )
        .bind(call.to_string())
        .bind(device.as_str())
        .fetch_all(self.read().await?)
        .await?;
        let numbers = rows.iter().map(|(_, number, ..)| from_bigint(*number));
        let Some(last_delivery_event) = numbers.max() else {
            return Ok(None);
        };
        let mut states = DeliveryGroups::default();
        for (state, _, retracts, index) in &rows {
            let state: DeliveryState = serde_json::from_str(state)?;
            states.add(deliveries::parse_index(*index), retracts.is_some(), state);
        }
        let cancelled = self.cancelled_at(call).await?.is_some();
        let answers = self.answers_of(call).await?;
        let answer = answers::find_shown_answer(&answers);
        let answer_events = answers.iter().map(|answer| answer.event_number);
        Ok(Some(CallStatus {
            id: call,
            state: CallState::of(states.notifications.iter().chain(&states.fallback)),
            deliveries: states.notifications,
            fallback: states.fallback,
            cancelled,
            retractions: states.retractions,
            later: states.later,
            // A visitor who has cancelled waits for no answer.
            answer: if cancelled { None } else { answer },
            sequence: answer_events.fold(last_delivery_event, u64::max),
        }))
    }
}
