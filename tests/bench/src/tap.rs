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

/// Interval between calls, within Chatwork's limit per room.
const CALL_INTERVAL: Duration = Duration::from_millis(150);

pub(crate) async fn measure() {
    // Together with the requests of set-up below Chatwork's 300 requests in 5 minutes.
    let many = size("BENCH_TAPS", 240);
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
    let (mut accepted, mut stored) = (Vec::new(), Vec::new());
    let mut pace = interval(CALL_INTERVAL);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Warm-up: the first use of connections and queries is not representative.
    let warm_up = 10.min(many);
    for place in 0..many + warm_up {
        pace.tick().await;
        let (account, room) = rooms[place % rooms.len()];
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
            let fits = |message: &chatwork_sim::Message| message.body.contains(&reference);
            let within = Duration::from_secs(30);
            let seen = site.sim.wait_for_message(room, fits, within).await;
            seen.unwrap();
            began.elapsed()
        };
        let (response, in_chatwork) = tokio::join!(response, in_chatwork);
        if place >= warm_up {
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
