//! A tablet behind a faulty proxy, and the visitor who uses it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use chatwork_sim::{Effect, FaultId, Message, Office, RequestFilter, Staff};
use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, FaultyProxy, TestEnv};

use super::faults::Fault;
use super::flood;
use crate::steps::visitor::{
    await_notified, cancel_notified, press_menu, private_chat, search_and_pick,
};

/// The screen at which the fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VisitStep {
    Menu,
    Staff,
    Find,
    Details,
    Confirm,
    Sending,
    Notified,
}

impl VisitStep {
    pub(super) const ALL: [Self; 7] = [
        Self::Menu,
        Self::Staff,
        Self::Find,
        Self::Details,
        Self::Confirm,
        Self::Sending,
        Self::Notified,
    ];

    /// True when the visitor's next action cancels the call.
    pub(super) fn cancels(self) -> bool {
        self == Self::Notified
    }
}

/// The tablet, its environment and its visitor.
pub(super) struct Visitor {
    pub(super) env: TestEnv,
    pub(super) admin: Admin,
    pub(super) proxy: FaultyProxy,
    pub(super) tablet: Browser,
    /// Number of messages of earlier calls.
    bygone: AtomicUsize,
    has_flooded: AtomicBool,
    /// Fault that prevents the post of the call of [`VisitStep::Sending`].
    held: Mutex<Option<FaultId>>,
}

impl Visitor {
    pub(super) async fn start() -> Self {
        let (env, admin) = TestEnv::configured().await;
        let proxy = env.proxy().await;
        let tablet = env.paired_at(&admin, proxy.url()).await;
        Self {
            env,
            admin,
            proxy,
            tablet,
            bygone: AtomicUsize::new(0),
            has_flooded: AtomicBool::new(false),
            held: Mutex::new(None),
        }
    }

    pub(super) async fn close(self) {
        self.env.close().await;
    }

    fn host() -> &'static Staff {
        someone_of("総務")
    }

    /// Goes to the screen before the fault begins.
    pub(super) async fn go_to(&self, step: VisitStep) {
        let tablet = &self.tablet;
        tablet.sees("[data-screen=menu]").await;
        match step {
            VisitStep::Menu | VisitStep::Staff => {}
            VisitStep::Find => {
                press_menu(tablet, "search").await;
                tablet
                    .type_into("input[type=text]", Self::host().kana)
                    .await;
            }
            VisitStep::Details => self.pick().await,
            VisitStep::Confirm => {
                self.pick().await;
                self.enter_details().await;
            }
            VisitStep::Sending => {
                let busy = chatwork_sim::Fault::new(Effect::ServerError { status: 503 });
                let held = self.env.chatwork.inject(busy.on(RequestFilter::posts()));
                *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
                press_menu(tablet, "parcel").await;
                tablet.sees("[data-screen=sending]").await;
            }
            VisitStep::Notified => {
                press_menu(tablet, "parcel").await;
                await_notified(tablet).await;
            }
        }
    }

    /// Does the visitor's next action on that screen.
    pub(super) async fn continue_from(&self, step: VisitStep) {
        let tablet = &self.tablet;
        match step {
            VisitStep::Menu => press_menu(tablet, "parcel").await,
            VisitStep::Staff => tablet.press("[data-state=staff]").await,
            VisitStep::Find => {
                let card = format!("[data-host={}]", host_id(Self::host()));
                tablet.press(&card).await;
                self.enter_details().await;
                self.confirm().await;
            }
            VisitStep::Details => {
                self.enter_details().await;
                self.confirm().await;
            }
            VisitStep::Confirm => self.confirm().await,
            VisitStep::Sending => self.release_posts(),
            VisitStep::Notified => cancel_notified(tablet).await,
        }
    }

    /// Lets Chatwork accept posts again.
    pub(super) fn release_posts(&self) {
        let held = self
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(held) = held {
            self.env.chatwork.remove_fault(held);
        }
    }

    async fn pick(&self) {
        press_menu(&self.tablet, "search").await;
        search_and_pick(&self.tablet, Self::host().kana, Self::host()).await;
        self.tablet.sees("[data-screen=details]").await;
    }

    async fn enter_details(&self) {
        self.tablet.type_into("input[id=name]", "山本 一郎").await;
        let submit = "[data-screen=details] button[type=submit]";
        self.tablet.press(submit).await;
        self.tablet.sees("[data-screen=confirm]").await;
    }

    async fn confirm(&self) {
        let call = "[data-screen=confirm] [data-state=call]";
        self.tablet.press(call).await;
    }

    /// The bot's messages of the latest call, including retractions.
    pub(super) fn messages_of_call(&self) -> Vec<Message> {
        let mut all = self.messages();
        all.split_off(self.bygone.load(Ordering::Relaxed))
    }

    /// The bot's messages of this tablet's calls, in order.
    fn messages(&self) -> Vec<Message> {
        let chatwork = &self.env.chatwork;
        let rooms = chatwork.rooms().into_iter();
        let ours = |message: &Message| {
            message.account_id == Office::SAMPLE_BOT && !message.body.contains(flood::TEXT)
        };
        let mut all: Vec<Message> = rooms
            .flat_map(|room| chatwork.messages(room.room_id))
            .filter(ours)
            .collect();
        all.sort_by_key(|message| message.message_id);
        all
    }

    /// The bot's private chat with the visitor's host.
    pub(super) fn private_chat(&self) -> u64 {
        private_chat(&self.env.chatwork, Self::host())
    }

    /// Lets a second tablet call the same room fifty times, once per row.
    pub(super) async fn flood(&self) {
        if !self.has_flooded.swap(true, Ordering::Relaxed) {
            flood::flood(&self.env.relay.url(), &self.admin).await;
        }
    }

    /// Makes the tablet poll at once, by the `online` event.
    pub(super) async fn poll_now(&self) {
        self.tablet
            .script("dispatchEvent(new Event('online'))")
            .await;
    }

    /// Resets the tablet to the menu for the next visitor, and pairs it again if needed.
    pub(super) async fn reset(&self, fault: Fault) {
        self.release_posts();
        if fault.ends_the_visit() {
            let code = self.admin.pairing_code(TABLET).await.code;
            self.tablet.open(&format!("/pair#code={code}")).await;
            self.tablet.close_checklist().await;
        } else {
            self.tablet.press("[data-state=done]").await;
        }
        self.tablet.sees("[data-screen=menu]").await;
        self.bygone.store(self.messages().len(), Ordering::Relaxed);
    }
}
