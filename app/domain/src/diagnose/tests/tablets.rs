//! Findings about tablets and contact requests.

use super::super::{Finding, Repair, Severity};
use super::{found, request_of};
use crate::model::id::DeviceId;
use crate::stream::StreamTrouble;
use crate::test_office::room_id;

#[test]
fn a_tablet_without_menu_or_pairing_and_an_unknown_contact_request_are_reported() {
    let tablet = || "lobby".parse().unwrap();
    let bare = found(
        |document| document.devices[0].menu.clear(),
        |seen| seen.paired = Some([].into()),
    );
    assert!(
        bare.contains(&Finding::EmptyMenu { device: tablet() }),
        "{bare:?}"
    );
    assert!(
        bare.contains(&Finding::NotPaired { device: tablet() }),
        "{bare:?}"
    );
    let asked = found(|_| {}, |seen| seen.requests = vec![request_of(999)]);
    let expected = Finding::RequestWaiting {
        request: request_of(999),
        host: None,
    };
    assert_eq!(asked, [expected]);
    let repairs = [Repair::Accept(7), Repair::OpenPeopleFromChatwork];
    assert_eq!(asked[0].repairs(), repairs, "a contact is no host yet");
}

#[test]
fn a_tablet_with_a_faulty_event_stream_is_reported() {
    for trouble in [StreamTrouble::HeldBack, StreamTrouble::Cut] {
        let device: DeviceId = "lobby".parse().unwrap();
        let found = found(
            |_| {},
            |seen| seen.streams = [(device.clone(), trouble)].into(),
        );
        assert_eq!(found, [Finding::LateEvents { device, trouble }]);
        assert_eq!(found[0].severity(), Severity::Risk);
    }
}

#[test]
fn a_silent_tablet_is_named_with_a_link_to_it() {
    let device: DeviceId = "lobby".parse().unwrap();
    let found = found(
        |_| {},
        |seen| {
            let removed = "removed".parse().unwrap();
            seen.silent = [device.clone(), removed].into();
            seen.streams = [(device.clone(), StreamTrouble::Cut)].into();
        },
    );
    let silent = Finding::SilentTablet {
        device: device.clone(),
    };
    assert_eq!(found, [silent], "its stream is no trouble of a proxy");
    assert_eq!(found[0].severity(), Severity::Risk);
    assert_eq!(found[0].repairs(), [Repair::OpenDevice(device)]);
}

#[test]
fn a_paired_tablet_that_visitors_can_leave_without_a_pin_is_a_hint() {
    let without_pin = |paired: bool| {
        found(
            |document| document.site.exit_pin = None,
            |seen| {
                if !paired {
                    seen.paired = None;
                }
            },
        )
    };
    assert_eq!(without_pin(true), [Finding::NoExitPin]);
    assert_eq!(Finding::NoExitPin.severity(), Severity::Hint);
    assert_eq!(Finding::NoExitPin.repairs(), [Repair::OpenExitPin]);
    assert_eq!(without_pin(false), [], "no tablet, no kiosk to leave");
}

#[test]
fn an_office_in_use_without_a_room_for_alarms_is_led_to_choose_one() {
    let without_room = |paired: bool| {
        found(
            |document| document.site.alarms.room = None,
            |seen| {
                if !paired {
                    seen.paired = None;
                }
            },
        )
    };
    assert_eq!(without_room(true), [Finding::NoAlarmRoom]);
    assert_eq!(Finding::NoAlarmRoom.severity(), Severity::Hint);
    assert_eq!(Finding::NoAlarmRoom.repairs(), [Repair::OpenAlarms]);
    assert_eq!(without_room(false), [], "no tablet that could fall silent");
}

#[test]
fn a_room_for_alarms_that_the_bot_is_not_in_is_reported() {
    let room = room_id(99);
    let found = found(|document| document.site.alarms.room = Some(room), |_| {});
    assert_eq!(found, [Finding::UnavailableAlarmRoom { room }]);
    assert_eq!(found[0].severity(), Severity::Risk);
    assert_eq!(found[0].repairs(), [Repair::OpenAlarms]);
}
