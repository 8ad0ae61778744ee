// Prints what each page of the app weighs on its first load (page, styles, scripts, wasm, manifest and
// the service worker; brotli, quality 11, as the relay sends it) and fails when the kiosk is over its
// budget. Words of further languages and icons are not part of it: they come afterwards.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const KIOSK_BUDGET = 250_000; // bytes; what it buys is measured by `make bench`: the kiosk's starts beside a plain page
const NOISE = 1_000; // bytes by which machines may differ: paths are part of what is compiled
const dist = process.argv[2] ?? "dist";
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };

function weigh(folder) {
  const kinds = new Map();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!statSync(path).isFile() || name.startsWith("words-")) continue;
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
  if (page === "kiosk" && total > KIOSK_BUDGET) {
    console.error(`✗ the kiosk weighs ${kB(total)}; its budget is ${kB(KIOSK_BUDGET)}`);
    if (total > KIOSK_BUDGET + NOISE) process.exit(1);
  }
}
