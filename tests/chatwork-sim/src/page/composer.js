// The form that posts as a member of the room, or edits a member's message.

import { element, part } from "./element.js";
import { botId, editAs, nameOf, partnerIn, postAs } from "./office.js";
import { scrollToEnd } from "./timeline.js";

/** The tag and name that a reply begins with, on a line of their own. */
const REPLY_LINE = /^\[rp aid=\d+ to=\d+-\d+\].*\n?/;

let room;
/** The message that is edited; undefined while a new one is written. */
let edited;
/** Unsent text from before the edit began, restored when the edit ends. */
let draft = "";

/** Prepares the composer for a room. Keeps the chosen author if the author is a member. */
export function drawComposer(open) {
  const sameRoom = room?.room_id === open.room_id;
  if (edited && !sameRoom) endEdit();
  room = open;
  const author = part("author");
  const previousAuthor = Number(author.value);
  // Hosts first, because the page is mostly used to reply as one.
  const ids = room.members.map((member) => member.account_id);
  const authors = [...ids.filter((id) => id !== botId()), ...ids.filter((id) => id === botId())];
  author.replaceChildren(...authors.map((id) => element("option", "", { value: id }, nameOf(id))));
  if (ids.includes(previousAuthor) && (sameRoom || previousAuthor !== botId())) author.value = previousAuthor;
  else author.value = partnerIn(room) ?? authors[0] ?? "";
  part("composer").hidden = authors.length === 0;
  part("problem").textContent = "";
}

/** Starts a reply to a message, as Chatwork's reply button does. */
export function replyTo(message) {
  if (edited) endEdit();
  const words = part("words");
  const id = message.account_id;
  const line = `[rp aid=${id} to=${message.room_id}-${message.message_id}]${nameOf(id)}さん\n`;
  words.value = line + words.value.replace(REPLY_LINE, "");
  // The mentioned member is the most likely author of the reply.
  const mentioned = message.mentions.find((account) => account !== id);
  if (mentioned) part("author").value = mentioned;
  focusEnd();
}

/** Starts editing a message in place of writing a new one. */
export function edit(message) {
  if (!edited) draft = part("words").value;
  edited = message;
  part("words").value = message.body;
  part("author").value = message.account_id;
  drawMode();
  focusEnd();
}

/** Ends the edit of a message that was deleted meanwhile. */
export function endEditOf(message) {
  if (edited?.message_id === message.message_id) endEdit();
}

function endEdit() {
  edited = undefined;
  part("words").value = draft;
  draft = "";
  drawMode();
}

function drawMode() {
  part("mode").hidden = !edited;
  if (edited) part("mode-words").textContent = `${nameOf(edited.account_id)}さんのメッセージを編集中`;
  part("author").disabled = Boolean(edited);
  part("send").textContent = edited ? "保存" : "送信";
  part("hint").textContent = `Ctrl+Enter で${edited ? "保存" : "送信"}`;
  part("problem").textContent = "";
}

function focusEnd() {
  const words = part("words");
  words.focus();
  words.setSelectionRange(words.value.length, words.value.length);
  words.scrollTop = words.scrollHeight;
}

async function submit(body) {
  if (edited) {
    await editAs(edited, body);
    endEdit();
  } else {
    await postAs(room.room_id, Number(part("author").value), body);
    part("words").value = "";
    scrollToEnd();
  }
}

/** Attaches the form's event handlers. */
export function startComposer() {
  const form = part("composer");
  const words = part("words");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = words.value.trim();
    if (!body || !room) return words.focus();
    part("problem").textContent = "";
    try {
      await submit(body);
    } catch (error) {
      part("problem").textContent = error.message;
    }
    words.focus();
  });
  part("mode-end").addEventListener("click", () => {
    endEdit();
    words.focus();
  });
  words.addEventListener("keydown", (event) => {
    // Enter and Escape also belong to a conversion of an input method, which must neither submit nor end.
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape" && edited) endEdit();
  });
}
