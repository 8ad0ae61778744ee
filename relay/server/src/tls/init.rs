//! `tls-init`: a certificate authority of one's own and a certificate by it, for an office whose
//! tablets reach the relay under a name that no public authority certifies.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use thiserror::Error;
use yobirin_api::Millis;

/// The authority is good for ten years.
const AUTHORITY_DAYS: u64 = 3650;
/// Apple refuses certificates for longer than 825 days.
const CERTIFICATE_DAYS: u64 = 820;
/// How far the clocks of tablets may be behind.
const LATE_CLOCKS: u64 = 2;

/// Why there is no certificate.
#[derive(Debug, Error)]
pub(crate) enum InitError {
    #[error("cannot write {}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(
        "{} cannot be read: {source}; it belongs to the authority that the tablets trust: put it back, or \
         move ca.pem away to begin with a new authority",
        path.display()
    )]
    NoKey {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("no certificate can be made: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// Makes `ca.pem`, `ca.key`, `cert.pem` and `key.pem` in this folder. An authority that is there
/// already stays, so that tablets which trust it go on trusting. Returns what to do next, in words.
pub(crate) fn init(host: &str, folder: &Path, now: Millis) -> Result<String, InitError> {
    let failed = |source| InitError::Io {
        path: folder.to_owned(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(failed)?;
    let (issuer, is_new) = authority(folder, now)?;
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    params.distinguished_name.push(DnType::CommonName, host);
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    valid_for(&mut params, CERTIFICATE_DAYS, now);
    let cert = params.signed_by(&key, &issuer)?;
    write(folder, "cert.pem", &cert.pem())?;
    write(folder, "key.pem", &key.serialize_pem())?;
    Ok(next_steps(host, folder, is_new))
}

fn authority(folder: &Path, now: Millis) -> Result<(Issuer<'static, KeyPair>, bool), InitError> {
    let mut params = CertificateParams::default();
    let name = "Yobirin, this office's own certificate authority";
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_for(&mut params, AUTHORITY_DAYS, now);
    if folder.join("ca.pem").exists() {
        let path = folder.join("ca.key");
        let kept = std::fs::read_to_string(&path);
        let kept = kept.map_err(|source| InitError::NoKey { path, source })?;
        // An issuer is its name and its key; both are those of the first time.
        return Ok((Issuer::new(params, KeyPair::from_pem(&kept)?), false));
    }
    let key = KeyPair::generate()?;
    write(folder, "ca.key", &key.serialize_pem())?;
    write(folder, "ca.pem", &params.self_signed(&key)?.pem())?;
    Ok((Issuer::new(params, key), true))
}

fn valid_for(params: &mut CertificateParams, days: u64, now: Millis) {
    let day = Duration::from_secs(24 * 3600);
    let now = date_time_ymd(1970, 1, 1) + Duration::from_millis(now);
    params.not_before = now - day * u32::try_from(LATE_CLOCKS).unwrap_or_default();
    params.not_after = now + day * u32::try_from(days).unwrap_or_default();
}

/// Writes a file that nobody else may read, whole or not at all.
fn write(folder: &Path, name: &str, text: &str) -> Result<(), InitError> {
    let (path, fresh) = (folder.join(name), folder.join(format!("{name}.new")));
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
        })
        .and_then(|()| std::fs::rename(&fresh, &path));
    written.map_err(|source| InitError::Io { path, source })
}

fn next_steps(host: &str, folder: &Path, is_new: bool) -> String {
    let folder = folder.display();
    let authority = if is_new {
        format!(
            "made a certificate authority and a certificate for {host} in {folder}\n\n\
             1. Install {folder}/ca.pem on every tablet and admin's computer as a trusted authority:\n   \
             iPad: send it there, Settings > General > VPN & Device Management > install, then\n   \
             General > About > Certificate Trust Settings > switch it on.\n   \
             Android: Settings > Security > Encryption & credentials > Install a certificate > CA.\n   \
             Windows, macOS: open it, add it to the trusted root authorities.\n\
             2. Keep {folder}/ca.key to yourself: whoever has it can pose as any site to those tablets.\n"
        )
    } else {
        format!(
            "made a new certificate for {host} in {folder}\n\n\
             1. Tablets that trust {folder}/ca.pem need nothing.\n\
             2. A running relay takes it at once when told: kill -HUP its process.\n"
        )
    };
    format!(
        "{authority}3. Start the relay with\n   \
         --tls-cert {folder}/cert.pem --tls-key {folder}/key.pem --public-url https://{host}:PORT\n\
         4. Do this again within {CERTIFICATE_DAYS} days, before the certificate ends.\n"
    )
}
