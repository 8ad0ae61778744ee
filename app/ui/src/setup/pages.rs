//! The pages of set-up, one module each.

pub(crate) mod alarms;
pub(crate) mod answers;
pub(crate) mod chatwork;
pub(crate) mod devices;
pub(crate) mod doctor;
pub(crate) mod groups;
pub(crate) mod guide;
pub(crate) mod history;
pub(crate) mod hosts;
pub(crate) mod import;
pub(crate) mod overview;
pub(crate) mod people_from_chatwork;
pub(crate) mod preview;
pub(crate) mod purpose_notice;
pub(crate) mod retention;
pub(crate) mod security;
pub(crate) mod self_service;
pub(crate) mod site;
pub(crate) mod versions;
