//! Properties of messages with any text of admins and visitors.

mod generators;

use proptest::prelude::*;

use generators::{any_office, any_text, any_visitor};

use super::{default_template, escape, template};
use crate::admission::{AdmissionError, LaterMessage, Message, MissedVisit, SubmittedCall, admit};
use crate::caller_limits::CALL_TEXT_BYTES;
use crate::compose::{ComposedCall, ComposedMessage, Visit, compose};
use crate::model::call::Visitor;
use crate::model::id::{CallId, HostId};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument};
use crate::outbound_policy::OutboundPolicy;
use crate::routing::{MAX_RECIPIENTS, RouteRequest, Target};
use crate::test_office::{self, cases, group_id, host_id, today};
use crate::validate::validate;

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

fn composed(settings: &Settings, target: Target, visitor: &Visitor, time: &str) -> ComposedCall {
    let device = &settings.devices()[0];
    let request = RouteRequest {
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
    compose(settings, &request, &visit)
}

/// Result of admission for a composed call.
fn admit_composed(
    settings: &Settings,
    target: &Target,
    visitor: &Visitor,
    composed: &ComposedCall,
) -> Result<(), AdmissionError> {
    fn message(message: &ComposedMessage) -> Message<'_> {
        Message {
            to: message.to,
            text: &message.text,
            retraction: Some(&message.retraction),
            answered: message.answered,
        }
    }
    let later = composed.later.iter().flat_map(|step| {
        let messages = step.messages.iter();
        messages.map(|later| LaterMessage {
            after_seconds: step.step.after_seconds,
            message: message(later),
        })
    });
    let missed = composed.missed.as_ref().map(|missed| MissedVisit {
        assignees: &missed.assignees,
        text: &missed.text,
        unanswered: missed.unanswered,
    });
    let call = SubmittedCall {
        target,
        visitor,
        deliveries: composed.messages.iter().map(message).collect(),
        fallback: composed.fallback.as_ref().map(message),
        later: later.collect(),
        missed,
        trace: &composed.trace,
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
    composed(settings, target, visitor, time).messages
}

/// All tags of a text, sorted.
fn tags(text: &str) -> Vec<String> {
    let openings = text.match_indices('[');
    let mut tags: Vec<String> = openings
        .map(|(at, _)| template::excerpt(&text[at..]))
        .collect();
    tags.sort();
    tags
}

/// Tags of the template and the mentions.
fn expected_tags(settings: &Settings, mentions: &[HostId]) -> Vec<String> {
    let button = &settings.devices()[0].menu[2];
    let default = default_template(settings.site().office_language());
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
    fn every_message_is_admitted_and_contains_only_its_own_tags(
        settings in any_office(),
        target in any_target(),
        visitor in any_visitor(),
        time in any_text(),
    ) {
        let visitor = visitor.cleaned();
        let composed = composed(&settings, target.clone(), &visitor, &time);
        prop_assert_eq!(admit_composed(&settings, &target, &visitor, &composed), Ok(()));
        let later = composed.later.iter().flat_map(|step| &step.messages);
        let messages = composed.messages.iter().chain(later);
        for (message, is_fallback) in messages.map(|message| (message, false))
            .chain(composed.fallback.iter().map(|message| (message, true)))
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
    fn no_text_of_a_visitor_becomes_an_emoticon(visitor in any_visitor()) {
        let settings = validate(test_office::document()).expect("valid");
        let target = Target::Group(group_id("soumu"));
        for message in messages(&settings, target, &visitor, "10:30") {
            let words = message.text.replace("[To:", "").replace("10:30", "");
            prop_assert!(!words.contains(['(', ')', '|']), "{}", words);
            for emoticon in [":D", ";D", ":^", ":p", ":*", "8-)", "://", "www."] {
                prop_assert!(!words.contains(emoticon), "{} in {}", emoticon, words);
            }
        }
    }

    #[test]
    fn escape_is_idempotent(words in any_text(), max in 0_usize..40) {
        let once = escape(&words, max);
        prop_assert_eq!(escape(&once, max), once);
    }

    #[test]
    fn escaped_text_is_short_and_on_one_line(words in any_text(), max in 0_usize..40) {
        let escaped = escape(&words, max);
        prop_assert!(escaped.chars().count() <= max);
        prop_assert!(!escaped.contains(['[', ']', '(', ')', '|']), "{}", escaped);
        prop_assert!(!escaped.chars().any(char::is_control), "{:?}", escaped);
        prop_assert_eq!(escaped.trim(), escaped.as_str());
    }
}

#[test]
fn the_longest_call_of_valid_settings_is_admitted() {
    let mut document: SettingsDocument = test_office::document();
    // 4 bytes in UTF-8, the most that a character has.
    let widest = |n: usize| "𠮷".repeat(n);
    let in_charge: Vec<_> = (0..MAX_RECIPIENTS).map(|i| format!("x{i}")).collect();
    for (i, key) in in_charge.iter().enumerate() {
        let account = 9_007_199_254_740_000 + i as u64; // as many digits as the largest id
        document
            .hosts
            .push(test_office::host(key, &widest(80), "", account, &[]));
    }
    let absent = test_office::host_in(&mut document, "x0");
    absent.absent_until = Some(today());
    absent.delegates = vec![host_id("x1")];
    document.groups[0].name = TranslatedText::of(Lang::Ja, widest(80));
    document.groups[0].in_charge = in_charge.iter().map(|key| host_id(key)).collect();
    let placeholders: String = template::PLACEHOLDERS
        .iter()
        .map(|name| format!("{{{name}}}"))
        .collect();
    let device = &mut document.devices[0];
    (device.name, device.place) = (widest(80), widest(80));
    device.menu[2].label = TranslatedText::of(Lang::Ja, widest(40));
    let filler = "あ".repeat(4_000 - placeholders.len());
    device.menu[2].template = Some(format!("{placeholders}{filler}"));
    let settings = validate(document).expect("valid");
    let visitor = Visitor {
        company: widest(100),
        name: widest(100),
        people: Some(u16::MAX),
        purpose: widest(300),
        language: Some(Lang::Vi),
    };
    let target = Target::Group(group_id("soumu"));
    let visitor = visitor.cleaned();
    let composed = composed(&settings, target.clone(), &visitor, &widest(50));
    assert_eq!(
        composed.messages.len(),
        MAX_RECIPIENTS + 1,
        "one per in-charge host, and the room"
    );
    assert_eq!(
        admit_composed(&settings, &target, &visitor, &composed),
        Ok(())
    );
    // The heading for answered messages has fewer than 100 bytes.
    let size = |message: &ComposedMessage| message.text.len() + message.retraction.len() + 100;
    let messages = composed.messages.iter().chain(&composed.fallback);
    let bytes = messages.map(size).sum::<usize>();
    assert!(bytes < CALL_TEXT_BYTES, "{bytes} bytes in all");
    assert!(
        composed.fallback.is_some(),
        "there is a fallback to the default room"
    );
}
