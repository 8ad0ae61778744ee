//! One step of the outbox is two: lease the delivery whose turn it is, then do what it needs. The
//! loop leases in turn and works at once on as many rooms as it may.

use std::sync::{MutexGuard, PoisonError};

use yobirin_api::Millis;
use yobirin_domain::fair_queue::{Candidate, FairQueue, QueueHead};

use super::in_flight::InFlightGuard;
use super::{Outbox, after, before};
use yobirin_chatwork::Purpose;
use yobirin_store::{HeadDelivery, LeasedDelivery, StoreError, Unsettled};

/// What a step found.
#[derive(Debug)]
pub(super) enum Claim {
    /// Work, leased, and what is busy with it.
    Work(Box<Work>, InFlightGuard),
    /// Nothing before this time, or nothing at all.
    Nothing(Option<Millis>),
}

/// A leased delivery and what it needs.
#[derive(Debug)]
pub(super) enum Work {
    /// To be posted; the try with this number is on disk.
    Post(LeasedDelivery, i64),
    /// To be looked for: earlier tries may have been stored.
    Settle(LeasedDelivery, Unsettled),
}

impl Outbox {
    /// Leases the delivery whose turn it is. Deliveries whose deadline has passed are expired here,
    /// connected or not.
    pub(super) async fn claim_next(&self) -> Result<Claim, StoreError> {
        self.look_at_the_clock().await?;
        let mut next = self.expire().await?;
        let forwarder = &self.forwarder;
        if !forwarder.gateway.is_delivering() {
            return Ok(Claim::Nothing(next));
        }
        let now = forwarder.clock.now();
        let opens = forwarder.gateway.limits().calls_at(now);
        let heads = match opens > now {
            // Nothing may be sent, wherever to: nobody has to be looked for.
            true => Vec::new(),
            false => forwarder.store.heads(now).await?,
        };
        for turn in self.candidates(&heads) {
            let (head, now) = (&heads[turn.delivery], forwarder.clock.now());
            let ready = self.ready_at(head, now);
            if self.lanes.is_busy(head) {
                // The end of that work rings the bell.
            } else if ready > now {
                next = Some(next.map_or(ready, |next| next.min(ready)));
            } else if let Some(ends) = self.other_leader_until(now).await? {
                next = Some(next.map_or(ends, |next| next.min(ends)));
                break;
            } else if let Some(work) = self.claim_head(head, now).await? {
                let posting_to = matches!(work, Work::Post(..)).then_some(head.to);
                let owner = queue_head(&heads[turn.owner]);
                self.fair_queue().record(&queue_head(head), &owner, now);
                let lane = self.lanes.enter(head, posting_to);
                return Ok(Claim::Work(Box::new(work), lane));
            }
        }
        let due = match opens > now {
            true => Some(opens),
            false => forwarder.store.next_due(now).await?,
        };
        next = next.into_iter().chain(due).min();
        // A deadline that has passed already belongs to a delivery that is being settled; its own
        // due time is among the heads'.
        let now = forwarder.clock.now();
        Ok(Claim::Nothing(
            next.map(|next| if next <= now { now + 1_000 } else { next }),
        ))
    }

    /// Does what a leased delivery needs and commits what became of it.
    pub(super) async fn work(&self, work: Work) -> Result<(), StoreError> {
        let (Work::Post(job, _) | Work::Settle(job, _)) = &work;
        let to = job.to;
        let done = self.work_on(work).await;
        let now = self.forwarder.clock.now();
        self.forwarder.gateway.limits().end(to, now);
        done
    }

    async fn work_on(&self, work: Work) -> Result<(), StoreError> {
        let (Work::Post(job, _) | Work::Settle(job, _)) = &work;
        if self.forwarder.store.is_cluster() && self.forwarder.clock.now() >= job.leased_until {
            // We were held up for so long that another relay may be at it: it reads the room.
            tracing::warn!(call = %job.call, "a lease ended before its work began");
            return Ok(());
        }
        match work {
            Work::Post(job, attempt) => self.send(job, attempt).await,
            Work::Settle(job, unsettled) => self.reconcile(job, unsettled).await,
        }
    }

    /// Expires what is past its deadline; returns the next one.
    async fn expire(&self) -> Result<Option<Millis>, StoreError> {
        let (store, now) = (&self.forwarder.store, self.forwarder.clock.now());
        let given_up = before(now, self.patience.expiry_grace);
        loop {
            let next = store.next_deadline().await?;
            if next.is_none_or(|deadline| deadline > now) {
                return Ok(next);
            }
            let mut write = store.begin().await?;
            // What is being sent is not over, whatever the clock says: its answer is on its way.
            let under_way = self.lanes.under_way();
            let expired = write.expire_overdue(now, given_up, &under_way).await?;
            write.commit().await?;
            if expired == 0 {
                return Ok(next);
            }
            self.forwarder.metrics.expired.add(expired as u64);
            tracing::warn!(
                expired,
                "deliveries passed their deadline and were not sent"
            );
        }
    }

    /// When Chatwork's limits and a fair share of them allow this delivery: `now`, or later.
    fn ready_at(&self, head: &HeadDelivery, now: Millis) -> Millis {
        let limits = self.forwarder.gateway.limits();
        let ready = limits.post_at(head.to, now);
        match self.fair_queue().is_busy(&queue_head(head), now) {
            true => ready.max(limits.request_at(Purpose::BusyTablet, now)),
            false => ready,
        }
    }

    fn candidates(&self, heads: &[HeadDelivery]) -> Vec<Candidate> {
        let heads: Vec<_> = heads.iter().map(queue_head).collect();
        self.fair_queue().order(&heads)
    }

    fn fair_queue(&self) -> MutexGuard<'_, FairQueue> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn claim_head(
        &self,
        head: &HeadDelivery,
        now: Millis,
    ) -> Result<Option<Work>, StoreError> {
        let until = after(now, self.patience.lease);
        let mut write = self.forwarder.store.begin().await?;
        let Some(job) = write.lease(head, until).await? else {
            write.commit().await?;
            return Ok(None);
        };
        let work = match write.unsettled(&job).await? {
            Some(unsettled) => Work::Settle(job, unsettled),
            None => {
                let attempt = write.begin_attempt(&job, now).await?;
                Work::Post(job, attempt)
            }
        };
        write.commit().await?;
        let mut limits = self.forwarder.gateway.limits();
        limits.begin(head.to, now);
        if matches!(work, Work::Post(..)) {
            limits.count_post(head.to, now);
        }
        Ok(Some(work))
    }
}

fn queue_head(head: &HeadDelivery) -> QueueHead<'_> {
    QueueHead {
        to: head.to,
        tablet: &head.tablet,
        number: head.number,
    }
}
