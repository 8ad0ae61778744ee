//! Calls that are answered or escalated, and hosts who answer them in the simulated Chatwork.

use std::time::Duration;

use chatwork_sim::{Message, Office};
use tokio::time::{Instant, sleep};
use yobirin_api::call::{LaterMessage, ShownAnswer};
use yobirin_api::event::Event;
use yobirin_domain::answer::{AnswerAuthor, answered_heading};
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::routing::Destination;

use crate::calls::CallDraft;
use crate::event_stream::EventStream;
use crate::eventually::eventually;
use crate::office::{HOST, LOBBY, settings};
use crate::tablet::Tablet;
use crate::test_app::TestApp;

/// Settings of the small office whose tablets show answers with their words.
#[must_use]
pub fn settings_with_answers() -> SettingsDocument {
    let mut document = settings();
    document.site.answers = AnswerDisplay::Words;
    document
}

/// Room of the bot's private chat with the host whom most tests call.
///
/// # Panics
/// When the simulator knows no such chat.
#[must_use]
pub fn private_room(app: &TestApp) -> u64 {
    let room = app.sim.direct_room(Office::SAMPLE_BOT, HOST);
    room.expect("a private chat")
}

impl CallDraft {
    /// Gives every message the heading that replaces its text once the call is answered.
    #[must_use]
    pub fn answerable(mut self) -> Self {
        for outgoing in &mut self.call.deliveries {
            outgoing.answered = Some(answered_heading(Lang::Ja).to_owned());
        }
        self
    }

    /// Adds a step of the escalation: a message to a room, sent this long after the first delivery unless the call is
    /// answered.
    #[must_use]
    pub fn escalate_to_room(mut self, after_seconds: u16, room: u64) -> Self {
        self.call.later.push(LaterMessage {
            after_seconds,
            to: Destination::Room(room.try_into().unwrap()),
            text: format!("まだ返事がありません {}", self.id.reference()),
            retraction: Some(format!("取り消されました {}", self.id.reference())),
            answered: Some(answered_heading(Lang::Ja).to_owned()),
        });
        self
    }
}

impl TestApp {
    /// Starts a relay that listens for answers, and pairs a tablet.
    pub async fn start_listening() -> (Self, Tablet) {
        let app = Self::start().await;
        app.save(&settings_with_answers()).await;
        let tablet = app.tablet(LOBBY).await;
        (app, tablet)
    }

    /// Polls until there is a value. Fails after 60 seconds. Each poll advances the relay's clock by 500 ms and lasts
    /// 25 ms or more, so that the clock runs up to twenty times as fast as real time.
    pub async fn eventually_with_fast_clock<T>(
        &self,
        what: &str,
        mut ask: impl AsyncFnMut() -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(value) = ask().await {
                return value;
            }
            assert!(Instant::now() < deadline, "not within a minute: {what}");
            self.clock.advance(Duration::from_millis(500));
            sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until the answer that the tablet shows for a call matches; returns the answer.
    pub async fn shown_answer(
        &self,
        tablet: &Tablet,
        draft: &CallDraft,
        matches: impl Fn(&ShownAnswer) -> bool,
    ) -> ShownAnswer {
        self.eventually_with_fast_clock("the answer is shown", async || {
            let answer = tablet.status(draft).await.answer;
            answer.filter(|answer| matches(answer))
        })
        .await
    }

    /// The messages of a call in a room, oldest first.
    #[must_use]
    pub fn posts_of(&self, room: u64, draft: &CallDraft) -> Vec<Message> {
        let mut posts = self.sim.messages(room);
        posts.retain(|post| post.body.contains(&draft.reference()));
        posts
    }

    /// Waits until the relay has polled a room for answers this many times from now on.
    pub async fn wait_for_polls(&self, room: u64, times: usize) {
        let expected = self.poll_count(room) + times;
        self.eventually_with_fast_clock("the room is polled", async || {
            (self.poll_count(room) >= expected).then_some(())
        })
        .await;
    }

    /// Advances the clock by a time after which a poll of the room is due, and waits for the poll while the clock stands
    /// still.
    pub async fn advance_to_poll(&self, by: Duration, room: u64) {
        let before = self.poll_count(room);
        self.clock.advance(by);
        eventually("the room is polled", async || {
            (self.poll_count(room) > before).then_some(())
        })
        .await;
    }

    /// Number of polls of a room for answers so far.
    fn poll_count(&self, room: u64) -> usize {
        let path = format!("/rooms/{room}/messages");
        let requests = self.sim.requests();
        let polls = requests
            .iter()
            .filter(|request| request.method == "GET" && request.path == path);
        polls.count()
    }

    /// Value of a counter of `/metrics`.
    pub async fn counter(&self, name: &str) -> u64 {
        let text = self.admin.get("/metrics").send().await.unwrap();
        let text = text.text().await.unwrap();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {name} in {text}"))
            .parse()
            .unwrap()
    }
}

impl EventStream {
    /// Answer in the next event about answers; `None` when the event says that the call's only answer was deleted.
    pub async fn next_answer(&mut self) -> Option<ShownAnswer> {
        loop {
            match self.next().await.expect("the stream stays open").1 {
                Event::Answer { answer, .. } => return Some(answer),
                Event::AnswerWithdrawn { .. } => return None,
                _ => {}
            }
        }
    }
}

/// The host whom most tests call, as an author.
#[must_use]
pub fn hanako() -> AnswerAuthor {
    AnswerAuthor::Host("佐藤 花子".to_owned())
}
