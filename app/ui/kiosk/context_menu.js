// Suppresses the browser's menu on a long press or right click, because it leads out of the kiosk.

addEventListener("contextmenu", (event) => event.preventDefault());
