//! Components of kiosk and set-up: props in, callbacks out, no state of the app.

pub mod alert;
pub mod combobox;
pub mod command_options;
pub mod confirm;
pub mod dialog;
pub mod field;
pub mod form;
pub mod icon;
pub mod menu_tile;
pub mod password_field;
pub mod purpose_notice;
pub mod qr;
pub mod sort_handle;
pub mod sortable_list;
pub mod virtual_list;

pub use alert::{Alert, Tone};
pub use combobox::{Combobox, ComboboxOption};
pub use command_options::command_options;
pub use confirm::{Confirm, ConfirmButtons};
pub use dialog::Dialog;
pub use field::{Check, SelectField, SelectOption, TextArea, TextField};
pub use form::SubmitForm;
pub use icon::{Icon, Sign};
pub use menu_tile::tile;
pub use password_field::PasswordField;
pub use qr::{Qr, qr_view};
pub use sort_handle::SortHandle;
pub use sortable_list::{SortLabels, SortableList, SortableRow};

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// Context of fields: while it is false, a field shows its problem only once it was edited. Fields without this
/// context always show theirs. So do the fields of a [`SubmitForm`], whose problems are the response to a submission.
#[derive(Clone, Copy, Debug)]
pub struct ShowAllProblems(pub Signal<bool>);

/// The problem that a field shows, and a function that marks the field as edited.
pub(crate) fn visible_problem(
    problem: Signal<Option<String>>,
) -> (Signal<Option<String>>, impl Fn() + Copy + Send + Sync) {
    let show_all = use_context::<ShowAllProblems>();
    let is_edited = RwSignal::new(false);
    let shows_problem = move || match show_all {
        Some(ShowAllProblems(show_all)) => show_all.get() || is_edited.get(),
        None => true,
    };
    let visible = Signal::derive(move || shows_problem().then(|| problem.get()).flatten());
    let mark_edited = move || {
        if is_edited.try_get_untracked() == Some(false) {
            is_edited.set(true);
        }
    };
    (visible, mark_edited)
}

/// An element id that is unique on the page, for `for` and `aria-describedby`.
#[must_use]
pub fn fresh_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("e{}", LAST.fetch_add(1, Ordering::Relaxed))
}
