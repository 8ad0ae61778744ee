//! Offer of the suggested reminders, while calls that nobody answers have none.

use leptos::prelude::*;
use yobirin_domain::escalation::{lacks_reminders, preset};

use crate::browser;
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};

use super::wording::summary;

/// The offer, accepted with one press, and a confirmation afterwards. Renders nothing where reminders were set before.
#[component]
pub(crate) fn ReminderOffer() -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let store = expect_context::<DraftStore>();
    let is_lacking = store.memo(|document| lacks_reminders(&document.site, &document.devices));
    let is_accepted = RwSignal::new(false);
    let accept = move |_| {
        store.site().edit(|site| site.escalation = preset());
        is_accepted.set(true);
        browser::focus_after_render("[data-notice=reminders-set] [data-action=reminders]");
    };
    let steps = summary(words, &preset());
    let with_steps = |sentence| StoredValue::new(fill(sentence, &[("steps", &steps)]));
    let (hint, confirmation) = (
        with_steps(texts.preset_hint),
        with_steps(texts.offer_accepted),
    );
    move || {
        if is_lacking.get() {
            view! {
                <Alert kind="reminder-offer">
                    <p><strong>{texts.offer}</strong></p>
                    <p>{texts.offer_reason}</p>
                    <p class="muted small">{hint.get_value()}</p>
                    <button type="button" class="button small" data-action="use-preset" on:click=accept>{texts.preset}</button>
                </Alert>
            }
            .into_any()
        } else if is_accepted.get() {
            view! {
                <Alert tone=Tone::Good kind="reminders-set">
                    <p>{confirmation.get_value()}</p>
                    <Link to=SetupPage::Answers class="button small" action="reminders">{words.doctor.open_escalation}</Link>
                </Alert>
            }
            .into_any()
        } else {
            ().into_any()
        }
    }
}
