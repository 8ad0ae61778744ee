//! What holds for whatever admins and visitors write.

use proptest::prelude::*;

use super::{default_template, escape, template};
use crate::admission::{AdmissionError, Message, SubmittedCall, admit};
use crate::caller_limits::CALL_TEXT_BYTES;
use crate::compose::{ComposedCall, ComposedMessage, Visit, compose};
use crate::example::{self, cases, group_id, host_id, today};
use crate::model::call::Visitor;
use crate::model::id::{CallId, HostId};
use crate::model::lang::{Lang, LocalText};
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument};
use crate::outbound_policy::OutboundPolicy;
use crate::routing::{RouteRequest, Target};
use crate::text::{self, Lines};
use crate::validate::validate;

/// Words of any kind, half of them made of what Chatwork reads as notation.
fn any_words() -> impl Strategy<Value = String> {
    const HEAVY: [&str; 43] = [
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
    let heavy = prop::collection::vec(prop::sample::select(HEAVY.to_vec()), 0..12);
    prop_oneof![any::<String>(), heavy.prop_map(|parts| parts.concat())]
}

fn shown_words() -> impl Strategy<Value = String> {
    any_words().prop_map(|words| {
        let words = text::clean(&words, 39, Lines::One);
        format!("{words}某")
    })
}

/// Templates that `validate` lets pass: each placeholder at most once, between any words and tags.
fn any_template() -> impl Strategy<Value = Option<String>> {
    let placeholders = Just(template::PLACEHOLDERS.to_vec()).prop_shuffle();
    let between = prop::collection::vec(
        prop_oneof![
            any_words().prop_map(|words| {
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
    let template = (placeholders, between).prop_map(|(placeholders, between)| {
        let pairs = placeholders.iter().zip(between);
        pairs
            .map(|(name, words)| format!("{words}{{{name}}}"))
            .collect::<String>()
    });
    prop::option::of(template)
}

fn any_visitor() -> impl Strategy<Value = Visitor> {
    let lang = prop::option::of(prop::sample::select(Lang::ALL.to_vec()));
    let words = (any_words(), any_words(), any_words());
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

/// The sample office with any names and any template on its last button.
fn any_office() -> impl Strategy<Value = Settings> {
    let names = prop::collection::vec(shown_words(), 5);
    let lang = prop::sample::select(Lang::ALL.to_vec());
    (names, any_template(), lang).prop_map(|(names, template, lang)| {
        let mut document = example::document();
        document.site.languages = vec![lang];
        for (host, name) in document.hosts.iter_mut().zip(&names) {
            host.name.clone_from(name);
        }
        for group in &mut document.groups {
            group.name = LocalText::of(Lang::Ja, names[1].clone());
        }
        let device = &mut document.devices[0];
        device.name.clone_from(&names[2]);
        device.place.clone_from(&names[3]);
        device.menu[2].label = LocalText::of(lang, names[4].clone());
        device.menu[2].template = template;
        validate(document).expect("any words make a sound office")
    })
}

fn any_target() -> impl Strategy<Value = Target> {
    let hosts = prop::sample::select(vec!["sato", "tanaka", "takahashi"]);
    let groups = prop::sample::select(vec!["soumu", "kaihatsu1", "eigyo1", "gone"]);
    prop_oneof![
        hosts.prop_map(|key| Target::Host(host_id(key))),
        groups.prop_map(|key| Target::Group(group_id(key))),
        Just(Target::Staff),
    ]
}

fn call() -> CallId {
    CallId::new(1, b"0123456789")
}

fn planned(settings: &Settings, target: Target, visitor: &Visitor, time: &str) -> ComposedCall {
    let device = &settings.devices()[0];
    let tap = RouteRequest {
        target,
        method: Method::Both,
        today: today(),
    };
    let button = &device.menu[2];
    let visit = Visit {
        device,
        button: Some(button),
        visitor,
        time,
        reference: call().reference(),
    };
    compose(settings, &tap, &visit)
}

/// What the relay says about a plan, handed over as it is.
fn admitted(
    settings: &Settings,
    target: &Target,
    visitor: &Visitor,
    plan: &ComposedCall,
) -> Result<(), AdmissionError> {
    fn message(worded: &ComposedMessage) -> Message<'_> {
        Message {
            to: worded.to,
            text: &worded.text,
            retraction: Some(&worded.retraction),
        }
    }
    let call = SubmittedCall {
        target,
        visitor,
        deliveries: plan.messages.iter().map(message).collect(),
        fallback: plan.fallback.as_ref().map(message),
        trace: &plan.trace,
        reference: call().reference(),
    };
    admit(settings, &OutboundPolicy::of(settings), &call)
}

fn messages(
    settings: &Settings,
    target: Target,
    visitor: &Visitor,
    time: &str,
) -> Vec<ComposedMessage> {
    planned(settings, target, visitor, time).messages
}

/// Everything in the text that opens a bracket, up to where it closes.
fn tags(text: &str) -> Vec<String> {
    let openings = text.match_indices('[');
    let mut tags: Vec<String> = openings
        .map(|(at, _)| template::excerpt(&text[at..]))
        .collect();
    tags.sort();
    tags
}

/// The tags that the template and the mentions ask for, and no others.
fn expected_tags(settings: &Settings, mentions: &[HostId]) -> Vec<String> {
    let button = &settings.devices()[0].menu[2];
    let default = default_template(settings.site().own_language());
    let mut tags = tags(button.template.as_deref().unwrap_or(default));
    let account = |id: &HostId| settings.host(id).and_then(|host| host.account);
    tags.extend(
        mentions
            .iter()
            .filter_map(account)
            .map(|account| format!("[To:{account}]")),
    );
    tags.sort();
    tags
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn every_message_stays_within_reach_and_opens_no_tag_but_its_own(
        settings in any_office(),
        target in any_target(),
        visitor in any_visitor(),
        time in any_words(),
    ) {
        let visitor = visitor.cleaned();
        let plan = planned(&settings, target.clone(), &visitor, &time);
        prop_assert_eq!(admitted(&settings, &target, &visitor, &plan), Ok(()));
        for (message, is_fallback) in plan.messages.iter().map(|message| (message, false))
            .chain(plan.fallback.iter().map(|message| (message, true)))
        {
            let mut expected = expected_tags(&settings, &message.mentions);
            if is_fallback {
                expected.extend(["[info]", "[title]", "[/title]", "[/info]"].map(str::to_owned));
                expected.sort();
            }
            prop_assert_eq!(tags(&message.text), expected, "{}", message.text);
        }
    }

    #[test]
    fn nothing_a_visitor_types_becomes_a_face(visitor in any_visitor()) {
        let settings = validate(example::document()).expect("sound");
        let target = Target::Group(group_id("soumu"));
        for message in messages(&settings, target, &visitor, "10:30") {
            let words = message.text.replace("[To:", "").replace("10:30", "");
            prop_assert!(!words.contains(['(', ')', '|']), "{}", words);
            for face in [":D", ";D", ":^", ":p", ":*", "8-)", "://", "www."] {
                prop_assert!(!words.contains(face), "{} in {}", face, words);
            }
        }
    }

    #[test]
    fn neutralising_twice_changes_nothing(words in any_words(), max in 0_usize..40) {
        let once = escape(&words, max);
        prop_assert_eq!(escape(&once, max), once);
    }

    #[test]
    fn neutral_words_are_short_and_on_one_line(words in any_words(), max in 0_usize..40) {
        let safe = escape(&words, max);
        prop_assert!(safe.chars().count() <= max);
        prop_assert!(!safe.contains(['[', ']', '(', ')', '|']), "{}", safe);
        prop_assert!(!safe.chars().any(char::is_control), "{:?}", safe);
        prop_assert_eq!(safe.trim(), safe.as_str());
    }
}

#[test]
fn the_longest_message_of_a_sound_document_stays_within_reach() {
    let mut document: SettingsDocument = example::document();
    let widest = |n: usize| "𠮷".repeat(n);
    let crowd: Vec<_> = (0..99).map(|i| format!("x{i}")).collect();
    for (i, key) in crowd.iter().enumerate() {
        let account = 9_007_199_254_740_000 + i as u64;
        document
            .hosts
            .push(example::host(key, &widest(80), "", account, &[]));
    }
    let absent = example::host_in(&mut document, "x0");
    absent.absent_until = Some(today());
    absent.delegates = vec![host_id("x1")];
    document.groups[0].name = LocalText::of(Lang::Ja, widest(80));
    document.groups[0].in_charge = crowd.iter().map(|key| host_id(key)).collect();
    let blanks: String = template::PLACEHOLDERS
        .iter()
        .map(|name| format!("{{{name}}}"))
        .collect();
    let device = &mut document.devices[0];
    (device.name, device.place) = (widest(80), widest(80));
    device.menu[2].label = LocalText::of(Lang::Ja, widest(40));
    device.menu[2].template = Some(format!("{blanks}{}", "あ".repeat(4_000 - blanks.len())));
    let settings = validate(document).expect("sound");
    let visitor = Visitor {
        company: widest(100),
        name: widest(100),
        people: Some(u16::MAX),
        purpose: widest(300),
        language: Some(Lang::Vi),
    };
    let target = Target::Group(group_id("soumu"));
    let visitor = visitor.cleaned();
    let plan = planned(&settings, target.clone(), &visitor, &widest(50));
    assert_eq!(plan.messages.len(), 100, "each in charge, and the room");
    assert_eq!(admitted(&settings, &target, &visitor, &plan), Ok(()));
    let bytes = |message: &ComposedMessage| message.text.len() + message.retraction.len() + 100;
    let messages = plan.messages.iter().chain(&plan.fallback);
    let bytes = messages.map(bytes).sum::<usize>();
    assert!(bytes < CALL_TEXT_BYTES, "{bytes} bytes in all");
    assert!(
        plan.fallback.is_some(),
        "the default room is told of refusals"
    );
}
