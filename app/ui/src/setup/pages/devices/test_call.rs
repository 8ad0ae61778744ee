//! Offer of a test call from a tablet that was paired recently, with the state of its delivery.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::id::DeviceId;

use crate::browser::clock;
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::test_call_state::TestCallState;

/// Time after the pairing at which the offer ends, in milliseconds, by this machine's clock.
const OFFER_MS: u64 = 30 * 60_000;

/// Offers a test call. Renders nothing when the pairing is not recent.
#[component]
pub(crate) fn TestCall(id: DeviceId, status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let paired = Memo::new(move |_| status.with(|status| status.as_ref()?.paired_at));
    let paired_recently = Memo::new(move |_| {
        let paired = paired.get()?;
        (clock::now().abs_diff(paired) < OFFER_MS).then_some(paired)
    });
    let id = StoredValue::new(id);
    move || {
        let since = paired_recently.get()?;
        Some(view! { <Offer id=id.get_value() since=since /> })
    }
}

#[component]
fn Offer(id: DeviceId, since: u64) -> impl IntoView {
    let words = words();
    let progress = expect_context::<SetupProgress>();
    progress.watch_calls();
    let newest = Memo::new(move |_| progress.newest_call_of(&id, since));
    view! {
        <div class="test-call" data-test-call>
            <p><strong>{words.devices.test_call}</strong></p>
            <p>{words.guide.visit_lead}</p>
            <TestCallState call=newest />
        </div>
    }
}
