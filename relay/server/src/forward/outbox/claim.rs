//! Claims the next delivery: leases it, and says what it needs. The worker claims one at a time and works on
//! several rooms at once.

use std::sync::{MutexGuard, PoisonError};

use yobirin_api::Millis;
use yobirin_domain::fair_queue::{Candidate, FairQueue, QueueHead};

use super::in_flight::InFlightGuard;
use super::{Outbox, after, before};
use yobirin_chatwork::Purpose;
use yobirin_store::{HeadDelivery, LeasedDelivery, StoreError, UnknownAttempts};

/// Result of a claim.
#[derive(Debug)]
pub(super) enum Claim {
    /// Leased work, and the guard that marks it as in flight.
    Work(Box<Work>, InFlightGuard),
    /// No work before this time, or no work at all.
    Nothing(Option<Millis>),
}

/// A leased delivery and the work that it needs.
#[derive(Debug)]
pub(super) enum Work {
    /// Post it. The attempt with this number is on disk.
    Post(LeasedDelivery, i64),
    /// Look for its message: earlier attempts may have been stored.
    Reconcile(LeasedDelivery, UnknownAttempts),
}

impl Outbox {
    /// Leases the next delivery. Deliveries past their deadline are expired here, connected or not.
    pub(super) async fn claim_next(&self) -> Result<Claim, StoreError> {
        self.handle_clock_step().await?;
        let mut next = self.expire().await?;
        let forwarder = &self.forwarder;
        if !forwarder.gateway.is_delivering() {
            return Ok(Claim::Nothing(next));
        }
        let now = forwarder.clock.now();
        let opens_at = forwarder.gateway.limits().next_call_at(now);
        let heads = match opens_at > now {
            // Nothing may be sent to any destination, so no head is needed.
            true => Vec::new(),
            false => forwarder.store.heads(now).await?,
        };
        for candidate in self.candidates(&heads) {
            let (head, now) = (&heads[candidate.delivery], forwarder.clock.now());
            let ready_at = self.ready_at(head, now);
            if self.in_flight.is_busy(head) {
                // The end of that work wakes the worker.
            } else if ready_at > now {
                next = Some(next.map_or(ready_at, |next| next.min(ready_at)));
            } else if let Some(ends_at) = self.other_leader_until(now).await? {
                next = Some(next.map_or(ends_at, |next| next.min(ends_at)));
                break;
            } else if let Some(work) = self.claim_head(head, now).await? {
                let posts_to = matches!(work, Work::Post(..)).then_some(head.to);
                let owner = queue_head(&heads[candidate.owner]);
                self.fair_queue().record(&queue_head(head), &owner, now);
                let guard = self.in_flight.enter(head, posts_to);
                return Ok(Claim::Work(Box::new(work), guard));
            }
        }
        let due = match opens_at > now {
            true => Some(opens_at),
            false => forwarder.store.next_due(now).await?,
        };
        next = next.into_iter().chain(due).min();
        // A deadline in the past belongs to a delivery that is being reconciled; the heads hold its due time.
        let now = forwarder.clock.now();
        Ok(Claim::Nothing(
            next.map(|next| if next <= now { now + 1_000 } else { next }),
        ))
    }

    /// Does the work and records its result.
    pub(super) async fn work(&self, work: Work) -> Result<(), StoreError> {
        let (Work::Post(delivery, _) | Work::Reconcile(delivery, _)) = &work;
        let to = delivery.to;
        let result = self.work_on(work).await;
        let now = self.forwarder.clock.now();
        self.forwarder.gateway.limits().delivery_ended(to, now);
        result
    }

    async fn work_on(&self, work: Work) -> Result<(), StoreError> {
        let (Work::Post(delivery, _) | Work::Reconcile(delivery, _)) = &work;
        if self.forwarder.store.is_cluster() && self.forwarder.clock.now() >= delivery.leased_until
        {
            // The relay was held up so long that another one may work on the delivery. That one reads the
            // room.
            tracing::warn!(call = %delivery.id, "lease expired before its work began");
            return Ok(());
        }
        match work {
            Work::Post(delivery, attempt) => self.send(delivery, attempt).await,
            Work::Reconcile(delivery, unknown) => self.reconcile(delivery, unknown).await,
        }
    }

    /// Expires overdue deliveries; returns the next deadline.
    async fn expire(&self) -> Result<Option<Millis>, StoreError> {
        let (store, now) = (&self.forwarder.store, self.forwarder.clock.now());
        let give_up_before = before(now, self.timings.expiry_grace);
        loop {
            let next = store.next_deadline().await?;
            if next.is_none_or(|deadline| deadline > now) {
                return Ok(next);
            }
            let mut transaction = store.begin().await?;
            // A delivery in flight does not expire, whatever the clock says: its answer may be on its way.
            let in_flight = self.in_flight.deliveries();
            let expired = transaction
                .expire_overdue(now, give_up_before, &in_flight)
                .await?;
            transaction.commit().await?;
            if expired == 0 {
                return Ok(next);
            }
            self.forwarder.metrics.expired.inc_by(expired as u64);
            tracing::warn!(expired, "deliveries expired before they could be sent");
        }
    }

    /// Returns when Chatwork's limits, and the fair share of them, allow this delivery: `now`, or later.
    fn ready_at(&self, head: &HeadDelivery, now: Millis) -> Millis {
        let limits = self.forwarder.gateway.limits();
        let ready_at = limits.next_post_at(head.to, now);
        match self.fair_queue().is_busy(&queue_head(head), now) {
            true => ready_at.max(limits.next_request_at(Purpose::BusyTablet, now)),
            false => ready_at,
        }
    }

    fn candidates(&self, heads: &[HeadDelivery]) -> Vec<Candidate> {
        let heads: Vec<_> = heads.iter().map(queue_head).collect();
        self.fair_queue().order(&heads)
    }

    fn fair_queue(&self) -> MutexGuard<'_, FairQueue> {
        self.fair_queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn claim_head(
        &self,
        head: &HeadDelivery,
        now: Millis,
    ) -> Result<Option<Work>, StoreError> {
        let until = after(now, self.timings.lease);
        let mut transaction = self.forwarder.store.begin().await?;
        let Some(delivery) = transaction.lease(head, until).await? else {
            transaction.commit().await?;
            return Ok(None);
        };
        let work = match transaction.unknown_attempts(&delivery).await? {
            Some(unknown) => Work::Reconcile(delivery, unknown),
            None => {
                let attempt = transaction.begin_attempt(&delivery, now).await?;
                Work::Post(delivery, attempt)
            }
        };
        transaction.commit().await?;
        let mut limits = self.forwarder.gateway.limits();
        limits.delivery_started(head.to, now);
        if matches!(work, Work::Post(..)) {
            limits.count_post(head.to, now);
        }
        Ok(Some(work))
    }
}

fn queue_head(head: &HeadDelivery) -> QueueHead<'_> {
    QueueHead {
        to: head.to,
        tablet: &head.device,
        number: head.number,
    }
}
