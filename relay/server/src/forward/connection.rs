//! Lifecycle of the connection to a Chatwork account: connect, token refused, resumed, disconnect, and the
//! reload after another relay changed it. A token is checked with Chatwork before it is stored, and stored
//! encrypted only.

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::Mutex;
use yobirin_api::chatwork::Outage;
use yobirin_api::event::Event;

use crate::crypto::encryption::{Cipher, EncryptionError};
use crate::error::ApiResult;
use crate::event_bus::EventBus;
use crate::security_log::TOKEN_REFUSED;
use yobirin_chatwork::{Account, ChatworkGateway, Clock, Purpose, Token};
use yobirin_store::{Store, StoreError};

/// Error of loading the stored connection.
#[derive(Debug, Error)]
pub enum ConnectionError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored token cannot be decrypted.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
}

/// Purpose that the encrypted token is bound to.
const TOKEN_PURPOSE: &str = "chatwork token";

/// Connection to Chatwork: the account in use, in memory and in the store. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct ChatworkConnection {
    gateway: Arc<ChatworkGateway>,
    store: Store,
    cipher: Cipher,
    clock: Clock,
    events: EventBus,
    /// Held while the connection changes, so that memory and store change in the same order.
    change_lock: Arc<Mutex<()>>,
}

impl ChatworkConnection {
    pub(crate) fn new(
        gateway: Arc<ChatworkGateway>,
        store: Store,
        cipher: Cipher,
        clock: Clock,
        events: EventBus,
    ) -> Self {
        Self {
            gateway,
            store,
            cipher,
            clock,
            events,
            change_lock: Arc::default(),
        }
    }

    /// Checks a token with Chatwork, stores it and uses it from now on.
    pub(crate) async fn connect(&self, token: Token) -> ApiResult<()> {
        let bot = self.gateway.me(&token, Purpose::NewToken).await?;
        let connected_at = self.clock.now();
        let encrypted = self.cipher.encrypt(token.reveal(), TOKEN_PURPOSE)?;
        let _lock = self.change_lock.lock().await;
        let mut transaction = self.store.begin().await?;
        transaction
            .set_connection(&encrypted, &bot, connected_at)
            .await?;
        let delivering = Event::Chatwork { delivering: true };
        transaction
            .add_notice(None, &delivering, connected_at)
            .await?;
        transaction.commit().await?;
        self.gateway.set_account(Some(Account {
            token,
            bot,
            connected_at,
            refused_since: None,
            outage: None,
        }));
        self.notify_changed();
        Ok(())
    }

    /// Records that Chatwork refuses the token: the outbox pauses and tablets get an event. Does nothing when the refusal is
    /// recorded already, or when another account is in use.
    pub(crate) async fn record_token_refused(
        &self,
        account: &Arc<Account>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        if !self.gateway.record_token_refused(account, now) {
            return Ok(());
        }
        tracing::error!(
            event = TOKEN_REFUSED,
            "Chatwork does not accept the token: sending paused, the token is checked every minute"
        );
        let paused = Event::Chatwork { delivering: false };
        self.events.broadcast_transient(&paused);
        let mut transaction = self.store.begin().await?;
        transaction
            .mark_token_refused(account.connected_at, now)
            .await?;
        transaction.add_notice(None, &paused, now).await?;
        transaction.commit().await
    }

    /// Records that Chatwork accepts a token again that it had refused: the outbox resumes.
    pub(crate) async fn record_token_accepted(
        &self,
        account: &Arc<Account>,
    ) -> Result<(), StoreError> {
        let (Some(since), until) = (account.refused_since, self.clock.now()) else {
            return Ok(());
        };
        let outage = Outage { since, until };
        let _lock = self.change_lock.lock().await;
        let mut transaction = self.store.begin().await?;
        if !transaction
            .mark_token_accepted(account.connected_at, outage)
            .await?
        {
            return Ok(());
        }
        let delivering = Event::Chatwork { delivering: true };
        transaction.add_notice(None, &delivering, until).await?;
        transaction.commit().await?;
        if self.gateway.record_token_accepted(account, outage) {
            tracing::info!(
                since,
                until,
                "Chatwork accepts the token again: sending resumed"
            );
            self.notify_changed();
        }
        Ok(())
    }

    /// Deletes the token.
    pub(crate) async fn disconnect(&self) -> ApiResult<()> {
        let _lock = self.change_lock.lock().await;
        let (mut transaction, now) = (self.store.begin().await?, self.clock.now());
        transaction.delete_connection().await?;
        let stopped = Event::Chatwork { delivering: false };
        transaction.add_notice(None, &stopped, now).await?;
        transaction.commit().await?;
        self.gateway.set_account(None);
        self.notify_changed();
        Ok(())
    }

    /// Loads the connection again after another relay changed it.
    pub(crate) async fn reload(&self) -> Result<(), ConnectionError> {
        let _lock = self.change_lock.lock().await;
        let stored = load_account(&self.store, &self.cipher).await?;
        // An unchanged account stays: requests under way compare theirs with the one in use.
        let state =
            |account: &Account| (account.connected_at, account.refused_since, account.outage);
        if stored.as_ref().map(state) != self.gateway.account().as_deref().map(state) {
            self.gateway.set_account(stored);
            self.store.outbox_wakeup().notify_one();
        }
        Ok(())
    }

    /// Notifies tablets whether calls are delivered, and wakes the outbox.
    fn notify_changed(&self) {
        self.events.broadcast_transient(&Event::Chatwork {
            delivering: self.gateway.has_accepted_token(),
        });
        self.store.outbox_wakeup().notify_one();
    }
}

/// Loads the stored account; `None` when no account is connected.
pub(crate) async fn load_account(
    store: &Store,
    cipher: &Cipher,
) -> Result<Option<Account>, ConnectionError> {
    let Some(row) = store.connection().await? else {
        return Ok(None);
    };
    let decrypted = cipher.decrypt(&row.encrypted_token, TOKEN_PURPOSE)?;
    let text = std::str::from_utf8(&decrypted).map_err(|_| EncryptionError::CannotDecrypt)?;
    let token = Token::parse(text.to_owned()).map_err(|_| EncryptionError::CannotDecrypt)?;
    Ok(Some(Account {
        token,
        bot: row.bot,
        connected_at: row.connected_at,
        refused_since: row.refused_since,
        outage: row.outage,
    }))
}
