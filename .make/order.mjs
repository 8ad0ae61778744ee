// Puts functions that are alike next to each other: brotli says a repetition in fewer bits when it is
// near, which makes the file 2 % lighter to load. wasm-opt does the moving; here the order is found and
// written into the file as the functions' names, by which wasm-opt sorts.
import { customName, functionBodies, importedFunctions, joined, leb, split } from "./sections.mjs";

const GRAM = 4; // bytes; shorter repetitions are not worth pointing back to
const COMMON = 400; // what more functions than these share tells nothing about any two

/** The same module with names that sort into the order. */
export function named(bytes) {
  const sections = split(bytes);
  const imported = importedFunctions(bytes);
  const order = neighbours(functionBodies(sections));
  const entries = order.map((index, place) => [imported + index, String(place).padStart(6, "0")]).sort(([a], [b]) => a - b);
  const names = Buffer.concat([leb(entries.length), ...entries.flatMap(([index, name]) => [leb(index), text(name)])]);
  const body = Buffer.concat([text("name"), Buffer.from([1]), leb(names.length), names]);
  return joined([...sections.filter((section) => customName(section) !== "name"), { id: 0, body }]);
}

/** From each function to the one left over that shares most with it; from a dead end to the largest. */
function neighbours(bodies) {
  const grams = bodies.map(gramsOf);
  const holders = new Map();
  grams.forEach((own, index) => own.forEach((gram) => (holders.get(gram) ?? holders.set(gram, []).get(gram)).push(index)));
  for (const [gram, { length }] of holders) if (length < 2 || length > COMMON) holders.delete(gram);

  const left = new Set([...bodies.keys()].sort((a, b) => bodies[b].length - bodies[a].length));
  const order = [];
  for (let [here] = left; here !== undefined; here = nearest(here) ?? left.values().next().value) {
    order.push(here);
    left.delete(here);
  }
  return order;

  function nearest(here) {
    const shared = new Map();
    for (const gram of grams[here])
      for (const other of holders.get(gram) ?? [])
        if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1 / Math.log2(2 + holders.get(gram).length));
    let best = { likeness: 0 };
    for (const [other, score] of shared) {
      const likeness = score / bodies[other].length ** 0.3;
      if (likeness > best.likeness) best = { other, likeness };
    }
    return best.other;
  }
}

function gramsOf(body) {
  const text = body.toString("latin1");
  return new Set(Array.from({ length: Math.max(0, text.length - GRAM + 1) }, (_, place) => text.slice(place, place + GRAM)));
}

function text(string) {
  return Buffer.concat([leb(string.length), Buffer.from(string)]);
}
