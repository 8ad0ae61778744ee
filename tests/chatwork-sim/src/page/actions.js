// The buttons of a message: reply, and for what people wrote also edit and delete.

import { element } from "./element.js";
import { bot, nameOf } from "./office.js";

/** Buttons for a message. `actions` has a function for each, which is called with the message. */
export function actionRow(message, actions) {
  const row = element("div", "actions");
  const name = nameOf(message.account_id);
  const buttons = [
    button("返信", `${name}さんのメッセージに返信`, () => actions.reply(message)),
  ];
  // The bot's messages are edited through the API, by the relay; those about tasks are Chatwork's own.
  if (message.account_id !== bot() && !isAboutTask(message.segments)) {
    buttons.push(
      button("編集", `${name}さんのメッセージを編集`, () => actions.edit(message)),
      button("削除", `${name}さんのメッセージを削除`, () => ask(row, buttons, () => actions.remove(message))),
    );
  }
  row.append(...buttons);
  return row;
}

const isAboutTask = (segments) =>
  segments.some(({ kind, inside }) => kind === "task" || (kind === "info" && isAboutTask(inside)));

/** Asks in place of the buttons before the message is deleted. */
function ask(row, buttons, remove) {
  const cancel = button("やめる", undefined, () => {
    row.replaceChildren(...buttons);
    buttons.at(-1).focus();
  });
  const confirm = button("削除する", undefined, remove);
  confirm.classList.add("strong");
  row.replaceChildren(element("span", "asks", {}, "削除しますか？"), confirm, cancel);
  cancel.focus();
}

function button(words, label, act) {
  const made = element("button", "quiet-button", { type: "button", "aria-label": label }, words);
  made.addEventListener("click", act);
  return made;
}
