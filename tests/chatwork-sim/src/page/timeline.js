// The open room: header and messages.

import { avatar, element, part } from "./element.js";
import { render } from "./notation.js";
import { account, nameOf, roomName } from "./office.js";

const time = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("ja-JP", { dateStyle: "full" });

const dayOf = (message) => day.format(new Date(message.send_time * 1000));

/** Renders a room, scrolled to its end. */
export function drawRoom(room, reply) {
  part("name").textContent = roomName(room);
  const facts = room.type === "group" ? `メンバー ${room.members.length}人` : department(room);
  part("facts").textContent = [facts, `ルームID ${room.room_id}`].filter(Boolean).join(" ・ ");
  const timeline = part("timeline");
  timeline.replaceChildren(
    ...room.messages.flatMap((message, at) => entries(room, message, room.messages[at - 1], reply)),
  );
  if (room.messages.length === 0) {
    timeline.append(element("p", "nothing", {}, "メッセージはまだありません"));
  }
  timeline.scrollTop = timeline.scrollHeight;
}

/** Appends a message. Scrolls to it only if the timeline was at its end. */
export function addMessage(room, message, reply) {
  const timeline = part("timeline");
  const atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 80;
  timeline.querySelector(".nothing")?.remove();
  const added = entries(room, message, room.messages.at(-2), reply);
  added.at(-1).classList.add("fresh");
  timeline.append(...added);
  if (atEnd) timeline.scrollTop = timeline.scrollHeight;
}

function department(room) {
  return room.members.map((member) => account(member.account_id)?.department).find(Boolean);
}

function entries(room, message, before, reply) {
  const entry = messageEntry(room, message, reply);
  if (before && dayOf(before) === dayOf(message)) return [entry];
  return [element("p", "day", {}, dayOf(message)), entry];
}

function messageEntry(room, message, reply) {
  const author = account(message.account_id);
  const when = new Date(message.send_time * 1000);
  const answer = element(
    "button",
    "reply-to",
    { type: "button", "aria-label": `${nameOf(message.account_id)}さんのメッセージに返信` },
    "返信",
  );
  answer.addEventListener("click", () => reply(message));
  const head = element("div", "message-head", {}, element("span", "author", {}, nameOf(message.account_id)));
  if (author?.department) head.append(element("span", "where", {}, author.department));
  head.append(
    element("time", "when", { datetime: when.toISOString() }, time.format(when)),
    answer,
  );
  return element(
    "article",
    "message",
    { "data-message": message.message_id },
    avatar(author),
    element("div", "", {}, head, element("div", "body", {}, ...render(message.segments, room))),
  );
}
