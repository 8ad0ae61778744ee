//! Diagnosis: findings in the settings, in Chatwork and on the tablets that would disturb the next call, with their
//! repairs.

mod card;
mod collector;
mod wording;

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_domain::diagnose::{Finding, Repair, Severity};

use crate::components::{Alert, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;

use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::in_charge_proposals::InChargeProposals;
use crate::setup::shared::joined_text::sentences;
use crate::setup::shared::page_frame::PageFrame;

pub(crate) use card::FindingCard;
pub(crate) use collector::{Doctor, Stage};
pub(crate) use wording::Wording;

/// Number of findings of one severity that are shown at first.
const INITIAL_FINDINGS: usize = 30;
/// Number of findings that each press of "more" adds.
const MORE_FINDINGS: usize = 100;

#[component]
pub(crate) fn DoctorPage() -> impl IntoView {
    let words = words();
    let texts = &words.doctor;
    let doctor = expect_context::<Doctor>();
    if doctor.stage.get_untracked() != Stage::Done {
        doctor.examine();
    }
    on_cleanup(move || doctor.forget_finished_repairs());
    let severities = Severity::ALL.map(|severity| view! { <Findings severity=severity /> });
    let no_findings = move || {
        let is_clean = doctor.stage.get() == Stage::Done
            && doctor.problem_count() == 0
            && doctor.failure.with(Option::is_none)
            && doctor.unread_rooms().is_empty();
        is_clean.then(|| {
            view! {
                <Alert tone=Tone::Good kind="well">
                    <p><strong>{texts.no_problems}</strong></p>
                    <p>{texts.no_problems_explanation}</p>
                </Alert>
            }
        })
    };
    // Only the severities that are shown are explained.
    let explained = Memo::new(move |_| {
        let findings = doctor.findings();
        let texts = [
            (Severity::Broken, texts.levels_broken),
            (Severity::Risk, texts.levels_risk),
            (Severity::Hint, texts.levels_hint),
        ];
        let is_shown = |severity| findings.iter().any(|found| found.severity() == severity);
        let shown = texts
            .into_iter()
            .filter(|(severity, _)| is_shown(*severity));
        sentences(words, &shown.map(|(_, text)| text).collect::<Vec<_>>())
    });
    let levels = move || {
        let text = explained.get();
        (!text.is_empty()).then(|| view! { <p class="muted small" data-levels="">{text}</p> })
    };
    let store = expect_context::<DraftStore>();
    let unsaved = move || {
        store
            .is_dirty()
            .then(|| view! { <p class="muted small" data-unsaved="">{texts.unsaved}</p> })
    };
    view! {
        <PageFrame name="doctor" title=texts.title lead=texts.lead>
            <Progress />
            {unsaved}
            {no_findings}
            {levels}
            <AccountsByName />
            <InChargeProposals />
            {severities.into_iter().collect_view()}
        </PageFrame>
    }
}

/// Progress of the diagnosis, and a button to repeat it.
#[component]
fn Progress() -> impl IntoView {
    let words = words();
    let texts = &words.doctor;
    let doctor = expect_context::<Doctor>();
    let text = move || match doctor.stage.get() {
        Stage::NotStarted | Stage::Quick => String::new(),
        Stage::Reading => texts.checking.to_owned(),
        Stage::ReadingMembers { done, total } => fill(
            texts.reading_members,
            &[
                ("done", &(done + 1).to_string()),
                ("total", &total.to_string()),
            ],
        ),
        Stage::Done => match doctor.problem_count() {
            0 => texts.finished.to_owned(),
            count => counted(texts.found, count),
        },
    };
    let bar = move || {
        let fraction = match doctor.stage.get() {
            Stage::ReadingMembers { done, total } => {
                #[allow(clippy::cast_precision_loss)]
                let fraction = done as f64 / total.max(1) as f64;
                Some(fraction)
            }
            Stage::Reading => Some(0.0),
            Stage::NotStarted | Stage::Quick | Stage::Done => None,
        };
        fraction.map(|fraction| view! { <progress class="progress" max="1" prop:value=fraction aria-label=texts.title></progress> })
    };
    let failure = move || {
        doctor.failure.get().map(|error| {
            let reason = errors::text(words, &error);
            let (kind, text) = if error.code() == Some(ErrorCode::ChatworkLimited) {
                ("limited", sentences(words, &[texts.limit_used_up, &reason]))
            } else {
                ("failed", reason)
            };
            view! { <Alert tone=Tone::Warn kind=kind>{text}</Alert> }
        })
    };
    let unread_rooms = move || {
        let count = if doctor.stage.get() == Stage::Done {
            doctor.unread_rooms().len()
        } else {
            0
        };
        (count > 0).then(|| {
            view! {
                <Alert kind="unread">
                    <p>{counted(texts.members_unread, count)}</p>
                    <button type="button" class="button small" data-action="read-on" on:click=move |_| doctor.continue_reading()>
                        {texts.read_more_members}
                    </button>
                </Alert>
            }
        })
    };
    view! {
        <div class="row doctor-bar" data-busy=move || doctor.is_busy().to_string()>
            <p role="status" aria-live="polite">{text}</p>
            {bar}
            <button
                type="button"
                class="button"
                data-action="examine"
                aria-disabled=move || doctor.is_busy().to_string()
                on:click=move |_| if !doctor.is_busy() { doctor.examine() }
            >
                {texts.check_again}
            </button>
        </div>
        {failure}
        {unread_rooms}
    }
}

/// Offers to set all missing accounts at once for which the bot knows a person with the host's name.
#[component]
fn AccountsByName() -> impl IntoView {
    let texts = &words().doctor;
    let doctor = expect_context::<Doctor>();
    let store = expect_context::<DraftStore>();
    let account_repairs = Memo::new(move |_| {
        let findings = doctor.findings();
        let account_repair = |finding: &Finding| match finding.repairs().into_iter().next()? {
            Repair::SetAccount(host, account) => Some((host, account)),
            _ => None,
        };
        findings
            .iter()
            .filter_map(account_repair)
            .collect::<Vec<_>>()
    });
    let set_all = move |_| {
        let account_repairs = account_repairs.get_untracked();
        store.edit(|document| {
            for host in &mut document.hosts {
                if let Some((_, account)) = account_repairs.iter().find(|(id, _)| *id == host.id) {
                    host.account = Some(*account);
                }
            }
        });
    };
    move || {
        let count = account_repairs.with(Vec::len);
        (count > 1).then(|| {
            view! {
                <Alert kind="namesakes">
                    <p>{counted(texts.namesakes, count)}</p>
                    <button type="button" class="button small" data-action="set-all" on:click=set_all>{texts.set_all_accounts}</button>
                </Alert>
            }
        })
    }
}

/// The findings of one severity, with those that were repaired here: the first ones, and a button that shows more.
#[component]
fn Findings(severity: Severity) -> impl IntoView {
    let words = words();
    let texts = &words.doctor;
    let doctor = expect_context::<Doctor>();
    let limit = RwSignal::new(INITIAL_FINDINGS);
    let entries = Memo::new(move |_| doctor.entries(severity));
    let open_count = Memo::new(move |_| {
        let findings = doctor.findings().into_iter();
        let of_severity = findings.filter(|finding| finding.severity() == severity);
        of_severity.count()
    });
    let (title, name, tone) = match severity {
        Severity::Broken => (texts.severity_broken, "broken", "bad"),
        Severity::Risk => (texts.severity_risk, "risk", "partly"),
        Severity::Hint => (texts.severity_hint, "hint", ""),
        Severity::Note => (texts.severity_note, "note", ""),
    };
    let more_button = move || {
        (entries.with(Vec::len) > limit.get()).then(|| {
            view! {
                <button type="button" class="button" data-action="more" on:click=move |_| limit.update(|limit| *limit += MORE_FINDINGS)>
                    {words.controls.show_more}
                </button>
            }
        })
    };
    let has_entries = Memo::new(move |_| !entries.with(Vec::is_empty));
    // Neither facts to know nor repaired findings are counted.
    let number = move || {
        (severity != Severity::Note && open_count.get() > 0).then(|| {
            view! {
                <span class="badge" data-tone=tone>
                    {(severity < Severity::Hint).then(|| view! { <Icon sign=Sign::WARNING /> })}
                    {open_count}
                </span>
            }
        })
    };
    move || {
        has_entries.get().then(|| {
            view! {
                <section class="findings" data-severity=name>
                    <h2 class="findings-title">
                        {number}
                        {title}
                    </h2>
                    <ul class="rows" role="list" aria-label=title>
                        <For
                            each=move || entries.get().into_iter().take(limit.get())
                            key=|finding| format!("{finding:?}")
                            children=|finding| view! { <FindingCard finding=finding /> }
                        />
                    </ul>
                    {more_button}
                </section>
            }
        })
    }
}
