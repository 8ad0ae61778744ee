//! Building blocks of both faces: props in, callbacks out, no state of the app.

pub mod alert;
pub mod combobox;
pub mod confirm;
pub mod dialog;
pub mod field;
pub mod form;
pub mod icon;
pub mod menu_tile;
pub mod password_field;
pub mod qr;
pub mod sort_handle;
pub mod sortable_list;
pub mod virtual_list;

pub use alert::{Alert, Tone};
pub use combobox::{Choice, Combobox};
pub use confirm::Confirm;
pub use dialog::Dialog;
pub use field::{Check, SelectField, SelectOption, TextArea, TextField};
pub use form::SubmitForm;
pub use icon::{Icon, Sign};
pub use menu_tile::tile;
pub use password_field::PasswordField;
pub use qr::Qr;
pub use sort_handle::SortHandle;
pub use sortable_list::{SortLabels, SortableList, SortableRow};

use leptos::prelude::*;

/// Whether every field tells what is wrong with it. Where this is provided and false, a field waits
/// until somebody has been in it: nobody is told off for what they have not come to yet. Fields of a
/// [`SubmitForm`] never wait: their problems are answers to what was submitted.
#[derive(Clone, Copy, Debug)]
pub struct ShowAllProblems(pub Signal<bool>);

/// What a field tells of its problem, and how it is told that somebody has been in it.
pub(crate) fn visible_problem(
    problem: Signal<Option<String>>,
) -> (Signal<Option<String>>, impl Fn() + Copy + Send + Sync) {
    let show_all = use_context::<ShowAllProblems>();
    let touched = RwSignal::new(show_all.is_none());
    let shown = move || show_all.is_some_and(|judging| judging.0.get()) || touched.get();
    let visible = Signal::derive(move || shown().then(|| problem.get()).flatten());
    (visible, move || {
        if touched.try_get_untracked() == Some(false) {
            touched.set(true);
        }
    })
}

use std::sync::atomic::{AtomicU32, Ordering};

/// An element id that no other element of this page has, for tying labels and hints to inputs.
#[must_use]
pub fn fresh_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("e{}", LAST.fetch_add(1, Ordering::Relaxed))
}
