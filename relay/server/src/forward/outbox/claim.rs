//! Claims the next delivery: leases it, and says what it needs. The worker claims one at a time and works on
//! several rooms at once.

use yobirin_api::Millis;
use yobirin_domain::fair_queue::{Candidate, QueueHead};
use yobirin_domain::model::delivery::EXPIRY_GRACE_MILLIS;

use super::Outbox;
use super::in_flight::InFlightGuard;
use yobirin_chatwork::{Permit, Purpose};
use yobirin_store::{HeadDelivery, StoreError, StoredDelivery, UnknownAttempts};

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
    Post(StoredDelivery, Permit, i64),
    /// Look for its message: earlier attempts may have been stored.
    Reconcile(StoredDelivery, Permit, UnknownAttempts),
}

/// Wait for the next claim when the time computed for it has passed already.
const MIN_WAIT_MS: Millis = 1_000;

impl Outbox {
    /// Leases the next delivery. Deliveries past their deadline are expired here, connected or not.
    pub(super) async fn claim_next(&self) -> Result<Claim, StoreError> {
        self.handle_clock_step().await?;
        let deadline = self.expire().await?;
        let forwarder = &self.forwarder;
        if !forwarder.gateway.has_accepted_token() {
            return Ok(Claim::Nothing(deadline));
        }
        let now = forwarder.clock.now();
        let claim = match forwarder.gateway.limits().wait_for_calls() {
            // Nothing may be sent to any destination, so the database is not asked.
            Some(wait) => Claim::Nothing(Some(now + wait)),
            None => self.claim_ready(now).await?,
        };
        let Claim::Nothing(next) = claim else {
            return Ok(claim);
        };
        // A deadline in the past belongs to a delivery that is being reconciled, which does not expire yet.
        let now = forwarder.clock.now();
        let next = earliest(deadline, next);
        Ok(Claim::Nothing(next.map(|next| match next <= now {
            true => now + MIN_WAIT_MS,
            false => next,
        })))
    }

    /// Leases the fairest of the deliveries that are due at `now` and allowed by Chatwork's limits.
    async fn claim_ready(&self, now: Millis) -> Result<Claim, StoreError> {
        let forwarder = &self.forwarder;
        let heads = forwarder.store.heads(now).await?;
        let mut next = None;
        for candidate in self.candidates(&heads) {
            let (head, now) = (&heads[candidate.delivery], forwarder.clock.now());
            if self.in_flight.is_busy(head) {
                // The end of that work wakes the worker.
                continue;
            }
            // Asked before the permit, because a new leader first counts the posts of the previous one.
            if let Some(ends_at) = self.acquire_leadership(now).await? {
                next = earliest(next, Some(ends_at));
                break;
            }
            let permit = match self.permit(head) {
                Ok(permit) => permit,
                Err(wait) => {
                    next = earliest(next, Some(now + wait));
                    continue;
                }
            };
            if let Some(work) = self.claim_head(head, permit, now).await? {
                let posts_to = matches!(work, Work::Post(..)).then_some(head.to);
                let (served, owner) = (queue_head(head), queue_head(&heads[candidate.owner]));
                let served_at = forwarder.clock.monotonic();
                self.fair_queue.lock().record(&served, &owner, served_at);
                let guard = self.in_flight.enter(head, posts_to);
                return Ok(Claim::Work(Box::new(work), guard));
            }
        }
        let due = forwarder.store.next_due(now).await?;
        Ok(Claim::Nothing(earliest(next, due)))
    }

    /// Does the work and records its result.
    pub(super) async fn work(&self, work: Work) -> Result<(), StoreError> {
        let (Work::Post(delivery, ..) | Work::Reconcile(delivery, ..)) = &work;
        if self.forwarder.store.is_cluster() && self.forwarder.clock.now() >= delivery.leased_until
        {
            // The relay was held up so long that another relay may work on the delivery. The other relay reads the room
            // before it posts.
            tracing::warn!(call = %delivery.id, "lease expired before its work began");
            return Ok(());
        }
        match work {
            Work::Post(delivery, permit, attempt) => self.send(delivery, permit, attempt).await,
            Work::Reconcile(delivery, permit, unknown) => {
                self.reconcile(delivery, permit, unknown).await
            }
        }
    }

    /// Expires overdue deliveries; returns the next deadline.
    async fn expire(&self) -> Result<Option<Millis>, StoreError> {
        let (store, now) = (&self.forwarder.store, self.forwarder.clock.now());
        let give_up_before = now.saturating_sub(EXPIRY_GRACE_MILLIS);
        loop {
            let next = store.next_deadline().await?;
            if next.is_none_or(|deadline| deadline > now) {
                return Ok(next);
            }
            let mut transaction = store.begin().await?;
            // A delivery in flight does not expire, whatever the clock says: its response may be on its way.
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

    /// Takes a permit within Chatwork's limits and the tablet's fair share of them, or returns the wait for one.
    fn permit(&self, head: &HeadDelivery) -> Result<Permit, Millis> {
        let now = self.forwarder.clock.monotonic();
        let purpose = match self.fair_queue.lock().is_busy(&queue_head(head), now) {
            true => Purpose::BusyTablet,
            false => Purpose::Call,
        };
        let limits = self.forwarder.gateway.limits();
        limits.permit_post(purpose, head.to)
    }

    fn candidates(&self, heads: &[HeadDelivery]) -> Vec<Candidate> {
        let heads: Vec<_> = heads.iter().map(queue_head).collect();
        self.fair_queue.lock().order(&heads)
    }

    async fn claim_head(
        &self,
        head: &HeadDelivery,
        permit: Permit,
        now: Millis,
    ) -> Result<Option<Work>, StoreError> {
        let until = now + self.timings.lease_ms;
        let mut transaction = self.forwarder.store.begin().await?;
        let Some(delivery) = transaction.lease(head, until, now).await? else {
            transaction.commit().await?;
            return Ok(None);
        };
        let work = match transaction.unknown_attempts(&delivery).await? {
            Some(unknown) => Work::Reconcile(delivery, permit.into_reconcile(), unknown),
            None => {
                let attempt = transaction.begin_attempt(&delivery, now).await?;
                Work::Post(delivery, permit, attempt)
            }
        };
        transaction.commit().await?;
        Ok(Some(work))
    }
}

fn earliest(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    one.into_iter().chain(other).min()
}

fn queue_head(head: &HeadDelivery) -> QueueHead<'_> {
    QueueHead {
        to: head.to,
        tablet: &head.device,
        number: head.number,
    }
}
