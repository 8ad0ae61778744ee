//! Check of who is notified (通知先の確認): destinations, messages and reasons for any button, group or host, computed
//! by the function that tablets use.

mod escalation_timeline;
mod form;
mod message_card;
mod message_view;
mod result;
pub(crate) mod sample_visit;

use leptos::prelude::*;

use crate::setup::nav::words;
use crate::setup::shared::page_frame::{PageFrame, Section};

use form::{PreviewFields, PreviewForm};
pub(crate) use message_view::MessageView;
use result::PreviewResult;
pub(crate) use result::RoutingReasons;

#[component]
pub(crate) fn PreviewPage() -> impl IntoView {
    let texts = &words().preview;
    let form = PreviewForm::new();
    view! {
        <PageFrame name="preview" title=texts.title lead=texts.lead>
            <div class="two-columns">
                <Section title=texts.how_called name="start">
                    <PreviewFields form=form />
                </Section>
                <Section title=texts.destinations name="result">
                    <PreviewResult form=form />
                </Section>
            </div>
        </PageFrame>
    }
}
