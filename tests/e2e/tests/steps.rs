//! Steps that several tests share: setting up as an admin, and calling as a visitor.

pub(crate) mod admin;
pub(crate) mod visitor;
