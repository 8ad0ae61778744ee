// Kiosk: time until it is usable, latency of a touch, and memory after many visits. Measured in Chromium with a
// four times slower CPU and a network of 10 Mbit/s with 40 ms.
//
//   node tests/bench/kiosk.mjs target/release/yobirin-relay [--rounds 11] [--visits 1000]
//
// `--rounds 0 --visits 10000` measures memory alone, over a year of a busy lobby, in some ten minutes.
// `make bench` runs it with BENCH_VISITS, and with BENCH_OUT as the folder for its rows of the table.
// Prints one line per figure with its budget. Figures are medians of the rounds. Other load on the machine makes
// them worse, which the plain page measured beside the kiosk shows.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { browser, percentile, start } from "./browser.mjs";
import { plainPage } from "./kiosk/plain.mjs";

const [relay, ...options] = process.argv.slice(2);
const option = (name, standard) => Number(options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : standard);
const rounds = option("rounds", 11);
const visits = option("visits", process.env.BENCH_VISITS ?? 1000);
/** Visits before the first measurement of memory, so that one-time allocations are excluded. */
const WARM_UP_VISITS = 1000;
/** Factor by which the CPU is slower while starts and touches are measured. */
const SLOW_CPU = 4;
/** Measured touches. */
const TOUCHES = 30;
if (!relay) {
  console.error("usage: node tests/bench/kiosk.mjs RELAY [--rounds N] [--visits N]");
  process.exit(2);
}

