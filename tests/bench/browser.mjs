// Headless Chromium controlled through ChromeDriver: pages, scripts and DevTools commands.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const children = [];
/** Process ids of open browsers: ChromeDriver starts each in its own process group. */
const browsers = new Set();
process.on("SIGTERM", () => process.exit(1));
/** Folder of the browsers' profiles. */
const folder = mkdtempSync(join(tmpdir(), "yobirin-bench-"));
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const pid of browsers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // it has ended already
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program; resolves to the match of `pattern` in its output. */
export function start(program, args, pattern) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const match = pattern.exec(output);
      if (match) resolve(match);
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${program} ended early:\n${output}`)));
  });
}

/** Starts a browser with a new profile. */
export async function browser() {
  // ChromeDriver picks a port that is free on IPv4 and exits if it is taken on IPv6: one retry.
  const startDriver = () => start("chromedriver", ["--port=0"], /started successfully on port (\d+)/);
  const [, port] = await startDriver().catch(startDriver);
  const profile = mkdtempSync(join(folder, "profile-"));
  const args = [
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
    "disable-background-networking", "disable-component-update", "disable-sync",
    "window-size=1280,800", `user-data-dir=${profile}`,
  ];
  /** Sends a WebDriver command. */
  async function command(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${String(value?.message).split("\n")[0]}`);
    return value;
  }
  const capabilities = { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args } } };
  const created = await command("POST", "/session", { capabilities });
  const session = `/session/${created.sessionId}`;
  const pid = created.capabilities["goog:processID"];
  if (pid) browsers.add(pid);
  await command("POST", `${session}/timeouts`, { script: 600_000, pageLoad: 120_000 });
  const cdp = (cmd, params = {}) => command("POST", `${session}/goog/cdp/execute`, { cmd, params });
  return {
    cdp,
    open: (url) => command("POST", `${session}/url`, { url }),
    /** Runs a function in the page; resolves to its result. */
    run: async (script, ...scriptArgs) => {
      const source = `const done = arguments[arguments.length - 1];
        Promise.resolve((${script})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
      const { value, error } = await command("POST", `${session}/execute/async`, { script: source, args: scriptArgs });
      if (error) throw new Error(error);
      return value;
    },
    /** Used bytes of JavaScript's heap, after three collections, because one leaves objects that wait for a finalizer. */
    heap: async () => {
      for (let time = 0; time < 3; time++) await cdp("HeapProfiler.collectGarbage");
      return (await cdp("Runtime.getHeapUsage")).usedSize;
    },
    /** Types a text into the focused field. */
    type: async (text) => cdp("Input.insertText", { text }),
    close: async () => {
      await command("DELETE", session);
      browsers.delete(pid);
    },
  };
}

/** Percentile by nearest rank; `share` is from 0 to 1. */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1];
}
