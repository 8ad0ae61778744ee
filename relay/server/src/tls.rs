//! https without a proxy: a certificate and its key from two files, read at start and again when the
//! program is told to (SIGHUP). New connections get the new certificate, old ones keep theirs.

mod init;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

pub(crate) use init::init;

/// The two files, in PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate, then those that lead to its root.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why the files are of no use.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The certificate.
    #[error("--tls-cert {}: {why}", path.display())]
    Cert {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The key.
    #[error("--tls-key {}: {why}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The two do not belong together, or are of a kind that TLS does not take.
    #[error("--tls-cert and --tls-key cannot be used together: {0}")]
    Pair(#[from] rustls::Error),
}

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Tls {
    files: TlsFiles,
    config: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    pub(crate) fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let config = RwLock::new(Arc::new(read(&files)?));
        Ok(Self { files, config })
    }

    /// Reads the files again; when they are bad the old ones stay in use.
    pub(crate) fn reload(&self) -> Result<(), TlsError> {
        let config = Arc::new(read(&self.files)?);
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(config.clone())
    }
}

fn read(files: &TlsFiles) -> Result<ServerConfig, TlsError> {
    let bad_cert = |why: String| TlsError::Cert {
        path: files.cert.clone(),
        why,
    };
    let chain = chain(&files.cert).map_err(bad_cert)?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| TlsError::Key {
        path: files.key.clone(),
        why: words(&error),
    })?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| words(&error))?;
    let chain: Result<Vec<_>, _> = certificates.collect();
    let chain = chain.map_err(|error| words(&error))?;
    if chain.is_empty() {
        return Err("holds no certificate".to_owned());
    }
    Ok(chain)
}

fn words(error: &rustls::pki_types::pem::Error) -> String {
    use rustls::pki_types::pem::Error;
    match error {
        Error::Io(error) => error.to_string(),
        Error::NoItemsFound => "holds nothing of the kind (PEM is wanted)".to_owned(),
        other => format!("is no PEM file: {other:?}"),
    }
}
