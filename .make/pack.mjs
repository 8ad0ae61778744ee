// Trunk's last step (see Trunk.toml), for the kiosk: makes what Trunk built smaller in release builds, and
// adds what lets it live without network: words of further languages, icons,
// manifest, service worker. Trunk runs it inside its staging folder, before dist is replaced.
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

/** One script, one wasm file and one style sheet, each as small as it gets. */
function shrink() {
  let text = readFileSync(html, "utf8");
  const [, module] = /from '[^']*?([\w-]+\.js)'/.exec(text);
  const [, binary] = /module_or_path: '[^']*?([\w-]+\.wasm)'/.exec(text);
  const stem = module.split("-")[0];

  strip({ dist, module, binary, run });
  const wasm = settle(binary, stem, ".wasm");
  const guard = JSON.stringify(join(source, "app/ui/kiosk/guard.js"));
  const start = `import { failed } from ${guard}; import init from "./${module}"; init({ module_or_path: "/${wasm}" }).catch(failed);`;
  write("entry.js", start);
  minify("entry.js", "app.js", "--bundle", "--format=esm");
  for (const name of files(".js").filter((name) => name !== "app.js")) rmSync(join(dist, name));
  const script = settle("app.js", stem, ".js");

  text = text.replace(/<script[^>]*type="module"[^>]*>[\s\S]*?<\/script>\s*/g, "");
  text = text.replace(/<link rel="(modulepreload|preload)"[^>]*>\s*/g, "");
  text = text.replace(SHEETS, "");
  const links = [
    `<link rel="preload" href="/${wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<script type="module" src="/${script}"></script>`,
    `<link rel="stylesheet" href="/${oneSheet(stem)}">`,
  ];
  text = text.replace("</head>", `${links.join("\n")}\n</head>`);
  writeFileSync(html, text.replace(/\n\s*/g, "\n"));
}

const SHEETS = /<link rel="stylesheet" href="[^"]*?([\w-]+\.css)"[^>]*>\s*/g;
function oneSheet(stem) {
  const sheets = [...readFileSync(html, "utf8").matchAll(SHEETS)].map(([, name]) => name);
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

// Set-up is for desks: what Trunk makes of it is light enough there.
if (kiosk && release) shrink();
if (kiosk) outlive();
