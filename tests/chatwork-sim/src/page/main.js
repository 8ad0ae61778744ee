// The page: which room is open, and what happens when something arrives.

import { drawComposer, replyTo, startComposer } from "./composer.js";
import { part } from "./element.js";
import { follow, room, rooms } from "./office.js";
import { drawRooms } from "./rooms.js";
import { addMessage, drawRoom } from "./timeline.js";

/** `chosen`: whether the reader opened the room, rather than a message that came in. */
const view = { open: undefined, chosen: false, unread: new Set(), fresh: undefined };

const drawList = () => drawRooms(view, choose);

function show(id) {
  view.open = id;
  view.unread.delete(id);
  const open = room(id);
  document.title = "模擬Chatwork";
  drawRoom(open, replyTo);
  drawComposer(open);
  part("desk").dataset.showing = "room";
  drawList();
}

function choose(id) {
  view.chosen = true;
  show(id);
  // Where the list gives way to the room, the keyboard goes along.
  if (getComputedStyle(part("back")).display !== "none") part("name").focus();
}

function leave() {
  const left = view.open;
  Object.assign(view, { open: undefined, chosen: false });
  part("desk").dataset.showing = "rooms";
  drawList();
  part("rooms").querySelector(`[data-room="${left}"]`)?.focus();
}

/** The room with the latest message, or the first group. */
function likeliest() {
  const busy = rooms().filter((room) => room.messages.length > 0);
  const latest = busy.sort((a, b) =>
    BigInt(a.messages.at(-1).message_id) < BigInt(b.messages.at(-1).message_id) ? 1 : -1,
  )[0];
  return latest ?? rooms().find((room) => room.type === "group");
}

let first = true;

function all() {
  if (view.open && room(view.open)) {
    show(view.open);
  } else if (first && likeliest()) {
    show(likeliest().room_id);
    // Where only one of the two fits, the list is the better place to begin.
    if (!likeliest().messages.length) part("desk").dataset.showing = "rooms";
  } else {
    drawList();
  }
  first = false;
}

function message(message) {
  const id = message.room_id;
  view.fresh = id;
  if (view.open === id) {
    addMessage(room(id), message, replyTo);
    part("desk").dataset.showing = "room";
    drawList();
  } else if (view.chosen) {
    view.unread.add(id);
    document.title = `（${view.unread.size}）模擬Chatwork`;
    drawList();
  } else {
    show(id);
    part("timeline").lastElementChild?.classList.add("fresh");
  }
  part("rooms").querySelector(`[data-room="${id}"]`)?.scrollIntoView({ block: "nearest" });
  view.fresh = undefined;
}

function live(connected) {
  const line = part("connection");
  line.toggleAttribute("data-live", connected);
  line.textContent = connected ? "接続済み" : "再接続中…";
}

part("filter").addEventListener("input", drawList);
part("back").addEventListener("click", leave);
startComposer();
follow({ all, message, live });
