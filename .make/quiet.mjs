// Takes the words out of panics: 5 kB of what a tablet loads, and nobody reads them there.
//
// A panic of the app ends as a WebAssembly trap whatever it says; the guard (kiosk/guard.js) brings the
// app back and keeps the trap's stack. So the functions that word a panic become the trap itself, and
// the file names and places that only they would have told become zeros.

import { functionBodies, importedFunctions, joined, leb, number, piece, split } from "./sections.mjs";

const WORDING = [
  /^core::panicking::/,
  /^core::(option|result)::(expect|unwrap)_failed$/,
  /^core::(str|slice)::.*(slice_error_fail|slice_index_fail|len_mismatch_fail)/,
  /^core::cell::panic_already/,
  /^std::(panicking|thread::local)::.*panic/,
  /^alloc::(raw_vec::handle_error|alloc::handle_alloc_error)$/,
];
const PLACE = /(?:\/rustc\/[0-9a-f]{40}\/|\/rust\/deps\/|\/[ -~]*?\/registry\/src\/|(?:app|relay)\/[\w-]+\/src\/)[ -~]*?\.rs/g;
const TRAP = [0x00, 0x00, 0x0b]; // no locals, unreachable, end

/** The same module without them. */
export function quiet(bytes) {
  const sections = split(bytes);
  const names = functionNames(sections);
  const imported = importedFunctions(bytes);
  let silenced = 0;
  for (const section of sections) {
    if (section.id === 11) blankPlaces(section.body);
    if (section.id !== 10) continue;
    const bodies = functionBodies(sections);
    const kept = bodies.map((body, index) => {
      const name = names.get(imported + index) ?? "";
      if (!WORDING.some((wording) => wording.test(name))) return body;
      silenced += 1;
      return TRAP;
    });
    section.body = Buffer.concat([leb(kept.length), ...kept.flatMap((body) => [leb(body.length), Buffer.from(body)])]);
  }
  // Built with a standard library of our own (app.sh), panics are traps already.
  const words = [...names.values()].some((name) => name.startsWith("core::panicking::panic_fmt"));
  if (words && silenced === 0) throw new Error("no function that words a panic was found: have their names changed?");
  return joined(sections);
}

/** From the name section, without the hashes that tell builds apart. */
function functionNames(sections) {
  const names = new Map();
  for (const { body } of sections.filter(({ id }) => id === 0)) {
    const at = { bytes: body, place: 0 };
    if (String(piece(at, number(at))) !== "name") continue;
    while (at.place < body.length) {
      const kind = body[at.place++];
      const inner = { bytes: piece(at, number(at)), place: 0 };
      if (kind !== 1) continue;
      for (let count = number(inner); count > 0; count--) {
        const index = number(inner);
        names.set(index, String(piece(inner, number(inner))).replace(/\[[0-9a-f]{16}\]/g, ""));
      }
    }
  }
  return names;
}

/** File names, and the records of name, length, line and column that point to them. */
function blankPlaces(body) {
  const at = { bytes: body, place: 0 };
  const segments = Array.from({ length: number(at) }, () => {
    if (body[at.place++] !== 0 || body[at.place++] !== 0x41) throw new Error("a data segment of an unknown kind");
    const address = number(at);
    at.place += 1; // end of the expression
    return { address, data: piece(at, number(at)) };
  });
  const found = new Map();
  for (const { address, data } of segments)
    for (const { index, 0: name } of data.toString("latin1").matchAll(PLACE)) found.set(address + index, data.subarray(index, index + name.length));
  for (const { address, data } of segments)
    for (let place = (4 - (address % 4)) % 4; place + 16 <= data.length; place += 4) {
      const name = found.get(data.readUInt32LE(place));
      const length = data.readUInt32LE(place + 4);
      if (name && (length === name.length || length === name.length + 1)) data.fill(0, place, place + 16);
    }
  for (const name of found.values()) name.fill(0);
}
