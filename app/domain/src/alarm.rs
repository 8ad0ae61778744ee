//! Alarms: troubles of tablets and of the relay that an office is told of. The relay gathers facts and posts; which
//! troubles there are, and what is posted or edited about them, is decided here.

mod trouble;

pub use trouble::{SilentTablet, Trouble};
