// Battery level in percent, for the heartbeat (browser/watchdog.rs), in browsers that have the Battery Status API.

navigator.getBattery?.().then(
  (battery) => {
    const read = () => (window.yobirinBattery = Math.round(battery.level * 100));
    battery.addEventListener("levelchange", read);
    read();
  },
  () => {},
);
