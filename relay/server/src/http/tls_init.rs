//! `tls-init`: creates a certificate authority and a certificate, for an office whose tablets reach the relay
//! under a name that no public authority certifies.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tempfile::NamedTempFile;
use thiserror::Error;
use yobirin_api::Millis;

use super::tls::check_private;
use crate::ops::data_dir::create_private_folder;

/// Validity of the authority: ten years.
const AUTHORITY_DAYS: u32 = 3650;
/// Validity of a certificate. Apple refuses more than 825 days.
const CERTIFICATE_DAYS: u32 = 820;
/// Days by which the clocks of tablets may be behind.
const CLOCK_SKEW_DAYS: u32 = 2;
/// Names permitted beside those of the authority. A type of name (DNS, IPv4, IPv6) without a permitted name
/// would not be constrained at all.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Error of creating the certificate.
#[derive(Debug, Error)]
pub(crate) enum InitError {
    #[error("cannot write the certificate: {0}")]
    Io(#[from] io::Error),
    #[error(
        "{0}; this is the key of the authority that the tablets trust: put it back, or move ca.pem away to \
         start with a new authority"
    )]
    MissingKey(io::Error),
    #[error("{}: {why}", path.display())]
    ExposedKey { path: PathBuf, why: String },
    #[error(
        "the authority in {} cannot make a certificate for {host}: it is only for the names and addresses that it was \
         made with. Move ca.pem and ca.key away, run this again with all names and addresses, and install the new \
         ca.pem on the tablets ({why})",
        path.display()
    )]
    OtherHost {
        path: PathBuf,
        host: String,
        why: String,
    },
    #[error("failed to create a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// Creates `ca.pem`, `ca.key`, `cert.pem` and `key.pem` for these names and addresses. An existing authority
/// is kept, so that tablets go on trusting it. Returns the next steps as text.
pub(crate) fn init(hosts: &[String], folder: &Path, now: Millis) -> Result<String, InitError> {
    create_private_folder(folder)?;
    let (issuer, is_new) = load_or_create_authority(hosts, folder, now)?;
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(hosts)?;
    let first = hosts.first().map_or("", String::as_str);
    params.distinguished_name.push(DnType::CommonName, first);
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    set_validity(&mut params, CERTIFICATE_DAYS, now);
    let cert = params.signed_by(&key, &issuer)?;
    let path = folder.join("ca.pem");
    for host in hosts {
        check_trusted(host, cert.der(), &path, now).map_err(|why| InitError::OtherHost {
            path: path.clone(),
            host: hosts.join(", "),
            why: why.to_string(),
        })?;
    }
    write_private(folder, "cert.pem", &cert.pem())?;
    write_private(folder, "key.pem", &key.serialize_pem())?;
    Ok(next_steps(hosts, folder, is_new))
}

/// Returns the constraint to these names and addresses: a thief of the authority's key cannot pose as other
/// sites.
fn name_constraints(hosts: &[String]) -> NameConstraints {
    let subtree = |host: &str| match host.parse::<IpAddr>() {
        Ok(address) => {
            let bits = if address.is_ipv6() { 128 } else { 32 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(host.to_owned()),
    };
    let hosts = hosts.iter().map(String::as_str);
    NameConstraints {
        permitted_subtrees: hosts.chain(LOCAL_NAMES).map(subtree).collect(),
        excluded_subtrees: Vec::new(),
    }
}

/// Verifies the certificate as a tablet does that trusts the authority.
fn check_trusted(
    host: &str,
    cert: &CertificateDer<'_>,
    authority: &Path,
    now: Millis,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), provider).build()?;
    let (name, now) = (ServerName::try_from(host)?, Duration::from_millis(now));
    verifier.verify_server_cert(cert, &[], &name, &[], UnixTime::since_unix_epoch(now))?;
    Ok(())
}

/// Loads the certificate authority of the folder, or creates it; true when it is new.
fn load_or_create_authority(
    hosts: &[String],
    folder: &Path,
    now: Millis,
) -> Result<(Issuer<'static, KeyPair>, bool), InitError> {
    let mut params = CertificateParams::default();
    let name = "Yobirin, this office's own certificate authority";
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints = Some(name_constraints(hosts));
    set_validity(&mut params, AUTHORITY_DAYS, now);
    if folder.join("ca.pem").exists() {
        let path = folder.join("ca.key");
        let stored = fs_err::read_to_string(&path).map_err(InitError::MissingKey)?;
        check_private(&path).map_err(|why| InitError::ExposedKey { path, why })?;
        // `params` has the name of the stored authority; name and key are all that signing needs.
        return Ok((Issuer::new(params, KeyPair::from_pem(&stored)?), false));
    }
    let key = KeyPair::generate()?;
    write_private(folder, "ca.key", &key.serialize_pem())?;
    write_private(folder, "ca.pem", &params.self_signed(&key)?.pem())?;
    Ok((Issuer::new(params, key), true))
}

