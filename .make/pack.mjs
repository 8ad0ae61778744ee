// Trunk's last step (see Trunk.toml): makes what Trunk built smaller in release builds, and adds to the
// kiosk what lets it live without network: words of further languages, icons, manifest, service worker. Trunk runs it inside its staging folder, before dist is replaced.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { strip } from "./strip.mjs";
import { words } from "./words.mjs";

const { TRUNK_STAGING_DIR: dist, TRUNK_HTML_FILE: page } = process.env;
const source = process.cwd();
const release = process.env.TRUNK_PROFILE === "release";
const kiosk = !page.endsWith("setup.html");
const html = join(dist, readdirSync(dist).find((name) => name.endsWith(".html")));

const read = (name) => readFileSync(join(dist, name));
const write = (name, content) => writeFileSync(join(dist, name), content);
const files = (ending) => readdirSync(dist).filter((name) => name.endsWith(ending));
const run = (tool, ...options) => execFileSync(tool, options, { cwd: dist, stdio: ["ignore", "ignore", "inherit"] });

/** A name that changes with the content, as the relay expects it of files that it lets browsers keep. */
const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);
function settle(name, stem, ending) {
  const settled = `${stem}-${hash(read(name))}${ending}`;
  renameSync(join(dist, name), join(dist, settled));
  return settled;
}

/** One script and one wasm file, each as small as it gets, and few style sheets. */
function shrink() {
  let text = readFileSync(html, "utf8");
  const [, module] = /from '[^']*?([\w-]+\.js)'/.exec(text);
  const [, binary] = /module_or_path: '[^']*?([\w-]+\.wasm)'/.exec(text);
  const stem = module.split("-")[0];
  const base = kiosk ? "/" : "/setup/";

  strip({ dist, module, binary, run });
  const wasm = settle(binary, stem, ".wasm");
  const guard = `import { failed } from ${JSON.stringify(join(source, "app/ui/kiosk/guard.js"))}; `;
  // wasm-bindgen's own start also knows servers that send wasm as something else; the relay is none.
  const load = `WebAssembly.compileStreaming(fetch("${base}${wasm}")).then(initSync)`;
  const start = `import { initSync } from "./${module}"; ${load}`;
  write("entry.js", kiosk ? `${guard}${start}.catch(failed);` : `${start};`);
  minify("entry.js", "app.js", "--bundle", "--format=esm");
  for (const name of files(".js").filter((name) => name !== "app.js")) rmSync(join(dist, name));
  const script = settle("app.js", stem, ".js");

  text = text.replace(/<script[^>]*type="module"[^>]*>[\s\S]*?<\/script>\s*/g, "");
  text = text.replace(/<link rel="(modulepreload|preload)"[^>]*>\s*/g, "");
  text = text.replace(SHEETS, (run) => `<link rel="stylesheet" href="${base}${oneSheet(run, stem)}"${manner(run)}>\n`);
  const links = [
    `<link rel="preload" href="${base}${wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<script type="module" src="${base}${script}"></script>`,
  ];
  text = text.replace(/<link rel="stylesheet"/, `${links.join("\n")}\n$&`);
  writeFileSync(html, text.replace(/\n\s*/g, "\n"));
}

// Sheets that follow each other and are meant for the same: for all of the page, or for what shows the kiosk.
const SHEETS = /(?:<link rel="stylesheet"(?![^>]* data-kiosk)[^>]*>\s*)+|(?:<link rel="stylesheet"(?=[^>]* data-kiosk)(?![^>]* media=)[^>]*>\s*)+|(?:<link rel="stylesheet"(?=[^>]* data-kiosk)(?=[^>]* media=)[^>]*>\s*)+/g;
const manner = (run) => (run.includes(" data-kiosk") ? " data-kiosk" : "") + (run.includes(" media=") ? ' media="not all"' : "");
function oneSheet(run, stem) {
  const sheets = [...run.matchAll(/href="[^"]*?([\w-]+\.css)"/g)].map(([, name]) => name);
  write("all.css", sheets.map(read).join("\n"));
  minify("all.css", "all.css", "--allow-overwrite");
  for (const name of sheets) rmSync(join(dist, name));
  return settle("all.css", stem, ".css");
}

function minify(from, to, ...options) {
  run("esbuild", from, `--outfile=${to}`, "--minify", "--target=es2022,safari16", "--log-level=warning", ...options);
}

/** Everything that the kiosk needs to open without network, under a name that changes with it. */
function outlive() {
  const from = join(source, "app/ui/kiosk");
  cpSync(join(from, "icons"), join(dist, "icons"), { recursive: true });
  cpSync(join(from, "manifest.webmanifest"), join(dist, "manifest.webmanifest"));
  for (const [lang, text] of words(join(source, "app/ui/src/locale"))) write(`words-${lang}.json`, text);

  if (basename(process.env.TRUNK_DIST_DIR) === "dist-dev") return; // an edit would not be seen

  const kept = readdirSync(dist).filter((name) => statSync(join(dist, name)).isFile());
  const version = hash(kept.sort().map((name) => `${name} ${hash(read(name))}`).join("\n"));
  const paths = kept.map((name) => (name === "index.html" ? "/" : `/${name}`));
  const worker = readFileSync(join(from, "sw.js"), "utf8");
  write("sw.js", worker.replace('"VERSION"', JSON.stringify(version)).replace('["PATHS"]', JSON.stringify(paths)));
  if (release) minify("sw.js", "sw.js", "--allow-overwrite");
}

if (release) shrink();
if (kiosk) outlive();
