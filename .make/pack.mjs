// Post-build hook of Trunk (see Trunk.toml). In release builds it optimises and bundles Trunk's output; for the
// kiosk it adds the files that it needs offline: translations, icons, manifest and service worker. Trunk runs it in
// its staging folder, before dist is replaced.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const { TRUNK_STAGING_DIR: dist, TRUNK_HTML_FILE: page } = process.env;
const source = process.cwd();
const isRelease = process.env.TRUNK_PROFILE === "release";
const isKiosk = !page.endsWith("setup.html");
const htmlPath = join(dist, readdirSync(dist).find((name) => name.endsWith(".html")));

const read = (name) => readFileSync(join(dist, name));
const write = (name, content) => writeFileSync(join(dist, name), content);
const files = (ending) => readdirSync(dist).filter((name) => name.endsWith(ending));
const run = (tool, ...options) => execFileSync(tool, options, { cwd: dist, stdio: ["ignore", "ignore", "inherit"] });

/** Content hash for file names: the relay lets browsers cache hashed files for good. */
const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);
function renameWithHash(name, stem, ending) {
  const renamed = `${stem}-${hash(read(name))}${ending}`;
  renameSync(join(dist, name), join(dist, renamed));
  return renamed;
}

// Rust's wasm32 target uses these; every browser since 2022 has them.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map(
  (name) => `--enable-${name}`,
);

/** Bundles and minifies: one script, one wasm file and few style sheets. */
function bundle() {
  let text = readFileSync(htmlPath, "utf8");
  // Trunk's page has a script that imports wasm-bindgen's module and passes it the name of the wasm file.
  const [, module] = /from '[^']*?([\w-]+\.js)'/.exec(text);
  const [, binary] = /module_or_path: '[^']*?([\w-]+\.wasm)'/.exec(text);
  const stem = module.split("-")[0];
  const base = isKiosk ? "/" : "/setup/";

  run("wasm-opt", "-Oz", "--reorder-functions-by-name", ...FEATURES, binary, "-o", binary);
  const wasm = renameWithHash(binary, stem, ".wasm");
  const guard = `import { failed } from ${JSON.stringify(join(source, "app/ui/kiosk/guard.js"))}; `;
  // wasm-bindgen's default start supports servers with a wrong content type, which the relay does not have. The
  // cached file may be the page of a captive portal: then it is loaded again, bypassing the cache.
  const compile = (options) => `WebAssembly.compileStreaming(fetch("${base}${wasm}"${options}))`;
  const load = `${compile("")}.catch(() => ${compile(', { cache: "reload" }')}).then((module) => initSync({ module }))`;
  const start = `import { initSync } from "./${module}"; ${load}`;
  write("entry.js", isKiosk ? `${guard}${start}.catch(failed);` : `${start};`);
  minify("entry.js", "app.js", "--bundle", "--format=esm");
  if (!isKiosk) bundleWorkbookWorker();
  for (const name of files(".js").filter((name) => !["app.js", WORKBOOK_WORKER].includes(name))) rmSync(join(dist, name));
  const script = renameWithHash("app.js", stem, ".js");

  text = text.replace(/<script[^>]*type="module"[^>]*>[\s\S]*?<\/script>\s*/g, "");
  text = text.replace(/<link rel="(modulepreload|preload)"[^>]*>\s*/g, "");
  text = text.replace(/(?:<link rel="stylesheet"[^>]*>\s*)+/g, (links) => mergeSheets(links, base, stem));
  const links = [
    `<link rel="preload" href="${base}${wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<script type="module"${isKiosk ? ' blocking="render"' : ""} src="${base}${script}"></script>`,
  ];
  text = text.replace(/<link rel="stylesheet"/, `${links.join("\n")}\n$&`);
  writeFileSync(htmlPath, text.replace(/\n\s*/g, "\n"));
}

/** Attributes of a sheet's link that merging must keep: `data-kiosk` marks the sheets of the kiosk's live preview,
 *  `media` those that apply only there. */
const sheetAttributes = (link) => (link.includes(" data-kiosk") ? " data-kiosk" : "") + (link.includes(" media=") ? ' media="not all"' : "");

/** Reader of workbooks (app/workbook), which set-up loads when somebody opens one: its name has no hash, and the page
 *  does not mention it. */
const WORKBOOK_WORKER = "workbook-worker.js";

