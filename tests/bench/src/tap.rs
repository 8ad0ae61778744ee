//! Latency from a tap to the message stored by Chatwork, one call at a time.

use std::time::{Duration, Instant};

use http_body_util::BodyExt as _;
use relay_tests::{CallDraft, LOBBY};
use tokio::time::{MissedTickBehavior, interval};

use crate::load::{Target, connect, request};
use crate::office::{contacts, sample};
use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use crate::site::Site;

/// Interval between calls: with the contacts called in turn, it keeps Chatwork's limit per room.
const CALL_INTERVAL: Duration = Duration::from_millis(150);

/// Calls that are not measured, because the first use of connections and queries is not representative.
const WARM_UP_CALLS: usize = 10;
/// Maximum time until a call is stored in Chatwork.
const STORED_WITHIN: Duration = Duration::from_secs(30);

pub(crate) async fn measure() {
    // Fewer than the 300 requests in five minutes that Chatwork allows, because setting the office up takes some too.
    let calls = size("BENCH_TAPS", 240);
    let mut part = Part::new("tap");
    let site = Site::open(&sample()).await;
    let target = Target {
        address: site.address.parse().unwrap(),
        cookie: site.pair(LOBBY).await,
    };
    let bot = chatwork_sim::Office::SAMPLE_BOT;
    let rooms: Vec<_> = contacts()
        .map(|staff| {
            let room = site.sim.direct_room(bot, staff.account_id).unwrap();
            (staff.account_id, room)
        })
        .collect();
    let mut sender = connect(target.address).await;
    // Milliseconds from sending each request to its response, and to the message in Chatwork.
    let (mut accepted, mut stored) = (Vec::new(), Vec::new());
    let mut pace = interval(CALL_INTERVAL);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let warm_up = WARM_UP_CALLS.min(calls);
    for number in 0..calls + warm_up {
        pace.tick().await;
        let (account, room) = rooms[number % rooms.len()];
        let draft = CallDraft::now().to_account(account);
        let reference = draft.reference();
        let began = Instant::now();
        let response = async {
            let response = sender.send_request(request(&target, &draft)).await.unwrap();
            assert_eq!(response.status(), 202, "accepted");
            response.into_body().collect().await.unwrap();
            began.elapsed()
        };
        let in_chatwork = async {
            let is_of_call = |message: &chatwork_sim::Message| message.body.contains(&reference);
            let seen = site
                .sim
                .wait_for_message(room, is_of_call, STORED_WITHIN)
                .await;
            seen.unwrap();
            began.elapsed()
        };
        let (response, in_chatwork) = tokio::join!(response, in_chatwork);
        if number >= warm_up {
            accepted.push(response.as_secs_f64() * 1000.0);
            stored.push(in_chatwork.as_secs_f64() * 1000.0);
        }
    }
    let (accepted, stored) = (Quantiles::of(accepted), Quantiles::of(stored));
    let (p50, p99) = (stored.median(), stored.quantile(0.99));
    part.add_row(
        "tap → stored by Chatwork (simulator on loopback)",
        format!("p50 {p50:.1} ms, p99 {p99:.1} ms"),
        "p50 ≤ 10 ms, p99 ≤ 50 ms",
        p50 <= 10.0 && p99 <= 50.0,
    );
    part.add_details(&format!(
        "{} calls to private chats, one every {} ms, from sending the request to the message in the \
         simulated Chatwork: p50 {p50:.1} ms, p99 {p99:.1} ms, max {:.1} ms. The tablet got its 202 \
         after p50 {:.1} ms, p99 {:.1} ms.",
        stored.len(),
        CALL_INTERVAL.as_millis(),
        stored.max(),
        accepted.median(),
        accepted.quantile(0.99),
    ));
    site.close().await;
    part.write();
}
