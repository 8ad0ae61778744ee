//! Chatwork's webhook: its token, in memory and encrypted in the store, and the check of its events. An event only
//! names a room to read; nothing of it is stored.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::RwLock;
use tokio::sync::Mutex;
use yobirin_api::Millis;
use yobirin_api::event::Event;

use super::connection::ConnectionError;
use crate::crypto::encryption::{Cipher, EncryptionError};
use crate::error::{ApiError, ApiResult, bad_request};
use yobirin_chatwork::{Clock, WebhookKey};
use yobirin_store::Store;

/// Context that the encrypted token is bound to.
const TOKEN_CONTEXT: &str = "chatwork webhook token";

/// Webhook in use.
#[derive(Debug)]
pub(crate) struct ChatworkWebhook {
    store: Store,
    cipher: Cipher,
    clock: Clock,
    /// Key, and the time at which its token was set.
    key: RwLock<Option<(WebhookKey, Millis)>>,
    /// Time of the latest event with a right signature; 0 before the first.
    received: AtomicU64,
    /// Held while the key is loaded, so that memory and store change in the same order.
    load_lock: Mutex<()>,
}

impl ChatworkWebhook {
    /// Loads the stored webhook.
    pub(crate) async fn load(
        store: Store,
        cipher: Cipher,
        clock: Clock,
    ) -> Result<Self, ConnectionError> {
        let webhook = Self {
            store,
            cipher,
            clock,
            key: RwLock::default(),
            received: AtomicU64::default(),
            load_lock: Mutex::default(),
        };
        webhook.reload().await?;
        Ok(webhook)
    }

    /// Loads the webhook again after a change, also by another relay.
    pub(crate) async fn reload(&self) -> Result<(), ConnectionError> {
        let _lock = self.load_lock.lock().await;
        let key = match self.store.webhook().await? {
            None => None,
            Some((encrypted_token, since)) => {
                let token = self.cipher.decrypt(&encrypted_token, TOKEN_CONTEXT)?;
                let key = std::str::from_utf8(&token).ok().map(WebhookKey::parse);
                let key = key.and_then(Result::ok);
                Some((key.ok_or(EncryptionError::CannotDecrypt)?, since))
            }
        };
        *self.key.write() = key;
        Ok(())
    }

    /// Stores a token, or deletes the stored one.
    pub(crate) async fn set(&self, token: Option<&str>) -> ApiResult<()> {
        let now = self.clock.now();
        let mut transaction = self.store.begin().await?;
        match token {
            Some(token) => {
                WebhookKey::parse(token).map_err(|invalid| bad_request(&invalid))?;
                let encrypted_token = self.cipher.encrypt(token.as_bytes(), TOKEN_CONTEXT);
                let encrypted_token = encrypted_token.map_err(ApiError::internal)?;
                transaction.set_webhook(&encrypted_token, now).await?;
            }
            None => transaction.delete_webhook().await?,
        }
        // Other relays load the webhook together with the connection, and tell their tablets its real state.
        let notice = Event::Chatwork { delivering: true };
        transaction.add_notice(None, &notice, now).await?;
        transaction.commit().await?;
        self.reload().await.map_err(ApiError::internal)
    }

    /// Returns the time at which the token was set; `None` without one.
    pub(crate) fn since(&self) -> Option<Millis> {
        self.key.read().as_ref().map(|(_, since)| *since)
    }

    /// Returns the time of the latest event with a right signature since the start.
    pub(crate) fn received(&self) -> Option<Millis> {
        Some(self.received.load(Ordering::Relaxed)).filter(|at| *at > 0)
    }

    /// True when the body is signed with the token. Records the time.
    pub(crate) fn accepts(&self, body: &[u8], signature: &str) -> bool {
        let key = self.key.read();
        let is_signed = key
            .as_ref()
            .is_some_and(|(key, _)| key.is_signed(body, signature));
        if is_signed {
            self.received.store(self.clock.now(), Ordering::Relaxed);
        }
        is_signed
    }
}
