// Registers and updates the service worker (service_worker.js, served as /sw.js). A newer one takes over by itself;
// "yobirin-update" then has the app reload when nobody uses it.

import { attempt } from "./storage.js";

const serviceWorker = navigator.serviceWorker;
if (serviceWorker) {
  let isFirst = serviceWorker.controller === null; // the first worker has the version of the running app
  serviceWorker.addEventListener("controllerchange", () => {
    if (!isFirst) dispatchEvent(new Event("yobirin-update"));
    isFirst = false;
  });
  // Registered again at each start: browsers forget a worker whose first installation failed. Without https, or with
  // storage blocked, there is no service worker: the app works, except without network.
  const update = () =>
    serviceWorker.register("/sw.js", { updateViaCache: "none" }).then((registration) => registration.update()).catch(() => {});
  const start = () => {
    update();
    for (const event of ["online", "yobirin-connected"]) addEventListener(event, update);
    setInterval(update, 60 * 60_000);
  };
  addEventListener("yobirin-tick", start, { once: true }); // after the app itself has started
}

// An unpaired tablet keeps no settings, not even those that the service worker has cached.
addEventListener("yobirin-forget", () => attempt(() => caches.delete("yobirin-settings-2")));
