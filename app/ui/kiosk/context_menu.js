// Long press and right click: no menu of the browser, which leads out of the kiosk.

addEventListener("contextmenu", (event) => event.preventDefault());
