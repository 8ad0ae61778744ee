// Worker that reads workbooks for set-up's import, so that neither the page's first load nor its responses wait for the
// parser. Message in: the bytes of a workbook. Message out: its sheets as JSON, or nothing when it cannot be read.
import init, { read_workbook } from "./workbook.js";

const ready = init();
addEventListener("message", async ({ data }) => {
  try {
    await ready;
    postMessage(read_workbook(new Uint8Array(data)));
  } catch (error) {
    console.warn("the workbook cannot be read:", error);
    postMessage(null);
  }
});
