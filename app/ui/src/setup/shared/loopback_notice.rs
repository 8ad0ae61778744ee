//! Notice below a link that only this machine can open, with advice.

use leptos::prelude::*;
use yobirin_domain::link_reach::is_loopback_link;

use crate::components::{Icon, Sign, command_options};
use crate::setup::nav::words;

/// Notice that the link leads to this machine itself; nothing for other links.
#[component]
pub(crate) fn LoopbackNotice(
    /// The link that is shown.
    #[prop(into)]
    link: Signal<String>,
) -> impl IntoView {
    let texts = &words().loopback;
    let is_loopback = Memo::new(move |_| link.with(|link| is_loopback_link(link)));
    move || {
        is_loopback.get().then(|| {
            view! {
                // No live region: the notice appears with the link, and reports no action.
                <div class="notice warn" data-notice="loopback">
                    <Icon sign=Sign::WARNING />
                    <div class="notice-text">
                        <p><strong>{texts.only_here}</strong></p>
                        <p>{command_options(texts.what_to_do)}</p>
                    </div>
                </div>
            }
        })
    }
}
