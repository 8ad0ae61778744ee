//! The room that calls to a group go to, by the routing rules.

use leptos::prelude::*;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::{GroupId, RoomId};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::Method;
use yobirin_domain::model::settings::{Settings, SettingsDocument, Site};
use yobirin_domain::routing::{RouteRequest, Target, TraceStep, resolve};
use yobirin_domain::validate::validate;

use crate::i18n::fill;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

/// Room that calls to a group go to, by where it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum EffectiveRoom {
    /// The group's own room.
    Own(RoomId),
    /// The room of a group above.
    Above(GroupId, RoomId),
    /// The office's default room.
    Default(RoomId),
    /// No room: none is set anywhere.
    #[default]
    Nowhere,
}

impl EffectiveRoom {
    /// The room; `None` when no room is set.
    pub(crate) fn room(&self) -> Option<RoomId> {
        match self {
            Self::Own(room) | Self::Above(_, room) | Self::Default(room) => Some(*room),
            Self::Nowhere => None,
        }
    }
}

/// The groups with placeholders for names, so that routing works while a name in the draft is incomplete. `None` while
/// even so the draft is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoutingTree(Option<Settings>);

impl RoutingTree {
    /// The tree of a document, which may be invalid.
    pub(crate) fn new(document: &SettingsDocument) -> Self {
        Self(validate(with_placeholder_names(document)).ok())
    }

    /// Room that calls to the group go to.
    pub(crate) fn room_of(&self, id: &GroupId) -> EffectiveRoom {
        let settings = self.0.as_ref();
        settings.map_or(EffectiveRoom::Nowhere, |settings| {
            resolve_room(settings, id)
        })
    }
}

fn with_placeholder_names(document: &SettingsDocument) -> SettingsDocument {
    let placeholder = |group: &Group| Group {
        parent: group.parent.clone(),
        room: group.room,
        order: group.order,
        ..Group::named(group.id.clone(), TranslatedText::of(Lang::En, "group"))
    };
    SettingsDocument {
        site: Site {
            default_room: document.site.default_room,
            ..Site::default()
        },
        groups: document.groups.iter().map(placeholder).collect(),
        ..SettingsDocument::default()
    }
}

/// Room of a call to the group by the method "room", as the routing resolves it.
fn resolve_room(settings: &Settings, id: &GroupId) -> EffectiveRoom {
    let request = RouteRequest {
        target: Target::Group(id.clone()),
        method: Method::Room,
        today: Date::EPOCH,
    };
    let room = resolve(settings, &request)
        .trace
        .into_iter()
        .find_map(|step| match step {
            TraceStep::OwnRoom { room, .. } => Some(EffectiveRoom::Own(room)),
            TraceStep::AncestorRoom { ancestor, room, .. } => {
                Some(EffectiveRoom::Above(ancestor, room))
            }
            TraceStep::DefaultRoom { room } => Some(EffectiveRoom::Default(room)),
            _ => None,
        });
    room.unwrap_or_default()
}

/// Text of the room that calls to a group go to; in gray when it is not the group's own.
#[component]
pub(crate) fn GroupRoomText(id: GroupId) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let room = store.memo(move |document| RoutingTree::new(document).room_of(&id));
    view! { <EffectiveRoomText room=room /> }
}

/// As [`GroupRoomText`], for a known room.
#[component]
pub(crate) fn EffectiveRoomText(room: Memo<EffectiveRoom>) -> impl IntoView {
    let texts = &words().groups;
    let names = DisplayNames::from_context();
    let text = move || match room.get() {
        EffectiveRoom::Own(room) => names.room(room),
        EffectiveRoom::Above(group, room) => fill(
            texts.uses_room_of,
            &[("group", &names.group(&group)), ("room", &names.room(room))],
        ),
        EffectiveRoom::Default(room) => {
            fill(texts.uses_default_room, &[("room", &names.room(room))])
        }
        EffectiveRoom::Nowhere => texts.no_room.to_owned(),
    };
    let source = move || match room.get() {
        EffectiveRoom::Own(_) => "own",
        EffectiveRoom::Above(..) => "above",
        EffectiveRoom::Default(_) => "default",
        EffectiveRoom::Nowhere => "nowhere",
    };
    let own_room_note = move || {
        matches!(room.get(), EffectiveRoom::Own(_))
            .then(|| view! { <span class="visually-hidden">{texts.own_room}</span> })
    };
    view! { <span class="room-line" data-room=source>{own_room_note} {text}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups without names: soumu and kaihatsu have rooms of their own, kaihatsu1 has a parent with one, eigyo1 has
    /// neither.
    fn seed() -> SettingsDocument {
        let group = |id: &str, parent: &str, room: u64| {
            let mut group = Group::named(id.parse().unwrap(), TranslatedText::default());
            group.parent = parent.parse().ok();
            group.room = RoomId::try_from(room).ok();
            group
        };
        let mut document = SettingsDocument::default();
        document.site.default_room = RoomId::try_from(9).ok();
        document.groups = vec![
            group("soumu", "", 1),
            group("kaihatsu", "", 2),
            group("kaihatsu1", "kaihatsu", 0),
            group("eigyo1", "", 0),
        ];
        document
    }

    #[test]
    fn a_group_shows_the_room_that_its_calls_go_to_even_while_names_are_missing() {
        let room = |id: &str| RoutingTree::new(&seed()).room_of(&id.parse().unwrap());
        let number = |n: u64| RoomId::try_from(n).unwrap();
        assert_eq!(room("soumu"), EffectiveRoom::Own(number(1)));
        assert_eq!(
            room("kaihatsu1"),
            EffectiveRoom::Above("kaihatsu".parse().unwrap(), number(2))
        );
        assert_eq!(room("eigyo1"), EffectiveRoom::Default(number(9)));
        assert_eq!(
            RoutingTree::new(&SettingsDocument::default()).room_of(&"x".parse().unwrap()),
            EffectiveRoom::Nowhere
        );
    }
}
