//! A value that lives as long as the page and is read by views that do not. A signal of Leptos goes on
//! knowing every view that ever read it; months of visits would fill the memory. A trigger forgets its
//! readers whenever it tells them of a change, and those that are still there read again.

use leptos::prelude::*;

/// The value, with the methods of a signal.
pub(super) struct Lasting<T: 'static> {
    value: StoredValue<T>,
    changed: Trigger,
}

impl<T> Copy for Lasting<T> {}

impl<T> Clone for Lasting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Lasting<T> {
    pub(super) fn new(value: T) -> Self {
        Self {
            value: StoredValue::new(value),
            changed: Trigger::new(),
        }
    }

    /// Reads it; tracked.
    pub(super) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.value.with_value(read)
    }

    pub(super) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with_value(read)
    }

    pub(super) fn update<R>(self, change: impl FnOnce(&mut T) -> R) {
        self.try_update(change);
    }

    pub(super) fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let made = self.value.try_update_value(change);
        self.changed.notify();
        made
    }

    pub(super) fn update_untracked(self, change: impl FnOnce(&mut T)) {
        self.value.update_value(change);
    }

    pub(super) fn try_update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.value.try_update_value(change)
    }

    pub(super) fn set(self, value: T) {
        self.value.set_value(value);
        self.changed.notify();
    }
}

impl<T: Copy + Send + Sync> Lasting<T> {
    /// The value; tracked.
    pub(super) fn get(self) -> T {
        self.with(|value| *value)
    }

    pub(super) fn get_untracked(self) -> T {
        self.with_untracked(|value| *value)
    }
}
