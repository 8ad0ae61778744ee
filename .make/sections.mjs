// A wasm file as its sections, and the numbers and pieces that they are made of.

export function split(bytes) {
  const at = { bytes, place: 8 };
  const sections = [];
  while (at.place < bytes.length) {
    const id = bytes[at.place++];
    sections.push({ id, body: Buffer.from(piece(at, number(at))) });
  }
  return sections;
}

/** The file again. */
export function joined(sections) {
  const packed = sections.flatMap(({ id, body }) => [Buffer.from([id]), leb(body.length), body]);
  return Buffer.concat([HEAD, ...packed]);
}

/** The functions that the file brings itself, each as its bytes. */
export function functionBodies(sections) {
  const at = { bytes: sections.find(({ id }) => id === 10).body, place: 0 };
  return Array.from({ length: number(at) }, () => piece(at, number(at)));
}

/** How many functions come from outside: they are numbered first. */
export function importedFunctions(bytes) {
  return WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function").length;
}

/** What a custom section is called. */
export function customName({ id, body }) {
  if (id !== 0) return null;
  const at = { bytes: body, place: 0 };
  return String(piece(at, number(at)));
}

export function piece(at, length) {
  at.place += length;
  return at.bytes.subarray(at.place - length, at.place);
}

export function number(at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = at.bytes[at.place++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

export function leb(value) {
  const bytes = [];
  do bytes.push((value & 127) | (value > 127 ? 128 : 0));
  while ((value = Math.floor(value / 128)) > 0);
  return Buffer.from(bytes);
}

const HEAD = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
