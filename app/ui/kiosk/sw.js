// The kiosk's service worker: the tablet opens at once and without network, and takes up a newer
// app in the background. VERSION and PATHS are filled in when the app is built (.make/pack.mjs).
//
// It answers for the kiosk's own files and for the settings, and for nothing else: calls, events and
// set-up always go to the relay.

const APP = `yobirin-app-${"VERSION"}`;
const SETTINGS = "yobirin-settings-2"; // with the header that names the device
const FILES = new Set(["PATHS"]);
const PAGES = new Set(["/", "/pair"]);

self.addEventListener("install", (event) => {
  // All or nothing: a file that is missing leaves the app that is there in use. What has a hash in its
  // name and was loaded just now need not be loaded again.
  const settled = (path) => /-[0-9a-f]{16}\./.test(path);
  const fresh = [...FILES].map((path) => new Request(path, { cache: settled(path) ? "default" : "reload" }));
  event.waitUntil(take(fresh, settled).then(() => self.skipWaiting()));
  // Where the browser can, it takes these without starting this worker first, which takes a while.
  const conditions = [...FILES].map((pathname) => ({ urlPattern: { pathname, search: "" }, requestMethod: "GET" }));
  const routes = { condition: { or: conditions }, source: { cacheName: APP } };
  event.waitUntil(Promise.resolve(event.addRoutes?.(routes)).catch(() => {})); // else `fetch` answers below
});

/** Takes a new app in. While two relays are updated one after the other, the page may be the other one's. */
async function take(fresh, settled) {
  const cache = await caches.open(APP);
  await cache.addAll(fresh);
  const page = await (await cache.match("/")).text();
  if ([...FILES].some((path) => settled(path) && !page.includes(path))) throw new Error("The page is of another version.");
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
  } else if (FILES.has(pathname)) {
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

/** The relay's answer; without one, the last it gave. */
async function settings(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch (lost) {
    const last = await caches.match(request.url, { cacheName: SETTINGS }).catch(() => undefined);
    if (last) return last;
    throw lost;
  }
  const copy = answer.clone();
  keep(request.url, copy).catch(() => {}); // full or blocked: the next start without network has none from here
  return answer;
}

/** Keeps the settings, and fetches them if the app has them already and this has not. */
async function keep(url, answer) {
  if (answer.status === 401 || answer.status === 403) return caches.delete(SETTINGS);
  const cache = await caches.open(SETTINGS);
  if (answer.status === 200) return cache.put(url, answer);
  const last = await cache.match(url);
  if (answer.status !== 304 || last?.headers.get("etag") === answer.headers.get("etag")) return;
  const whole = await fetch(url);
  if (whole.status === 200) await cache.put(url, whole);
}
