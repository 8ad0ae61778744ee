// The simulator's state: fetched as a whole, then updated event by event.

/** Milliseconds until the page itself connects again. */
const RECONNECT_AFTER = 2000;

const office = { accounts: new Map(), rooms: new Map(), requests: [] };

export const room = (id) => office.rooms.get(id);
export const rooms = () => [...office.rooms.values()];
export const requests = () => office.requests;
export const account = (id) => office.accounts.get(id);
export const nameOf = (id) => account(id)?.name ?? `不明なアカウント (${id})`;
export const isDeleted = (message) => message.body === "[deleted]";
export const isMember = (room, id) => room.members.some((member) => member.account_id === id);

/** The account the API token belongs to: the owner of マイチャット. */
export const botId = () => rooms().find((room) => room.type === "my")?.members[0]?.account_id;

/** The bot's partner in a direct chat. */
export const partnerIn = (room) =>
  room.type === "direct" ? room.members.find((member) => member.account_id !== botId())?.account_id : undefined;

/** Name of a room as the bot sees it. */
export function roomName(room) {
  if (room.type === "group") return room.name;
  if (room.type === "my") return `マイチャット（${nameOf(botId())}）`;
  return room.members.length === 2 ? nameOf(partnerIn(room)) : "解消されたダイレクトチャット";
}

async function fetchAll() {
  const response = await fetch("/sim/state");
  if (!response.ok) throw new Error(`state: ${response.status}`);
  const state = await response.json();
  office.accounts = new Map(state.accounts.map((account) => [account.account_id, account]));
  office.rooms = new Map(state.rooms.map((room) => [room.room_id, room]));
  office.requests = state.contact_requests;
}

/**
 * Subscribes to the simulator's events until the page is closed. Calls `handlers.all()` after a complete
 * fetch, `handlers.message(message)` for each new message, `handlers.edited(message)` for one that was edited
 * or deleted, `handlers.live(boolean)` when the connection changes.
 */
export function subscribe(handlers) {
  const events = new EventSource("/sim/events");
  // One fetch at a time. A message that arrives meanwhile waits for it, and is skipped if fetched already.
  let fetching = Promise.resolve();
  const refetch = () => {
    fetching = fetching.then(fetchAll).then(handlers.all, () => handlers.live(false));
  };
  events.addEventListener("open", () => {
    handlers.live(true);
    refetch();
  });
  events.addEventListener("error", () => {
    handlers.live(false);
    // Browsers stop reconnecting after some failures, such as a closed port.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(() => subscribe(handlers), RECONNECT_AFTER);
    }
  });
  events.addEventListener("changed", refetch);
  events.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    fetching = fetching.then(() => {
      const room = office.rooms.get(message.room_id);
      if (!room || room.messages.some((known) => known.message_id === message.message_id)) return;
      room.messages.push(message);
      handlers.message(message);
    });
  });
  events.addEventListener("edited", (event) => {
    const message = JSON.parse(event.data);
    fetching = fetching.then(() => {
      const messages = office.rooms.get(message.room_id)?.messages ?? [];
      const index = messages.findIndex((known) => known.message_id === message.message_id);
      if (index < 0) return;
      messages[index] = message;
      handlers.edited(message);
    });
  });
}

/** Sends a request of the control API. Throws an error whose message can be shown. */
async function request(method, path, body) {
  const response = await fetch(`/sim${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error("模擬Chatworkにつながりません。起動しているか確かめてください。");
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(`できませんでした: ${problem.error ?? response.status}`);
  }
}

const pathOf = (message) => `/rooms/${message.room_id}/messages/${message.message_id}`;

/** Posts a message as an account. */
export const postAs = (roomId, accountId, body) =>
  request("POST", `/rooms/${roomId}/messages`, { account_id: accountId, body });

/** Replaces the body of a message as its author. */
export const editAs = (message, body) =>
  request("PUT", pathOf(message), { account_id: message.account_id, body });

/** Deletes a message as its author. */
export const deleteAs = (message) =>
  request("DELETE", pathOf(message), { account_id: message.account_id });
