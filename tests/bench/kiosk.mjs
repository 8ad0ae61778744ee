// How soon the kiosk can be used, how soon it answers a touch, and what it holds after many visits:
// measured in Chromium on a CPU four times slower and a network of 10 Mbit/s with 40 ms.
//
//   node tests/bench/kiosk.mjs target/release/yobirin-relay [--rounds 5] [--visits 1000]
//
// `make bench` runs it with BENCH_VISITS and BENCH_OUT, where it leaves its rows of the table.
// Prints one line per figure with its budget, and the same as JSON on the last line. Figures are
// medians of the rounds; a busy machine makes them worse, never better.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [relay, ...options] = process.argv.slice(2);
const option = (name, usual) => Number(options[options.indexOf(`--${name}`) + 1] || usual) || usual;
const rounds = options.includes("--rounds") ? option("rounds", 5) : 5;
const visits = options.includes("--visits") ? option("visits", 1000) : Number(process.env.BENCH_VISITS ?? 1000);
if (!relay) {
  console.error("usage: node tests/bench/kiosk.mjs RELAY [--rounds N] [--visits N]");
  process.exit(2);
}

const children = [];
const folder = mkdtempSync(join(tmpdir(), "yobirin-bench-"));
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program and waits for what its output says. */
function start(program, args, wanted) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  return new Promise((found, failed) => {
    let said = "";
    child.stdout.on("data", (piece) => {
      said += piece;
      const match = wanted.exec(said);
      if (match) found(match[1]);
    });
    child.on("exit", () => failed(new Error(`${program} ended early:\n${said}`)));
  });
}

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

// ---- a browser, over ChromeDriver

