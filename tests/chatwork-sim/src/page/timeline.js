// The open room: header and messages.

import { actionRow } from "./actions.js";
import { avatar, element, part } from "./element.js";
import { render } from "./notation.js";
import { account, isDeleted, nameOf, roomName } from "./office.js";

const time = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("ja-JP", { dateStyle: "full" });

const dayOf = (message) => day.format(new Date(message.send_time * 1000));

/** Distance in pixels from the end within which the end counts as in view. */
const NEAR_END = 80;

/** True while the end of the timeline is in view. */
let atEnd = true;

/** Keeps the end of the timeline in view when the composer below it grows. */
export function startTimeline() {
  const timeline = part("timeline");
  timeline.addEventListener("scroll", () => {
    atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < NEAR_END;
  });
  new ResizeObserver(() => atEnd && scrollToEnd()).observe(timeline);
}

/** Scrolls to the latest message. */
export function scrollToEnd() {
  const timeline = part("timeline");
  timeline.scrollTop = timeline.scrollHeight;
  atEnd = true;
}

/** Renders a room, scrolled to its end. */
export function drawRoom(room, actions) {
  part("name").textContent = roomName(room);
  const facts = room.type === "group" ? `メンバー ${room.members.length}人` : department(room);
  part("facts").textContent = [facts, `ルームID ${room.room_id}`].filter(Boolean).join(" ・ ");
  const timeline = part("timeline");
  timeline.replaceChildren(
    ...room.messages.flatMap((message, index) => entries(room, message, room.messages[index - 1], actions)),
  );
  if (room.messages.length === 0) {
    timeline.append(element("p", "nothing", {}, "メッセージはまだありません"));
  }
  scrollToEnd();
}

/** Appends a message. Scrolls to it only if the timeline was at its end. */
export function addMessage(room, message, actions) {
  const timeline = part("timeline");
  timeline.querySelector(".nothing")?.remove();
  const added = entries(room, message, room.messages.at(-2), actions);
  added.at(-1).classList.add("fresh");
  timeline.append(...added);
  if (atEnd) scrollToEnd();
}

/** Renders a message again that was edited or deleted. */
export function replaceMessage(room, message, actions) {
  const shown = part("timeline").querySelector(`[data-message="${message.message_id}"]`);
  const hadFocus = shown?.contains(document.activeElement);
  const replacement = messageEntry(room, message, actions);
  replacement.classList.add("fresh");
  shown?.replaceWith(replacement);
  if (hadFocus) part("timeline").focus();
}

function department(room) {
  return room.members.map((member) => account(member.account_id)?.department).find(Boolean);
}

function entries(room, message, previous, actions) {
  const entry = messageEntry(room, message, actions);
  if (previous && dayOf(previous) === dayOf(message)) return [entry];
  return [element("p", "day", {}, dayOf(message)), entry];
}

function messageEntry(room, message, actions) {
  const author = account(message.account_id);
  const when = new Date(message.send_time * 1000);
  const head = element("div", "message-head", {}, element("span", "author", {}, nameOf(message.account_id)));
  if (author?.department) head.append(element("span", "where", {}, author.department));
  head.append(element("time", "when", { datetime: when.toISOString() }, time.format(when)));
  if (message.update_time && !isDeleted(message)) {
    const edited = time.format(new Date(message.update_time * 1000));
    head.append(element("span", "edited", { title: `${edited} に編集` }, "編集済み"));
  }
  const text = element("div", "message-text", {}, head);
  text.append(element("div", "body", {}, ...render(message.segments, room)));
  if (!isDeleted(message)) text.append(actionRow(message, actions));
  return element("article", "message", { "data-message": message.message_id }, avatar(author), text);
}
