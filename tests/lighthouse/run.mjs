// Runs Lighthouse on every page of set-up and the kiosk's screens: on a desktop, light, in Japanese, and on a
// phone, dark, in English. The accessibility score must be 100 on each.
//
// LIGHTHOUSE_RELAY is the relay's binary, LIGHTHOUSE_NPM the folder in which Lighthouse is installed.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { start } from "../bench/browser.mjs";

const installed = (name) => import(pathToFileURL(join(process.env.LIGHTHOUSE_NPM, "node_modules", name)));
const { snapshot, desktopConfig } = await installed("lighthouse/core/index.js");
const puppeteer = await installed("puppeteer-core/lib/esm/puppeteer/puppeteer-core.js");

const SET_UP = ["", "chatwork", "hosts", "groups", "devices", "import", "preview", "doctor", "history", "versions", "site", "security"];
const LOOKS = [
  { width: 1280, height: 800, dark: false, language: "ja" },
  { width: 390, height: 844, dark: true, language: "en" },
];

const demo = [process.env.LIGHTHOUSE_RELAY, ["demo", "--listen", "127.0.0.1:0"]];
const [, pair, signIn] = await start(...demo, /(http:\S+\/pair#\S+)[\s\S]*?(http:\S+\/setup\S+)/);
const origin = new URL(signIn).origin;
const chromium = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
process.on("exit", () => chromium.process()?.kill("SIGKILL"));

let looked = 0;
const found = [];

/** Lighthouse's accessibility score of the current page. */
async function look(page, what, as) {
  const wide = as.width > 600;
  const { lhr } = await snapshot(page, {
    config: wide ? desktopConfig : undefined,
    flags: { onlyCategories: ["accessibility"], screenEmulation: { disabled: true }, logLevel: "error" },
  });
  looked += 1;
  const { score } = lhr.categories.accessibility;
  const name = `${what}, ${as.language}, ${as.width} × ${as.height}, ${as.dark ? "dark" : "light"}`;
  const wrong = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1);
  if (score === 1 && wrong.length === 0) return;
  found.push(name);
  console.log(`✗ ${name}: ${score === null ? "no score" : Math.round(score * 100)}`);
  for (const audit of wrong) {
    console.log(`    ${audit.title}`);
    for (const item of audit.details?.items ?? []) console.log(`      ${item.node?.snippet ?? JSON.stringify(item)}`);
  }
}

async function open(as) {
  const context = await chromium.createBrowserContext();
  const page = await context.newPage();
  await page.evaluateOnNewDocument((language) => {
    Object.defineProperty(navigator, "languages", { get: () => [language] });
    Object.defineProperty(navigator, "language", { get: () => language });
  }, as.language);
  await page.setViewport({ width: as.width, height: as.height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: as.dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  return page;
}

const seen = (page, selector) => page.waitForSelector(selector, { visible: true, timeout: 60_000 });

async function setUp(first, as) {
  const page = await open(as);
  if (first) {
    await page.goto(signIn);
  } else {
    await page.setCookie(...session);
    await page.goto(`${origin}/setup`);
  }
  await seen(page, "[data-page=overview] [data-step]");
  session = await page.cookies();
  for (const name of SET_UP) {
    await page.goto(`${origin}/setup${name && `/${name}`}`);
    await seen(page, `[data-page=${name || "overview"}]`);
    await page.waitForFunction(() => !document.querySelector(".spinner"), { timeout: 60_000 });
    await look(page, `set-up, ${name || "overview"}`, as);
    if (["hosts", "groups", "devices"].includes(name)) {
      const entry = await page.waitForSelector(`[data-page] a[href^='/setup/${name}/']`);
      await entry.evaluate((link) => link.click());
      await page.waitForFunction((list) => location.pathname.startsWith(`/setup/${list}/`), {}, name);
      await seen(page, "[data-page] form, [data-page] input");
      await look(page, `set-up, one of the ${name}`, as);
    }
  }
  await page.browserContext().close();
}

async function kiosk(as) {
  const page = await open(as);
  await page.goto(`${origin}/`);
  await seen(page, "[data-screen=pairing]");
  await look(page, "kiosk, pairing", as);
  if (tablet) {
    await page.setCookie(...tablet);
    await page.goto(`${origin}/`);
  } else {
    await page.goto(pair);
    await seen(page, "[data-screen=menu] [data-button]");
    await page.goto(`${origin}/`); // without the checklist that follows the pairing
  }
  await seen(page, "[data-screen=menu] [data-button]");
  tablet = await page.cookies();
  const menu = await page.$$eval("[data-screen=menu] [data-button]", (all) => all.map((button) => button.dataset.button));
  await look(page, "kiosk, menu", as);
  for (const button of menu) {
    await page.goto(`${origin}/`);
    const tile = `[data-screen=menu] [data-button='${button}']`;
    await seen(page, tile);
    await page.$eval(tile, (tile) => tile.click());
    // Buttons that call at once are checked after delivery, the others at their next screen.
    await page.waitForFunction(() => !document.querySelector("[data-screen=menu], [data-screen=sending]"), { timeout: 60_000 });
    const screen = await page.$eval("[data-screen]", (screen) => screen.dataset.screen);
    await look(page, `kiosk, ${screen} (${button})`, as);
    const done = await page.$("[data-state=done]");
    if (done) await done.evaluate((done) => done.click());
  }
  await page.browserContext().close();
}

let session = [];
let tablet;
for (const [place, one] of LOOKS.entries()) {
  await setUp(place === 0, one);
  await kiosk(one);
}
await chromium.close();
console.log(`${found.length ? "✗" : "·"} Lighthouse, accessibility: ${looked - found.length} of ${looked} looks score 100`);
process.exit(found.length ? 1 : 0);
