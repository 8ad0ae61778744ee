//! Points at which the relay is killed: the stages of a call that are visible from outside, and random times.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use relay_tests::{Program, fault_on_posts};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{ROOMS, stored_count};

/// Timeout for a named point, which may not occur when an earlier delivery delays every room.
const POINT_TIMEOUT: Duration = Duration::from_secs(2);
const POLL_INTERVAL: Duration = Duration::from_millis(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KillPoint {
    /// During startup, before the relay listens.
    Starting,
    /// After a call is acknowledged.
    Acknowledged,
    /// After the post arrives, while Chatwork stores nothing.
    PostedNotStored,
    /// After Chatwork has stored the message, while its response is delayed.
    Stored,
    /// After Chatwork has stored the message, without a response.
    StoredUnanswered,
    /// While the room is read to reconcile an unknown outcome.
    Reconciling,
    /// While the room cannot be read to reconcile an unknown outcome.
    Unreadable,
    /// While the token is refused.
    TokenRefused,
    /// After a 429 of Chatwork.
    Limited,
    /// During shutdown.
    Stopping,
    /// At a random time.
    AnyTime,
}

/// Duration of the token's refusal by Chatwork's clock.
const TOKEN_REFUSED_FOR: Duration = Duration::from_secs(8);

const NAMED_POINTS: [KillPoint; 10] = [
    KillPoint::Starting,
    KillPoint::Acknowledged,
    KillPoint::PostedNotStored,
    KillPoint::Stored,
    KillPoint::StoredUnanswered,
    KillPoint::Reconciling,
    KillPoint::Unreadable,
    KillPoint::TokenRefused,
    KillPoint::Limited,
    KillPoint::Stopping,
];

impl KillPoint {
    /// Every other round kills at a random time, the others at the named points in turn.
    pub(super) fn of_round(round: usize) -> Self {
        if round.is_multiple_of(2) {
            Self::AnyTime
        } else {
            NAMED_POINTS[round / 2 % NAMED_POINTS.len()]
        }
    }

    /// Injects the faults that bring the point about.
    pub(super) fn prepare(self, sim: &Sim) {
        let faults = match self {
            Self::PostedNotStored => vec![fault_on_posts(Effect::Hang)],
            Self::StoredUnanswered => vec![fault_on_posts(Effect::HangAfterStoring)],
            Self::Limited => vec![fault_on_posts(Effect::RoomLimit)],
            Self::Reconciling | Self::Unreadable => {
                vec![fault_on_posts(Effect::ConnectionResetAfterStoring)]
            }
            _ => Vec::new(),
        };
        for fault in faults {
            sim.inject(fault.once());
        }
        for room in ROOMS {
            let reads = RequestFilter::reads_of(room);
            match self {
                Self::Reconciling => sim.inject(Fault::new(Effect::Hang).on(reads).once()),
                Self::Unreadable => sim.inject(Fault::new(Effect::RoomRefused).on(reads)),
                _ => continue,
            };
        }
        if self == Self::TokenRefused {
            sim.refuse_token_for(Office::SAMPLE_TOKEN, TOKEN_REFUSED_FOR);
        }
    }

    /// Waits for the point; `random` is the wait of [`KillPoint::AnyTime`].
    pub(super) async fn wait(
        self,
        program: &Program,
        sim: &Sim,
        acknowledged: &Notify,
        random: Duration,
    ) {
        let before = stored_count(sim);
        // Several hanging reads are injected and one suffices; other faults are used up completely.
        let max_remaining_faults = match self {
            Self::Reconciling => ROOMS.len() - 1,
            Self::Unreadable => ROOMS.len(),
            _ => 0,
        };
        let wait = async {
            match self {
                Self::Acknowledged => acknowledged.notified().await,
                Self::Stored => {
                    while stored_count(sim) == before {
                        sleep(POLL_INTERVAL).await;
                    }
                }
                _ => {
                    while sim.faults().len() > max_remaining_faults {
                        sleep(POLL_INTERVAL).await;
                    }
                }
            }
        };
        match self {
            Self::Starting | Self::AnyTime | Self::TokenRefused => sleep(random).await,
            Self::Stopping => {
                sleep(random).await;
                program.signal("-TERM").await;
                sleep(random / 10).await;
            }
            // A point that does not occur becomes a kill at a random time.
            _ => drop(timeout(POINT_TIMEOUT, wait).await),
        }
    }
}
