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
/** Width in pixels from which Lighthouse checks a page as on a desktop. */
const DESKTOP_WIDTH = 600;
const APPEARANCES = [
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

let checked = 0;
/** Names of the pages whose score is below 100. */
const failed = [];

/** Checks that the current page has Lighthouse's full accessibility score. */
async function checkAccessibility(page, title, appearance) {
  const isWide = appearance.width >= DESKTOP_WIDTH;
  const { lhr } = await snapshot(page, {
    config: isWide ? desktopConfig : undefined,
    flags: { onlyCategories: ["accessibility"], screenEmulation: { disabled: true }, logLevel: "error" },
  });
  checked += 1;
  const { score } = lhr.categories.accessibility;
  const name = `${title}, ${appearance.language}, ${appearance.width} × ${appearance.height}, ${appearance.dark ? "dark" : "light"}`;
  const failedAudits = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1);
  if (score === 1 && failedAudits.length === 0) return;
  failed.push(name);
  console.log(`✗ ${name}: ${score === null ? "no score" : Math.round(score * 100)}`);
  for (const audit of failedAudits) {
    console.log(`    ${audit.title}`);
    for (const item of audit.details?.items ?? []) console.log(`      ${item.node?.snippet ?? JSON.stringify(item)}`);
  }
}

/** Opens a page with cookies of its own. */
async function openPage(appearance) {
  const context = await chromium.createBrowserContext();
  const page = await context.newPage();
  await page.evaluateOnNewDocument((language) => {
    Object.defineProperty(navigator, "languages", { get: () => [language] });
    Object.defineProperty(navigator, "language", { get: () => language });
  }, appearance.language);
  await page.setViewport({ width: appearance.width, height: appearance.height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: appearance.dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  return page;
}

const waitVisible = (page, selector) => page.waitForSelector(selector, { visible: true, timeout: 60_000 });

/** Checks every page of set-up. The first time the demo's link signs in; later its cookies do. */
async function checkSetUp(isFirst, appearance) {
  const page = await openPage(appearance);
  if (isFirst) {
    await page.goto(signIn);
  } else {
    await page.setCookie(...sessionCookies);
    await page.goto(`${origin}/setup`);
  }
  await waitVisible(page, "[data-page=overview] [data-step]");
  sessionCookies = await page.cookies();
  for (const name of SET_UP) {
    await page.goto(`${origin}/setup${name && `/${name}`}`);
    await waitVisible(page, `[data-page=${name || "overview"}]`);
    await page.waitForFunction(() => !document.querySelector(".spinner"), { timeout: 60_000 });
    await checkAccessibility(page, `set-up, ${name || "overview"}`, appearance);
    if (["hosts", "groups", "devices"].includes(name)) {
      const entry = await page.waitForSelector(`[data-page] a[href^='/setup/${name}/']`);
      await entry.evaluate((link) => link.click());
      await page.waitForFunction((list) => location.pathname.startsWith(`/setup/${list}/`), {}, name);
      await waitVisible(page, "[data-page] form, [data-page] input");
      await checkAccessibility(page, `set-up, one of the ${name}`, appearance);
    }
  }
  await page.browserContext().close();
}

/** Checks the screens of the kiosk that the menu leads to. */
async function checkKiosk(appearance) {
  const page = await openPage(appearance);
  await page.goto(`${origin}/`);
  await waitVisible(page, "[data-screen=pairing]");
  await checkAccessibility(page, "kiosk, pairing", appearance);
  if (tabletCookies) {
    await page.setCookie(...tabletCookies);
    await page.goto(`${origin}/`);
  } else {
    await page.goto(pair);
    await waitVisible(page, "[data-screen=menu] [data-button]");
    await page.goto(`${origin}/`); // without the checklist that follows the pairing
  }
  await waitVisible(page, "[data-screen=menu] [data-button]");
  tabletCookies = await page.cookies();
  const menu = await page.$$eval("[data-screen=menu] [data-button]", (all) => all.map((button) => button.dataset.button));
  await checkAccessibility(page, "kiosk, menu", appearance);
  for (const button of menu) {
    await page.goto(`${origin}/`);
    const tile = `[data-screen=menu] [data-button='${button}']`;
    await waitVisible(page, tile);
    await page.$eval(tile, (tile) => tile.click());
    // Buttons that call at once are checked after delivery, the others at their next screen.
    await page.waitForFunction(() => !document.querySelector("[data-screen=menu], [data-screen=sending]"), { timeout: 60_000 });
    const screen = await page.$eval("[data-screen]", (screen) => screen.dataset.screen);
    await checkAccessibility(page, `kiosk, ${screen} (${button})`, appearance);
    const done = await page.$("[data-state=done]");
    if (done) await done.evaluate((done) => done.click());
  }
  await page.browserContext().close();
}

let sessionCookies = [];
let tabletCookies;
for (const [index, appearance] of APPEARANCES.entries()) {
  await checkSetUp(index === 0, appearance);
  await checkKiosk(appearance);
}
await chromium.close();
console.log(`${failed.length ? "✗" : "·"} Lighthouse, accessibility: ${checked - failed.length} of ${checked} pages score 100`);
process.exit(failed.length ? 1 : 0);
