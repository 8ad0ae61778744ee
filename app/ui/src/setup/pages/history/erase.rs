//! Erasure of the words of one visit: a button, a dialog that names what stays in Chatwork, and the line that remains.

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::Millis;
use yobirin_api::call::{CallRecord, DeliveryRecord, MissedOutcome};
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_domain::retention::RetentionKind;
use yobirin_domain::routing::Destination;

use crate::api::admin::AdminClient;
use crate::api::response::ClientError;
use crate::browser::clock;
use crate::components::{Alert, ConfirmButtons, Dialog, Tone};
use crate::i18n::fill;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

use super::schedule::{at_time, words_need};

/// Id of the text of the dialog.
const TEXT_ID: &str = "erase-visit-text";

/// Visit whose erasure is asked about; shared by the rows and the dialog of the page.
#[derive(Clone, Copy)]
pub(super) struct VisitToErase(RwSignal<Option<RwSignal<CallRecord>>>);

impl VisitToErase {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

/// Message or task about a visit that is in Chatwork.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Post {
    /// Destination by which the room is named: a private chat is named after its account.
    to: Destination,
    room: RoomId,
    /// Message; `None` for a task.
    message: Option<MessageId>,
}

/// Button that opens the dialog. Renders nothing once the erasure was requested.
#[component]
pub(super) fn EraseButton(record: RwSignal<CallRecord>) -> impl IntoView {
    let texts = &words().retention;
    let VisitToErase(visit) = expect_context();
    let can_erase = record.with_untracked(|record| record.erase_requested.is_none());
    can_erase.then(|| {
        view! {
            <p class="row">
                <button type="button" class="button small danger" data-action="erase-visit" on:click=move |_| visit.set(Some(record))>
                    {texts.erase}
                </button>
            </p>
        }
    })
}

/// Line that says when the words of a visit were erased, or that they will be, with links to what stays in Chatwork.
#[component]
pub(super) fn ErasureLine(record: RwSignal<CallRecord>) -> impl IntoView {
    let texts = &words().retention;
    record.with_untracked(|record| {
        let line = match (record.erased, record.erase_requested) {
            (Some(at), _) => at_time(texts.erased, at),
            (None, Some(_)) => {
                let need = words_need(record, clock::now());
                let reason = need.as_deref().unwrap_or(texts.erasure_is_near);
                fill(texts.erasure_asked, &[("why", reason)])
            }
            (None, None) => return None,
        };
        let requested = record.erase_requested;
        let posts = requested.map(|_| posts_view(record));
        Some(view! { <p class="muted" data-erased="" role="status">{line}</p> {posts} })
    })
}

