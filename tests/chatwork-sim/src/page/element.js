// DOM construction. Text only becomes text nodes, so that no message is interpreted as HTML.

/** The element that index.html marks with data-part. */
export const part = (name) => document.querySelector(`[data-part="${name}"]`);

/** A new element with a class, attributes and children (nodes or text). */
export function element(tag, className, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** The initial of a name on the colour of its account. */
export function avatar(account, size = "") {
  const initial = [...(account?.name ?? "?")][0];
  const hue = account ? `hue-${account.account_id % 8}` : "hue-group";
  return element("span", `avatar ${hue} ${size}`.trim(), { "aria-hidden": "true" }, initial);
}

/** The icon of a group room. */
export const groupMark = () =>
  element("span", "avatar hue-group", { "aria-hidden": "true" }, "＃");
