// Takes out of a wasm file and its script what nobody can reach.
//
// wasm-bindgen exports every class that any library marks for JavaScript, and keeps what these need,
// though our pages use none of them. Here the classes go, then the exports that the script does not
// name any more, then whatever only they needed, and the script's imports follow.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shortImports } from "./imports.mjs";
import { named } from "./order.mjs";
import { quiet } from "./quiet.mjs";

// What Rust's wasm32 target uses; every browser since 2022 has it.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
const features = FEATURES.map((name) => `--enable-${name}`);

const CLASS = /^export class (\w+) \{[\s\S]*?^\}\n(if \(Symbol\.dispose\).*\n)?/gm;
const REGISTRY = /^const \w+Finalization = [\s\S]*?;\n/gm;
const IMPORT = /^ {8}(\w+): function[\s\S]*?^ {8}\},\n/gm;

// What wasm-bindgen has for browsers without these, and for callers of other kinds than ours (pack.mjs).
const SPARE = [
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?^\}\n/m, ""],
  [/\(typeof FinalizationRegistry === 'undefined'\)\s*\?[^\n]*\n\s*: /, ""],
  [/(?<=^function initSync\(module\) \{)[\s\S]*?(?=^ {4}const imports)/m, "\n"],
  [/^ {4}if \(!\(module instanceof WebAssembly\.Module\)\) \{[\s\S]*?^ {4}\}\n/m, ""],
];

// Weighed packed, -O2 (three times) is lighter than -Oz, and what is long and called once better stays a
// function: what they leave alone repeats itself. What is short goes into its callers: each function that a
// start runs through costs the browser time of its own. Rust's stack has its end at the bottom of memory, so
// nothing lies in the first kilobyte: addresses fold into loads and stores.
export const LIGHTER = ["-O2", "-O2", "-O2", "--low-memory-unused", "--one-caller-inline-max-function-size=50", "--always-inline-max-function-size=4"];

export function strip({ dist, module, binary, run }) {
  const script = join(dist, module);
  writeFileSync(join(dist, binary), quiet(readFileSync(join(dist, binary))));
  let text = readFileSync(script, "utf8").replace(CLASS, "").replace(REGISTRY, "");
  for (let before = Infinity; text.length < before; ) {
    before = text.length;
    writeFileSync(script, text);
    const roots = [...used(run, dist, module)].map((name) => ({ name, export: name, root: true }));
    writeFileSync(join(dist, "graph.json"), JSON.stringify(roots));
    run("wasm-metadce", "-g", ...features, binary, "--graph-file", "graph.json", "-o", binary);
    const wasm = new WebAssembly.Module(readFileSync(join(dist, binary)));
    const needed = new Set(WebAssembly.Module.imports(wasm).map(({ name }) => name));
    text = text.replace(IMPORT, (whole, name) => (needed.has(name) ? whole : ""));
  }
  rmSync(join(dist, "graph.json"));
  const short = shortImports(readFileSync(join(dist, binary)), text);
  writeFileSync(join(dist, binary), short.bytes);
  writeFileSync(script, SPARE.reduce((text, [what, instead]) => text.replace(what, instead), short.text));

  run("wasm-opt", ...features, "-g", ...LIGHTER, binary, "-o", binary);
  writeFileSync(join(dist, binary), named(readFileSync(join(dist, binary))));
  run("wasm-opt", ...features, "--reorder-functions-by-name", "--strip-producers", binary, "-o", binary);
}

/** The exports that are named when everything unreachable is gone from the script. */
function used(run, dist, module) {
  writeFileSync(join(dist, "reach.js"), `import init from "./${module}"; init();`);
  run("esbuild", "reach.js", "--bundle", "--format=esm", "--outfile=reached.js", "--log-level=warning");
  const reached = readFileSync(join(dist, "reached.js"), "utf8");
  for (const name of ["reach.js", "reached.js"]) rmSync(join(dist, name));
  return new Set(["memory", ...[...reached.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name)]);
}
