//! Choice of the room for alarms, and a test message to it.

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_api::alarm::AlarmTarget;
use yobirin_domain::model::id::RoomId;
use yobirin_domain::model::settings::Site;

use crate::api::admin::AdminClient;
use crate::components::{Alert, Tone};
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::room_picker::RoomPicker;
use crate::setup::shared::test_delivery::{TestDelivery, TestDeliveryState};

/// The field, and the test of the saved room.
#[component]
pub(super) fn AlarmRoom(site: Binding<Site>) -> impl IntoView {
    let texts = &words().alarms;
    let room = site.read(|site| site.alarms.room);
    let missing_notice = move || {
        room.get().is_none().then(
            || view! { <Alert tone=Tone::Warn kind="no-alarm-room">{texts.room_missing}</Alert> },
        )
    };
    let hint = Signal::derive(move || match room.get() {
        None => texts.room_hint.to_owned(),
        Some(_) => String::new(),
    });
    view! {
        {missing_notice}
        <RoomPicker
            name="alarm-room"
            label=texts.room
            change=texts.room_change
            hint=hint
            value=room
            on_change=site.set(|site, room: Option<RoomId>| site.alarms.room = room)
            problem=site.problem("alarms.room")
            new_name=texts.new_room_name
        />
        <RoomTest room=room />
    }
}

/// Sends a test to the saved room.
#[component]
fn RoomTest(room: Memo<Option<RoomId>>) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let saved_room = Memo::new(move |_| store.with_saved(|saved| saved.site.alarms.room));
    let obstacle = Memo::new(move |_| {
        if room.get() != saved_room.get() {
            Some(texts.test_room_save_first)
        } else if room.get().is_none() {
            Some(texts.test_room_none)
        } else {
            None
        }
    });
    let test = TestDelivery::new(admin);
    let is_disabled = move || obstacle.get().is_some() || test.is_under_way();
    let send = move |_| {
        if obstacle.get_untracked().is_none() {
            test.send(async move {
                let result = admin.test_alarm(AlarmTarget::Room).await?;
                Ok(result.message)
            });
        }
    };
    let failure_alert = move || {
        test.failure().map(|error| {
            let text = match error.code() {
                Some(ErrorCode::DestinationNotAllowed) => texts.test_room_none.to_owned(),
                Some(ErrorCode::TokenRefused) => {
                    words.chatwork.token_refused_explanation.to_owned()
                }
                _ => errors::text(words, &error),
            };
            view! { <Alert tone=Tone::Bad kind="test-failed">{text}</Alert> }
        })
    };
    view! {
        <div class="row">
            <button
                type="button"
                class="button"
                data-action="test-room"
                aria-disabled=move || is_disabled().to_string()
                on:click=send
            >
                {texts.test_room}
            </button>
            <span class="muted small">{move || obstacle.get()}</span>
        </div>
        <TestDeliveryState test=test />
        {failure_alert}
    }
}
