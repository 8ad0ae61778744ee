//! Time from a host's reply in Chatwork to the event on the tablet's stream, and the requests that listening takes. In
//! real time, at random moments within the first two minutes of a call. All offices run at the same time, each with its
//! own relay and its own simulated Chatwork.

mod office;

use std::time::Duration;

use futures_util::future::join_all;

use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use office::{AnsweredOffice, Listening, Measured};

/// Latest reply to a call.
const REPLY_WITHIN: Duration = Duration::from_secs(2 * 60);
/// Age of a call up to which its room is read most often.
const HALF_MINUTE: Duration = Duration::from_secs(30);
/// Rooms with a call each in the case of many rooms.
const ROOMS: usize = 20;
/// Maximum number of requests for listening in five minutes.
const MAX_REQUESTS: f64 = 150.0;

pub(crate) async fn measure() {
    let seconds = size("BENCH_ANSWER_SECONDS", 300);
    let one_call = size("BENCH_ANSWER_OFFICES", 12);
    let (many_rooms, webhook) = (one_call.div_ceil(6), one_call.div_ceil(2));
    let window = Duration::from_secs(seconds as u64);
    let within = REPLY_WITHIN.min(window / 2);
    let mut part = Part::new("answers");
    let cases = [
        (
            "one open call, by polling",
            Listening::OneCall,
            one_call,
            2.5,
        ),
        (
            "20 open calls in 20 rooms, by polling",
            Listening::Rooms(ROOMS),
            many_rooms,
            3.5,
        ),
        (
            "one open call, by webhook",
            Listening::Webhook,
            webhook,
            2.5,
        ),
    ];
    // One after the other: the hash of a password takes a processor.
    let mut offices = Vec::new();
    for (_, listening, many, _) in cases {
        for _ in 0..many {
            offices.push(AnsweredOffice::open(listening).await);
        }
    }
    let running = offices.into_iter().map(|office| office.run(window, within));
    let mut measured = join_all(running).await.into_iter();
    part.add_details(&format!(
        "{one_call} offices with one open call at a time, {many_rooms} with {ROOMS} calls in {ROOMS} private chats, {webhook} \
         with one open call at a time and Chatwork's webhook, all at the same time for {seconds} s. Each call gets one reply, at \
         a random moment within {} s of its message; measured from the reply in the simulated Chatwork (loopback) to the event \
         `answer` on the tablet's stream.\n\n\
         | case | replies | p50 | p95 | max | p95 in the first 30 s of a call | p95 later | requests for listening, most in an office | all requests |\n\
         |---|---|---|---|---|---|---|---|---|",
        within.as_secs(),
    ));
    for (what, _, many, budget) in cases {
        let offices: Vec<Measured> = measured.by_ref().take(many).collect();
        add_case(&mut part, what, budget, seconds, &offices);
    }
    part.write();
}

/// Adds the rows and the details of one case.
fn add_case(part: &mut Part, what: &str, budget: f64, seconds: usize, offices: &[Measured]) {
    let replies = || offices.iter().flat_map(|office| &office.replies);
    let all = Quantiles::of(replies().map(|reply| reply.delay.as_secs_f64()));
    let (p50, p95) = (all.median(), all.quantile(0.95));
    part.row(
        &format!("host's reply → tablet's stream, {what}"),
        format!("p50 {p50:.2} s, p95 {p95:.2} s"),
        &format!("p95 ≤ {budget} s"),
        p95 <= budget,
    );
    let most = |count: fn(&Measured) -> f64| offices.iter().map(count).fold(0.0, f64::max);
    let listening = most(|office| office.listening_requests);
    part.row(
        &format!("requests for listening in {seconds} s, {what}"),
        format!("{listening}"),
        &format!("≤ {MAX_REQUESTS}"),
        listening <= MAX_REQUESTS,
    );
    let p95_of = |is_early: bool| {
        let of_age = replies().filter(|reply| (reply.age < HALF_MINUTE) == is_early);
        let delays: Vec<f64> = of_age.map(|reply| reply.delay.as_secs_f64()).collect();
        match delays.len() {
            0 => "–".to_owned(),
            count => format!("{:.2} s ({count})", Quantiles::of(delays).quantile(0.95)),
        }
    };
    part.add_details(&format!(
        "| {what} | {} | {p50:.2} s | {p95:.2} s | {:.2} s | {} | {} | {listening} | {} |",
        all.len(),
        all.max(),
        p95_of(true),
        p95_of(false),
        most(|office| office.all_requests),
    ));
}
