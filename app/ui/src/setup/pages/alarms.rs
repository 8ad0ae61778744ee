//! Alarms (異常のお知らせ): open incidents, the room and the webhook that are notified of them, and the conditions and hours
//! of a notification.

mod example;
mod open_incidents;
mod room;
mod rules;
mod webhook;

use leptos::prelude::*;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::alarms::AlarmPolling;
use crate::setup::shared::backup::LastBackup;
use crate::setup::shared::page_frame::{PageFrame, Section};

use example::ExamplePosts;
use open_incidents::OpenIncidents;
use room::AlarmRoom;
use rules::{AlarmConditions, AlarmHours};
use webhook::AlarmWebhook;

#[component]
pub(crate) fn AlarmsPage() -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let site = expect_context::<DraftStore>().site();
    let alarms = AlarmPolling::start();
    view! {
        <PageFrame name="alarms" title=texts.title lead=texts.lead>
            <Section title=texts.now name="open-incidents">
                <OpenIncidents alarms=alarms />
            </Section>
            <Section title=texts.room_title lead=texts.room_lead name="alarm-room">
                <AlarmRoom site=site />
            </Section>
            <Section title=texts.rules_title lead=texts.rules_lead name="alarm-conditions">
                <AlarmConditions site=site />
                <AlarmHours site=site />
            </Section>
            <Section title=texts.example_title lead=texts.example_lead name="example">
                <ExamplePosts />
            </Section>
            <Section title=words.backup.title name="backup">
                <LastBackup alarms=alarms />
            </Section>
            <Section title=texts.webhook_title lead=texts.webhook_lead name="alarm-webhook">
                <AlarmWebhook alarms=alarms />
            </Section>
        </PageFrame>
    }
}