const [, link] = await start(relay, ["demo", "--listen", "127.0.0.1:0"], /(http:\/\/\S+\/pair#code=\S+)/);
const origin = new URL(link).origin;
const { cdp, open, run, close } = await browser();

// ---- measurements

/** Script in every page that records when the menu was first usable (`window.usable`, in ms), and the app's memory. */
const OBSERVE = `
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-screen=menu] [data-button]")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.usable = performance.now())));
  }).observe(document, { childList: true, subtree: true, attributes: true });
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(...given) {
      super(...given);
      window.appMemory = this.exports.memory;
    }
  };`;
/** Resolves to the time from navigation until the menu was usable, in ms. */
const untilUsable = () => run(`() => new Promise((done) => {
  const look = () => (window.usable ? done(window.usable) : setTimeout(look, 20));
  look();
})`);
/** Waits until the service worker has cached the page for the next start; half a second allows for its writes. */
const untilCached = () => run("() => navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 500)))");

/** Touches each button of the menu in turn, and goes back to the menu after each; resolves to the latencies in ms. A
 *  button that calls at once is left out after its first call, because of Chatwork's limits. */
const TOUCH = `async (count) => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const screen = () => document.querySelector("[data-screen]").dataset.screen;
  const callButtons = (window.callButtons ??= new Set()); // buttons that call at once
  const times = [];
  while (times.length < count) {
    const buttons = [...document.querySelectorAll("[data-screen=menu] [data-button]")];
    const otherButtons = buttons.filter((button) => !callButtons.has(button.dataset.button));
    const button = otherButtons[times.length % otherButtons.length];
    const start = performance.now();
    button.click();
    await frame();
    const latency = performance.now() - start;
    if (screen() === "menu") throw new Error("a touch on a button opened no screen");
    if (["sending", "waiting", "notified"].includes(screen())) callButtons.add(button.dataset.button);
    else times.push(latency);
    while (screen() !== "menu") {
      document.querySelector("[data-state=home], [data-state=done]")?.click();
      await frame();
    }
  }
  return times;
}`;

/** Complete visits as fast as the app responds: a button, groups or a name typed letter by letter, details,
 *  confirmation, another language, back to the menu. Every hundredth visit calls, and cancels its call: memory of a
 *  call that waits for an answer is in use, and no growth. Resolves to the number of cancelled calls. */
const VISIT = `async (from, to) => {
  let cancelled = 0;
  const { port1, port2 } = new MessageChannel();
  const nextTask = () => new Promise((turn) => { port1.onmessage = turn; port2.postMessage(0); });
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const screen = () => find("[data-screen]").dataset.screen;
  const callButtons = (window.callButtons ??= new Set()); // buttons that call at once
  const type = async (field, text) => {
    for (let end = 1; end <= text.length; end++) {
      field.value = text.slice(0, end);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await nextTask();
    }
  };
  const steps = {
    groups: async (visit) => press(all("[data-state=calls], [data-state=opens]"), visit),
    "host-open": async (visit) => press(all("[data-state=calls], [data-state=opens]"), visit),
    "host-search": async (visit) => (await type(find("#find"), ["さとう", "tana", "すず", "ota"][visit % 4]), press(all("[data-host]"), visit)),
    "host-closed": async (visit) => (await type(find("#find"), ["さとう", "tanaka", "すずき", "ota"][visit % 4]), press(all("[data-host]"), visit)),
    details: async (visit) => {
      for (const field of all(".answer")) await type(field, "Visitor " + visit);
      return press([find("[data-screen=details] [type=submit]")], 0);
    },
    confirm: async (visit) => visit % 100 === 0 && press([find("[data-state=call]")], 0),
  };
  const cancel = async () => {
    while (screen() === "sending") await frame();
    while (screen() !== "retracted") {
      find("[data-state=cancel]")?.click(); // the first press asks, the second one cancels
      await new Promise((later) => setTimeout(later, 1000)); // an earlier second press would be ignored as a double tap
    }
    cancelled += 1;
  };
  const press = (choices, visit) => (choices[visit % choices.length]?.click(), choices.length > 0);
  for (let visit = from; visit < to; visit++) {
    const languages = all("[data-lang]");
    languages[visit % languages.length].click();
    const otherButtons = all("[data-screen=menu] [data-button]").filter((button) => !callButtons.has(button.dataset.button));
    const button = otherButtons[visit % otherButtons.length];
    button.click();
    await nextTask();
    if (["sending", "waiting", "notified"].includes(screen())) callButtons.add(button.dataset.button);
    for (let step = 0; step < 8; step++) {
      const act = steps[screen()];
      if (!act || !(await act(visit))) break;
      await nextTask();
    }
    if (screen() === "sending") await cancel();
    while (screen() !== "menu") {
      find("[data-state=home], [data-state=done]")?.click();
      await nextTask();
    }
    if (visit % 10 === 0) await frame();
  }
  return cancelled;
}`;

const median = (list) => (list.length > 0 ? percentile(list, 0.5) : undefined);
/** Slows the CPU down by this factor, and the network to 10 Mbit/s with 40 ms; 1 removes both limits. */
const throttle = async (factor) => {
  await cdp("Emulation.setCPUThrottlingRate", { rate: factor });
  const bytes = factor === 1 ? -1 : 10_000_000 / 8;
  await cdp("Network.emulateNetworkConditions", { offline: false, latency: factor === 1 ? 0 : 40, downloadThroughput: bytes, uploadThroughput: bytes });
};
/** Reloads the page. Deletes the earlier time first, so that `untilUsable` waits for the new one. */
async function reload() {
  await run("() => (delete window.usable, true)");
  await cdp("Page.reload");
}

/** Memory and DOM objects in use after garbage collection. */
async function memoryInUse() {
  // Three times, because one collection leaves objects that wait for a finalizer.
  for (let time = 0; time < 3; time++) await cdp("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await cdp("Memory.getDOMCounters");
  const wasm = await run("() => window.appMemory.buffer.byteLength");
  return { heap: usedSize, wasm, nodes, listeners: jsEventListeners };
}

await cdp("Page.enable");
await cdp("Network.enable");
await cdp("Page.addScriptToEvaluateOnNewDocument", { source: OBSERVE });
await open(link);
await untilUsable();

// ---- load time, beside its menu as a plain page

const menu = await run("() => document.documentElement.outerHTML");
const style = await run("async () => (await fetch(document.querySelector('link[rel=stylesheet]').href)).text()");
const pages = { kiosk: origin, plain: await plainPage(menu, style) };
await open(pages.plain);
await untilUsable();

const times = { kiosk: { cold: [], cached: [], reloaded: [] }, plain: { cold: [], cached: [], reloaded: [] } };
/** Measures one start of a page with throttled CPU and network. */
async function timed(page, kind, start) {
  await throttle(SLOW_CPU);
  await start();
  times[page][kind].push(await untilUsable());
  await throttle(1);
}
for (let round = 0; round < rounds; round++) {
  const turns = Object.entries(pages);
  for (const [name, url] of round % 2 ? turns.reverse() : turns) {
    await open("about:blank");
    await cdp("Storage.clearDataForOrigin", { origin: url, storageTypes: "service_workers,cache_storage,local_storage" });
    await cdp("Network.clearBrowserCache");
    await timed(name, "cold", () => open(`${url}/`));
    await untilCached();
    await open("about:blank");
    await timed(name, "cached", () => open(`${url}/`));
    await untilCached();
    await timed(name, "reloaded", reload);
  }
}

await open(`${origin}/`);
await untilUsable();
let touches = [];
if (rounds > 0) {
  await throttle(SLOW_CPU);
  touches = await run(TOUCH, TOUCHES);
  await throttle(1);
}

// ---- memory

/** Makes the visits with these numbers, by scripts of at most a hundred visits: each has a timeout. */
const visit = async (from, to) => {
  let cancelled = 0;
  for (; from < to; from += 100) cancelled += await run(VISIT, from, Math.min(from + 100, to));
  return cancelled;
};
if ((await visit(0, WARM_UP_VISITS)) < WARM_UP_VISITS / 100) throw new Error("not every hundredth visit has called");
/** Memory in use after a tenth of the visits each. */
const curve = [];
const step = Math.max(1, Math.floor(visits / 10));
for (let done = 0; done <= visits; done += step) {
  if (done > 0) await visit(WARM_UP_VISITS + done - step, WARM_UP_VISITS + done);
  curve.push({ visits: WARM_UP_VISITS + done, ...(await memoryInUse()) });
  console.error(JSON.stringify(curve.at(-1)));
}
const growth = (what) => curve.at(-1)[what] - curve[0][what];

const [kioskTimes, plainTimes] = [times.kiosk, times.plain];
/** A row of the table; undefined without a value. */
const row = (what, value, budget, unit) =>
  value !== undefined && {
    what,
    measured: `${value.toFixed(0)} ${unit}`.trim(),
    budget: budget === null ? "" : `≤ ${budget} ${unit}`.trim(),
    met: budget === null ? null : value <= budget,
  };
/** A start beside the same menu as a plain page: machines differ, the ratio does not. */
const startRow = (what, kind, budget) => {
  if (rounds === 0) return undefined;
  const ratio = median(kioskTimes[kind]) / median(plainTimes[kind]);
  return {
    what,
    measured: `${median(kioskTimes[kind]).toFixed(0)} ms; its menu as a plain page ${median(plainTimes[kind]).toFixed(0)} ms (${ratio.toFixed(2)} ×)`,
    budget: `≤ ${budget} × the plain page`,
    met: ratio <= budget,
  };
};
const rows = [
  startRow("kiosk usable, cold", "cold", 2.5),
  startRow("kiosk usable, from the service worker", "cached", 2),
  startRow("kiosk usable, reloaded as at night", "reloaded", 1.6),
  row("kiosk: touch → next screen", median(touches), 50, "ms"),
  row(`kiosk: heap growth over ${visits} visits`, growth("heap") / 1000, 500, "kB"),
  row(`kiosk: wasm memory growth over ${visits} visits`, growth("wasm") / 1000, 0, "kB"),
  row(`kiosk: DOM nodes more after ${visits} visits`, growth("nodes"), 50, ""),
  row(`kiosk: listeners more after ${visits} visits`, growth("listeners"), 50, ""),
].filter(Boolean);
for (const { what, measured, budget, met } of rows) console.log(`${met ? "·" : "✗"} ${what}: ${measured} (budget ${budget})`);
const rounded = (values) => values.map((value) => value.toFixed(0)).join(", ");
const line = (name, { cold, cached, reloaded }) => `| ${name} | ${rounded(cold)} | ${rounded(cached)} | ${rounded(reloaded)} |`;
const details = `Usable: from navigation to the frame after the menu's buttons are rendered, with a four times slower CPU and
10 Mbit/s with 40 ms; ms in each of ${rounds} rounds, whose medians are in the table above. Cold: nothing stored in the browser
except the pairing cookie; from the service worker: opened again after an empty page; reloaded: like the nightly
reload. Measured alternately: its menu as a plain page of HTML and CSS with its own service worker, which shows the share of
browser and machine.

| | cold | from the service worker | reloaded |
|---|---|---|---|
${line("kiosk", kioskTimes)}
${line("plain page", plainTimes)}

Touches at the same CPU: ${rounded(touches)} ms. Memory after garbage collection, first measured after ${WARM_UP_VISITS} visits:

| visits | heap kB | wasm kB | DOM nodes | listeners |
|---|---|---|---|---|
${curve.map((point) => `| ${point.visits} | ${(point.heap / 1000).toFixed(0)} | ${(point.wasm / 1000).toFixed(0)} | ${point.nodes} | ${point.listeners} |`).join("\n")}`;
if (process.env.BENCH_OUT) writeFileSync(join(process.env.BENCH_OUT, "kiosk.json"), JSON.stringify({ rows, details }));
else console.log(details);
await close();
process.exit(0);
