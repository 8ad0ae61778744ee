// What the simulator knows, kept up to date: fetched whole, then followed event by event.

const office = { accounts: new Map(), rooms: new Map(), requests: [] };

export const room = (id) => office.rooms.get(id);
export const rooms = () => [...office.rooms.values()];
export const requests = () => office.requests;
export const account = (id) => office.accounts.get(id);
export const nameOf = (id) => account(id)?.name ?? `不明なアカウント (${id})`;
export const isMember = (room, id) => room.members.some((member) => member.account_id === id);

/** The account the API token belongs to: the owner of マイチャット. */
export const bot = () => rooms().find((room) => room.type === "my")?.members[0]?.account_id;

/** The other side of a direct chat, as the bot sees it. */
export const partnerIn = (room) =>
  room.type === "direct" ? room.members.find((m) => m.account_id !== bot())?.account_id : undefined;

/** What a room is called, from where the bot stands. */
export function roomName(room) {
  if (room.type === "group") return room.name;
  if (room.type === "my") return `マイチャット（${nameOf(bot())}）`;
  return room.members.length === 2 ? nameOf(partnerIn(room)) : "解消されたダイレクトチャット";
}

async function fetchAll() {
  const answer = await fetch("/sim/state");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  const state = await answer.json();
  office.accounts = new Map(state.accounts.map((account) => [account.account_id, account]));
  office.rooms = new Map(state.rooms.map((room) => [room.room_id, room]));
  office.requests = state.contact_requests;
}

/**
 * Follows the simulator until the page is closed. `told.all()` after everything was fetched anew,
 * `told.message(message)` for each new one, `told.live(boolean)` when the line comes and goes.
 */
export function follow(told) {
  const events = new EventSource("/sim/events");
  // One fetch at a time; a message that arrives meanwhile is in the state or comes again.
  let fetching = Promise.resolve();
  const refetch = () => {
    fetching = fetching.then(fetchAll).then(told.all, () => told.live(false));
  };
  events.addEventListener("open", () => {
    told.live(true);
    refetch();
  });
  events.addEventListener("error", () => {
    told.live(false);
    // Browsers give up on some failures, such as a port nobody listens on any more.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(told), 2000);
    }
  });
  events.addEventListener("changed", refetch);
  events.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    fetching = fetching.then(() => {
      const room = office.rooms.get(message.room_id);
      if (!room || room.messages.some((known) => known.message_id === message.message_id)) return;
      room.messages.push(message);
      told.message(message);
    });
  });
}

/** Says something as somebody. Throws words to show when that fails. */
export async function say(roomId, accountId, body) {
  const answer = await fetch(`/sim/rooms/${roomId}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account_id: accountId, body }),
  }).catch(() => {
    throw new Error("模擬Chatworkにつながりません。起動しているか確かめてください。");
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(`送信できませんでした: ${problem.error ?? answer.status}`);
  }
}
