//! Figures of today's answers: calls that were answered, the median time, and calls that nobody answered.

use leptos::prelude::*;
use yobirin_api::call::CallFigures;

use crate::i18n::fill;
use crate::setup::nav::words;
use crate::setup::shared::escalation::duration_text;

use super::overview_data::OverviewData;

/// True when a call of today asked for an answer.
fn has_calls_for_answers(figures: &CallFigures) -> bool {
    figures.answered + figures.unanswered + figures.waiting > 0
}

/// The figures. Renders nothing before the first call of today that asks for an answer.
#[component]
pub(super) fn AnswerFigures(data: OverviewData) -> impl IntoView {
    let words = words();
    let texts = &words.overview;
    // A memo, because the figures are polled.
    let figures = Memo::new(move |_| {
        let figures = data.figures.with(|remote| remote.loaded().copied())?;
        has_calls_for_answers(&figures).then_some(figures)
    });
    move || {
        let figures = figures.get()?;
        let count = |count: u32| fill(texts.count, &[("count", &count.to_string())]);
        let median = figures.median_answer_millis.map_or_else(
            || texts.no_median.to_owned(),
            |millis| duration_text(words, millis / 1000),
        );
        let waiting = (figures.waiting > 0).then(|| {
            view! { <div class="figure" data-figure="waiting"><dt>{texts.awaiting}</dt><dd>{count(figures.waiting)}</dd></div> }
        });
        let not_awaited = (figures.not_awaited() > 0).then(|| {
            view! { <div class="figure" data-figure="not-awaited"><dt>{texts.not_awaited}</dt><dd>{count(figures.not_awaited())}</dd></div> }
        });
        let unanswered_tone = if figures.unanswered > 0 { "bad" } else { "" };
        Some(view! {
            <dl class="figures" aria-label=texts.figures data-figures="">
                <div class="figure" data-figure="answered"><dt>{texts.answered}</dt><dd>{count(figures.answered)}</dd></div>
                <div class="figure" data-figure="median"><dt>{texts.median}</dt><dd>{median}</dd></div>
                <div class="figure" data-figure="unanswered" data-tone=unanswered_tone>
                    <dt>{texts.unanswered}</dt><dd>{count(figures.unanswered)}</dd>
                </div>
                {waiting}
                {not_awaited}
            </dl>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_calls_that_ask_for_an_answer_has_no_figures() {
        let calls = CallFigures {
            calls: 3,
            ..CallFigures::default()
        };
        assert!(!has_calls_for_answers(&calls));
        let waiting = CallFigures {
            waiting: 1,
            ..calls
        };
        assert!(has_calls_for_answers(&waiting));
    }
}
