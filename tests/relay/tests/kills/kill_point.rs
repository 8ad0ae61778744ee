//! When the program is killed: the boundaries that a call crosses on its way, as they are seen from
//! outside, and any time at all.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use relay_tests::{Program, posts};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{ROOMS, stored};

/// How long a named moment is waited for: it may not come, when every room is held up by one before.
const PATIENCE: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    /// While it starts, before it listens.
    Starting,
    /// As soon as a call is acknowledged.
    Acknowledged,
    /// The post has arrived, and Chatwork stores nothing.
    PostedNotStored,
    /// Chatwork has stored the message, and its answer is on the way.
    Stored,
    /// Chatwork has stored the message and does not answer.
    StoredUnanswered,
    /// The room is being read, to find out what became of a message.
    Settling,
    /// The same, and the room cannot be read.
    Unreadable,
    /// The token is refused for a while.
    TokenRefused,
    /// Chatwork has just refused for a limit.
    Limited,
    /// It has been asked to stop.
    Stopping,
    /// Any time.
    Anytime,
}

/// How long a token is refused, by Chatwork's clock.
const REFUSED: Duration = Duration::from_secs(8);

const NAMED: [Moment; 10] = [
    Moment::Starting,
    Moment::Acknowledged,
    Moment::PostedNotStored,
    Moment::Stored,
    Moment::StoredUnanswered,
    Moment::Settling,
    Moment::Unreadable,
    Moment::TokenRefused,
    Moment::Limited,
    Moment::Stopping,
];

impl Moment {
    /// Every other kill is at any time, the others at each boundary in turn.
    pub(super) fn of_round(round: usize) -> Self {
        if round.is_multiple_of(2) {
            Self::Anytime
        } else {
            NAMED[round / 2 % NAMED.len()]
        }
    }

    /// Has Chatwork do what makes the moment.
    pub(super) fn prepare(self, sim: &Sim) {
        let faults = match self {
            Self::PostedNotStored => vec![posts(Effect::Hang)],
            Self::StoredUnanswered => vec![posts(Effect::HangAfterStoring)],
            Self::Limited => vec![posts(Effect::RoomLimit)],
            Self::Settling | Self::Unreadable => vec![posts(Effect::ResetAfterStoring)],
            _ => Vec::new(),
        };
        for fault in faults {
            sim.inject(fault.once());
        }
        for room in ROOMS {
            let reads = RequestFilter::reads_of(room);
            match self {
                Self::Settling => sim.inject(Fault::new(Effect::Hang).on(reads).once()),
                Self::Unreadable => sim.inject(Fault::new(Effect::RoomRefused).on(reads)),
                _ => continue,
            };
        }
        if self == Self::TokenRefused {
            sim.refuse_token_for(Office::SAMPLE_TOKEN, REFUSED);
        }
    }

    /// Waits for it. `random` is how long an unnamed moment takes to come.
    pub(super) async fn comes(
        self,
        program: &Program,
        sim: &Sim,
        acknowledged: &Notify,
        random: Duration,
    ) {
        let before = stored(sim);
        // A reading that hangs is one of several prepared; everything else is used up whole.
        let left = match self {
            Self::Settling => ROOMS.len() - 1,
            Self::Unreadable => ROOMS.len(),
            _ => 0,
        };
        let comes = async {
            match self {
                Self::Acknowledged => acknowledged.notified().await,
                Self::Stored => {
                    while stored(sim) == before {
                        sleep(TICK).await;
                    }
                }
                _ => {
                    while sim.faults().len() > left {
                        sleep(TICK).await;
                    }
                }
            }
        };
        match self {
            Self::Starting | Self::Anytime | Self::TokenRefused => sleep(random).await,
            Self::Stopping => {
                sleep(random).await;
                program.signal("-TERM").await;
                sleep(random / 10).await;
            }
            // One that does not come is a kill at any time.
            _ => drop(timeout(PATIENCE, comes).await),
        }
    }
}
