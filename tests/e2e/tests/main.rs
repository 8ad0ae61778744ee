//! End-to-end stories, each on a stage of its own.

mod simulator_page;
