//! Hosts and groups as tables, the form in which offices keep lists of people: what a column means,
//! how a value is written in a cell and read out of one. `import` and `export` share it, so that
//! what one writes the other reads.

pub mod cell;
pub mod encoding;
pub mod field;
pub mod file;
pub mod lookup;
pub mod record;
pub mod sheet;