function addWorkbookWorker() {
  cpSync(join(source, "app/workbook/worker.js"), join(dist, WORKBOOK_WORKER));
}

function bundleWorkbookWorker() {
  run("wasm-opt", "-Oz", "--reorder-functions-by-name", ...FEATURES, "workbook_bg.wasm", "-o", "workbook_bg.wasm");
  addWorkbookWorker();
  minify(WORKBOOK_WORKER, WORKBOOK_WORKER, "--bundle", "--format=esm", "--allow-overwrite");
}

/** Merges consecutive sheets with the same attributes. */
function mergeSheets(links, base, stem) {
  const runs = [];
  for (const [link, name] of links.matchAll(/<link[^>]*href="[^"]*?([\w-]+\.css)"[^>]*>/g)) {
    if (runs.at(-1)?.attributes !== sheetAttributes(link)) runs.push({ attributes: sheetAttributes(link), names: [] });
    runs.at(-1).names.push(name);
  }
  return runs.map(({ attributes, names }) => `<link rel="stylesheet" href="${base}${concatSheets(names, stem)}"${attributes}>\n`).join("");
}

function concatSheets(names, stem) {
  write("all.css", names.map(read).join("\n"));
  minify("all.css", "all.css", "--allow-overwrite");
  for (const name of names) rmSync(join(dist, name));
  return renameWithHash("all.css", stem, ".css");
}

function minify(from, to, ...options) {
  run("esbuild", from, `--outfile=${to}`, "--minify", "--target=es2022,safari16", "--log-level=warning", ...options);
}

/** Subresource integrity value. */
const integrity = (content) => `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** Media type with which the relay sends a file (relay/server/src/http/static_files.rs). */
function type(name) {
  const types = {
    html: "text/html",
    js: "text/javascript",
    css: "text/css",
    wasm: "application/wasm",
    json: "application/json",
    webmanifest: "application/manifest+json",
  };
  return types[name.split(".").pop()] ?? fail(`${name} has no type that the kiosk loads`);
}

function fail(why) {
  throw new Error(why);
}

const LANGUAGES = ["ja", "en", "zh", "ko", "vi"];

/** A translation as tablets load it: its texts without their names, ordered by part and name as in app/ui/build.rs. */
const texts = (translation) => sortedValues(translation).flatMap(sortedValues);
const sortedValues = (object) => Object.keys(object).sort().map((name) => object[name]);

/** Parts whose words tablets load when they are first shown; the same as in app/ui/build.rs. */
const LOADED_WHEN_SHOWN = ["checklist", "notice_details"];

/** Adds the files that the kiosk needs offline, and a service worker whose version changes with them. */
function addOfflineFiles() {
  const from = join(source, "app/ui/kiosk");
  cpSync(join(from, "icons"), join(dist, "icons"), { recursive: true });
  cpSync(join(from, "manifest.webmanifest"), join(dist, "manifest.webmanifest"));
  for (const lang of LANGUAGES) {
    const translation = JSON.parse(readFileSync(join(source, "app/ui/i18n/kiosk", `${lang}.json`), "utf8"));
    const rare = {};
    for (const part of LOADED_WHEN_SHOWN) {
      rare[part] = translation[part];
      delete translation[part];
    }
    if (lang !== "ja") write(`words-${lang}.json`, JSON.stringify(texts(translation))); // Japanese is part of the program
    write(`words-rare-${lang}.json`, JSON.stringify(texts(rare)));
  }

  if (basename(process.env.TRUNK_DIST_DIR) === "dist-dev") return; // a service worker would hide edits

  const offline = readdirSync(dist).filter((name) => statSync(join(dist, name)).isFile());
  const version = hash(offline.sort().map((name) => `${name} ${hash(read(name))}`).join("\n"));
  const entries = offline.map((name) => [name === "index.html" ? "/" : `/${name}`, [type(name), integrity(read(name))]]);
  const worker = readFileSync(join(from, "service_worker.js"), "utf8");
  const list = JSON.stringify(Object.fromEntries(entries));
  write("sw.js", worker.replace('"VERSION"', JSON.stringify(version)).replace(/\{ FILES: .*? \}/, list));
  if (isRelease) minify("sw.js", "sw.js", "--allow-overwrite");
}

if (isRelease) bundle();
else if (!isKiosk) addWorkbookWorker();
if (isKiosk) addOfflineFiles();
