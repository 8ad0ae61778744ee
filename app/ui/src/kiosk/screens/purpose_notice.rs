//! Purpose notice: its short form above the questions to the visitor, and its long form as a dialog.

use leptos::prelude::*;
use yobirin_domain::model::menu::Ask;
use yobirin_domain::purpose_notice::{self, Notice};

use super::words_on_demand::{self, WordsOnDemand};
use crate::components::purpose_notice::{notice_details, notice_summary, notice_without_details};
use crate::kiosk::navigation::Overlay;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::erased;
use crate::kiosk::state::KioskState;

/// The notice above a form with these questions; `None` when the site shows none there.
pub(super) fn above(context: &RenderContext, ask: &Ask) -> Option<Notice> {
    let site = context.settings.site();
    purpose_notice::is_shown(site, ask)
        .then(|| Notice::of(site, context.lang, &context.words.standard_notice()))
}

/// Short form, with a button that opens the dialog.
pub(super) fn summary(context: &RenderContext, notice: &Notice) -> AnyView {
    let kiosk = context.kiosk;
    notice_summary(notice, &context.words.notice, move |_| {
        kiosk.show_overlay(Some(Overlay::PurposeNotice));
    })
}

/// Content of the dialog: the long form, or the short one until its words are loaded.
pub(crate) fn view(kiosk: KioskState) -> AnyView {
    let rare_words = words_on_demand::load(kiosk);
    let words = kiosk.words();
    let lang = kiosk.lang.get_untracked();
    let notice = kiosk.settings.with_untracked(|settings| {
        let site = settings.as_ref()?.site();
        Some(Notice::of(site, lang, &words.standard_notice()))
    });
    let content = move || {
        let notice = notice.as_ref()?;
        Some(match rare_words.get() {
            WordsOnDemand::Loading => view! { <p>{notice.summary().to_owned()}</p> }.into_any(),
            WordsOnDemand::Failed => notice_without_details(notice, &words.notice),
            WordsOnDemand::Loaded(rare) => notice_details(notice, &rare.notice_details),
        })
    };
    view! {
        <h2>{words.notice.title}</h2>
        <div class="notice-long">{erased(content)}</div>
    }
    .into_any()
}