/// Dialog before the erasure, which all rows of the page share.
#[component]
pub(super) fn EraseDialog() -> impl IntoView {
    let words = words();
    let texts = &words.retention;
    let admin = expect_context::<AdminClient>();
    let VisitToErase(visit) = expect_context();
    let failure = RwSignal::new(None::<ClientError>);
    let erase = move |()| {
        let Some(record) = visit.get_untracked() else {
            return;
        };
        visit.set(None);
        failure.set(None);
        // The row, and with it the signal, may be gone: then nothing is erased.
        let Some(id) = record.try_with_untracked(|record| record.id) else {
            return;
        };
        spawn_local(async move {
            match admin.erase_words(id).await {
                Ok(erasure) => {
                    let now = clock::now();
                    let _ = record.try_update(|record| mark_erased(record, erasure.is_erased, now));
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    let need = move || {
        let need = (visit.get()?).try_with_untracked(|record| words_need(record, clock::now()));
        Some(view! { <p data-needed="">{need.flatten()?}</p> })
    };
    let posts = move || visit.get()?.try_with_untracked(posts_view);
    let is_open = Signal::derive(move || visit.get().is_some());
    view! {
        <Dialog open=is_open on_close=move |()| visit.set(None) title=texts.erase_question kind="erase-visit" described_by=TEXT_ID>
            <div class="dialog-text" id=TEXT_ID>
                <p>{texts.erase_explanation}</p>
                {need}
                {posts}
            </div>
            <ConfirmButtons
                ok=texts.erase_ok
                cancel=words.controls.cancel
                danger=true
                on_cancel=move |()| visit.set(None)
                on_ok=erase
            />
        </Dialog>
        {move || failure.get().map(|error| view! {
            <Alert tone=Tone::Bad kind="erase-failed">{errors::text(words, &error)}</Alert>
        })}
    }
}

/// Links to the messages and the task that stay in Chatwork, which only people there can delete.
fn posts_view(record: &CallRecord) -> AnyView {
    let texts = &words().retention;
    let names = DisplayNames::from_context();
    let posts = posts(record);
    if posts.is_empty() {
        return view! { <p data-left="none">{texts.nothing_in_chatwork}</p> }.into_any();
    }
    let link = |post: Post| {
        let (address, text) = match &post.message {
            Some(message) => (format!("{}-{message}", post.room), texts.post_in),
            None => (post.room.to_string(), texts.task_in),
        };
        let label = move || fill(text, &[("room", &names.destination(post.to))]);
        view! {
            <li><a href=format!("https://www.chatwork.com/#!rid{address}") target="_blank" rel="noopener">{label}</a></li>
        }
    };
    let links = posts.into_iter().map(link).collect_view();
    view! { <div data-left=""><p>{texts.left_in_chatwork}</p><ul class="reasons">{links}</ul></div> }.into_any()
}

/// All messages and the task of a visit that have arrived in Chatwork.
fn posts(record: &CallRecord) -> Vec<Post> {
    let call = &record.call;
    let first = call.deliveries.iter().map(|sent| sent.to);
    let first = first.zip(&record.deliveries);
    let fallback = call.fallback.iter().map(|sent| sent.to);
    let fallback = fallback.zip(&record.fallback);
    let later = call.later.iter().map(|sent| sent.to);
    let later = later.zip(&record.later);
    let mut posts: Vec<Post> = Vec::new();
    for (to, delivery) in first.chain(fallback).chain(later) {
        if let Some((room, message)) = delivered(delivery) {
            posts.push(Post {
                to,
                room,
                message: Some(message),
            });
        }
    }
    // A retraction and a missed visit are recorded with their room only, which may be a private chat named above.
    let destination_of = |posts: &[Post], room: RoomId| {
        let earlier = posts.iter().find(|post| post.room == room);
        earlier.map_or(Destination::Room(room), |post| post.to)
    };
    for delivery in &record.retractions {
        if let Some((room, message)) = delivered(delivery) {
            let to = destination_of(&posts, room);
            posts.push(Post {
                to,
                room,
                message: Some(message),
            });
        }
    }
    let missed = record.missed.as_ref();
    let outcome = missed.and_then(|missed| missed.outcome.clone());
    let missed_post = match outcome {
        Some(MissedOutcome::Task { room, .. }) => Some((room, None)),
        Some(MissedOutcome::Posted { room, message }) => Some((room, Some(message))),
        Some(MissedOutcome::Refused) | None => None,
    };
    if let Some((room, message)) = missed_post {
        let to = destination_of(&posts, room);
        posts.push(Post { to, room, message });
    }
    posts
}

/// Room and message of a delivery that has arrived.
fn delivered(delivery: &DeliveryRecord) -> Option<(RoomId, MessageId)> {
    match &delivery.state {
        DeliveryState::Delivered { room, message, .. } => Some((*room, message.clone())),
        _ => None,
    }
}

/// Changes a record as the relay has changed its own: the words are erased, or with `is_erased` false their erasure is
/// only requested, because they are still needed.
fn mark_erased(record: &mut CallRecord, is_erased: bool, now: Millis) {
    record.erase_requested.get_or_insert(now);
    if !is_erased {
        return;
    }
    record.erased.get_or_insert(now);
    for kind in RetentionKind::WORDS {
        record.call.erase_words(kind);
    }
    for answer in &mut record.answers {
        answer.who = AnswerAuthor::Erased;
        answer.is_erased = true;
        answer.words.clear();
    }
}

/// A cancelled call for tests: its message to a room has expired, those to a private chat have arrived, and it has an
/// answer and a task for the missed visit.
#[cfg(test)]
pub(super) mod sample {
    use yobirin_api::call::{AnswerRecord, Call, MissedRecord, Outgoing};
    use yobirin_domain::model::call::Visitor;
    use yobirin_domain::model::delivery::CallState;
    use yobirin_domain::model::id::CallId;
    use yobirin_domain::routing::Target;

    use super::*;

    pub(super) fn room(id: u64) -> RoomId {
        RoomId::try_from(id).unwrap()
    }

    fn arrived(in_room: u64, message: &str) -> DeliveryRecord {
        let message = MessageId::try_from(message.to_owned()).unwrap();
        DeliveryRecord {
            state: DeliveryState::Delivered {
                message,
                room: room(in_room),
                at: 0,
            },
            attempts: Vec::new(),
        }
    }

    fn sent(to: Destination) -> Outgoing {
        Outgoing {
            to,
            text: String::new(),
            retraction: None,
            answered: None,
        }
    }

    pub(in crate::setup::pages::history) fn record() -> CallRecord {
        let private = Destination::Account(9.try_into().unwrap());
        CallRecord {
            id: CallId::new(0, &[0; 10]),
            device: "lobby".parse().unwrap(),
            call: Call {
                button: "parcel".parse().unwrap(),
                target: Target::Staff,
                visitor: Visitor {
                    name: "山田".to_owned(),
                    people: Some(2),
                    ..Visitor::default()
                },
                tapped: 0,
                deadline: 0,
                deliveries: vec![sent(Destination::Room(room(7))), sent(private)],
                fallback: None,
                later: Vec::new(),
                missed: None,
                trace: Vec::new(),
                notice: None,
            },
            accepted: 0,
            expires: 0,
            kept_from: 0,
            state: CallState::Notified,
            deliveries: vec![
                DeliveryRecord {
                    state: DeliveryState::Expired,
                    attempts: Vec::new(),
                },
                arrived(8, "21"),
            ],
            fallback: None,
            cancelled: Some(0),
            retractions: vec![arrived(8, "22")],
            later: Vec::new(),
            answers: vec![AnswerRecord {
                message: MessageId::try_from("23".to_owned()).unwrap(),
                who: AnswerAuthor::Host("佐藤".to_owned()),
                is_erased: false,
                words: "すぐ行きます".to_owned(),
                at: 0,
                edited: None,
                withdrawn: None,
            }],
            missed: Some(MissedRecord {
                at: 0,
                outcome: Some(MissedOutcome::Task {
                    task: 5,
                    room: room(7),
                }),
            }),
            revoked: None,
            doubted: None,
            erased: None,
            erase_requested: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{record, room};
    use super::*;

    const NOW: Millis = 1_000;

    #[test]
    fn everything_that_arrived_in_chatwork_is_named() {
        let posts = posts(&record());
        let private = Destination::Account(9.try_into().unwrap());
        let named: Vec<_> = posts
            .iter()
            .map(|post| (post.to, post.message.as_ref().map(MessageId::as_str)))
            .collect();
        assert_eq!(
            named,
            [
                (private, Some("21")),
                (private, Some("22")),
                (Destination::Room(room(7)), None)
            ]
        );
    }

    #[test]
    fn an_erased_record_shows_no_words_and_one_whose_words_are_needed_still_does() {
        let mut needed = record();
        mark_erased(&mut needed, false, NOW);
        assert_eq!(needed.call.visitor, record().call.visitor);
        assert_eq!(needed.erase_requested, Some(NOW));
        let mut erased = record();
        mark_erased(&mut erased, true, NOW);
        assert_eq!(erased.erased, Some(NOW));
        assert_eq!(erased.call.visitor.name, "");
        assert_eq!(erased.call.visitor.people, Some(2));
        assert_eq!(erased.answers[0].who, AnswerAuthor::Erased);
        assert_eq!(erased.answers[0].words, "");
        assert!(
            erased.answers[0].is_erased,
            "the page says that the answer is erased, not that it had no words"
        );
    }
}
