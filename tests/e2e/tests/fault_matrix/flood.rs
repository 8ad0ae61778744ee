//! A second tablet that calls the same room many times.

use std::time::{SystemTime, UNIX_EPOCH};

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use yobirin_api::call::{Call, Outgoing};
use yobirin_api::device::Pair;
use yobirin_domain::model::call::{DEADLINE_MILLIS, Visitor};
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::{Destination, Target};

/// Text in each of its messages.
pub(super) const TEXT: &str = "もう一台のタブレット";
const DEVICE: &str = "side-door";
const CALLS: u64 = 50;

/// Pairs the second tablet and hands over fifty calls.
pub(super) async fn flood(relay: &str, admin: &Admin) {
    let mut document = admin.settings().await;
    let mut device = document.devices[0].clone();
    device.id = DEVICE.parse().expect("a valid id");
    device.menu.truncate(1);
    device.menu[0].id = "side-door-parcel".parse().expect("a valid id");
    document.devices.push(device);
    admin.save(&document).await;

    let client = reqwest::Client::builder().cookie_store(true).no_proxy();
    let client = client.build().expect("a client");
    let code = admin.pairing_code(DEVICE).await.code;
    let pairing = client
        .post(format!("{relay}/api/pair"))
        .json(&Pair { code });
    let paired = pairing.send().await.expect("the relay answers");
    assert!(paired.status().is_success(), "{paired:?}");
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = u64::try_from(since_1970.expect("it is past 1970").as_millis());
    let now = now.expect("a time of this age");
    for number in 0..CALLS {
        let mut random = [7; 10];
        random[8..].copy_from_slice(&u16::try_from(number).expect("fifty").to_be_bytes());
        let id = CallId::new(now, &random);
        let room = Office::SAMPLE_SOUMU_ROOM.try_into().expect("a room");
        let call = Call {
            button: "side-door-parcel".parse().expect("a valid id"),
            target: Target::Group("soumu".parse().expect("a valid id")),
            visitor: Visitor::default(),
            notice: None,
            tapped: now,
            deadline: now + DEADLINE_MILLIS,
            deliveries: vec![Outgoing {
                to: Destination::Room(room),
                text: format!("{TEXT} {}", id.reference()),
                retraction: None,
                answered: None,
            }],
            fallback: None,
            later: Vec::new(),
            missed: None,
            trace: Vec::new(),
        };
        let put = client.put(format!("{relay}/api/calls/{id}")).json(&call);
        let accepted = put.send().await.expect("the relay answers");
        assert_eq!(accepted.status(), 202, "{accepted:?}");
    }
}
