//! Question before a tablet takes the place of another one.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;

use crate::components::{Alert, Confirm, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::moment::moment_with_age;

/// The dialog: the device, the last contact of its tablet, and the calls that would be lost.
#[component]
pub(super) fn ConfirmReplacement(
    /// True while the dialog is open.
    open: RwSignal<bool>,
    /// The tablet that is unpaired.
    replaced: Memo<Option<DeviceStatus>>,
    /// Called on confirmation.
    #[prop(into)]
    on_ok: Callback<()>,
) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let names = DisplayNames::from_context();
    let zone = expect_context::<DraftStore>().memo(|document| document.site.time_zone.clone());
    let title = Signal::derive(move || {
        let name = replaced.with(|tablet| tablet.as_ref().map(|tablet| names.device(&tablet.id)));
        fill(
            texts.replace_question,
            &[("name", &name.unwrap_or_default())],
        )
    });
    let last_seen = move || {
        let tablet = replaced.get()?;
        let (at, elapsed) = tablet.last_seen.zip(tablet.silent_for)?;
        let time = moment_with_age(words, at, elapsed, &zone.get());
        Some(view! { <p><strong>{fill(texts.replaced_last_seen, &[("time", &time)])}</strong></p> })
    };
    let queued_calls = move || {
        let count = replaced.get()?.heartbeat?.queued;
        let warning = counted(texts.unpair_queued_calls, count as usize);
        (count > 0).then(|| view! { <Alert tone=Tone::Warn kind="waiting">{warning}</Alert> })
    };
    view! {
        <Confirm
            open=open
            title=title
            ok=texts.replace
            cancel=words.controls.cancel
            danger=true
            kind="replace-tablet"
            on_ok=on_ok
        >
            {last_seen}
            <p>{texts.replace_explanation}</p>
            {queued_calls}
        </Confirm>
    }
}
