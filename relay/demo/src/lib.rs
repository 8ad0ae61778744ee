//! Surroundings of the demo: the settings of a sample office, and the simulated Chatwork with its rooms and people.
//! The relay itself does not know them; `relay/server` links this crate with its cargo feature `demo`.

mod office;

use std::io;
use std::net::Ipv4Addr;

use chatwork_sim::{Office, Sim};

pub use office::{InvalidEntry, settings};

/// A running simulated Chatwork with the rooms and people of the sample office. It ends when dropped.
pub struct DemoChatwork(Sim);

impl DemoChatwork {
    /// API token of the sample office's bot.
    pub const TOKEN: &str = Office::SAMPLE_TOKEN;

    /// Starts the simulator on a free port of this machine.
    pub async fn start() -> io::Result<Self> {
        let sim = Sim::start(Office::sample(), (Ipv4Addr::LOCALHOST, 0).into()).await?;
        Ok(Self(sim))
    }

    /// Base URL of its API.
    #[must_use]
    pub fn api_url(&self) -> String {
        self.0.api()
    }

    /// URL of the page that shows its rooms.
    #[must_use]
    pub fn page_url(&self) -> String {
        self.0.url()
    }
}
