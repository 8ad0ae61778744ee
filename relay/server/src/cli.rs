//! The command line: arguments, and the commands themselves.

pub(crate) mod args;
pub(crate) mod run;
