//! Entry of the WebAssembly module; `worker.js` calls `read_workbook`.

#[allow(unused_imports)] // linked for its exports
use yobirin_workbook as _;

fn main() {}
