// State of the page (the open room, unread rooms) and its reaction to events.

import { drawComposer, edit, endEditOf, replyTo, startComposer } from "./composer.js";
import { part } from "./element.js";
import { deleteAs, isDeleted, subscribe, room, rooms } from "./office.js";
import { drawRooms } from "./rooms.js";
import { addMessage, drawRoom, replaceMessage, startTimeline } from "./timeline.js";

/**
 * `open`: id of the open room. `chosen`: true when the user opened it, false when an incoming message did. `unread`: ids
 * of rooms with unread messages. `fresh`: id of the room that is highlighted because a message has just arrived.
 */
const view = { open: undefined, chosen: false, unread: new Set(), fresh: undefined };

/** Actions of the buttons beside a message; each is called with the message. */
const actions = { reply: replyTo, edit, remove };

async function remove(message) {
  part("problem").textContent = "";
  try {
    await deleteAs(message);
  } catch (error) {
    part("problem").textContent = error.message;
  }
}

const drawList = () => drawRooms(view, choose);

function show(id) {
  view.open = id;
  view.unread.delete(id);
  const open = room(id);
  document.title = "模擬Chatwork";
  // Drawing the room scrolls its timeline to the end, so the layout must be final before.
  part("layout").dataset.showing = "room";
  drawComposer(open);
  drawRoom(open, actions);
  drawList();
}

function choose(id) {
  view.chosen = true;
  show(id);
  // On a narrow screen the room replaces the list, so the focus moves to the room.
  if (getComputedStyle(part("back")).display !== "none") part("name").focus();
}

function leave() {
  const leftRoom = view.open;
  Object.assign(view, { open: undefined, chosen: false });
  part("layout").dataset.showing = "rooms";
  drawList();
  part("rooms").querySelector(`[data-room="${leftRoom}"]`)?.focus();
}

/** The room with the latest message, or the first group. */
function initialRoom() {
  const withMessages = rooms().filter((room) => room.messages.length > 0);
  const latest = withMessages.sort((a, b) =>
    BigInt(a.messages.at(-1).message_id) < BigInt(b.messages.at(-1).message_id) ? 1 : -1,
  )[0];
  return latest ?? rooms().find((room) => room.type === "group");
}

let isFirstDraw = true;

function redraw() {
  if (view.open && room(view.open)) {
    show(view.open);
  } else if (isFirstDraw && initialRoom()) {
    show(initialRoom().room_id);
    // On a narrow screen, start with the list unless the room has messages.
    if (!initialRoom().messages.length) part("layout").dataset.showing = "rooms";
  } else {
    drawList();
  }
  isFirstDraw = false;
}

function receive(message) {
  const id = message.room_id;
  view.fresh = id;
  if (view.open === id) {
    addMessage(room(id), message, actions);
    part("layout").dataset.showing = "room";
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

function update(message) {
  if (isDeleted(message)) endEditOf(message);
  if (view.open === message.room_id) replaceMessage(room(message.room_id), message, actions);
  drawList();
}

function showConnection(connected) {
  const line = part("connection");
  line.toggleAttribute("data-live", connected);
  line.textContent = connected ? "接続済み" : "再接続中…";
}

part("filter").addEventListener("input", drawList);
part("back").addEventListener("click", leave);
startTimeline();
startComposer();
subscribe({ all: redraw, message: receive, edited: update, live: showConnection });
