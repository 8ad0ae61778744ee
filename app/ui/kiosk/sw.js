// The kiosk's service worker: the tablet opens at once and without network, and takes up a newer
// app in the background. VERSION and FILES are filled in when the app is built (.make/pack.mjs).
//
// It answers for the kiosk's own files and for the settings, and for nothing else: calls, events and
// set-up always go to the relay. It keeps only what was asked for: files whose content has the hash that
// was taken when they were built, and settings that the relay itself has sent.

const APP = `yobirin-app-${"VERSION"}`;
const SETTINGS = "yobirin-settings-2"; // with the header that names the device
const FILES = { FILES: ["type", "sha256-…"] }; // path: media type and hash of the content
const PAGES = new Set(["/", "/pair"]);
const RELAY = "yobirin-relay"; // header on every answer of the relay

self.addEventListener("install", (event) => {
  event.waitUntil(take().then(() => self.skipWaiting()));
  // Where the browser can, it takes these without starting this worker first, which takes a while.
  const conditions = Object.keys(FILES).map((pathname) => ({ urlPattern: { pathname, search: "" }, requestMethod: "GET" }));
  const routes = { condition: { or: conditions }, source: { cacheName: APP } };
  event.waitUntil(Promise.resolve(event.addRoutes?.(routes)).catch(() => {})); // else `fetch` answers below
});

/** Takes a new app in, all or nothing: one file that is missing or another leaves the app that is there in use. */
async function take() {
  const files = Object.keys(FILES);
  const answers = await Promise.all(files.map(file));
  const cache = await caches.open(APP);
  await Promise.all(files.map((path, place) => cache.put(path, answers[place])));
}

/** One file, with the hash it was built with: a proxy, a Wi-Fi portal or another version has another one. */
async function file(path) {
  const [type, integrity] = FILES[path];
  const load = (cache) => fetch(path, { cache, integrity, redirect: "error" });
  // What has a hash in its name and was loaded just now need not be loaded again, if it is what it should be.
  const settled = /-[0-9a-f]{16}\./.test(path);
  const answer = await (settled ? load("default").catch(() => load("reload")) : load("reload"));
  const is = answer.headers.get("content-type")?.split(";")[0];
  if (answer.status !== 200 || is !== type) throw new Error(`${path} came as ${answer.status} ${is}`);
  return answer;
}

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("yobirin-") && name !== APP && name !== SETTINGS;
  const tidy = async () => Promise.all((await caches.keys()).filter(old).map((name) => caches.delete(name)));
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (PAGES.has(pathname)) event.respondWith(kept("/", request));
  } else if (pathname === "/api/settings") {
    event.respondWith(settings(request));
  } else if (FILES[pathname]) {
    event.respondWith(kept(pathname, request));
  }
});

async function kept(path, request) {
  try {
    return (await (await caches.open(APP)).match(path)) ?? fetch(request);
  } catch {
    return fetch(request); // storage is blocked or broken
  }
}

/** An answer of the relay if it can be had: a portal's page may come from the browser's cache long after the portal is gone. */
async function ask(request) {
  const answer = await fetch(request);
  return answer.headers.has(RELAY) ? answer : fetch(request, { cache: "reload" });
}

/** The relay's answer; without one, the last it gave. */
async function settings(request) {
  let answer, lost;
  try {
    answer = await ask(request);
  } catch (error) {
    lost = error;
  }
  if (!answer?.headers.has(RELAY)) {
    const last = await caches.match(request.url, { cacheName: SETTINGS }).catch(() => undefined);
    if (last ?? answer) return last ?? answer;
    throw lost;
  }
  const copy = answer.clone();
  keep(request.url, copy).catch(() => {}); // full or blocked: the next start without network has none from here
  return answer;
}

/** Keeps the relay's settings, and fetches them if the app has them already and this has not. */
async function keep(url, answer) {
  if (answer.status === 401 || answer.status === 403) return caches.delete(SETTINGS);
  const cache = await caches.open(SETTINGS);
  if (answer.status === 200) return cache.put(url, answer);
  const last = await cache.match(url);
  if (answer.status !== 304 || last?.headers.get("etag") === answer.headers.get("etag")) return;
  const whole = await ask(url);
  if (whole.status === 200 && whole.headers.has(RELAY)) await cache.put(url, whole);
}
