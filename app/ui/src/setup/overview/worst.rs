//! The doctor's worst finding, once there is a connection to judge.

use leptos::prelude::*;
use yobirin_domain::doctor::{Finding, Severity};

use crate::components::{Notice, Tone};
use crate::locale::fill;
use crate::page::SetupPage;
use crate::setup::doctor::{Doctor, Wording};
use crate::setup::nav::{Link, words};

#[component]
pub(super) fn WorstFinding() -> impl IntoView {
    let w = &words().overview;
    let doctor = expect_context::<Doctor>();
    doctor.glance();
    let wording = Wording::here();
    // What the four steps say anyway is not said twice.
    let told = |finding: &Finding| {
        !matches!(
            finding,
            Finding::NotConnected
                | Finding::TokenRefused
                | Finding::NoDefaultRoom
                | Finding::NotPaired { .. }
        ) && finding.severity() != Severity::Hint
    };
    let findings = Memo::new(move |_| {
        let findings = doctor.findings().into_iter();
        findings.filter(told).collect::<Vec<_>>()
    });
    move || {
        let findings = findings.get();
        let worst = findings.first()?;
        let (_, says, advice) = wording.of(worst);
        let tone = match worst.severity() {
            Severity::Broken => Tone::Bad,
            Severity::Risk | Severity::Hint => Tone::Warn,
        };
        let count = findings.len().to_string();
        Some(view! {
            <Notice tone=tone kind="worst">
                <p class="small">{fill(w.worst, &[("count", &count)])}</p>
                <p><strong>{says}</strong></p>
                <p>{advice}</p>
                <Link to=SetupPage::Doctor class="button small" action="doctor">{w.see_doctor}</Link>
            </Notice>
        })
    }
}
