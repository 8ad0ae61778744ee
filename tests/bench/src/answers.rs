//! Time from a host's reply in Chatwork to the answer on the tablet, and the requests that listening takes. In real time, at
//! random moments within the first two minutes of a call. All offices run at the same time, each with its own relay and
//! its own simulated Chatwork. One office of each case has a tablet in Chromium, which tells when it has painted the
//! answer; in the others the event on the tablet's stream counts.

mod office;
mod painted;
mod reply;

use std::time::Duration;

use futures_util::future::join_all;

use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use office::{AnsweredOffice, Display, Listening, Measured};

/// Latest reply to a call.
const REPLY_WITHIN: Duration = Duration::from_secs(2 * 60);
/// Age of a call up to which a reply counts as early in the details.
const EARLY_AGE: Duration = Duration::from_secs(30);
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
    // Name, way of listening, number of offices, and budget of the 95th percentile in seconds.
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
    // Offices are opened one after the other, because the hash of each admin's password takes a whole processor.
    let mut offices = Vec::new();
    for (_, listening, many, _) in cases {
        for _ in 0..many {
            offices.push(AnsweredOffice::open(listening, Display::Stream).await);
        }
        offices.push(AnsweredOffice::open(listening, Display::Painted).await);
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
    for (what, _, many, budget) in cases {
        let offices: Vec<Measured> = measured.by_ref().take(many).collect();
        add_case(&mut part, what, Display::Stream, budget, seconds, &offices);
        let offices: Vec<Measured> = measured.by_ref().take(1).collect();
        add_case(&mut part, what, Display::Painted, budget, seconds, &offices);
    }
    part.write();
}

/// Adds the rows and the details of one case on one kind of tablets.
fn add_case(
    part: &mut Part,
    what: &str,
    display: Display,
    budget: f64,
    seconds: usize,
    offices: &[Measured],
) {
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
    let most = |count: fn(&Measured) -> f64| offices.iter().map(count).fold(0.0, f64::max);
    let listening = most(|office| office.listening_requests);
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
        most(|office| office.all_requests),
    ));
}
