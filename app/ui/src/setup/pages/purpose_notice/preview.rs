//! Picture of the tablet's questions with the notice above them, from the draft; a press opens the long form.

use leptos::html::Dialog;
use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;
use yobirin_domain::purpose_notice::Notice;

use crate::browser::{self, HtmlElement, iframe};
use crate::components::purpose_notice::{notice_details, notice_summary};
use crate::i18n::kiosk;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::retention_ceiling::RetentionCeiling;
use crate::setup::shared::tablet_frame::TabletFrame;
use crate::setup::shared::tablet_languages::TabletLanguages;

use super::notice;

/// Width and height of a small tablet, in CSS pixels; scaled down, the texts of a large one would not be legible.
const TABLET_SIZE: (f64, f64) = (600.0, 860.0);
/// Maximum width of the picture, in CSS pixels.
const MAX_WIDTH_PX: f64 = 480.0;

/// The preview, in the language `preview_lang`; without one in the site's main language.
#[component]
pub(super) fn NoticePreview(
    site: Binding<Site>,
    /// Language that was chosen in the preview, or whose text was edited last.
    preview_lang: RwSignal<Option<Lang>>,
) -> impl IntoView {
    let texts = &words().purpose_notice;
    let is_shown = site.read(|site| site.purpose_notice.is_shown);
    let ceiling = RetentionCeiling::from_context();
    let draw = move |root| screen(site, ceiling, preview_lang, root);
    let hint = move || {
        if is_shown.get() {
            texts.preview_hint
        } else {
            texts.preview_off
        }
    };
    view! {
        <section class="tablet" aria-label=texts.preview data-preview>
            <div class="tablet-head"><h2>{texts.preview}</h2></div>
            <TabletFrame title=texts.preview size=TABLET_SIZE max_upright_width=MAX_WIDTH_PX draw=draw />
            <p class="muted small" role="status">{hint}</p>
        </section>
    }
}

/// State of the preview.
#[derive(Clone, Copy)]
struct Preview {
    site: Binding<Site>,
    chosen_lang: RwSignal<Option<Lang>>,
    lang: Memo<Lang>,
    /// `None` while the notice is off.
    notice: Memo<Option<Notice>>,
}

/// Screen of the previewed tablet. `root` is the root element of the iframe's document.
fn screen(
    site: Binding<Site>,
    ceiling: RetentionCeiling,
    chosen_lang: RwSignal<Option<Lang>>,
    root: Option<HtmlElement>,
) -> AnyView {
    let main_lang = site.read(|site| Some(site.office_language()));
    let lang = Memo::new(move |_| {
        let lang = chosen_lang.get().or(main_lang.get());
        lang.unwrap_or(Lang::Ja)
    });
    let preview = Preview {
        site,
        chosen_lang,
        lang,
        notice: Memo::new(move |_| {
            let site = site.get().unwrap_or_default();
            let is_shown = site.purpose_notice.is_shown;
            is_shown.then(|| notice(&site, ceiling, lang.get()))
        }),
    };
    let root = StoredValue::new_local(root);
    let accent = site.text(|site| site.accent.clone());
    Effect::new(move |_| {
        let (lang, accent) = (lang.get(), accent.get());
        root.with_value(|root| {
            if let Some(root) = root {
                iframe::set_root_attribute(root, "lang", lang.tag());
                browser::set_accent_on(root, &accent);
            }
        });
    });
    let dialog = NodeRef::<Dialog>::new();
    view! {
        <div class="kiosk-layout">
            <header class="top"></header>
            <div role="status"></div>
            <main class="screen" data-screen="details">{move || questions(preview, dialog)}</main>
            {languages(preview)}
            {long_form(preview, dialog)}
        </div>
    }
    .into_any()
}

/// Heading, notice and two questions, as a picture without inputs.
fn questions(preview: Preview, dialog: NodeRef<Dialog>) -> AnyView {
    let words = kiosk::words(preview.lang.get());
    let open_dialog = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal(); // fails only if it is open already
        }
    };
    let notice = preview.notice.get();
    let notice = notice.map(|notice| notice_summary(&notice, &words.notice, open_dialog));
    let field = |label: &'static str| {
        view! { <div class="field"><span class="label">{label}</span><span class="input answer"></span></div> }
    };
    let fields = [words.details.company, words.details.name].map(field);
    view! {
        <section class="details">
            <div class="details-head"><h1 class="heading">{words.details.title}</h1></div>
            {notice}
            <div class="questions">
                {fields.into_iter().collect_view()}
                <span class="button primary large">{words.details.next}</span>
            </div>
        </section>
    }
    .into_any()
}

/// Buttons for the languages.
fn languages(preview: Preview) -> AnyView {
    view! {
        <footer class="bottom">
            <TabletLanguages site=preview.site lang=preview.lang chosen=preview.chosen_lang />
        </footer>
    }
    .into_any()
}

/// Dialog with the whole notice.
fn long_form(preview: Preview, dialog: NodeRef<Dialog>) -> AnyView {
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let content = move || {
        let lang = preview.lang.get();
        let (words, details) = (kiosk::words(lang), &kiosk::rare_words(lang).notice_details);
        let notice = preview.notice.get()?;
        Some(view! {
            <h2>{words.notice.title}</h2>
            <div class="notice-long">{notice_details(&notice, details)}</div>
            <button type="button" class="button primary large" data-state="close" on:click=close>{words.layout.close}</button>
        })
    };
    view! { <dialog class="dialog overlay" node_ref=dialog>{content}</dialog> }.into_any()
}
