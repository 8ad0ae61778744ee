//! Binding of a form to one entry of the draft (a host, a group, …).

use std::sync::Arc;

use leptos::prelude::*;

use super::DraftStore;
use super::entry::EntryId;

/// Binding to an entry that may be deleted while its form is shown.
pub(crate) struct Binding<T: Send + Sync + 'static> {
    store: DraftStore,
    /// The entry; `None` once it is deleted.
    value: Memo<Option<T>>,
    id: StoredValue<Arc<dyn EntryId<Entry = T>>>,
    /// Path of the entry as validation names it, such as `hosts[3]`; `None` once it is deleted.
    path: Memo<Option<String>>,
}

impl<T: Send + Sync + 'static> Clone for Binding<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Binding<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Binding<T> {
    /// Binds to the entry with this id.
    pub(super) fn new(store: DraftStore, id: impl EntryId<Entry = T>) -> Self {
        let id: Arc<dyn EntryId<Entry = T>> = Arc::new(id);
        let (id_of_value, id_of_path) = (Arc::clone(&id), Arc::clone(&id));
        Self {
            store,
            value: store.memo(move |document| id_of_value.find(document).cloned()),
            id: StoredValue::new(id),
            path: store.memo(move |document| id_of_path.path(document)),
        }
    }

    /// True while the entry exists.
    pub(crate) fn exists(self) -> Signal<bool> {
        Memo::new(move |_| self.value.with(Option::is_some)).into()
    }

    /// The entry; `None` once it is deleted.
    pub(crate) fn get(self) -> Option<T> {
        self.value.get()
    }

    /// The entry, without tracking.
    pub(crate) fn peek(self) -> Option<T> {
        self.value.get_untracked()
    }

    /// A memo of what `read` takes from the entry; the type's default value once the entry is deleted. For a type
    /// without one, such as an enum, let `read` return `Some`.
    pub(crate) fn read<U>(self, read: impl Fn(&T) -> U + Send + Sync + 'static) -> Memo<U>
    where
        U: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.value
                .with(|value| value.as_ref().map(&read).unwrap_or_default())
        })
    }

    /// As [`Self::read`], for a text.
    pub(crate) fn text(
        self,
        read: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Signal<String> {
        self.read(read).into()
    }

    /// Changes the entry, unless it is deleted.
    pub(crate) fn edit(self, change: impl FnOnce(&mut T)) {
        let id = self.id.get_value();
        self.store.edit(|document| {
            if let Some(entry) = id.find_mut(document) {
                change(entry);
            }
        });
    }

    /// A callback that stores a value in the entry.
    pub(crate) fn set<V: 'static>(
        self,
        write: impl Fn(&mut T, V) + Send + Sync + 'static,
    ) -> Callback<V> {
        Callback::new(move |value| self.edit(|entry| write(entry, value)))
    }

    /// Problem of a field of the entry, in words.
    pub(crate) fn problem(self, field: &'static str) -> Signal<Option<String>> {
        let path = self.path;
        self.store
            .problem_at(move || path.get().map(|path| format!("{path}.{field}")))
    }

    /// As [`Self::problem`], for a field inside a list.
    pub(crate) fn problem_in(
        self,
        field: impl Fn() -> String + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        let path = self.path;
        self.store
            .problem_at(move || path.get().map(|path| format!("{path}.{}", field())))
    }

    /// First problem inside the entry, in words.
    pub(crate) fn any_problem(self) -> Signal<Option<String>> {
        let path = self.path;
        self.store.problem_at(move || path.get())
    }
}
