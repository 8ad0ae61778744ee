//! End-to-end stories, each on a stage of its own.

mod faults;
mod looks;
mod routing;
mod simulator_page;
mod visit;
mod words;
