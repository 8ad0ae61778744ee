//! `reset-password`: access for an admin who has lost the password, or the phone and the recovery codes. Any
//! administrator of the machine may run it, with the relay running or not.

use std::path::{Path, PathBuf};

use thiserror::Error;
use url::Url;
use yobirin_api::Millis;

use crate::crypto::token;
use crate::ops::data_dir::last_url;
use yobirin_store::{CommitListener, Database, Store, StoreError};

/// Lifetime of the link.
const LINK_LIFETIME_MS: Millis = 24 * 3600 * 1000;

/// Error of making the link.
#[derive(Debug, Error)]
pub(crate) enum ResetError {
    #[error("there is no reception desk in {}: no yobirin.db that this user can read", .0.display())]
    Nothing(PathBuf),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Removes the password and, on demand, the second factor; makes a link that sets a new password. Returns the
/// text to print.
pub(crate) async fn reset_password(
    data: &Path,
    database: &Database,
    public_url: Option<&Url>,
    remove_second_factor: bool,
    now: Millis,
) -> Result<String, ResetError> {
    let store = match database {
        Database::Sqlite => {
            let file = data.join("yobirin.db");
            if !file.exists() {
                return Err(ResetError::Nothing(data.to_owned()));
            }
            Store::open_file(&file, "reset", CommitListener::default()).await?
        }
        Database::Postgres(url) => {
            Store::open_postgres(url, "reset", CommitListener::default()).await?
        }
    };
    let link = token::generate();
    let mut transaction = store.begin().await?;
    transaction
        .reset_admin(
            &token::hash(&link),
            now + LINK_LIFETIME_MS,
            remove_second_factor,
        )
        .await?;
    transaction.commit().await?;
    store.close().await;

    let url = public_url.cloned().or_else(|| last_url(data));
    let origin = url.as_ref().map_or("http://127.0.0.1:8080", Url::as_str);
    let origin = origin.trim_end_matches('/');
    let hint = match public_url {
        Some(_) => "",
        None => {
            "\nIf browsers reach the relay at another address, replace the part before /setup with that address."
        }
    };
    let (removed, unchanged) = match remove_second_factor {
        true => ("password, two-factor authentication", ""),
        false => ("password", "two-factor authentication, "),
    };
    Ok(format!(
        "first-run link: {origin}/setup/first-run#link={}\n\
         Open it to choose a new password. It works once, within a day, while the relay runs.{hint}\n\
         The {removed} and the admins' sessions were removed. Everything else stays: {unchanged}settings, tablets, \
         the API token, hosts' links, history.\n",
        link.as_str()
    ))
}
