//! Measures the time from a host's reply in Chatwork to the answer on the tablet, and the requests that listening
//! takes. Hosts reply in real time, at random moments within the first two minutes of a call. All offices run at the
//! same time, each with its own relay and its own simulated Chatwork. One office of each case has a tablet in
//! Chromium, which reports when it has painted the answer; in the others the time of the event on the tablet's stream
//! counts.

mod office;
mod painted;
mod reply;

use std::time::Duration;

use futures_util::future::join_all;

use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use office::{AnsweredOffice, Display, Listening, Measured};

/// Time within which each call gets its reply.
const REPLY_WITHIN: Duration = Duration::from_secs(2 * 60);
/// Age of a call up to which a reply counts as early in the details.
const EARLY_AGE: Duration = Duration::from_secs(30);
/// Number of rooms with a call each, in the case of many rooms.
const ROOMS: usize = 20;
/// Maximum number of requests for listening in five minutes.
const MAX_REQUESTS: f64 = 150.0;

/// Way of listening that is measured.
struct Case {
    name: &'static str,
    listening: Listening,
    /// Number of offices with tablets' streams; one office with Chromium is beside them.
    offices: usize,
    /// Budget of the 95th percentile.
    max_p95_seconds: f64,
}

pub(crate) async fn measure() {
    let seconds = size("BENCH_ANSWER_SECONDS", 300);
    // Numbers of offices in the three cases.
    let one_call = size("BENCH_ANSWER_OFFICES", 12);
    let (many_rooms, webhook) = (one_call.div_ceil(6), one_call.div_ceil(2));
    let window = Duration::from_secs(seconds as u64);
    let within = REPLY_WITHIN.min(window / 2);
    let mut part = Part::new("answers");
    let cases = [
        Case {
            name: "one open call, by polling",
            listening: Listening::OneCall,
            offices: one_call,
            max_p95_seconds: 2.5,
        },
        Case {
            name: "20 open calls in 20 rooms, by polling",
            listening: Listening::Rooms(ROOMS),
            offices: many_rooms,
            max_p95_seconds: 3.5,
        },
        Case {
            name: "one open call, by webhook",
            listening: Listening::Webhook,
            offices: webhook,
            max_p95_seconds: 2.5,
        },
    ];
    // Offices are opened one after the other, because the hash of each admin's password takes a whole processor.
    let mut offices = Vec::new();
    for case in &cases {
        for _ in 0..case.offices {
            offices.push(AnsweredOffice::open(case.listening, Display::Stream).await);
        }
        offices.push(AnsweredOffice::open(case.listening, Display::Painted).await);
    }
    let running = offices.into_iter().map(|office| office.run(window, within));
    let mut measured = join_all(running).await.into_iter();
    part.add_details(&format!(
        "{one_call} offices with one open call at a time, {many_rooms} with {ROOMS} calls in {ROOMS} private chats, {webhook} \
         with one open call at a time and Chatwork's webhook, all at the same time for {seconds} s. Each call gets one reply, at \
         a random moment within {} s of its message; measured from the reply in the simulated Chatwork (loopback) to the event \
         `answer` on the tablet's stream. Beside them an office of each case whose tablet is a Chromium: one call after the \
         other, each with a reply within 20 s, measured to the frame after the answer; in the case of many rooms with a reply \
         within {} s, while the other calls wait all the time.\n\n\
         | case | replies | p50 | p95 | max | p95 in the first 30 s of a call | p95 later | requests for listening, most in an office | all requests |\n\
         |---|---|---|---|---|---|---|---|---|",
        within.as_secs(),
        within.as_secs(),
    ));
    // In the order in which the offices were opened.
    for case in &cases {
        let offices: Vec<Measured> = measured.by_ref().take(case.offices).collect();
        add_case(&mut part, case, Display::Stream, seconds, &offices);
        let offices: Vec<Measured> = measured.by_ref().take(1).collect();
        add_case(&mut part, case, Display::Painted, seconds, &offices);
    }
    part.write();
}

/// Adds the rows and the details of one case on one kind of tablets.
fn add_case(part: &mut Part, case: &Case, display: Display, seconds: usize, offices: &[Measured]) {
    let (what, budget) = (case.name, case.max_p95_seconds);
    let shown = match display {
        Display::Stream => "tablet's stream",
        Display::Painted => "painted in Chromium",
    };
    let replies = || offices.iter().flat_map(|office| &office.replies);
    let all = Quantiles::of(replies().map(|reply| reply.delay.as_secs_f64()));
    let (p50, p95) = (all.median(), all.quantile(0.95));
    part.add_row(
        &format!("host's reply → {shown}, {what}"),
        format!("p50 {p50:.2} s, p95 {p95:.2} s"),
        &format!("p95 ≤ {budget} s"),
        p95 <= budget,
    );
    let max_of = |count: fn(&Measured) -> f64| offices.iter().map(count).fold(0.0, f64::max);
    let listening = max_of(|office| office.listening_requests);
    part.add_row(
        &format!("requests for listening in {seconds} s, {what}, {shown}"),
        format!("{listening}"),
        &format!("≤ {MAX_REQUESTS}"),
        listening <= MAX_REQUESTS,
    );
    let p95_of = |is_early: bool| {
        let of_age = replies().filter(|reply| (reply.age < EARLY_AGE) == is_early);
        let delays: Vec<f64> = of_age.map(|reply| reply.delay.as_secs_f64()).collect();
        match delays.len() {
            0 => "–".to_owned(),
            count => format!("{:.2} s ({count})", Quantiles::of(delays).quantile(0.95)),
        }
    };
    part.add_details(&format!(
        "| {what}, {shown} | {} | {p50:.2} s | {p95:.2} s | {:.2} s | {} | {} | {listening} | {} |",
        all.len(),
        all.max(),
        p95_of(true),
        p95_of(false),
        max_of(|office| office.all_requests),
    ));
}
