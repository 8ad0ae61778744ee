//! Chatwork's limits as a busy desk meets them, and Chatwork in trouble. The clock is set ahead
//! whenever the limit is used up.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, Desk, HOST, LOBBY, ROOM, Tablet, error, eventually, json, settings, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{Connection, Traffic};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::directory::Host;

/// Requests that a busy tablet leaves to others: `fair_queue::RESERVED_REQUESTS`.
const RESERVED: u32 = 12;
/// Calls that wait: more than Chatwork takes in five minutes.
const MANY: usize = 340;

/// A desk whose hosts are everybody whom the bot can tell in private; returns their accounts.
async fn crowded() -> (Desk, Tablet, Vec<u64>) {
    let desk = Desk::open().await;
    let mut document = settings();
    let strangers = Office::SAMPLE_NON_CONTACTS;
    let staff: Vec<u64> = Office::sample_staff()
        .iter()
        .map(|staff| staff.account_id)
        .filter(|account| !strangers.contains(account))
        .collect();
    let host = |account: &u64| Host {
        account: Some((*account).try_into().unwrap()),
        ..Host::named(format!("h{account}").parse().unwrap(), "担当")
    };
    document.hosts = staff.iter().map(host).collect();
    document.groups[0].in_charge = vec![format!("h{HOST}").parse().unwrap()];
    desk.save(&document).await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet, staff)
}

/// Hands over this many calls, one to each in turn.
async fn hand_over(desk: &Desk, tablet: &Tablet, staff: &[u64], calls: usize) -> Vec<CallDraft> {
    let now = desk.clock.now();
    let mut drafts = Vec::new();
    for account in staff.iter().cycle().take(calls) {
        drafts.push(CallDraft::at(now).to_account(*account));
    }
    for some in drafts.chunks(50) {
        let mut handing = tokio::task::JoinSet::new();
        for draft in some {
            let (tablet, draft) = (tablet.clone(), draft.clone());
            handing.spawn(async move { tablet.hand_over(&draft).await });
        }
        handing.join_all().await;
    }
    drafts
}

fn delivered(desk: &Desk, staff: &[u64]) -> usize {
    let room = |account: &u64| desk.sim.direct_room(Office::SAMPLE_BOT, *account);
    let messages = |room| desk.sim.messages(room).len();
    staff.iter().filter_map(room).map(messages).sum()
}

