// Search in Chromium: the domain's search beside four libraries, with the same names and the same keystrokes.
// Each engine runs in a separate page.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, percentile } from "./browser.mjs";
import { ENGINES, SHOWN } from "./search/engines.mjs";
import { TYPED, oracle, people } from "./search/people.mjs";

const COUNT = Number(process.env.BENCH_PEOPLE ?? 100_000);
const ROUNDS = Number(process.env.BENCH_SEARCH_ROUNDS ?? 3);
/** Milliseconds after which an engine gets no more queries, for latency and for recall: some take seconds per
 *  keystroke. */
const MAX_MILLIS = Number(process.env.BENCH_SEARCH_MILLIS ?? 15_000);
const folder = fileURLToPath(new URL(".", import.meta.url));
/** Folders that the server offers, by the first part of the path. */
const roots = { npm: join(process.env.BENCH_NPM, "node_modules"), finder: process.env.BENCH_FINDER, search: join(folder, "search") };
const mediaTypes = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };

// Cross-origin isolated, for the browser's finest clock resolution.
const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const server = createServer((request, response) => {
  const [, root, ...rest] = normalize(new URL(request.url, "http://localhost").pathname).split("/");
  try {
    const body = root === "" ? "<!doctype html><meta charset=utf-8><ul></ul>" : readFileSync(join(roots[root], ...rest));
    const type = mediaTypes[extname(request.url)] ?? "text/html";
    response.writeHead(200, { "content-type": type, ...isolated }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.on("listening", ready));
const page = `http://localhost:${server.address().port}/`;

// ---- scripts that run in the page

/** Loads an engine and its people; resolves to the size of its WebAssembly memory. */
const LOAD = `async (name, count) => {
  const [{ ENGINES }, { people }] = await Promise.all([import("/search/engines.mjs"), import("/search/people.mjs")]);
  globalThis.people = people(count);
  globalThis.engine = ENGINES[name];
  globalThis.loaded = await engine.load(globalThis.people);
  return globalThis.wasm?.buffer.byteLength ?? 0;
}`;
/** Builds the engine's index. */
const PREPARE = `async () => {
  const start = performance.now();
  globalThis.find = engine.prepare(loaded);
  return { took: performance.now() - start, wasm: globalThis.wasm?.buffer.byteLength ?? 0 };
}`;
/** Measures each query: the search, then rendering and layout of the results. */
const MEASURE = `async (queries, shown, rounds, maxMillis) => {
  const list = document.querySelector("ul");
  let [finding, showing] = [[], []];
  const began = performance.now();
  const isOver = () => performance.now() - began > maxMillis;
  for (let round = 0; round <= rounds && !isOver(); round++) {
    // The first round is a warm-up, and counts only when there was no time for another.
    if (round === 1) [finding, showing] = [[], []];
    for (const query of queries) {
      if (isOver()) break;
      const start = performance.now();
      const found = find(query, shown);
      const took = performance.now() - start;
      list.replaceChildren(...found.map((number) => Object.assign(document.createElement("li"), { textContent: people[number][0] })));
      list.offsetHeight;
      finding.push(took);
      showing.push(performance.now() - start);
      await new Promise((next) => setTimeout(next));
    }
  }
  return { finding, showing };
}`;
/** Finds all results of queries, without a limit. */
const FIND_ALL = `async (queries) => queries.map((query) => [...new Set(find(query, 10_000_000))])`;

// ---- all engines in turn

const keys = Object.values(TYPED).flat().flatMap((text) => [...text].map((_, last) => [...text].slice(0, last + 1).join("")));
const queries = [...new Set(keys.filter((text) => !text.endsWith(" ")))];
// Queries of every kind first, for engines that are too slow for all of them.
queries.sort((one, other) => shuffleKey(one) - shuffleKey(other));
const everybody = people(COUNT);
const expectedResults = oracle(everybody);
const expected = new Map(queries.map((query) => [query, new Set(expectedResults(query))]));

/** Measurements of each engine, or the reason why there are none. */
const found = [];
for (const name of Object.keys(ENGINES)) {
  const started = Date.now();
  let chromium;
  try {
    chromium = await browser();
    found.push(await measure(name, chromium));
  } catch (error) {
    found.push({ name, failed: String(error.message).split("\n")[0] });
  }
  await chromium?.close().catch(() => {}); // after a failure the browser may be gone
  console.log(`  ${name}: ${found.at(-1).failed ?? `${((Date.now() - started) / 1000).toFixed(0)} s`}`);
}

async function measure(name, chromium) {
  await chromium.open(page);
  const wasmBefore = await chromium.run(LOAD, name, COUNT);
  const before = await chromium.heap();
  const { took, wasm } = await chromium.run(PREPARE);
  const memory = (await chromium.heap()) - before + wasm - wasmBefore;
  const times = await chromium.run(MEASURE, queries, SHOWN, ROUNDS, MAX_MILLIS);
  const quality = { recall: [], precision: [] };
  const missed = [];
  // In sequence, because a result may contain all people.
  const began = Date.now();
  let queriesRun = 0;
  for (const query of queries) {
    if (Date.now() - began > MAX_MILLIS) break;
    queriesRun += 1;
    const [results] = await chromium.run(FIND_ALL, [query]);
    const right = results.filter((number) => expected.get(query).has(number)).length;
    if (expected.get(query).size > 0) quality.recall.push(right / expected.get(query).size);
    if (results.length > 0) quality.precision.push(right / results.length);
    if (right < expected.get(query).size) missed.push(query);
  }
  return { name, took, memory, ...times, ...quality, missed, queriesRun };
}

/** Sort key for a pseudo-random order, the same in every run (FNV-1a hash). */
function shuffleKey(text) {
  return [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16_777_619), 2_166_136_261) >>> 0;
}

// ---- results

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const percent = (list) => {
  const value = mean(list) * 100;
  return `${value === 100 ? "100" : Math.min(value, 99.99).toFixed(2)} %`;
};
const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const done = found.filter((engine) => !engine.failed);
const [ours, ...others] = done;
if (ours?.name !== "domain::search") throw new Error(found[0].failed);

const p95 = percentile(ours.showing, 0.95);
const isFull = ours.missed.length === 0 && ours.queriesRun === queries.length;
const rows = [
  {
    what: `keystroke → results laid out, ${COUNT.toLocaleString("en")} hosts`,
    measured: `p95 ${ms(p95)} ms; recall ${percent(ours.recall)}`,
    budget: "p95 ≤ 16 ms, full recall",
    met: p95 <= 16 && isFull,
  },
  {
    what: "search index",
    measured: `ready in ${ms(ours.took)} ms, ${(ours.memory / 1e6).toFixed(1)} MB`,
    budget: "≤ 500 ms, ≤ 30 MB",
    met: ours.took <= 500 && ours.memory <= 30e6,
  },
  ...others.map((engine) => ({
    what: `search beside ${engine.name}`,
    measured: `p95 ${ms(percentile(ours.finding, 0.95))} ms to ${ms(percentile(engine.finding, 0.95))} ms (${(percentile(engine.finding, 0.95) / percentile(ours.finding, 0.95)).toFixed(1)} ×); its recall ${percent(engine.recall)}`,
    budget: "faster",
    met: percentile(ours.finding, 0.95) < percentile(engine.finding, 0.95),
  })),
];
const line = (engine) =>
  engine.failed
    ? `| ${engine.name} | could not be measured: ${engine.failed} | | | | | | | |`
    : `| ${engine.name} | ${percent(engine.recall)} | ${percent(engine.precision)} | ${ms(percentile(engine.finding, 0.5))} | ${ms(percentile(engine.finding, 0.95))} | ${ms(percentile(engine.showing, 0.95))} | ${(engine.memory / 1e6).toFixed(0)} | ${ms(engine.took)} | ${engine.queriesRun} |`;
const missed = ours.missed.length > 0 ? `\n\nNot completely found by the domain's search: ${ours.missed.join(", ")}.` : "";
const details = `${COUNT.toLocaleString("en")} invented people, the same in every run; ${queries.length} queries, each a prefix of what a
visitor types (kana, romaji in several spellings, kanji and their variants, prefix and infix, family and
given name), up to ${ROUNDS} rounds after a warm-up, at most ${MAX_MILLIS / 1000} s. Recall and precision are means over as many of the
queries as ${MAX_MILLIS / 1000} s allow (the last column), without a limit of results, against a naive oracle; the latencies are for the best ${SHOWN}
results, as in the kiosk. "Laid out" is search, filling a list and forced layout. Memory is the growth of JavaScript's heap and
WebAssembly's memory by preparing.

| engine | recall | precision | p50 ms | p95 ms | laid out p95 ms | MB | prepared in ms | queries |
|---|---|---|---|---|---|---|---|---|
${found.map(line).join("\n")}

Configuration: ${Object.entries(ENGINES).map(([name, { note }]) => `${name}: ${note}`).join("; ")}. All libraries get
name, kana and romaji in two Hepburn spellings, with width, case and katakana folded; the domain's search
gets name and kana.${missed}`;
for (const row of rows) console.log(`  ${row.what}: ${row.measured} (${row.budget}: ${row.met ? "met" : "NOT met"})`);
writeFileSync(join(process.env.BENCH_OUT, "search.json"), JSON.stringify({ rows, details }));
process.exit(0);
