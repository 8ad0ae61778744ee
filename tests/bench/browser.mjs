// Headless Chromium controlled through ChromeDriver: pages, scripts and DevTools commands.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const children = [];
/** Process ids of open browsers: ChromeDriver starts each in its own process group. */
const browsers = new Set();
process.on("SIGTERM", () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), "yobirin-bench-"));
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const pid of browsers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // gone already
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program; resolves to the match of `wanted` in its output. */
export function start(program, args, wanted) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  return new Promise((found, failed) => {
    let said = "";
    child.stdout.on("data", (piece) => {
      said += piece;
      const match = wanted.exec(said);
      if (match) found(match);
    });
    child.on("error", failed);
    child.on("exit", () => failed(new Error(`${program} ended early:\n${said}`)));
  });
}

/** Starts a browser with a new profile. */
export async function browser() {
  // ChromeDriver exits when its IPv4 port is taken on IPv6, so this retries.
  const drive = () => start("chromedriver", ["--port=0"], /started successfully on port (\d+)/);
  const [, port] = await drive().catch(drive);
  const profile = mkdtempSync(join(folder, "profile-"));
  const args = [
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
    "disable-background-networking", "disable-component-update", "disable-sync",
    "window-size=1280,800", `user-data-dir=${profile}`,
  ];
  async function ask(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${String(value?.message).split("\n")[0]}`);
    return value;
  }
  const capabilities = { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args } } };
  const made = await ask("POST", "/session", { capabilities });
  const session = `/session/${made.sessionId}`;
  const pid = made.capabilities["goog:processID"];
  if (pid) browsers.add(pid);
  await ask("POST", `${session}/timeouts`, { script: 600_000, pageLoad: 120_000 });
  const cdp = (cmd, params = {}) => ask("POST", `${session}/goog/cdp/execute`, { cmd, params });
  return {
    cdp,
    open: (url) => ask("POST", `${session}/url`, { url }),
    /** Runs a function in the page; resolves to its result. */
    run: async (script, ...given) => {
      const source = `const done = arguments[arguments.length - 1];
        Promise.resolve((${script})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
      const { value, error } = await ask("POST", `${session}/execute/async`, { script: source, args: given });
      if (error) throw new Error(error);
      return value;
    },
    /** Used bytes of JavaScript's heap. */
    heap: async () => {
      for (let time = 0; time < 3; time++) await cdp("HeapProfiler.collectGarbage");
      return (await cdp("Runtime.getHeapUsage")).usedSize;
    },
    /** Presses a key. */
    type: async (text) => cdp("Input.insertText", { text }),
    close: async () => {
      await ask("DELETE", session);
      browsers.delete(pid);
    },
  };
}

/** Quantile by nearest rank; `share` is from 0 to 1. */
export function at(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1];
}
