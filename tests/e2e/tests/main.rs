//! End-to-end stories, each on a stage of its own.

mod desk;
mod faults;
mod first_path;
mod looks;
mod routing;
mod simulator_page;
mod visit;
mod words;
