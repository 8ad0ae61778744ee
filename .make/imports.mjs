// Gives what a wasm file imports short names, there and in its script. wasm-bindgen ends each name with a
// hash, which no packing makes smaller: 3 kB of the first load.
import { joined, leb, number, piece, split } from "./sections.mjs";

/** The module and its script, with `0`, `1`, … `z`, `10` … for the names of the imports. */
export function shortImports(bytes, script) {
  const sections = split(bytes);
  const names = new Map();
  const section = sections.find(({ id }) => id === 2);
  const at = { bytes: section.body, place: 0 };
  const count = number(at);
  const rows = [leb(count)];
  for (let left = count; left > 0; left--) {
    const from = piece(at, number(at));
    const name = String(piece(at, number(at)));
    if (at.bytes[at.place++] !== 0) throw new Error(`${name} is imported and no function`);
    const short = names.size.toString(36);
    names.set(name, short);
    rows.push(leb(from.length), from, leb(short.length), Buffer.from(short), Buffer.from([0]), leb(number(at)));
  }
  section.body = Buffer.concat(rows);
  let renamed = 0;
  const text = script.replace(/^ {8}(\w+): function/gm, (whole, name) => {
    if (!names.has(name)) return whole;
    renamed += 1;
    return `        "${names.get(name)}": function`;
  });
  if (renamed !== names.size) throw new Error(`${names.size} imports, but the script has ${renamed} of them`);
  return { bytes: joined(sections), text };
}
