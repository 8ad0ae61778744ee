//! The purpose notice as visitors see it; shared by the kiosk and set-up's preview.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use yobirin_domain::purpose_notice::Notice;

use crate::i18n::kiosk::{self, NoticeDetails};

/// Short form above the first field of a form; a touch on it opens the long form.
pub fn notice_summary(
    notice: &Notice,
    words: &kiosk::Notice,
    open: impl Fn(MouseEvent) + 'static,
) -> AnyView {
    view! {
        <div class="purpose-notice" data-state="purpose-notice">
            <p>{notice.summary().to_owned()}</p>
            <button type="button" class="button quiet" data-state="purpose-notice-more" aria-haspopup="dialog" on:click=open>
                {words.more}
            </button>
        </div>
    }
    .into_any()
}

/// Long form: the office's own text or the standard one, and the facts that an office cannot reword.
pub fn notice_details(notice: &Notice, words: &NoticeDetails) -> AnyView {
    let own_text = notice.own_text().map(str::to_owned);
    let standard_rows = own_text.is_none().then(|| {
        [
            row(notice, words.purpose_label, &[words.purpose]),
            row(notice, words.seen_label, &[words.seen]),
        ]
        .into_iter()
        .collect_view()
    });
    let kept = [
        words.kept_visitors,
        words.kept_messages,
        words.kept_answers,
        words.kept_then,
    ];
    let inquiries = ["{inquiries}", words.inquiries_how];
    view! {
        {own_text.map(|text| view! { <p class="own-notice">{text}</p> })}
        <dl class="notice-details">
            {standard_rows}
            {row(notice, words.kept_label, &kept)}
            {row(notice, words.responsible_label, &["{responsible}"])}
            {row(notice, words.inquiries_label, &inquiries)}
        </dl>
    }
    .into_any()
}

/// Short form and contact, in the place of a long form whose words could not be loaded.
pub fn notice_without_details(notice: &Notice, words: &kiosk::Notice) -> AnyView {
    view! {
        <p>{notice.summary().to_owned()}</p>
        <p class="notice warn">{words.not_loaded}</p>
        <p><strong>{notice.value("inquiries").to_owned()}</strong></p>
    }
    .into_any()
}

/// One fact: a label and its lines, whose placeholders are filled from the notice.
fn row(notice: &Notice, label: &'static str, lines: &[&str]) -> AnyView {
    let lines = lines
        .iter()
        .map(|line| view! { <dd>{notice.fill(line)}</dd> });
    view! {
        <div>
            <dt>{label}</dt>
            {lines.collect_view()}
        </div>
    }
    .into_any()
}
