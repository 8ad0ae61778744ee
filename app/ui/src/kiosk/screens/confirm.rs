//! Confirmation before the call: who will be notified, and of what.

use leptos::prelude::*;
use yobirin_domain::model::menu::{Action, Icon};
use yobirin_domain::recipients::NotifiedParty;
use yobirin_domain::routing::Target;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::kiosk::calls::build_call;
use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::{Intent, Selection};
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::session::kiosk_settings::in_sentence;
use crate::kiosk::shared_views::{self, own_name};

pub(super) fn view(context: &RenderContext, selection: &Selection) -> AnyView {
    let words = &context.words.confirm;
    view! {
        <section class="confirm">
            {shared_views::heading(words.title)}
            {recipient_card(context, selection)}
            {recipient_notice(context, selection)}
            {visitor_summary(context)}
            <button type="button" class="button primary large" data-state="call" on:click=on_press(context.kiosk, Intent::ConfirmCall)>
                <Icon sign=Sign::of(Icon::Bell) />
                {words.call}
            </button>
        </section>
    }
    .into_any()
}

/// Card with the name of the selected target.
pub(super) fn recipient_card(context: &RenderContext, selection: &Selection) -> AnyView {
    let words = &context.words.confirm;
    let (label, icon) = match selection.target {
        Target::Host(_) => (words.host, Icon::Person),
        Target::Group(_) | Target::Staff => (words.group, Icon::People),
    };
    let name =
        context
            .settings
            .displayed_name(&selection.target, context.lang, selection.is_masked);
    let button_label = custom_button_label(context, selection, &name.primary);
    let group = match &selection.target {
        Target::Host(id) => context.settings.first_group_name(id, context.lang),
        Target::Group(_) | Target::Staff => String::new(),
    };
    view! {
        <div class="call-target">
            <span class="call-target-icon">
                <Icon sign=Sign::of(icon) />
            </span>
            <p class="call-target-text">
                <span class="call-target-label">{button_label.unwrap_or(label).to_owned()}</span>
                <strong class="call-target-name">{name.primary}</strong>
                {own_name(name.secondary)}
                <span class="call-target-place">{group}</span>
            </p>
        </div>
    }
    .into_any()
}

/// Label of a pressed custom button: a visitor who pressed 面接 (interview) reads it above the name of the group that
/// the button calls. `None` for other buttons, and for a group of the same name.
fn custom_button_label<'a>(
    context: &'a RenderContext,
    selection: &Selection,
    group: &str,
) -> Option<&'a str> {
    let button = context.settings.button(&selection.button)?;
    let label = context.text(&button.label);
    (matches!(button.action, Action::Custom { .. }) && label != group).then_some(label)
}

/// Sentence that the selected host is absent, and who is notified instead, for the form: visitors read it before they
/// type. `None` for a host who is there.
pub(super) fn absence_notice(context: &RenderContext, selection: &Selection) -> Option<AnyView> {
    let Target::Host(id) = &selection.target else {
        return None;
    };
    let host = context.settings.as_settings().host(id)?;
    let is_absent = context.settings.is_absent(host);
    is_absent.then(|| recipient_notice(context, selection))?
}

/// Sentence that names the recipients other than the selected host, and says that the host is absent. `None` when
/// neither is the case.
fn recipient_notice(context: &RenderContext, selection: &Selection) -> Option<AnyView> {
    let (words, call) = (&context.words.confirm, &context.words.call);
    let (settings, target) = (&context.settings, &selection.target);
    let recipients = build_call::recipients(settings, &selection.button, target, settings.today());
    let notified = recipients.intended();
    let sentence = match (&notified.whom, &notified.absent) {
        (NotifiedParty::Host(_), None) => return None,
        (NotifiedParty::Host(_), Some(_)) => words.absent_notify_only,
        (_, Some(host)) if recipients.includes(host) => words.absent_notify_both,
        (_, Some(_)) => words.absent_notify_other,
        (_, None) if matches!(target, Target::Host(_)) => words.notify_other,
        (_, None) => return None,
    };
    let name = settings.displayed_name(target, context.lang, selection.is_masked);
    let recipient = match &notified.whom {
        NotifiedParty::Delegates(_) if selection.is_masked => call.deputy.to_owned(),
        _ => settings.notified_name(&notified, target, context.lang, call),
    };
    let absent_name = in_sentence(&name.primary, call);
    let text = fill(sentence, &[("absent", &absent_name), ("who", &recipient)]);
    let notice = view! { <p class="lead recipient-note" data-notified=notified.kind()>{text}</p> };
    Some(notice.into_any())
}

/// The visitor's answers.
fn visitor_summary(context: &RenderContext) -> AnyView {
    let words = &context.words.details;
    let visitor = context
        .kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.visitor.clone());
    let people = visitor
        .people
        .map(|people| fill(words.people_count, &[("n", &people.to_string())]));
    let rows = [
        (words.company, visitor.company),
        (words.name, visitor.name),
        (words.people, people.unwrap_or_default()),
        (words.purpose, visitor.purpose),
    ];
    let answered = rows
        .into_iter()
        .filter(|(_, answer)| !answer.trim().is_empty());
    let rows = answered
        .map(|(label, answer)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{answer}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="answers">{rows}</dl> }.into_any()
}
