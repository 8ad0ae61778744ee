//! Any texts, visitors, templates and offices.

use proptest::prelude::*;

use super::super::template;
use crate::model::answer_display::AnswerDisplay;
use crate::model::call::Visitor;
use crate::model::escalation_step::{
    EscalationStep, EscalationTarget, MAX_ESCALATION_STEPS, MIN_STEP_GAP_SECONDS,
};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::settings::Settings;
use crate::test_office::{self, host_id, today};
use crate::text::{self, Lines};
use crate::validate::validate;

/// Arbitrary text, half of it made of Chatwork's notation.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    const NOTATION: [&str; 43] = [
        "[",
        "]",
        "(",
        ")",
        "[toall]",
        "[To:101]",
        "[To:",
        "[rp aid=101 to=1-2]",
        "[qt]",
        "[/qt]",
        "[info]",
        "[/info]",
        "[title]",
        "[code]",
        "[hr]",
        "[返信 aid=101]",
        "(F)",
        "(beer)",
        ":",
        ";",
        "8-",
        "|",
        "D",
        "F",
        ")",
        "^",
        ":D",
        ";)",
        "https://",
        "www.",
        "ww",
        "w.",
        "://",
        "https://example.com/",
        "\0",
        "{reference}",
        "{{",
        "}",
        "\n",
        "\u{2028}",
        "\u{202e}",
        "\u{200b}",
        " ",
    ];
    let notation = prop::collection::vec(prop::sample::select(NOTATION.to_vec()), 0..12);
    prop_oneof![any::<String>(), notation.prop_map(|parts| parts.concat())]
}

fn any_visible_text() -> impl Strategy<Value = String> {
    any_text().prop_map(|words| {
        let words = text::clean(&words, 39, Lines::One);
        format!("{words}某")
    })
}

/// Valid templates: each placeholder once, between arbitrary text and tags.
fn any_template() -> impl Strategy<Value = Option<String>> {
    let placeholders = Just(template::PLACEHOLDERS.to_vec()).prop_shuffle();
    let text_between = prop::collection::vec(
        prop_oneof![
            any_text().prop_map(|words| {
                text::clean(&words.replace(['{', '}', '['], ""), usize::MAX, Lines::Many)
            }),
            prop::sample::select(template::ALLOWED_TAGS.to_vec()).prop_map(str::to_owned),
            prop::sample::select(vec![
                " ",
                "\n",
                ":",
                "(",
                ")",
                "8-",
                "{{",
                "}}",
                "http",
                "://",
                "www",
                ".",
                " https://example.jp/x ",
                "https://example.jp/",
            ])
            .prop_map(str::to_owned),
        ],
        template::PLACEHOLDERS.len(),
    );
    let template = (placeholders, text_between).prop_map(|(placeholders, text_between)| {
        let pairs = placeholders.iter().zip(text_between);
        pairs
            .map(|(name, words)| format!("{words}{{{name}}}"))
            .collect::<String>()
    });
    prop::option::of(template)
}

pub(super) fn any_visitor() -> impl Strategy<Value = Visitor> {
    let lang = prop::option::of(prop::sample::select(Lang::ALL.to_vec()));
    let words = (any_text(), any_text(), any_text());
    (words, prop::option::of(any::<u16>()), lang).prop_map(|(words, people, language)| {
        let (company, name, purpose) = words;
        Visitor {
            company,
            name,
            people,
            purpose,
            language,
        }
    })
}

/// Valid steps of an escalation.
fn any_steps() -> impl Strategy<Value = Vec<EscalationStep>> {
    let target = prop::sample::select(EscalationTarget::ALL.to_vec());
    let steps = prop::collection::vec(
        (MIN_STEP_GAP_SECONDS..160, target),
        0..=MAX_ESCALATION_STEPS,
    );
    steps.prop_map(|steps| {
        let mut after_seconds = 0;
        let steps = steps.into_iter().map(|(gap, to)| {
            after_seconds += gap;
            EscalationStep { after_seconds, to }
        });
        steps.collect()
    })
}

/// Settings of the site's answers and escalation, and of the last button's escalation and missed visits.
type FollowUps = (
    AnswerDisplay,
    Vec<EscalationStep>,
    Option<Vec<EscalationStep>>,
    bool,
);

fn any_follow_ups() -> impl Strategy<Value = FollowUps> {
    let answers = prop::sample::select(AnswerDisplay::ALL.to_vec());
    let own = prop::option::of(any_steps());
    let all = (answers, any_steps(), own, any::<bool>());
    all.prop_map(|(answers, steps, own, missed)| match answers {
        AnswerDisplay::Off => (answers, Vec::new(), own.map(|_| Vec::new()), false),
        _ => (answers, steps, own, missed),
    })
}

/// Sample office with any names, any escalation, and any template on the last button.
pub(super) fn any_office() -> impl Strategy<Value = Settings> {
    let names = prop::collection::vec(any_visible_text(), 5);
    let lang = prop::sample::select(Lang::ALL.to_vec());
    let all = (names, any_template(), lang, any_follow_ups());
    all.prop_map(|(names, template, lang, follow_ups)| {
        let mut document = test_office::document();
        document.site.languages = vec![lang];
        let (answers, steps, own_steps, missed) = follow_ups;
        document.site.answers = answers;
        document.site.escalation = steps;
        document.hosts[0].delegates = vec![host_id("suzuki"), host_id("takahashi")];
        document.hosts[2].delegates = vec![host_id("ito")];
        document.hosts[2].absent_until = Some(today());
        for (host, name) in document.hosts.iter_mut().zip(&names) {
            host.name.clone_from(name);
        }
        for group in &mut document.groups {
            group.name = TranslatedText::of(Lang::Ja, names[1].clone());
        }
        let device = &mut document.devices[0];
        device.name.clone_from(&names[2]);
        device.place.clone_from(&names[3]);
        device.menu[2].label = TranslatedText::of(lang, names[4].clone());
        device.menu[2].template = template;
        device.menu[2].escalation = own_steps;
        device.menu[2].missed_visit = missed;
        validate(document).expect("any visible names are valid")
    })
}
