// The list of rooms on the left.

import { avatar, element, groupMark, part } from "./element.js";
import { summary } from "./notation.js";
import { account, nameOf, partnerIn, requests, roomName, rooms } from "./office.js";

const time = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit" });

/** Renders the list. `view` holds the open room, the unread rooms and the room with the newest message. */
export function drawRooms(view, open) {
  const query = part("filter").value.trim().toLowerCase();
  const sections = [
    ["グループチャット", "group"],
    ["ダイレクトチャット", "direct"],
    ["マイチャット", "my"],
  ].map(([head, type]) => {
    const found = rooms().filter((room) => room.type === type && matches(room, query));
    return section(head, found.sort(byLatestMessage).map((room) => entry(room, view, open)));
  });
  if (!query) sections.splice(2, 0, section("コンタクト申請", requests().map(request)));

  const list = part("rooms");
  // Rendering again must keep the focus.
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.room;
  list.replaceChildren(...sections.filter(Boolean));
  if (!list.hasChildNodes()) list.append(element("p", "none", {}, "該当するルームはありません"));
  if (focused) list.querySelector(`[data-room="${focused}"]`)?.focus();
}

function matches(room, query) {
  const partner = account(partnerIn(room));
  return [roomName(room), partner?.kana, partner?.department].some((words) =>
    words?.toLowerCase().includes(query),
  );
}

/** Latest message first; rooms without messages keep their order. */
function byLatestMessage(one, other) {
  const id = (room) => BigInt(room.messages.at(-1)?.message_id ?? 0);
  const [a, b] = [id(one), id(other)];
  return a === b ? 0 : a > b ? -1 : 1;
}

function section(head, entries) {
  if (entries.length === 0) return undefined;
  const items = entries.map((entry) => element("li", "", {}, entry));
  return element("section", "", {}, element("h2", "list-head", {}, head), element("ul", "", {}, ...items));
}

function entry(room, view, open) {
  const last = room.messages.at(-1);
  const unread = view.unread.has(room.room_id);
  const partner = account(partnerIn(room));
  const words = element("span", "entry-words", {}, element("span", "entry-name", {}, roomName(room)));
  const secondLine = last ? summary(last.segments) || "（メッセージ）" : partner?.department;
  if (secondLine) words.append(element("span", "entry-last", {}, secondLine));

  const side = element("span", "entry-side");
  if (last) {
    side.append(element("span", "", {}, time.format(new Date(last.send_time * 1000))));
    side.append(
      unread
        ? element("span", "dot", { role: "img", "aria-label": "未読あり" })
        : element("span", "", { title: "メッセージの数" }, `${room.messages.length}件`),
    );
  }
  const state = `${unread ? "unread" : ""} ${view.fresh === room.room_id ? "fresh" : ""}`;
  const button = element(
    "button",
    `room-entry ${state}`.trim(),
    {
      type: "button",
      "data-room": room.room_id,
      "aria-current": view.open === room.room_id && "true",
    },
    partner ? avatar(partner) : groupMark(),
    words,
    side,
  );
  button.addEventListener("click", () => open(room.room_id));
  return button;
}

function request({ from, to, message }) {
  return element(
    "div",
    "request",
    {},
    avatar(account(from)),
    element(
      "span",
      "entry-words",
      { title: message },
      element("span", "entry-name", {}, nameOf(from)),
      element("span", "entry-last", {}, `${nameOf(to)}の承認待ち`),
    ),
  );
}
