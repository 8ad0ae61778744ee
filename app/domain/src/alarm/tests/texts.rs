//! Tests of the texts.

use super::super::simulation::{self, ALARM_ROOM, AlarmSimulation, local};
use super::super::{AlarmCondition, DAY, HOUR, Incident, SilentTablet, alarm_test_message, text};
use super::change;
use crate::message::MAX_TEXT_BYTES;
use crate::model::id::CallId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::outbound_policy::OutboundPolicy;
use crate::routing::Destination;
use crate::test_office::room_id;

#[test]
fn every_text_passes_the_policy_in_every_language_with_any_names() {
    let id = CallId::new(1, &[7; 10]);
    for name in ["受付", "[toall](F)[/info]Z7QK-03MX", &"長".repeat(200)] {
        for lang in Lang::ALL {
            let mut simulation = AlarmSimulation::with_tablets(200);
            change(&mut simulation, |document| {
                name.clone_into(&mut document.site.name);
                document.site.languages = vec![lang];
                for device in &mut document.devices {
                    name.clone_into(&mut device.name);
                }
            });
            let policy = OutboundPolicy::of(&simulation.settings);
            let to = Destination::Room(room_id(ALARM_ROOM));
            for text in all_texts(&simulation.settings, id) {
                assert_eq!(
                    policy.check_bot_message(&to, &text, id.reference()),
                    Ok(()),
                    "{text}"
                );
                assert!(
                    text.len() < MAX_TEXT_BYTES && !text.contains("(F)"),
                    "{text}"
                );
                // None of the names has a hiragana.
                let is_japanese = text.chars().any(|c| ('ぁ'..='ん').contains(&c));
                assert_eq!(is_japanese, lang == Lang::Ja, "{text}");
            }
        }
    }
}

/// Texts of the test message, and of the posts about each condition: open and ended, each also as moved to another
/// room.
fn all_texts(settings: &Settings, id: CallId) -> Vec<String> {
    let conditions = [
        AlarmCondition::TabletsSilent {
            tablets: (0..200)
                .map(|number| SilentTablet {
                    device: simulation::tablet(number),
                    since: 0,
                    until: (number > 3).then_some(7),
                    times: 3,
                })
                .collect(),
        },
        AlarmCondition::CallsFailed { calls: 1, last: 3 },
        AlarmCondition::DiskLow { free_percent: 2 },
        AlarmCondition::CertificateEnds { ends: 5 * DAY },
        AlarmCondition::BackupOld { last: None },
        AlarmCondition::BackupOld { last: Some(1) },
        AlarmCondition::LimitNearlyUsed,
        AlarmCondition::TokenRefused,
        AlarmCondition::ChatworkUnreachable,
    ];
    let mut texts = vec![alarm_test_message(settings, id.reference())];
    for condition in conditions {
        for ended in [None, Some(9 * HOUR)] {
            let mut incident = Incident::new(id, condition.clone(), 0, 0);
            incident.ended = ended;
            for text in [text::post, text::moved_post] {
                texts.push(text(settings, &incident, id.reference(), 0, &local));
            }
        }
    }
    texts
}
