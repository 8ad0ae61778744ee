//! Deliveries as rows: kept, read back, and moved from state to state.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{DeliveryState, fallback_index};
use yobirin_domain::model::id::{AccountId, CallId, DeviceId, RoomId};
use yobirin_domain::routing::Destination;

use super::{StoreError, Transaction, id, millis, rows, sql};

/// A delivery that has been leased: everything needed to work on it.
#[derive(Clone, Debug)]
pub(crate) struct LeasedDelivery {
    pub call: CallId,
    pub place: usize,
    /// The tablet to tell; `None` for a message of the relay's own.
    pub device: Option<DeviceId>,
    pub to: Destination,
    pub body: String,
    pub expires: Millis,
    pub state: DeliveryState,
    /// How often it has been put off; the retry schedule counts by it.
    pub delays: u64,
    /// Names the lease: whoever finishes a job must still hold it.
    pub leased_until: Millis,
    /// The delivery of the same call that this one takes back.
    pub retracts: Option<usize>,
}

/// A delivery about to be kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewDelivery<'a> {
    pub call: CallId,
    /// See [`Job::device`].
    pub device: Option<&'a DeviceId>,
    pub place: usize,
    pub to: Destination,
    pub text: &'a str,
    pub expires: Millis,
    /// See [`Job::retracts`].
    pub retracts: Option<usize>,
}

/// Selects deliveries for [`job`], `d`, with their calls, `c`.
macro_rules! jobs {
    ($which:literal) => {
        concat!(
            "SELECT d.call_id, d.place, c.device, d.lane, d.body, d.expires_at, d.state, d.delays, \
                d.leased_until, d.retracts \
             FROM deliveries d JOIN calls c ON c.id = d.call_id ",
            $which
        )
    };
}
pub(super) use jobs;

/// A destination as the `lane` column holds it.
pub(super) fn lane(to: Destination) -> String {
    match to {
        Destination::Room(room) => format!("room:{room}"),
        Destination::Account(account) => format!("account:{account}"),
    }
}

/// And back.
pub(super) fn destination(lane: &str) -> Result<Destination, StoreError> {
    let bad = || StoreError::BadId(lane.to_owned());
    let (kind, number) = lane.split_once(':').ok_or_else(bad)?;
    let number: u64 = number.parse().map_err(|_| bad())?;
    match kind {
        "room" => RoomId::try_from(number)
            .map(Destination::Room)
            .map_err(|_| bad()),
        "account" => AccountId::try_from(number)
            .map(Destination::Account)
            .map_err(|_| bad()),
        _ => Err(bad()),
    }
}

/// True for the row that comes after all that were asked for, of which this many were read.
pub(super) fn is_fallback(place: i64, asked: usize) -> bool {
    asked > 0 && place == sql(fallback_index(asked) as u64)
}

pub(super) fn place(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

impl Transaction {
    /// What a call asked for, without its retractions.
    pub(super) async fn deliveries_of(
        &mut self,
        call: CallId,
    ) -> Result<Vec<LeasedDelivery>, StoreError> {
        let rows = sqlx::query(jobs!(
            "WHERE d.call_id = $1 AND d.retracts IS NULL ORDER BY d.place"
        ))
        .bind(call.to_string())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(job).collect()
    }

    /// Keeps a delivery, to be tried at once, with its first event.
    pub(super) async fn add_delivery(
        &mut self,
        new: NewDelivery<'_>,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.add_deliveries_later(&[new], now)?;
        self.flush().await
    }

    /// Keeps deliveries, later (see `later`), to be tried at once and in this order, with their first
    /// events. These are numbered in a row; returns the first number.
    pub(super) fn add_deliveries_later(
        &mut self,
        new: &[NewDelivery<'_>],
        now: Millis,
    ) -> Result<u64, StoreError> {
        if new.is_empty() {
            return Ok(0);
        }
        let first = self.next_numbers(new.len());
        let numbered: Vec<_> = (first..).zip(new).collect();
        let waiting = DeliveryState::Waiting;
        let events = numbered.iter().filter_map(|(number, new)| {
            let event = Event::Delivery {
                call: new.call,
                delivery: new.place,
                to: waiting.clone(),
            };
            Some((*number, new.device?, event))
        });
        self.events_later(events.collect(), now)?;
        let state = serde_json::to_string(&waiting)?;
        for some in numbered.chunks(rows::AT_ONCE) {
            let insert = self.insert_later(
                "INSERT INTO deliveries (call_id, place, lane, turn, body, expires_at, state, \
                 is_open, due_at, delays, leased_until, sequence, retracts, device) VALUES",
                "(?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0, ?, ?, ?)",
                some.len(),
            );
            for (number, new) in some {
                insert.bind(new.call.to_string())?;
                insert.bind(sql(new.place as u64))?;
                insert.bind(lane(new.to))?;
                insert.bind(sql(*number))?;
                insert.bind(new.text)?;
                insert.bind(sql(new.expires))?;
                insert.bind(state.as_str())?;
                insert.bind(0)?; // at once, by whatever the clock says then
                insert.bind(sql(*number))?;
                insert.bind(new.retracts.map(|place| sql(place as u64)))?;
                insert.bind(new.device.map_or("", DeviceId::as_str))?;
            }
        }
        Ok(first)
    }

    /// Numbers a change of a delivery and, when a tablet waits for it, keeps the event for it.
    async fn moved(
        &mut self,
        call: CallId,
        place: usize,
        device: Option<&DeviceId>,
        to: &DeliveryState,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let Some(device) = device else {
            return Ok(self.next_number());
        };
        let event = Event::Delivery {
            call,
            delivery: place,
            to: to.clone(),
        };
        self.event(device, event, now).await
    }

    pub(super) async fn set_state(
        &mut self,
        job: &LeasedDelivery,
        to: DeliveryState,
        now: Millis,
    ) -> Result<(), StoreError> {
        let sequence = self
            .moved(job.call, job.place, job.device.as_ref(), &to, now)
            .await?;
        // Nobody looks at the words of the relay's own messages again.
        let is_forgotten = job.device.is_none() && to.is_final();
        sqlx::query(
            "UPDATE deliveries SET state = $3, is_open = $4, sequence = $5, \
                body = CASE WHEN $6 = 1 THEN '' ELSE body END \
             WHERE call_id = $1 AND place = $2",
        )
        .bind(job.call.to_string())
        .bind(sql(job.place as u64))
        .bind(serde_json::to_string(&to)?)
        .bind(i64::from(!to.is_final()))
        .bind(sql(sequence))
        .bind(i64::from(is_forgotten))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

pub(super) fn job(row: &AnyRow) -> Result<LeasedDelivery, StoreError> {
    Ok(LeasedDelivery {
        call: id(row.try_get("call_id")?)?,
        place: place(row.try_get("place")?),
        device: device(row.try_get("device")?)?,
        to: destination(row.try_get("lane")?)?,
        body: row.try_get("body")?,
        expires: millis(row.try_get("expires_at")?),
        state: serde_json::from_str(row.try_get("state")?)?,
        delays: millis(row.try_get("delays")?),
        leased_until: millis(row.try_get("leased_until")?),
        retracts: row.try_get::<Option<i64>, _>("retracts")?.map(place),
    })
}

fn device(text: &str) -> Result<Option<DeviceId>, StoreError> {
    (!text.is_empty()).then(|| id(text)).transpose()
}
