//! TLS without a proxy: certificate and key from two files, read at start and again on SIGHUP. New
//! connections use the new certificate.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::RwLock;
use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// Files of certificate and key, in PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// Certificate, followed by the chain to its root.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// Error of loading certificate and key.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The certificate is invalid.
    #[error("--tls-cert {}: {why}", path.display())]
    Cert {
        /// File of the certificate.
        path: PathBuf,
        /// Reason.
        why: String,
    },
    /// The key is invalid.
    #[error("--tls-key {}: {why}", path.display())]
    Key {
        /// File of the key.
        path: PathBuf,
        /// Reason.
        why: String,
    },
    /// Certificate and key do not match, or are of an unsupported kind.
    #[error("--tls-cert and --tls-key cannot be used together: {0}")]
    Pair(#[from] rustls::Error),
}

/// Certificate and key in use.
#[derive(Debug)]
pub(crate) struct Tls {
    files: TlsFiles,
    in_use: RwLock<Arc<LoadedTls>>,
}

/// Certificate and key as loaded.
#[derive(Debug)]
struct LoadedTls {
    config: Arc<ServerConfig>,
    certificate: CertificateDer<'static>,
}

impl Tls {
    pub(crate) fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let in_use = RwLock::new(Arc::new(load_files(&files)?));
        Ok(Self { files, in_use })
    }

    /// Loads the files again. Invalid ones leave the old ones in use.
    pub(crate) fn reload(&self) -> Result<(), TlsError> {
        let loaded = Arc::new(load_files(&self.files)?);
        *self.in_use.write() = loaded;
        Ok(())
    }

    /// Returns the end of the certificate's validity, in milliseconds since 1970.
    pub(crate) fn ends(&self) -> Option<u64> {
        let in_use = self.in_use.read().clone();
        let (_, certificate) = X509Certificate::from_der(&in_use.certificate).ok()?;
        let seconds = u64::try_from(certificate.validity().not_after.timestamp()).ok()?;
        Some(seconds.saturating_mul(1000))
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.in_use.read().config.clone())
    }

    /// True when the certificate is valid for this name or address.
    pub(crate) fn is_for(&self, host: &str) -> bool {
        let in_use = self.in_use.read().clone();
        let parsed = ParsedCertificate::try_from(&in_use.certificate);
        parsed
            .ok()
            .zip(ServerName::try_from(host).ok())
            .is_some_and(|(parsed, name)| verify_server_name(&parsed, &name).is_ok())
    }
}

fn load_files(files: &TlsFiles) -> Result<LoadedTls, TlsError> {
    let bad_cert = |why: String| TlsError::Cert {
        path: files.cert.clone(),
        why,
    };
    let chain = read_chain(&files.cert).map_err(bad_cert)?;
    let bad_key = |why: String| TlsError::Key {
        path: files.key.clone(),
        why,
    };
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|error| bad_key(describe(&error)))?;
    check_private(&files.key).map_err(bad_key)?;
    let certificate = chain.first().cloned().unwrap_or_else(|| Vec::new().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(LoadedTls {
        config: Arc::new(config),
        certificate,
    })
}

/// Fails unless a private key's file is accessible to its owner only. A group may read it when its owner is
/// root, as system packages hand out certificates.
pub(super) fn check_private(path: &Path) -> Result<(), String> {
    let file = std::fs::metadata(path).map_err(|error| error.to_string())?;
    let open = file.mode() & if file.uid() == 0 { 0o037 } else { 0o077 };
    if open == 0 {
        return Ok(());
    }
    Err(format!(
        "other users of this machine may use it (mode {:o}): chmod 600 {}; if somebody may have read it, make \
         another key and certificate",
        file.mode() & 0o777,
        path.display()
    ))
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| describe(&error))?;
    let chain: Result<Vec<_>, _> = certificates.collect();
    let chain = chain.map_err(|error| describe(&error))?;
    if chain.is_empty() {
        return Err("holds no certificate".to_owned());
    }
    Ok(chain)
}

fn describe(error: &rustls::pki_types::pem::Error) -> String {
    use rustls::pki_types::pem::Error;
    match error {
        Error::Io(error) => error.to_string(),
        Error::NoItemsFound => "does not hold the expected PEM block".to_owned(),
        other => format!("is not a PEM file: {other:?}"),
    }
}
