//! The worst finding of the diagnosis.

use leptos::prelude::*;
use yobirin_domain::diagnose::{Finding, Severity};

use crate::components::{Alert, Tone};
use crate::i18n::setup::counted;
use crate::router::SetupPage;
use crate::setup::nav::{Link, words};
use crate::setup::pages::doctor::{Doctor, Stage, Wording};

/// Runs the quick check, and gives its findings except hints and notes, and except those that the overview shows elsewhere.
pub(crate) fn urgent_findings(doctor: Doctor) -> Memo<Vec<Finding>> {
    doctor.quick_check();
    let is_urgent = |finding: &Finding| {
        !matches!(
            finding,
            Finding::NotConnected
                | Finding::TokenRefused
                | Finding::NoDefaultRoom
                | Finding::NotPaired { .. }
                | Finding::SilentTablet { .. }
        ) && finding.severity() < Severity::Hint
    };
    Memo::new(move |_| {
        let findings = doctor.findings().into_iter();
        findings.filter(is_urgent).collect::<Vec<_>>()
    })
}

#[component]
pub(crate) fn WorstFinding(findings: Memo<Vec<Finding>>) -> impl IntoView {
    let texts = &words().overview;
    let wording = Wording::from_context();
    // As many as the page of the diagnosis shows, hints included.
    let doctor = expect_context::<Doctor>();
    let total = Memo::new(move |_| doctor.problem_count());
    move || {
        let findings = findings.get();
        let worst = findings.first()?;
        let (_, text, advice) = wording.of(worst);
        let tone = match worst.severity() {
            Severity::Broken => Tone::Bad,
            Severity::Risk | Severity::Hint | Severity::Note => Tone::Warn,
        };
        // The sentence names the check, because the complete diagnosis reads more than the quick check.
        let sentence = match doctor.stage.get() {
            Stage::Done => texts.doctor_problems,
            _ if doctor.is_reading() => texts.doctor_problems_so_far,
            _ => texts.doctor_problems_quick,
        };
        Some(view! {
            <Alert tone=tone kind="worst">
                <p class="small">{counted(sentence, total.get())}</p>
                <p><strong>{text}</strong></p>
                <p>{advice}</p>
                <Link to=SetupPage::Doctor class="button small" action="doctor">{texts.see_doctor}</Link>
            </Alert>
        })
    }
}
