// Service worker of the kiosk: the tablet opens at once and without network, and installs a newer app in the
// background. VERSION and FILES are filled in by the build (.make/pack.mjs).
//
// The worker serves the kiosk's own files and the settings; calls, events and set-up always go to the relay. Its
// caches hold nothing that a captive portal may have sent: files must match the hash of the build, and settings
// must carry the relay's header.

const APP_CACHE = `yobirin-app-${"VERSION"}`;
const SETTINGS_CACHE = "yobirin-settings-2"; // with the header that names the device
const FILES = { FILES: ["type", "sha256-…"] }; // path: media type and hash of the content
const PAGES = new Set(["/", "/pair"]);
const RELAY_HEADER = "yobirin-relay"; // on every response of the relay

self.addEventListener("install", (event) => {
  event.waitUntil(installApp().then(() => self.skipWaiting()));
  // Static routes let the browser serve the files without this worker, whose start takes a while.
  const conditions = Object.keys(FILES).map((pathname) => ({ urlPattern: { pathname, search: "" }, requestMethod: "GET" }));
  const routes = { condition: { or: conditions }, source: { cacheName: APP_CACHE } };
  event.waitUntil(Promise.resolve(event.addRoutes?.(routes)).catch(() => {})); // without them the `fetch` event below serves the files
});

/** Installs a new app, all or nothing: if one file is missing or differs, the present app stays in use. */
async function installApp() {
  const files = Object.keys(FILES);
  const responses = await Promise.all(files.map(fetchFile));
  const cache = await caches.open(APP_CACHE);
  await Promise.all(files.map((path, index) => cache.put(path, responses[index])));
}

/** Fetches one file and checks its hash: a proxy, a captive portal or another version sends other content. */
async function fetchFile(path) {
  const [type, integrity] = FILES[path];
  const load = (cache) => fetch(path, { cache, integrity, redirect: "error" });
  // A file with a hash in its name need not be loaded again if the browser has cached the right content.
  const isHashed = /-[0-9a-f]{16}\./.test(path);
  const response = await (isHashed ? load("default").catch(() => load("reload")) : load("reload"));
  const actualType = response.headers.get("content-type")?.split(";")[0];
  if (response.status !== 200 || actualType !== type) throw new Error(`${path}: unexpected ${response.status} ${actualType}`);
  return response;
}

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("yobirin-") && name !== APP_CACHE && name !== SETTINGS_CACHE;
  const deleteOld = async () => Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
  event.waitUntil(deleteOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (PAGES.has(pathname)) event.respondWith(fromCache("/", request));
  } else if (pathname === "/api/settings") {
    event.respondWith(fetchSettings(request));
  } else if (FILES[pathname]) {
    event.respondWith(fromCache(pathname, request));
  }
});

/** The cached file, or the network's if it is not cached. */
async function fromCache(path, request) {
  try {
    return (await (await caches.open(APP_CACHE)).match(path)) ?? fetch(request);
  } catch {
    return fetch(request); // storage is blocked or broken
  }
}

/**
 * Asks the relay. The browser's cache may hold a captive portal's page, so after a foreign response the request is
 * repeated without the cache.
 */
async function fetchFromRelay(request) {
  const response = await fetch(request);
  return response.headers.has(RELAY_HEADER) ? response : fetch(request, { cache: "reload" });
}

/** Network first: the relay's response, or the cached one if the relay cannot be reached. */
async function fetchSettings(request) {
  let response, failure;
  try {
    response = await fetchFromRelay(request);
  } catch (error) {
    failure = error;
  }
  if (!response?.headers.has(RELAY_HEADER)) {
    const cached = await caches.match(request.url, { cacheName: SETTINGS_CACHE }).catch(() => undefined);
    if (cached ?? response) return cached ?? response;
    throw failure;
  }
  const copy = response.clone();
  cacheSettings(request.url, copy).catch(() => {}); // full or blocked storage: nothing is cached
  return response;
}

/** Caches the relay's response. After a 304 with another ETag than the cached one, the whole document is fetched. */
async function cacheSettings(url, response) {
  if (response.status === 401 || response.status === 403) return caches.delete(SETTINGS_CACHE);
  const cache = await caches.open(SETTINGS_CACHE);
  if (response.status === 200) return cache.put(url, response);
  const cached = await cache.match(url);
  if (response.status !== 304 || cached?.headers.get("etag") === response.headers.get("etag")) return;
  const fresh = await fetchFromRelay(url);
  if (fresh.status === 200 && fresh.headers.has(RELAY_HEADER)) await cache.put(url, fresh);
}
