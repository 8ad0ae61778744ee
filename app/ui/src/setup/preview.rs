//! プレビュー: where any button, group or host would go, what it would say, and why. Asks the very
//! function that tablets ask.

mod drawn;
mod outcome;
pub(super) mod sample;
mod wish;

use leptos::prelude::*;

use super::nav::words;
use super::parts::{PageFrame, Section};

pub(super) use drawn::DrawnMessage;
use outcome::Outcome;
pub(super) use outcome::Reasons;
use wish::{Wish, WishForm};

/// The page.
#[component]
pub(super) fn PreviewPage() -> impl IntoView {
    let w = &words().preview;
    let wish = Wish::new();
    view! {
        <PageFrame name="preview" title=w.title lead=w.lead>
            <div class="two-columns">
                <Section title=w.start name="wish">
                    <WishForm wish=wish />
                </Section>
                <Section title=w.result name="outcome">
                    <Outcome wish=wish />
                </Section>
            </div>
        </PageFrame>
    }
}
