//! What the server's connections and the handles of a [`crate::Sim`] share.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fault::FaultBook;
use crate::state::World;

#[derive(Debug)]
pub(crate) struct Shared {
    /// `http://127.0.0.1:…`, for the links to pictures.
    pub(crate) origin: String,
    pub(crate) refused_room_status: u16,
    world: Mutex<World>,
    faults: Mutex<FaultBook>,
    traffic: Mutex<Traffic>,
}

/// The calls of the API so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) requests: u64,
    /// Answers by status. A call that is never answered is in none.
    pub(crate) answers: BTreeMap<u16, u64>,
}

impl Shared {
    pub(crate) fn new(origin: String, refused_room_status: u16, world: World) -> Self {
        Self {
            origin,
            refused_room_status,
            world: Mutex::new(world),
            faults: Mutex::default(),
            traffic: Mutex::default(),
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        open(&self.world)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultBook> {
        open(&self.faults)
    }

    pub(crate) fn traffic(&self) -> MutexGuard<'_, Traffic> {
        open(&self.traffic)
    }

    /// Where an account's picture is: here, so that nothing ever leaves the machine.
    pub(crate) fn avatar(&self, account: crate::AccountId) -> String {
        format!("{}/avatar/{account}.svg", self.origin)
    }
}

/// A test that panicked while it held a lock has failed already; the others may go on.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