#[tokio::test]
async fn hundreds_of_waiting_calls_use_the_limit_and_cause_no_refusal() {
    let (desk, tablet, staff) = crowded().await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let drafts = hand_over(&desk, &tablet, &staff, MANY).await;
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(500);
    let _: Connection = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
    let waiting = || json::<Traffic>(desk.admin.get("/api/chatwork/traffic"));
    loop {
        let now = waiting().await;
        match now.waiting {
            0 => break,
            _ if now.left <= RESERVED => {
                desk.clock.advance(pause);
                waited += pause;
            }
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    assert_eq!(delivered(&desk, &staff), MANY);
    assert_eq!(
        desk.sim.response_count(429),
        0,
        "Chatwork never had to refuse"
    );
    // Nearly three hundred requests at once, the others five minutes later: one tablet leaves some to quiet ones.
    // What this machine needs to post them is no wait for the limit.
    let used = f64::from(300 - RESERVED) / waited.as_secs_f64();
    assert!(used >= 0.95, "{:.1} % of the limit used", used * 100.0);
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    desk.close().await;
}

#[tokio::test]
async fn what_admins_look_at_leaves_a_share_to_calls() {
    let (desk, tablet, _) = crowded().await;
    let rooms = || desk.admin.get("/api/chatwork/rooms");
    let mut looked = 0;
    let refusal = loop {
        let answer = rooms().send().await.unwrap();
        if answer.status() != 200 {
            break error(answer).await.code;
        }
        looked += 1;
        assert!(looked <= 200, "set-up takes what calls need");
    };
    assert_eq!(refusal, ErrorCode::TooManyTries);
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.sim.response_count(429), 0);
    desk.close().await;
}

#[tokio::test]
async fn what_was_asked_before_a_restart_still_counts() {
    let (mut desk, tablet, staff) = crowded().await;
    let rooms = || desk.admin.get("/api/chatwork/rooms");
    for _ in 0..150 {
        assert_eq!(status(rooms()).await, 200);
    }
    desk.stop().await;
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    let drafts = hand_over(&desk, &tablet, &staff, MANY / 2).await;
    eventually(
        "all is used up but for what is reserved for quiet tablets",
        async || {
            let traffic: Traffic = json(desk.admin.get("/api/chatwork/traffic")).await;
            (traffic.left <= RESERVED && desk.sim.request_count() >= 276).then_some(())
        },
    )
    .await;
    desk.clock.advance(Duration::from_secs(301));
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    assert_eq!(
        desk.sim.response_count(429),
        0,
        "Chatwork never had to refuse"
    );
    desk.close().await;
}

#[tokio::test]
async fn while_chatwork_is_in_trouble_one_request_asks_whether_it_is_back() {
    for effect in [
        Effect::ServerError { status: 503 },
        Effect::ServerError { status: 500 },
        Effect::Reset,
    ] {
        let (desk, tablet, staff) = crowded().await;
        let fault = desk
            .sim
            .inject(Fault::new(effect.clone()).on(RequestFilter::any()));
        let calls = staff.len();
        let drafts = hand_over(&desk, &tablet, &staff, calls).await;
        // Eight at most were under way when the first failed.
        let rests = async |asked: u64| {
            eventually("it asks", async || {
                (desk.sim.request_count() >= asked).then_some(())
            })
            .await;
        };
        rests(3).await;
        desk.clock.advance(Duration::from_millis(2_500));
        let before = desk.sim.request_count();
        assert!(
            before <= 12,
            "{before} requests for {calls} calls: {effect:?}"
        );
        for _ in 0..5 {
            let asked = desk.sim.request_count();
            rests(asked + 1).await;
            desk.clock.advance(Duration::from_secs(31));
        }
        let asked = desk.sim.request_count() - before;
        assert!(asked <= 12, "{asked} requests in five rests: {effect:?}");
        desk.sim.remove_fault(fault);
        for draft in &drafts {
            let state = desk.settled_in_time(&tablet, draft).await;
            assert_eq!(state, CallState::Notified, "{effect:?}");
        }
        desk.close().await;
    }
}

#[tokio::test]
async fn after_a_general_limit_one_request_goes_first() {
    let (desk, tablet, staff) = crowded().await;
    let limited = desk
        .sim
        .inject(Fault::new(Effect::GeneralLimit).on(RequestFilter::posts()));
    let drafts = hand_over(&desk, &tablet, &staff, staff.len()).await;
    let refused = || desk.sim.response_count(429);
    // Several were under way when the first was refused. All of them have come back before the clock moves.
    let all_are_back = async || {
        let calls = desk.history().await.calls;
        let mut attempts = calls
            .iter()
            .flat_map(|call| &call.deliveries)
            .flat_map(|delivery| &delivery.attempts);
        attempts
            .all(|attempt| attempt.outcome.is_some())
            .then_some(())
    };
    desk.rests().await;
    eventually("all are back", all_are_back).await;
    let before = refused();
    assert!(before <= 8, "{before} were refused, the others waited");
    desk.clock.advance(Duration::from_secs(301));
    eventually("one asks", async || (refused() > before).then_some(())).await;
    desk.rests().await;
    eventually("it is back too", all_are_back).await;
    assert_eq!(refused(), before + 1, "one alone asked");
    desk.sim.remove_fault(limited);
    desk.clock.advance(Duration::from_secs(301));
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    desk.close().await;
}
