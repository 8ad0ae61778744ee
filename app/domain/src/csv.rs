//! CSV lists of hosts and groups: file types, encodings, columns, and conversion between cells and values. Shared by
//! [`crate::import`] and [`crate::export`].

pub mod cell;
pub mod encoding;
pub mod field;
pub mod file;
pub mod flag;
pub mod lookup;
pub mod record;
pub mod separator;
pub mod sheet;
pub mod template;
