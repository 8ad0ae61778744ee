//! Binding of a form to one entry of the draft (a host, a group, …).

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::model::settings::SettingsDocument;

use super::DraftStore;

/// Finds the entry in a document that is to be changed.
type FindMut<T> = Arc<dyn Fn(&mut SettingsDocument) -> Option<&mut T> + Send + Sync>;

/// Binding to an entry that may be deleted while its form is shown.
pub(crate) struct Binding<T: Send + Sync + 'static> {
    store: DraftStore,
    /// The entry; `None` once it is deleted.
    value: Memo<Option<T>>,
    find_mut: StoredValue<FindMut<T>>,
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
    /// Binds to the entry that the two closures find, and whose path `path` gives.
    pub(crate) fn new(
        store: DraftStore,
        find: impl Fn(&SettingsDocument) -> Option<&T> + Send + Sync + 'static,
        find_mut: impl Fn(&mut SettingsDocument) -> Option<&mut T> + Send + Sync + 'static,
        path: impl Fn(&SettingsDocument) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            store,
            value: store.memo(move |document| find(document).cloned()),
            find_mut: StoredValue::new(Arc::new(find_mut)),
            path: store.memo(path),
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
        let find = self.find_mut.get_value();
        self.store.edit(|document| {
            if let Some(entry) = find(document) {
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