const port = await freePort();
const link = await start(relay, ["demo", "--listen", `127.0.0.1:${port}`], /(http:\/\/\S+\/pair#code=\S+)/);
const driver = `http://127.0.0.1:${await start("chromedriver", ["--port=0"], /started successfully on port (\d+)/)}`;
const flags = ["headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", `user-data-dir=${folder}`];

async function ask(method, path, body) {
  const answer = await fetch(driver + path, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${path}: ${value.message}`);
  return value;
}
const capabilities = { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args: flags } } };
const session = `/session/${(await ask("POST", "/session", { capabilities })).sessionId}`;
const cdp = (cmd, params = {}) => ask("POST", `${session}/goog/cdp/execute`, { cmd, params });
const run = (script, ...args) => ask("POST", `${session}/execute/async`, { script, args });
const open = (url) => ask("POST", `${session}/url`, { url });
await ask("POST", `${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });

// ---- what is measured

/** In every page: when the menu could first be used, and where the app's memory is. */
const OBSERVE = `
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-screen=menu] [data-button]")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.usable = performance.now())));
  }).observe(document, { childList: true, subtree: true, attributes: true });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      window.appMemory = (made.instance ?? made).exports.memory;
      return made;
    };
  }`;
const USABLE = `const done = arguments[0]; const look = () => (window.usable ? done(window.usable) : setTimeout(look, 20)); look();`;
const CONTROLLED = `const done = arguments[0]; const look = () => (navigator.serviceWorker.controller ? done(true) : setTimeout(look, 20)); look();`;

/** Visits: a touch on each button of the menu in turn, then back; resolves to the times of the touches.
 *  A button that calls at once is left out after its first call: Chatwork's limits are not the matter. */
const VISIT = `
  const [visits, done] = arguments;
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const screen = () => document.querySelector("[data-screen]").dataset.screen;
  const calling = (window.calling ??= new Set());
  (async () => {
    const times = [];
    while (times.length < visits) {
      const buttons = [...document.querySelectorAll("[data-screen=menu] [data-button]")];
      const quiet = buttons.filter((button) => !calling.has(button.dataset.button));
      const button = quiet[times.length % quiet.length];
      const start = performance.now();
      button.click();
      await frame();
      const took = performance.now() - start;
      if (screen() === "menu") throw new Error("a touch led nowhere");
      if (["sending", "waiting", "notified"].includes(screen())) calling.add(button.dataset.button);
      else times.push(took);
      while (screen() !== "menu") {
        document.querySelector("[data-state=home], [data-state=done]")?.click();
        await frame();
      }
    }
    return times;
  })().then(done, (error) => done(String(error)));`;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const origin = new URL(link).origin;
const slow = async (rate) => {
  await cdp("Emulation.setCPUThrottlingRate", { rate });
  const bytes = rate === 1 ? -1 : 10_000_000 / 8;
  await cdp("Network.emulateNetworkConditions", { offline: false, latency: rate === 1 ? 0 : 40, downloadThroughput: bytes, uploadThroughput: bytes });
};
async function held() {
  for (let time = 0; time < 3; time++) await cdp("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await cdp("Memory.getDOMCounters");
  const wasm = await run("arguments[0](window.appMemory.buffer.byteLength)");
  return { heap: usedSize, wasm, nodes, listeners: jsEventListeners };
}

await cdp("Page.enable");
await cdp("Network.enable");
await cdp("Page.addScriptToEvaluateOnNewDocument", { source: OBSERVE });
await open(link);
await run(USABLE);

const cold = [];
for (let round = 0; round < rounds; round++) {
  await open("about:blank");
  await cdp("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers,cache_storage,local_storage" });
  await cdp("Network.clearBrowserCache");
  await slow(4);
  await open(`${origin}/`);
  cold.push(await run(USABLE));
  await slow(1);
}

await run(CONTROLLED);
const warm = [];
for (let round = 0; round < rounds; round++) {
  await open("about:blank");
  await slow(4);
  await open(`${origin}/`);
  warm.push(await run(USABLE));
  await slow(1);
}

await slow(4);
const touches = await run(VISIT, 30);
await slow(1);
if (typeof touches === "string") throw new Error(touches);

const curve = [];
const step = Math.max(1, Math.floor(visits / 10));
await run(VISIT, step); // what is made once is made
curve.push({ visits: 0, ...(await held()) });
for (let done = step; done <= visits; done += step) {
  const times = await run(VISIT, step);
  if (typeof times === "string") throw new Error(times);
  curve.push({ visits: done, ...(await held()) });
}
const growth = (what) => curve.at(-1)[what] - curve[0][what];

const figures = [
  ["kiosk usable, cold", median(cold), 500, "ms"],
  ["kiosk usable, from the service worker", median(warm), 250, "ms"],
  ["kiosk: touch → next screen", median(touches), 50, "ms"],
  [`kiosk: heap growth over ${visits} visits`, growth("heap") / 1000, 500, "kB"],
  [`kiosk: wasm memory growth over ${visits} visits`, growth("wasm") / 1000, 0, "kB"],
  [`kiosk: DOM nodes more after ${visits} visits`, growth("nodes"), 50, ""],
  [`kiosk: listeners more after ${visits} visits`, growth("listeners"), 50, ""],
];
for (const [name, value, budget, unit] of figures) {
  console.log(`${value <= budget ? "·" : "✗"} ${name}: ${value.toFixed(0)} ${unit} (budget ${budget})`);
}
if (process.env.BENCH_OUT) {
  const rows = figures.map(([what, value, budget, unit]) => ({
    what,
    measured: `${value.toFixed(0)} ${unit}`.trim(),
    budget: `≤ ${budget} ${unit}`.trim(),
    met: value <= budget,
  }));
  const list = (times) => times.map((time) => time.toFixed(0)).join(", ");
  const details = `Usable: from navigation to the frame after the menu's buttons are there, on a CPU four times slower and
10 Mbit/s with 40 ms; cold ${list(cold)} ms, from the service worker ${list(warm)} ms. Touches at the same CPU: ${list(touches)} ms.
Memory after garbage collection:

| visits | heap kB | wasm kB | DOM nodes | listeners |
|---|---|---|---|---|
${curve.map((point) => `| ${point.visits} | ${(point.heap / 1000).toFixed(0)} | ${(point.wasm / 1000).toFixed(0)} | ${point.nodes} | ${point.listeners} |`).join("\n")}`;
  writeFileSync(join(process.env.BENCH_OUT, "kiosk.json"), JSON.stringify({ rows, details }));
}
console.log(JSON.stringify({ cold, warm, touches, curve }));
await ask("DELETE", session);
process.exit(0);
