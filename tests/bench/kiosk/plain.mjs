// The kiosk's menu as a plain page of HTML and CSS with a caching service worker. Its load time is the share of
// browser and machine in the kiosk's load time.
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";

const WORKER = `
  addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(caches.open("plain").then((cache) => cache.addAll(["/", "/style.css", "/keep.js"])));
  });
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) =>
    event.respondWith(caches.match(event.request).then((cached) => cached ?? fetch(event.request))));`;

/** Serves the page; resolves to its origin, which differs from the relay's.
 *  @param {string} menu the kiosk's rendered document when it shows its menu
 *  @param {string} style the kiosk's style sheet */
export function plainPage(menu, style) {
  const html = menu
    .replace(/<script\b.*?<\/script>|<noscript\b.*?<\/noscript>|<link\b[^>]*>/gs, "")
    .replace("</head>", '<link rel="stylesheet" href="/style.css"><script src="/keep.js" defer></script></head>');
  const files = {
    "/": ["text/html", `<!doctype html>${html}`],
    "/style.css": ["text/css", style],
    "/keep.js": ["text/javascript", 'navigator.serviceWorker.register("/worker.js");'],
    "/worker.js": ["text/javascript", WORKER],
  };
  const packed = Object.fromEntries(Object.entries(files).map(([path, [type, text]]) => [path, [type, brotliCompressSync(text)]]));
  return new Promise((ready) => {
    const server = createServer((request, response) => {
      const [type, body] = packed[request.url] ?? [];
      if (!body) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-encoding": "br", "cache-control": "no-cache" }).end(body);
    });
    server.listen(0, "127.0.0.1", () => ready(`http://localhost:${server.address().port}`));
  });
}
