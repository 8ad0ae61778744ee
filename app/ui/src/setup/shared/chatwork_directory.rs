//! Chatwork as the bot sees it: its connection, its rooms, and the people it knows. Shared by every page on which a
//! room or a person is picked.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_api::chatwork::{Bot, Connection, Person, Room, RoomKind};
use yobirin_domain::model::id::{AccountId, RoomId};

use crate::api::admin::AdminClient;
use crate::api::response::ClientError;
use crate::setup::draft_store::DraftStore;
use crate::setup::remote::{Remote, fetch_detached};

/// Interval in which the connection is polled, in seconds.
const POLL_INTERVAL_SECONDS: u64 = 10;

/// Connection, rooms and people, each loaded by a request of its own.
#[derive(Clone, Copy)]
pub(crate) struct ChatworkDirectory {
    admin: AdminClient,
    store: DraftStore,
    connection: RwSignal<Remote<Connection>>,
    rooms: RwSignal<Remote<Vec<Room>>>,
    people: RwSignal<Remote<Vec<Person>>>,
}

impl ChatworkDirectory {
    /// Starts loading and polling.
    pub(crate) fn new(admin: AdminClient, store: DraftStore) -> Self {
        let directory = Self {
            admin,
            store,
            connection: RwSignal::new(Remote::Loading),
            rooms: RwSignal::new(Remote::Loading),
            people: RwSignal::new(Remote::Loading),
        };
        directory.reload();
        directory.poll_connection();
        directory
    }

    /// Loads the connection, then the rooms and people that it sees.
    pub(crate) fn reload(self) {
        let admin = self.admin;
        fetch_detached(self.connection, async move {
            let connection = admin.connection().await?;
            self.load_rooms_and_people(&connection);
            Ok(connection)
        });
    }

    /// Polls the connection while set-up is open: Chatwork may refuse the token at any time, and
    /// another admin may connect a new one.
    fn poll_connection(self) {
        let poll = move || {
            spawn_local(async move {
                let Ok(connection) = self.admin.connection().await else {
                    return; // the next poll tries again
                };
                let before = self
                    .connection
                    .try_with_untracked(|remote| remote.loaded().cloned());
                // An unchanged value is not set, because that would render forms again. A connection that has not
                // loaded is left to `reload`, whose failure the pages show with a button to try again.
                if before.flatten().is_some_and(|before| before != connection) {
                    self.set_connection(connection);
                }
            });
        };
        let polling = set_interval_with_handle(poll, Duration::from_secs(POLL_INTERVAL_SECONDS));
        on_cleanup(move || {
            if let Ok(polling) = polling {
                polling.clear();
            }
        });
    }

    /// True while Chatwork refuses the token.
    pub(crate) fn is_refused(self) -> bool {
        self.connection
            .with(|remote| matches!(remote, Remote::Loaded(Connection::Refused { .. })))
    }

    /// Adds a room that was just created.
    pub(crate) fn add_room(self, room: Room) {
        self.rooms.update(|remote| {
            if let Remote::Loaded(rooms) = remote {
                rooms.push(room);
            }
        });
    }

    /// Loads rooms and people again.
    pub(crate) fn reload_rooms_and_people(self) {
        let connection = self
            .connection
            .with_untracked(|remote| remote.loaded().cloned());
        if let Some(connection) = connection {
            self.load_rooms_and_people(&connection);
        }
    }

    /// Loads the rooms and people that the bot of this connection sees; none without a connection.
    fn load_rooms_and_people(self, connection: &Connection) {
        if *connection == Connection::Disconnected {
            self.rooms.set(Remote::Loaded(Vec::new()));
            self.people.set(Remote::Loaded(Vec::new()));
            return;
        }
        let (admin, store) = (self.admin, self.store);
        fetch_detached(self.rooms, async move { Ok(admin.rooms().await?.entries) });
        fetch_detached(self.people, async move {
            let mut people = admin.contacts().await?.entries;
            // Members of the default room need not be the bot's contacts, and hosts are picked
            // among both.
            let room = store.peek(|document| document.site.default_room);
            // When they cannot be loaded, contacts can still be picked.
            if let Some(room) = room
                && let Ok(members) = admin.members(room).await
            {
                people.extend(members.entries);
            }
            people.sort_by(|a, b| (&a.name, a.account).cmp(&(&b.name, b.account)));
            people.dedup_by_key(|person| person.account);
            Ok(people)
        });
    }

    /// Sets a new connection, and loads the rooms and people that it sees.
    pub(crate) fn set_connection(self, connection: Connection) {
        self.load_rooms_and_people(&connection);
        self.connection.set(Remote::Loaded(connection));
    }

    /// State of the bot's connection to Chatwork; tracked.
    pub(crate) fn connection(self) -> Remote<Connection> {
        self.connection.get()
    }

    /// The bot whose token is stored, also while Chatwork refuses the token; `None` until loaded, and without a token.
    pub(crate) fn bot(self) -> Option<Bot> {
        match self.connection.get() {
            Remote::Loaded(Connection::Connected { bot, .. } | Connection::Refused { bot, .. }) => {
                Some(bot)
            }
            Remote::Loaded(Connection::Disconnected)
            | Remote::Loading
            | Remote::Slow
            | Remote::Failed(_) => None,
        }
    }

    /// Group chats of the bot; empty until loaded.
    pub(crate) fn group_rooms(self) -> Vec<Room> {
        self.rooms.with(|rooms| {
            let rooms = rooms.loaded().map_or(&[][..], Vec::as_slice).iter();
            rooms
                .filter(|room| room.kind == RoomKind::Group)
                .cloned()
                .collect()
        })
    }

    /// People the bot knows, without itself; empty until loaded.
    pub(crate) fn people(self) -> Vec<Person> {
        let bot_account = self.bot().map(|bot| bot.account);
        self.people.with(|people| {
            let people = people.loaded().map_or(&[][..], Vec::as_slice).iter();
            people
                .filter(|person| Some(person.account) != bot_account)
                .cloned()
                .collect()
        })
    }

    /// Error for which the rooms could not be loaded.
    pub(crate) fn rooms_failure(self) -> Option<ClientError> {
        self.rooms.with(|rooms| rooms.failure().cloned())
    }

    /// Error for which the people could not be loaded.
    pub(crate) fn people_failure(self) -> Option<ClientError> {
        self.people.with(|people| people.failure().cloned())
    }

    /// Name of a room of the bot, a group chat or a private chat; `None` when the bot is not in it, and until loaded.
    pub(crate) fn room_name(self, id: RoomId) -> Option<String> {
        self.rooms.with(|rooms| {
            let mut rooms = rooms.loaded()?.iter();
            rooms
                .find(|room| room.id == id)
                .map(|room| room.name.clone())
        })
    }

    /// True when the list of the bot's rooms is loaded and does not contain the room.
    pub(crate) fn lacks_room(self, id: RoomId) -> bool {
        let is_listed = |rooms: &Vec<Room>| rooms.iter().any(|room| room.id == id);
        self.rooms
            .with(|rooms| rooms.loaded().is_some_and(|rooms| !is_listed(rooms)))
    }

    /// Name of a person in Chatwork; `None` for a person that the bot does not know, and until loaded.
    pub(crate) fn person_name(self, id: AccountId) -> Option<String> {
        self.people.with(|people| {
            let mut people = people.loaded()?.iter();
            people
                .find(|person| person.account == id)
                .map(|person| person.name.clone())
        })
    }
}
