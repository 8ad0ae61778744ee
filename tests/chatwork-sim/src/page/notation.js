// Renders a message's segments, which src/notation has parsed.

import { avatar, element } from "./element.js";
import { account, isMember, nameOf } from "./office.js";

const BLOCKS = new Set(["info", "title", "quote", "rule", "code", "task"]);

const PHRASES = {
  task_added: "タスクを追加しました",
  task_edited: "タスクを編集しました",
  task_done: "タスクを完了しました",
};

const DELETED = "メッセージは削除されました";

/** Nodes for the segments of a message in a room. */
export function render(segments, room) {
  return segments.map((segment, index) => {
    if (segment.kind !== "text") return RENDERERS[segment.kind](segment, room);
    // A block element breaks the line itself, so a line break beside it would be doubled.
    let words = segment.text;
    if (BLOCKS.has(segments[index - 1]?.kind)) words = words.replace(/^\n/, "");
    if (BLOCKS.has(segments[index + 1]?.kind)) words = words.replace(/\n$/, "");
    return document.createTextNode(words);
  });
}

/** The text of a message on one line, for the list of rooms. */
export function summary(segments) {
  const words = segments.map((segment) => {
    if (segment.kind === "deleted") return DELETED;
    if (segment.kind === "phrase") return PHRASES[segment.key];
    if (segment.inside) return summary(segment.inside);
    return segment.text ?? segment.url ?? segment.emoji ?? "";
  });
  return words.join(" ").replace(/\s+/g, " ").trim();
}

function mention(id, room, badge) {
  const isPresent = isMember(room, id);
  const title = isPresent ? `${nameOf(id)}さんに通知` : `アカウント ${id} はこのルームにいません（通知されません）`;
  return element(
    "span",
    isPresent ? "to" : "to not-a-member",
    { title },
    element("span", "badge", {}, badge),
    avatar(account(id), "little"),
  );
}

const dueDay = new Intl.DateTimeFormat("ja-JP", { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat("ja-JP", { dateStyle: "short", timeStyle: "short" });

const RENDERERS = {
  to: ({ account }, room) => mention(account, room, "TO"),
  reply: ({ account }, room) => mention(account, room, "RE"),
  to_all: () =>
    element("span", "to", { title: "全員に通知" }, element("span", "badge", {}, "TO ALL")),
  info: ({ inside }, room) => element("div", "info", {}, ...render(inside, room)),
  title: ({ inside }, room) => element("div", "title", {}, ...render(inside, room)),
  rule: () => element("hr", "rule"),
  quote: ({ account: id, time, inside }, room) => {
    const box = element("blockquote", "quote");
    if (id) {
      const when = time ? ` ${clock.format(new Date(time * 1000))}` : "";
      box.append(element("span", "quoted", {}, avatar(account(id), "little"), ` ${nameOf(id)}${when}`));
    }
    box.append(...render(inside, room));
    return box;
  },
  picture: ({ account: id }) => avatar(account(id), "little"),
  name: ({ account: id }) => document.createTextNode(nameOf(id)),
  picture_name: ({ account: id }) =>
    element("span", "", {}, avatar(account(id), "little"), ` ${nameOf(id)}`),
  code: ({ text }) => element("pre", "code", {}, text.replace(/^\n|\n$/g, "")),
  emoticon: ({ source, emoji }) =>
    element("span", "emoticon", { role: "img", "aria-label": source, title: source }, emoji),
  phrase: ({ key }) => document.createTextNode(PHRASES[key]),
  deleted: () => element("span", "deleted", {}, DELETED),
  task: ({ accounts, done, limit, inside }, room) => {
    const facts = accounts.map((id) =>
      element("span", "", {}, avatar(account(id), "little"), ` ${nameOf(id)}`),
    );
    if (limit) facts.push(element("span", "", {}, `期限 ${dueDay.format(new Date(limit * 1000))}`));
    return element(
      "div",
      done ? "task done" : "task",
      {},
      element("div", "", {}, ...render(inside, room)),
      element("div", "task-facts", {}, ...facts),
    );
  },
  link: ({ url }) =>
    element("a", "", { href: url, target: "_blank", rel: "noopener noreferrer" }, url),
};
