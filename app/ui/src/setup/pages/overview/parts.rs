//! State of each part of the set-up, with a sentence about it. The rules are in [`yobirin_domain::setup_progress`].

use std::collections::BTreeSet;

use yobirin_api::Millis;
use yobirin_api::chatwork::{Connection, Outage};
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::setup_progress::{PageState, devices_state, groups_state, hosts_state};

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};

use super::super::chatwork::outage_text;
use crate::setup::errors;
use crate::setup::remote::Remote;

/// Time for which an outage of the token is shown, in milliseconds.
const OUTAGE_SHOWN_MS: Millis = 24 * 60 * 60 * 1000;

/// State of a part of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartState {
    Progress(PageState),
    /// Set up, and not working: no visitor's call is sent until somebody acts.
    Broken,
}

/// A part of the set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetupPart {
    pub(super) state: PartState,
    /// Sentence about the state.
    pub(super) text: String,
}

/// The connection to Chatwork and the default room.
pub(super) fn chatwork_part(
    words: &Words,
    document: &SettingsDocument,
    connection: &Remote<Connection>,
) -> SetupPart {
    let texts = &words.overview;
    let (progress, text) = match connection {
        Remote::Loaded(Connection::Connected { bot, outage, .. }) => {
            let mut sentences = vec![fill(texts.chatwork_done, &[("bot", &bot.name)])];
            let is_recent = |outage: &Outage| outage.until + OUTAGE_SHOWN_MS > clock::now();
            if let Some(outage) = outage.filter(is_recent) {
                let zone = &document.site.time_zone;
                sentences.push(outage_text(words, texts.chatwork_outage, outage, zone));
            }
            let progress = if document.site.default_room.is_some() {
                PageState::Done
            } else {
                sentences.push(texts.chatwork_room.to_owned());
                PageState::Partly
            };
            (progress, sentences.join(words.sentence_gap()))
        }
        Remote::Loaded(Connection::Refused { .. }) => {
            return SetupPart {
                state: PartState::Broken,
                text: texts.chatwork_refused.to_owned(),
            };
        }
        Remote::Loaded(Connection::Disconnected) => {
            (PageState::Todo, texts.chatwork_todo.to_owned())
        }
        Remote::Loading | Remote::Slow => (PageState::Todo, words.controls.loading.to_owned()),
        Remote::Failed(error) => (PageState::Todo, errors::text(words, error)),
    };
    SetupPart {
        state: PartState::Progress(progress),
        text,
    }
}

/// The hosts and their accounts.
pub(super) fn hosts_part(words: &Words, document: &SettingsDocument) -> SetupPart {
    let texts = &words.overview;
    let hosts = &document.hosts;
    let without_account = hosts.iter().filter(|host| host.account.is_none()).count();
    let progress = hosts_state(document);
    let text = match progress {
        PageState::Todo => texts.hosts_todo.to_owned(),
        PageState::Done => counted(texts.hosts_done, hosts.len()),
        PageState::Partly => fill(
            texts.hosts_partly,
            &[
                ("count", &hosts.len().to_string()),
                ("missing", &without_account.to_string()),
            ],
        ),
    };
    SetupPart {
        state: PartState::Progress(progress),
        text,
    }
}

/// The groups and their rooms.
pub(super) fn groups_part(words: &Words, document: &SettingsDocument) -> SetupPart {
    let texts = &words.overview;
    let groups = &document.groups;
    let with_room = groups.iter().filter(|group| group.room.is_some()).count();
    let progress = groups_state(document);
    let sentence = match progress {
        PageState::Todo => texts.groups_todo,
        PageState::Partly => texts.groups_nowhere,
        PageState::Done if with_room == 0 => texts.groups_default,
        PageState::Done => texts.groups_done,
    };
    let text = fill(
        &counted(sentence, groups.len()),
        &[("rooms", &with_room.to_string())],
    );
    SetupPart {
        state: PartState::Progress(progress),
        text,
    }
}

/// The devices, of which `paired` have a tablet.
pub(super) fn devices_part(
    words: &Words,
    document: &SettingsDocument,
    paired: &BTreeSet<DeviceId>,
) -> SetupPart {
    let texts = &words.overview;
    let devices = &document.devices;
    let is_unpaired = |id: &DeviceId| !paired.contains(id);
    let unpaired = devices.iter().filter(|device| is_unpaired(&device.id));
    let (count, missing) = (devices.len().to_string(), unpaired.count().to_string());
    let values = [("count", count.as_str()), ("missing", missing.as_str())];
    let progress = devices_state(document, paired);
    let text = match progress {
        PageState::Todo if devices.is_empty() => texts.devices_todo.to_owned(),
        PageState::Todo => fill(texts.devices_unpaired, &values),
        PageState::Done => counted(texts.devices_done, devices.len()),
        PageState::Partly => fill(texts.devices_partly, &values),
    };
    SetupPart {
        state: PartState::Progress(progress),
        text,
    }
}
