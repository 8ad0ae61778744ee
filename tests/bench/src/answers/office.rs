//! An office in which every call gets one reply at a random moment.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chatwork_sim::{Office, Webhook};
use futures_util::future::join_all;
use relay_tests::{CallDraft, EventStream, HOST, LOBBY, ROOM, SIDE_DOOR, Tablet, status};
use yobirin_api::event::Event;
use yobirin_api::webhook::{SetWebhook, WEBHOOK_PATH};
use yobirin_domain::model::answer_display::AnswerDisplay;

use super::painted::PaintedTablet;
use super::reply::{DELIVERED_WITHIN, Reply, random_age};
use crate::office::{contacts, sample};
use crate::site::Site;

/// Time within which a call on a tablet in Chromium gets its reply when no other call is open. The room of a call is
/// read equally often for two minutes, so earlier replies measure the same, and there are more of them.
const PAINTED_REPLY_WITHIN: Duration = Duration::from_secs(20);

/// Way in which the relay notices a reply.
#[derive(Clone, Copy, Debug)]
pub(super) enum Listening {
    /// By polls of one room, with one open call at a time.
    OneCall,
    /// By polls of the list of rooms, with this many rooms and an open call in each.
    Rooms(usize),
    /// Like [`Listening::OneCall`], and woken by Chatwork's webhook.
    Webhook,
}

/// Tablets on which replies are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// The event stream of a tablet.
    Stream,
    /// A tablet in Chromium. Calls of other tablets, in the case of many rooms, stay open for the whole time.
    Painted,
}

/// Measurements of one office.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) replies: Vec<Reply>,
    /// Requests to Chatwork for listening.
    pub(super) listening_requests: f64,
    /// All requests to Chatwork, including those for calls and for edits.
    pub(super) all_requests: f64,
}

/// A running office.
#[derive(Debug)]
pub(super) struct AnsweredOffice {
    site: Site,
    tablet: Tablet,
    listening: Listening,
    /// The tablet in Chromium; `None` where the stream's events are measured.
    painted: Option<PaintedTablet>,
}

impl AnsweredOffice {
    pub(super) async fn open(listening: Listening, display: Display) -> Self {
        let mut document = sample();
        document.site.answers = AnswerDisplay::Words;
        let site = Site::open(&document).await;
        if matches!(listening, Listening::Webhook) {
            let url = format!("http://{}{WEBHOOK_PATH}", site.address);
            let hook = Webhook::mentions(Office::SAMPLE_BOT, &url);
            site.sim.add_webhook(hook).unwrap();
            let token = Webhook::SAMPLE_TOKEN.to_owned();
            let set = site.admin.put("/api/chatwork/webhook");
            assert_eq!(status(set.json(&SetWebhook { token })).await, 200);
        }
        let tablet = site.tablet(LOBBY).await;
        let mut painted = None;
        if display == Display::Painted {
            let link = site.pairing_link(SIDE_DOOR).await;
            painted = Some(PaintedTablet::open(&link).await);
        }
        Self {
            site,
            tablet,
            listening,
            painted,
        }
    }

    /// Runs for the time `window`, with replies within the time `within` of each call's message.
    pub(super) async fn run(mut self, window: Duration, within: Duration) -> Measured {
        let mut events = self.tablet.events().await;
        let began = Instant::now();
        let requests_before = self.site.sim.request_count();
        let mut replies = Vec::new();
        match (self.listening, self.painted.take()) {
            (listening, Some(mut painted)) => {
                let within = if let Listening::Rooms(many) = listening {
                    self.open_rooms(many - 1).await;
                    // Earlier replies would allow more calls, and a new call takes more requests for listening than
                    // the budget has.
                    within
                } else {
                    within.min(PAINTED_REPLY_WITHIN)
                };
                while began.elapsed() + within <= window {
                    replies.push(painted.answered_call(&self.site.sim, within).await);
                }
                painted.close().await;
            }
            (Listening::OneCall | Listening::Webhook, None) => {
                // A call begins only if its latest reply is within the window: leaving late replies out would falsify
                // the delays.
                while began.elapsed() + within <= window {
                    replies.push(self.answered_call(&mut events, within).await);
                }
            }
            (Listening::Rooms(rooms), None) => {
                replies = self.answered_rooms(&mut events, rooms, within).await;
            }
        }
        tokio::time::sleep(window.saturating_sub(began.elapsed())).await;
        let all_requests = self.site.sim.request_count() - requests_before;
        let listening_requests = self.site.figure("yobirin_listen_requests_total").await;
        self.site.close().await;
        #[allow(clippy::cast_precision_loss)]
        Measured {
            replies,
            listening_requests,
            all_requests: all_requests as f64,
        }
    }

    /// One call to a group's room, and a reply to its message.
    async fn answered_call(&self, events: &mut EventStream, within: Duration) -> Reply {
        let draft = CallDraft::now().to_room(ROOM).answerable();
        let post = self.delivered(&draft, ROOM).await;
        let age = random_age(within);
        tokio::time::sleep(age).await;
        let words = draft.reference();
        let sim = &self.site.sim;
        sim.reply_as(ROOM, HOST, post, &words).unwrap();
        let written = Instant::now();
        let shown = answers(events, 1).await;
        let delay = shown[&words].duration_since(written);
        Reply { age, delay }
    }

    /// A call to each of `count` private chats, all open at once, and a plain message of the host in each.
    async fn answered_rooms(
        &self,
        events: &mut EventStream,
        count: usize,
        within: Duration,
    ) -> Vec<Reply> {
        let open = self.open_rooms(count).await;
        let replies = open.iter().map(|(room, account, words)| async move {
            let age = random_age(within);
            tokio::time::sleep(age).await;
            self.site.sim.post_as(*room, *account, words).unwrap();
            (words, age, Instant::now())
        });
        let (replies, shown) = tokio::join!(join_all(replies), answers(events, count));
        let replies = replies.into_iter().map(|(words, age, written)| Reply {
            age,
            delay: shown[words].duration_since(written),
        });
        replies.collect()
    }

    /// A call to each of `count` private chats; returns room, account and reference of each.
    async fn open_rooms(&self, count: usize) -> Vec<(u64, u64, String)> {
        let mut open = Vec::new();
        for staff in contacts().take(count) {
            let room = self
                .site
                .sim
                .direct_room(Office::SAMPLE_BOT, staff.account_id);
            let draft = CallDraft::now().to_account(staff.account_id).answerable();
            self.delivered(&draft, room.unwrap()).await;
            open.push((room.unwrap(), staff.account_id, draft.reference()));
        }
        assert_eq!(open.len(), count, "there are enough contacts");
        open
    }

    /// Hands a call over; returns its message in Chatwork.
    async fn delivered(&self, draft: &CallDraft, room: u64) -> u64 {
        self.tablet.hand_over(draft).await;
        let reference = draft.reference();
        let is_of_call = |message: &chatwork_sim::Message| message.body.contains(&reference);
        let message = self
            .site
            .sim
            .wait_for_message(room, is_of_call, DELIVERED_WITHIN);
        message.await.unwrap().message_id
    }
}

/// Waits for `count` answers; returns the time of each by its words.
async fn answers(events: &mut EventStream, count: usize) -> HashMap<String, Instant> {
    let mut times = HashMap::new();
    while times.len() < count {
        let (_, event) = events.next().await.expect("the stream goes on");
        if let Event::Answer { answer, .. } = event {
            times.entry(answer.words).or_insert_with(Instant::now);
        }
    }
    times
}
