//! A signal for the life of the page. Signals, memos and `Trigger`s of Leptos keep a reference to every view that
//! ever read them, so memory would grow over months of visits. An `ArcTrigger` drops its subscribers with each
//! notification; the subscribers that still exist subscribe again. Value and trigger are leaked, because they live as
//! long as the page.

use std::sync::{PoisonError, RwLock};

use leptos::prelude::*;

/// A value with the methods of a signal.
pub(super) struct StaticSignal<T: 'static>(&'static Inner<T>);

struct Inner<T> {
    value: RwLock<T>,
    changed: ArcTrigger,
}

impl<T> Copy for StaticSignal<T> {}

impl<T> Clone for StaticSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> StaticSignal<T> {
    /// A signal with this value.
    pub(super) fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Inner {
            value: RwLock::new(value),
            changed: ArcTrigger::new(),
        })))
    }

    /// Reads the value; tracked.
    pub(super) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.changed.track();
        self.with_untracked(read)
    }

    pub(super) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = self.update_untracked(change);
        self.0.changed.notify();
        result
    }

    pub(super) fn update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.0.value.write().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn set(self, value: T) {
        self.update(|current| *current = value);
    }
}

impl<T: Clone> StaticSignal<T> {
    /// The value; tracked.
    pub(super) fn get(self) -> T {
        self.with(T::clone)
    }

    pub(super) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Weak};

    use leptos::prelude::*;
    use leptos::reactive::graph::{
        AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver,
    };

    use super::StaticSignal;

    /// A subscriber in place of a view.
    struct Reader;

    impl ReactiveNode for Reader {
        fn mark_dirty(&self) {}
        fn mark_check(&self) {}
        fn mark_subscribers_check(&self) {}
        fn update_if_necessary(&self) -> bool {
            false
        }
    }

    impl Subscriber for Reader {
        fn add_source(&self, _: AnySource) {}
        fn clear_sources(&self, _: &AnySubscriber) {}
    }

    #[test]
    fn a_change_drops_all_subscribers() {
        let owner = Owner::new();
        owner.set();
        let value = StaticSignal::new(1);
        let reader = Arc::new(Reader);
        let weak: Weak<Reader> = Arc::downgrade(&reader);
        AnySubscriber(Arc::as_ptr(&reader) as usize, weak).with_observer(|| value.get());
        assert_eq!(Arc::weak_count(&reader), 1, "subscribed until the change");
        value.set(2);
        assert_eq!(
            Arc::weak_count(&reader),
            0,
            "not subscribed after the change"
        );
    }
}
