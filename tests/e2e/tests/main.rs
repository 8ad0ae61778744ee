//! End-to-end stories, each on a stage of its own.

mod between;
mod cancelling;
mod chatwork_page;
mod desk;
mod devices;
mod doctor;
mod editing;
mod faults;
mod finding;
mod first_path;
mod for_everyone;
mod guard;
mod invitations;
mod lists;
mod long_lists;
mod looks;
mod own_page;
mod routing;
mod security;
mod set_up_by_hand;
mod simulator_page;
mod ten_minutes;
mod visit;
mod wall;
mod words;
