// Answering as a host.

import { element, part } from "./element.js";
import { bot, nameOf, partnerIn, say } from "./office.js";

let room;

/** Readies the composer for a room, keeping who speaks if that person is in it. */
export function drawComposer(open) {
  const sameRoom = room?.room_id === open.room_id;
  room = open;
  const author = part("author");
  const before = Number(author.value);
  // The hosts first: it is their part that one plays here.
  const ids = room.members.map((member) => member.account_id);
  const order = [...ids.filter((id) => id !== bot()), ...ids.filter((id) => id === bot())];
  author.replaceChildren(...order.map((id) => element("option", "", { value: id }, nameOf(id))));
  if (ids.includes(before) && (sameRoom || before !== bot())) author.value = before;
  else author.value = partnerIn(room) ?? order[0] ?? "";
  part("composer").hidden = order.length === 0;
  part("problem").textContent = "";
}

/** Begins an answer to a message. */
export function replyTo(message) {
  const words = part("words");
  const id = message.account_id;
  words.value = `[rp aid=${id} to=${message.room_id}-${message.message_id}]${nameOf(id)}さん\n${words.value}`;
  // A person who was called is the likeliest to answer.
  const called = message.mentions.find((account) => account !== id);
  if (called) part("author").value = called;
  words.focus();
}

/** Wires the form. */
export function startComposer() {
  const form = part("composer");
  const words = part("words");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = words.value.trim();
    if (!body || !room) return words.focus();
    part("problem").textContent = "";
    try {
      await say(room.room_id, Number(part("author").value), body);
      words.value = "";
    } catch (error) {
      part("problem").textContent = error.message;
    }
    words.focus();
  });
  words.addEventListener("keydown", (event) => {
    // Enter also confirms a conversion while Japanese is typed: that one is not for us.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      form.requestSubmit();
    }
  });
}
