//! Address of the kiosk, with a QR code, for opening it on a tablet.

use leptos::prelude::*;
use yobirin_domain::link_reach::is_loopback_link;

use crate::browser::navigation;
use crate::components::Qr;
use crate::router::Page;
use crate::setup::nav::words;
use crate::setup::shared::loopback_notice::LoopbackNotice;

/// Instructions for opening the kiosk on a tablet.
#[component]
pub(crate) fn OpenKiosk() -> impl IntoView {
    let texts = &words().devices;
    let address = format!("{}{}", navigation::origin(), Page::Kiosk.path());
    let qr = (!is_loopback_link(&address))
        .then(|| view! { <Qr text=address.clone() label=texts.open_qr /> });
    view! {
        <div class="pairing-scan">
            {qr}
            <div class="pairing-steps">
                <p>{texts.open_on_tablet}</p>
                <p class="digits" data-kiosk-address>{address.clone()}</p>
                <p class="muted">{texts.open_ipad}</p>
            </div>
        </div>
        <LoopbackNotice link=address />
    }
}
