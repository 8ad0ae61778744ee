//! Keeping calls with their deliveries and first events: a statement for each table, however many
//! calls come together.

use std::collections::HashMap;
use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::id::{CallId, DeviceId};

use super::deliveries::NewDelivery;
use super::{StoreError, Transaction, rows, sql};

/// A call that is handed in.
#[derive(Clone, Debug)]
pub(crate) struct Submitted {
    pub id: CallId,
    pub device: DeviceId,
    pub call: Arc<Call>,
    /// The call as it is kept.
    pub request: String,
    /// When it stops being worth sending, by the relay's clock.
    pub expires: Millis,
    pub now: Millis,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// It is new, and this is the number of its latest event.
    New(u64),
    /// It is new, and the visitor had taken it back before it came.
    Withdrawn,
    /// Its id is taken.
    Taken,
}

impl Transaction {
    /// Keeps calls; says of each what became of it.
    pub(super) async fn add_calls(
        &mut self,
        calls: &[Submitted],
    ) -> Result<Vec<Accepted>, StoreError> {
        let mut new = HashMap::new();
        for some in calls.chunks(rows::AT_ONCE) {
            new.extend(self.insert_calls(some).await?);
        }
        // The second of two that came together with one id finds it taken.
        let new: Vec<Option<bool>> = calls.iter().map(|call| new.remove(&call.id)).collect();

        let kept = || calls.iter().zip(&new).filter(|(_, new)| new.is_some());
        let deliveries: Vec<_> = kept().flat_map(|(call, _)| deliveries(call)).collect();
        let now = calls.iter().map(|call| call.now).max().unwrap_or_default();
        let mut number = self.add_deliveries_later(&deliveries, now)?;
        if new.contains(&Some(true)) {
            // Taking back looks at what was kept.
            self.flush().await?;
        }

        let mut accepted = Vec::with_capacity(calls.len());
        for (call, new) in calls.iter().zip(new) {
            accepted.push(match new {
                None => Accepted::Taken,
                Some(is_cancelled) => {
                    number += call.call.deliveries.len() as u64;
                    if is_cancelled {
                        self.take_back(call.id, now).await?;
                        Accepted::Withdrawn
                    } else {
                        Accepted::New(number - 1)
                    }
                }
            });
        }
        Ok(accepted)
    }

    /// Those that are new, and whether the visitor has taken them back already.
    async fn insert_calls(
        &mut self,
        calls: &[Submitted],
    ) -> Result<Vec<(CallId, bool)>, StoreError> {
        const INTO: &str = "INSERT INTO calls (id, device, request, accepted_at) VALUES";
        const ANSWER: &str = " ON CONFLICT DO NOTHING RETURNING id, (SELECT COUNT(*) \
            FROM cancellations c WHERE c.call_id = calls.id AND c.device = calls.device)";
        let mut sql_text = rows::insert(INTO, "(?, ?, ?, ?)", calls.len(), self.values());
        sql_text.0.push_str(ANSWER);
        let mut insert = sqlx::query_as(sql_text).persistent(rows::is_kept(calls.len()));
        for call in calls {
            insert = insert
                .bind(call.id.to_string())
                .bind(call.device.as_str())
                .bind(call.request.as_str())
                .bind(sql(call.now));
        }
        let found: Vec<(String, i64)> = insert.fetch_all(self.connection()).await?;
        let new = |(text, cancelled): (String, i64)| Ok((super::id(&text)?, cancelled > 0));
        found.into_iter().map(new).collect()
    }
}

fn deliveries(new: &Submitted) -> impl Iterator<Item = NewDelivery<'_>> {
    let asked = new.call.deliveries.iter().enumerate();
    asked.map(|(place, outgoing)| NewDelivery {
        call: new.id,
        device: Some(&new.device),
        place,
        to: outgoing.to,
        text: &outgoing.text,
        expires: new.expires,
        retracts: None,
    })
}
