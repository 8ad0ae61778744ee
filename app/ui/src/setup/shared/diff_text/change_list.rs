//! The list of changes.

use leptos::prelude::*;
use yobirin_domain::diff::Change;

use super::DiffText;
use super::field_kind::split_button;
use super::grouped::{self, ChangeItem};
use crate::i18n::fill;

/// Maximum of listed changes; the others are only counted, because an import changes thousands of fields.
const MAX_LISTED_CHANGES: usize = 200;

/// The changes as a list: label, before, after.
#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns its props
pub(crate) fn ChangeList(
    /// The changes.
    changes: Vec<Change>,
    /// Writes the changes.
    diff_text: DiffText,
) -> impl IntoView {
    let texts = &diff_text.words.settings_diff;
    let items = grouped::items(&changes);
    let unlisted = items.len().saturating_sub(MAX_LISTED_CHANGES);
    let list_item = |item: &ChangeItem<'_>| {
        let change = item.change;
        let label = diff_text.item_label(item);
        let path = &change.field.path;
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let is_entry = path.is_empty() || matches!(split_button(path), (Some(_), []));
        let detail = match (before, after) {
            (None, _) if is_entry => {
                view! { <ins class="change-new">{texts.added}</ins> }.into_any()
            }
            (_, None) if is_entry => {
                view! { <del class="change-old">{texts.removed}</del> }.into_any()
            }
            _ if *path == ["order"] => {
                view! { <span class="muted">{texts.order}</span> }.into_any()
            }
            _ => {
                let whole = [before, after].map(|value| {
                    let whole = diff_text.whole_if_shortened(path, value);
                    whole.map(|whole| folded(texts.show_whole, whole))
                });
                view! {
                    <del class="change-old">{diff_text.value_text(path, before)}</del>
                    <span aria-hidden="true">" → "</span>
                    <ins class="change-new">{diff_text.value_text(path, after)}</ins>
                    {whole}
                }
                .into_any()
            }
        };
        view! { <li data-change=path.join(".")><span class="change-place">{label}</span> <div class="change-values">{detail}</div></li> }
    };
    let list_items = items
        .iter()
        .take(MAX_LISTED_CHANGES)
        .map(list_item)
        .collect_view();
    let unlisted_line = (unlisted > 0).then(|| {
        view! { <li class="muted">{fill(texts.and_more, &[("count", &unlisted.to_string())])}</li> }
    });
    view! { <ul class="changes">{list_items} {unlisted_line}</ul> }
}

/// A text that is shown once its label is pressed.
fn folded(label: &'static str, text: String) -> impl IntoView {
    view! {
        <details class="change-whole">
            <summary>{label}</summary>
            <p>{text}</p>
        </details>
    }
}
