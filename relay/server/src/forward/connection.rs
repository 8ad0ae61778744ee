//! Connecting a Chatwork account, and taking the connection up again after a restart. The token is
//! asked about before it is kept, and kept only sealed.

use std::sync::Arc;

use thiserror::Error;
use yobirin_api::chatwork::Outage;
use yobirin_api::event::Event;

use crate::crypto::encryption::{Cipher, EncryptionError};
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_chatwork::{Account, Purpose, Token};
use yobirin_store::{ConnectionRow, Store, StoreError};

/// Why a stored connection cannot be used.
#[derive(Debug, Error)]
pub(crate) enum ConnectionError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored token cannot be decrypted.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
}

/// Purpose that the encrypted token is bound to.
const TOKEN_CONTEXT: &str = "chatwork token";

/// Uses this token from now on, if Chatwork takes it.
pub(crate) async fn connect(relay: &AppState, token: Token) -> ApiResult<()> {
    let bot = relay.chatwork.me(&token, Purpose::Setup).await?;
    let since = relay.clock.now();
    let sealed_token = relay
        .cipher
        .encrypt(token.reveal(), TOKEN_CONTEXT)
        .map_err(ApiError::internal)?;
    let kept = ConnectionRow {
        sealed_token,
        bot: bot.clone(),
        since,
        refused: None,
        outage: None,
    };
    let _alone = relay.connecting.lock().await;
    let mut write = relay.store.begin().await?;
    write.set_connection(&kept).await?;
    let delivering = Event::Chatwork { delivering: true };
    write.notice(None, &delivering, since).await?;
    write.commit().await?;
    relay.chatwork.set_account(Some(Account {
        token,
        bot,
        since,
        refused: None,
        outage: None,
    }));
    relay.connection_changed();
    Ok(())
}

/// Chatwork takes the token of this account again, which it refused.
pub(crate) async fn resume(relay: &AppState, account: &Arc<Account>) -> Result<(), StoreError> {
    let (Some(since), until) = (account.refused, relay.clock.now()) else {
        return Ok(());
    };
    let outage = Outage { since, until };
    let _alone = relay.connecting.lock().await;
    let mut write = relay.store.begin().await?;
    if !write.connection_resumed(account.since, outage).await? {
        return Ok(());
    }
    let delivering = Event::Chatwork { delivering: true };
    write.notice(None, &delivering, until).await?;
    write.commit().await?;
    if relay.chatwork.resume(account, outage) {
        tracing::info!(
            since,
            until,
            "Chatwork accepts the token again: delivery resumed"
        );
        relay.connection_changed();
    }
    Ok(())
}

/// Forgets the token.
pub(crate) async fn disconnect(relay: &AppState) -> ApiResult<()> {
    let _alone = relay.connecting.lock().await;
    let mut write = relay.store.begin().await?;
    write.forget_connection().await?;
    let stopped = Event::Chatwork { delivering: false };
    write.notice(None, &stopped, relay.clock.now()).await?;
    write.commit().await?;
    relay.chatwork.set_account(None);
    relay.connection_changed();
    Ok(())
}

/// Takes up the connection as another relay left it.
pub(crate) async fn reload(relay: &AppState) -> Result<(), ConnectionError> {
    let _alone = relay.connecting.lock().await;
    let kept = load_account(&relay.store, &relay.cipher).await?;
    let state = |account: &Account| (account.since, account.refused, account.outage);
    if kept.as_ref().map(state) != relay.chatwork.account().as_deref().map(state) {
        relay.chatwork.set_account(kept);
        relay.store.outbox_wakeup().notify_one();
    }
    Ok(())
}

/// The account that was connected before the program started.
pub(crate) async fn load_account(
    store: &Store,
    cipher: &Cipher,
) -> Result<Option<Account>, ConnectionError> {
    let Some(kept) = store.connection().await? else {
        return Ok(None);
    };
    let opened = cipher.decrypt(&kept.sealed_token, TOKEN_CONTEXT)?;
    let text = std::str::from_utf8(&opened).map_err(|_| EncryptionError::CannotOpen)?;
    let token = Token::read(text.to_owned()).map_err(|_| EncryptionError::CannotOpen)?;
    Ok(Some(Account {
        token,
        bot: kept.bot,
        since: kept.since,
        refused: kept.refused,
        outage: kept.outage,
    }))
}