fn set_validity(params: &mut CertificateParams, days: u32, now: Millis) {
    let day = Duration::from_secs(24 * 3600);
    let now = date_time_ymd(1970, 1, 1) + Duration::from_millis(now);
    params.not_before = now - day * CLOCK_SKEW_DAYS;
    params.not_after = now + day * days;
}

/// Writes a private file atomically.
fn write_private(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))?;
    Ok(())
}

fn next_steps(hosts: &[String], folder: &Path, is_new: bool) -> String {
    let all = hosts.join(", ");
    let url = match hosts.first().map_or("", String::as_str) {
        address if address.parse::<Ipv6Addr>().is_ok() => format!("https://[{address}]:PORT"),
        name => format!("https://{name}:PORT"),
    };
    let folder = folder.display();
    let authority = if is_new {
        format!(
            "made a certificate authority and a certificate for {all} in {folder}\n\n\
             1. Install {folder}/ca.pem on every tablet and admin's computer as a trusted authority:\n   \
             iPad: send it there, Settings > General > VPN & Device Management > install, then\n   \
             General > About > Certificate Trust Settings > switch it on.\n   \
             Android: Settings > Security > Encryption & credentials > Install a certificate > CA.\n   \
             Windows, macOS: open it, add it to the trusted root authorities.\n\
             2. Keep {folder}/ca.key to yourself: whoever has it can pose as {all} to those tablets.\n"
        )
    } else {
        format!(
            "made a new certificate for {all} in {folder}\n\n\
             1. Tablets that trust {folder}/ca.pem need nothing.\n\
             2. A running relay takes it at once when told: kill -HUP its process.\n"
        )
    };
    format!(
        "{authority}3. Start the relay with\n   \
         --tls-cert {folder}/cert.pem --tls-key {folder}/key.pem --public-url {url}\n\
         4. Do this again within {CERTIFICATE_DAYS} days, before the certificate ends.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_790_000_000_000;
    const DAY: Millis = 24 * 3_600_000;

    /// True when tablets trust a certificate that a thief of the authority's key has made.
    fn is_trusted(made_for: &[&str], forged: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let hosts: Vec<String> = made_for.iter().map(ToString::to_string).collect();
        init(&hosts, folder.path(), NOW).unwrap();
        let (issuer, _) = load_or_create_authority(&hosts, folder.path(), NOW).unwrap();
        let mut params = CertificateParams::new([forged.to_owned()]).unwrap();
        set_validity(&mut params, 1, NOW);
        let cert = params.signed_by(&KeyPair::generate().unwrap(), &issuer);
        let ca = folder.path().join("ca.pem");
        check_trusted(forged, cert.unwrap().der(), &ca, NOW).is_ok()
    }

    #[test]
    fn the_end_of_a_certificate_is_known_to_the_relay_that_uses_it() {
        use crate::http::tls::{Tls, TlsFiles};
        let folder = tempfile::tempdir().unwrap();
        init(&["reception.local".to_owned()], folder.path(), NOW).unwrap();
        let tls = Tls::load(TlsFiles {
            cert: folder.path().join("cert.pem"),
            key: folder.path().join("key.pem"),
        });
        let end = NOW + u64::from(CERTIFICATE_DAYS) * DAY;
        assert_eq!(tls.unwrap().ends(), Some(end));
    }

    #[test]
    fn an_authority_is_constrained_to_its_names() {
        let names = ["reception.local", "192.168.1.5", "2001:db8::5"];
        for permitted in names {
            assert!(is_trusted(&names, permitted), "{permitted}");
            assert!(is_trusted(&[permitted], permitted), "{permitted}");
        }
        for foreign in ["evil.example", "local", "192.168.1.6", "2001:db8::6"] {
            assert!(!is_trusted(&names, foreign), "{foreign}");
            for made_for in names {
                assert!(
                    !is_trusted(&[made_for], foreign),
                    "{foreign} by one for {made_for}"
                );
            }
        }
    }
}
