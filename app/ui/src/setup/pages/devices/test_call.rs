//! Invitation to make a test call on a tablet that was paired recently, with the state of that call.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::id::DeviceId;

use crate::browser::clock;
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::shared::test_call_state::TestCallState;

/// Time after the pairing for which a test call is offered, in milliseconds.
const OFFER_MS: u64 = 30 * 60_000;

/// The invitation. Renders nothing when the pairing is not recent.
#[component]
pub(crate) fn TestCall(id: DeviceId, status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let paired_at = Memo::new(move |_| status.with(|status| status.as_ref()?.paired_at));
    let recently_paired_at = Memo::new(move |_| {
        let paired_at = paired_at.get()?;
        (clock::now().abs_diff(paired_at) < OFFER_MS).then_some(paired_at)
    });
    let id = StoredValue::new(id);
    move || {
        let since = recently_paired_at.get()?;
        Some(view! { <Offer id=id.get_value() since=since /> })
    }
}

#[component]
fn Offer(id: DeviceId, since: u64) -> impl IntoView {
    let words = words();
    let progress = expect_context::<SetupProgress>();
    progress.poll_calls_often();
    let newest_call = Memo::new(move |_| progress.newest_call_of(&id, since));
    view! {
        <div class="test-call" data-test-call>
            <p><strong>{words.devices.test_call}</strong></p>
            <p>{words.guide.visit_lead}</p>
            <TestCallState call=newest_call />
        </div>
    }
}
