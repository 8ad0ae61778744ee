//! Buttons that cancel a call.

use leptos::prelude::*;

use super::CallView;
use crate::browser;
use crate::kiosk::click_handlers::ignore_double_click;
use crate::kiosk::controller;
use crate::kiosk::rendering::erased;

impl CallView {
    /// Button that cancels a call that has notified nobody yet.
    pub(super) fn cancel_button(&self) -> AnyView {
        let (kiosk, id) = (self.context.kiosk, self.id);
        let press = move || controller::cancel_call(kiosk, id);
        view! {
            <span class="cancel-question">
                <button type="button" class="button quiet cancel" data-state="cancel" on:click=ignore_double_click(press)>
                    {self.context.words.call.cancel}
                </button>
            </span>
        }
        .into_any()
    }

    /// Button that cancels a call that has notified somebody: the first press only asks for a second one, and offers
    /// to keep the call. Escape keeps it too.
    pub(super) fn confirmed_cancel_button(&self) -> AnyView {
        let (kiosk, id) = (self.context.kiosk, self.id);
        let words = &self.context.words.call;
        let is_asking = RwSignal::new(false);
        let label = move || match is_asking.get() {
            true => words.cancel_again,
            false => words.cancel,
        };
        let press = move || match is_asking.get_untracked() {
            false => is_asking.set(true),
            true => controller::cancel_call(kiosk, id),
        };
        let keep = move || {
            is_asking.set(false);
            browser::focus_after_render("[data-state=cancel]");
        };
        let keep_button = move || {
            is_asking.get().then(|| view! {
                <button type="button" class="button" data-state="keep" on:click=move |_| keep()>{words.keep}</button>
            })
        };
        let question = move || match is_asking.get() {
            true => words.cancel_again,
            false => "",
        };
        view! {
            <span
                class="cancel-question"
                on:keydown=move |event| if event.key() == "Escape" && is_asking.get_untracked() { keep() }
            >
                <button type="button" class="button quiet cancel" data-state="cancel" on:click=ignore_double_click(press)>
                    {erased(label)}
                </button>
                {erased(keep_button)}
                <span class="visually-hidden" role="status">{erased(question)}</span>
            </span>
        }
        .into_any()
    }
}
