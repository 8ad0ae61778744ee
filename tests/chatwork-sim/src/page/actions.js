// The buttons of a message: reply; edit and delete as well, unless the bot wrote it.

import { element } from "./element.js";
import { botId, nameOf } from "./office.js";

/** Buttons for a message. `actions` has a function for each, which is called with the message. */
export function actionRow(message, actions) {
  const row = element("div", "actions");
  const name = nameOf(message.account_id);
  const buttons = [
    button("返信", `${name}さんのメッセージに返信`, () => actions.reply(message)),
  ];
  // The relay edits the bot's messages through the API; Chatwork itself writes the messages about tasks.
  if (message.account_id !== botId() && !isAboutTask(message.segments)) {
    buttons.push(
      button("編集", `${name}さんのメッセージを編集`, () => actions.edit(message)),
      button("削除", `${name}さんのメッセージを削除`, () => askToDelete(row, buttons, () => actions.remove(message))),
    );
  }
  row.append(...buttons);
  return row;
}

const isAboutTask = (segments) =>
  segments.some(({ kind, inside }) => kind === "task" || (kind === "info" && isAboutTask(inside)));

/** Asks in place of the buttons before the message is deleted. */
function askToDelete(row, buttons, remove) {
  const cancel = button("やめる", undefined, () => {
    row.replaceChildren(...buttons);
    buttons.at(-1).focus();
  });
  const confirm = button("削除する", undefined, remove);
  confirm.classList.add("strong");
  row.replaceChildren(element("span", "asks", {}, "削除しますか？"), confirm, cancel);
  cancel.focus();
}

function button(text, label, onClick) {
  const node = element("button", "quiet-button", { type: "button", "aria-label": label }, text);
  node.addEventListener("click", onClick);
  return node;
}
