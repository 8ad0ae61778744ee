//! The command line: arguments, the parsers of their values, and the commands themselves.

pub(crate) mod args;
mod refusal;
pub(crate) mod run;
mod values;
