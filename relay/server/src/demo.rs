//! Demo: a relay and a simulated Chatwork in one process, connected, with a sample office. The demo's sign-in link and
//! pairing code can be used many times, unlike the links and codes of a real relay. Nothing leaves the machine.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use thiserror::Error;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::validate;
use zeroize::Zeroizing;

use crate::auth::DemoCredentials;
use crate::boot::{Options, RelayHandle, StartError, start_with_demo};
use crate::crypto::token;
use crate::error::ApiError;
use yobirin_chatwork::Token;
use yobirin_demo::DemoChatwork;
use yobirin_store::StoreError;

/// Default port of the demo.
const DEFAULT_PORT: u16 = 8080;
/// Further ports that are tried when it is taken.
const FURTHER_PORTS: u16 = 20;

/// Running demo.
pub(crate) struct Demo {
    pub relay: RelayHandle,
    chatwork: DemoChatwork,
    link: Zeroizing<String>,
    code: String,
    moved_from: Option<u16>,
    /// Deleted with the demo.
    _temporary: Option<TempDir>,
}

/// Error of starting the demo.
#[derive(Debug, Error)]
pub(crate) enum DemoError {
    #[error("failed to start the simulated Chatwork: {0}")]
    Sim(#[from] io::Error),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "{} holds the data of a real reception desk, not of a demo: choose another folder with --data",
        .0.display()
    )]
    NotADemo(PathBuf),
    #[error("failed to set up the sample office: {0}")]
    Office(String),
}

/// Starts the demo.
pub(crate) async fn start(
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
) -> Result<Demo, DemoError> {
    let requested = listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, DEFAULT_PORT).into());
    let listen = free_port(requested);
    let chatwork = DemoChatwork::start().await?;
    let api = chatwork
        .api_url()
        .parse()
        .map_err(|_| DemoError::Office(chatwork.api_url()))?;
    let temporary = match data {
        Some(_) => None,
        None => Some(TempDir::with_prefix("yobirin-demo-")?),
    };
    if let Some(folder) = &data {
        mark_as_demo(folder)?;
    }
    let folder = data.or_else(|| temporary.as_ref().map(|folder| folder.path().to_owned()));

    let document =
        yobirin_demo::settings().map_err(|error| DemoError::Office(error.to_string()))?;
    let device = document.devices.first().map(|device| device.id.clone());
    let device =
        device.ok_or_else(|| DemoError::Office("the sample office has no tablet".to_owned()))?;
    let (link, code) = (token::generate(), token::generate_pairing_code());
    let credentials = DemoCredentials {
        link_hash: token::hash(&link),
        code: code.clone(),
        device,
    };
    let options = Options::new(listen, folder.unwrap_or_default(), api);
    let relay = start_with_demo(options, Some(credentials)).await?;
    set_up(&relay, document).await?;
    let moved_from = (listen.port() != requested.port()).then_some(requested.port());
    Ok(Demo {
        relay,
        chatwork,
        link,
        code,
        moved_from,
        _temporary: temporary,
    })
}

/// Marks a directory as a demo's own. In the directory of a real office, the demo would replace the connection to
/// Chatwork, and waiting calls would go to the simulator.
fn mark_as_demo(folder: &Path) -> Result<(), DemoError> {
    let marker = folder.join("demo");
    if folder.join("yobirin.db").exists() && !marker.exists() {
        return Err(DemoError::NotADemo(folder.to_owned()));
    }
    std::fs::create_dir_all(folder)?;
    Ok(std::fs::write(marker, "")?)
}

impl Demo {
    /// Returns the text to print: three links, the simulator's API for a relay of one's own (`--chatwork-api`), and a notice
    /// when the port is not the default one.
    pub(crate) fn links(&self) -> String {
        let (url, link) = (self.relay.url(), self.link.as_str());
        let moved = self.moved_from.map_or_else(String::new, |port| {
            format!(
                "port {port} is taken, so this is port {}\n",
                self.relay.address.port()
            )
        });
        format!(
            "{moved}kiosk:              {url}/pair#code={}\n\
             set-up:             {url}/setup/sign-in#link={link}\n\
             simulated Chatwork: {}\n\
             its API:            {} (token {})\n",
            self.code,
            self.chatwork.page_url(),
            self.chatwork.api_url(),
            DemoChatwork::TOKEN,
        )
    }
}

/// Connects the bot, and saves the sample office unless this directory has settings.
async fn set_up(handle: &RelayHandle, document: SettingsDocument) -> Result<(), DemoError> {
    let to_error = |failure: ApiError| DemoError::Office(format!("{failure:?}"));
    let token = Token::parse(DemoChatwork::TOKEN.to_owned());
    let token = token.map_err(|error| DemoError::Office(error.to_string()))?;
    let state = &handle.state;
    state.connection.connect(token).await.map_err(to_error)?;
    let current = state.settings.get();
    if current.number > 0 {
        return Ok(());
    }
    let problems = |problems: Vec<_>| DemoError::Office(format!("{problems:?}"));
    let settings = validate(document).map_err(problems)?;
    let (author, now) = (("demo", None), state.clock.now());
    state.settings.save(&current, settings, author, now).await?;
    Ok(())
}

/// Returns the address with the first free port.
fn free_port(requested: SocketAddr) -> SocketAddr {
    let ports = requested.port()..=requested.port().saturating_add(FURTHER_PORTS);
    let mut addresses = ports.map(|port| SocketAddr::new(requested.ip(), port));
    addresses
        .find(|address| std::net::TcpListener::bind(address).is_ok())
        .unwrap_or(requested)
}
