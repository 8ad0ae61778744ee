// Runs the parts of the benchmark in sequence and makes the table. A failed part is reported and the others
// continue. `.make/bench.sh` prepares the environment.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const out = process.env.BENCH_OUT;
const load = (part) => [process.env.BENCH_LOAD, part];
const script = (name) => ["node", join(folder, name)];

/** Parts with their programs (each writes `<name>.json`) and timeouts in minutes. */
const PARTS = {
  relay: [["accept", load("accept"), 5], ["tap", load("tap"), 3], ["start", load("start"), 3]],
  answers: [["answers", load("answers"), 8]],
  streams: [["streams", load("streams"), 5]],
  search: [["search", script("search.mjs"), 5]],
  kiosk: [["weight", script("weight.mjs"), 1], ["kiosk", [...script("kiosk.mjs"), process.env.BENCH_RELAY], 5]],
  setup: [["setup", script("setup.mjs"), 4]],
};
const TITLES = {
  accept: "Accepting calls", tap: "Tap to stored", answers: "Reply to tablet", start: "Start and idle memory", streams: "Open event streams",
  search: "Finding people", weight: "Weight", kiosk: "Kiosk in Chromium", setup: "Set-up in Chromium",
};

const requested = process.argv.slice(2).filter((part) => part !== "all");
const steps = requested.length === 0 ? Object.values(PARTS).flat() : requested.flatMap((part) => PARTS[part]);
const results = [];
const began = Date.now();
for (const step of steps) results.push(await measure(...step));

const table = report(results);
const file = requested.length === 0 ? join(folder, "RESULTS.md") : join(out, "RESULTS.md");
writeFileSync(file, table);
console.log(`\n${table}\n· written to ${file}`);
const failed = results.filter((part) => part.failed).map((part) => part.part);
if (failed.length > 0) {
  console.error(`✗ could not be measured: ${failed.join(", ")}`);
  process.exit(1);
}

/** Runs one program of a part; returns its rows and details, and the cause of a failure. */
async function measure(name, [program, ...args], minutes) {
  console.log(`\n== ${TITLES[name]}`);
  const file = join(out, `${name}.json`);
  rmSync(file, { force: true });
  const [loadBefore, start] = [os.loadavg()[0], Date.now()];
  const failed = await run(program, args, minutes);
  const seconds = Math.round((Date.now() - start) / 1000);
  const part = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { rows: [], details: "" };
  if (failed) console.error(`✗ ${TITLES[name]}: ${failed}`);
  return { ...part, part: name, failed, loadBefore, seconds };
}

/** Runs a program; resolves to the cause of failure, or undefined. */
function run(program, args, minutes) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "pipe"], detached: true });
    const start = Date.now();
    let errorOutput = "";
    child.stderr.on("data", (piece) => {
      process.stderr.write(piece);
      errorOutput = (errorOutput + piece).slice(-400);
    });
    // Kills the process group, so that the program's browsers, relays and proxies end with it.
    const killGroup = () => {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {} // every process of the group has ended
    };
    // SIGTERM first, so that the program can close its browser.
    const timeout = setTimeout(() => {
      child.kill("SIGTERM");
      setTimeout(killGroup, 3_000).unref();
    }, minutes * 60_000);
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => {
      clearTimeout(timeout);
      killGroup();
      const isLate = signal || Date.now() - start >= minutes * 60_000;
      const lastLines = errorOutput.trim().split("\n").slice(-3).join(" ");
      if (code === 0) resolve(undefined);
      else resolve(isLate ? `not done after ${minutes} minutes` : lastLines);
    });
  });
}

function report(parts) {
  const verdict = { true: "met", false: "**not met**", null: "" };
  const rows = parts.flatMap((part) => [
    ...part.rows.map((row) => `| ${row.what} | ${row.measured} | ${row.budget} | ${verdict[row.met]} |`),
    ...(part.failed ? [`| ${TITLES[part.part]} | could not be measured: ${oneLine(part.failed)} | | |`] : []),
  ]);
  const details = parts
    .filter((part) => part.details)
    .map((part) => `## ${TITLES[part.part]}\n\n${part.details.trim()}\n\nTook ${part.seconds} s; load average before it: ${part.loadBefore.toFixed(1)}.\n`);
  return `# Results of \`make bench\`

${new Date(began).toISOString().slice(0, 16).replace("T", " ")} UTC, commit ${commit()}, in ${Math.round((Date.now() - began) / 60_000)} minutes.
${machine()}

All values, including the peers', are from one run on one machine. The load averages below show other load on the
machine.

| what | measured | budget | |
|---|---|---|---|
${rows.join("\n")}

Budgets that are not measured here: draining a backlog at Chatwork's rate limit (a test of the relay checks that there is no
429) and a thousand kills (\`make soak\`).

${details.join("\n")}`;
}

function oneLine(text) {
  return text.replaceAll("\n", " ").replaceAll("|", "/").slice(0, 200);
}

function commit() {
  const git = (...args) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--", ":!RESULTS.md") !== "";
  return git("rev-parse", "--short", "HEAD") + (isChanged ? " with changes" : "");
}

function machine() {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const versions = `Node ${process.versions.node}, ${version(process.env.BENCH_NGINX, "-v")}, ${version("chromium", "--version")}`;
  return `Machine: ${os.cpus().length} × ${cpu.model.trim()}, ${memory} GiB, ${os.type()} ${os.release()}; ${versions}.`;
}

function version(program, option) {
  try {
    // nginx prints its version to stderr.
    const output = execFileSync("sh", ["-c", `"${program}" ${option} 2>&1`], { encoding: "utf8" });
    return output.trim().split("\n").at(-1).replace("nginx version: ", "").replace(/ built on.*/, "");
  } catch {
    return `no ${program}`;
  }
}
