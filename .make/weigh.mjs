// Prints the size of each page's first load (page, styles, scripts, wasm, manifest and service worker; brotli,
// quality 11, as the relay sends it) and fails when the kiosk exceeds its limit. Translations, icons and the reader of
// workbooks do not count: they are loaded afterwards.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const KIOSK_LIMIT = 306_000; // bytes; raise it by hand when growth is worth it (`make bench` compares the kiosk's start with a plain page's)
const TOLERANCE = 1_000; // bytes; builds differ between machines, because paths are compiled in
const LOADED_LATER = ["words-", "workbook"]; // prefixes of files that are loaded when somebody needs them
const dist = process.argv[2] ?? "dist";
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };

function weigh(folder) {
  const kinds = new Map();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!statSync(path).isFile() || LOADED_LATER.some((start) => name.startsWith(start))) continue;
    const kind = name.split(".").pop();
    const packed = brotliCompressSync(readFileSync(path), { params }).length;
    kinds.set(kind, (kinds.get(kind) ?? 0) + packed);
  }
  const total = [...kinds.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { kinds, total };
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
for (const [page, folder] of [["kiosk", dist], ["set-up", join(dist, "setup")]]) {
  const { kinds, total } = weigh(folder);
  const parts = [...kinds].sort().map(([kind, bytes]) => `${kind} ${kB(bytes)}`).join(", ");
  console.log(`· first load of the ${page}: ${kB(total)} brotli (${parts})`);
  if (page === "kiosk" && total > KIOSK_LIMIT) {
    console.error(`✗ the kiosk weighs ${kB(total)}; its limit is ${kB(KIOSK_LIMIT)}`);
    if (total > KIOSK_LIMIT + TOLERANCE) process.exit(1);
  }
}
