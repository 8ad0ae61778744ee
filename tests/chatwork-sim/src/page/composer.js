// The form that posts as a member of the room.

import { element, part } from "./element.js";
import { bot, nameOf, partnerIn, postAs } from "./office.js";

let room;

/** Prepares the composer for a room. Keeps the chosen author if the author is a member. */
export function drawComposer(open) {
  const sameRoom = room?.room_id === open.room_id;
  room = open;
  const author = part("author");
  const before = Number(author.value);
  // Hosts first, because the page is mostly used to reply as one.
  const ids = room.members.map((member) => member.account_id);
  const order = [...ids.filter((id) => id !== bot()), ...ids.filter((id) => id === bot())];
  author.replaceChildren(...order.map((id) => element("option", "", { value: id }, nameOf(id))));
  if (ids.includes(before) && (sameRoom || before !== bot())) author.value = before;
  else author.value = partnerIn(room) ?? order[0] ?? "";
  part("composer").hidden = order.length === 0;
  part("problem").textContent = "";
}

/** Starts a reply to a message. */
export function replyTo(message) {
  const words = part("words");
  const id = message.account_id;
  words.value = `[rp aid=${id} to=${message.room_id}-${message.message_id}]${nameOf(id)}さん\n${words.value}`;
  // The mentioned member is the most likely author of the reply.
  const called = message.mentions.find((account) => account !== id);
  if (called) part("author").value = called;
  words.focus();
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
      await postAs(room.room_id, Number(part("author").value), body);
      words.value = "";
    } catch (error) {
      part("problem").textContent = error.message;
    }
    words.focus();
  });
  words.addEventListener("keydown", (event) => {
    // Enter also confirms a conversion of an input method, which must not submit.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      form.requestSubmit();
    }
  });
}
