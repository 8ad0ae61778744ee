//! Credentials that a demo prints. They are valid while it runs.

use yobirin_domain::model::id::DeviceId;
use yobirin_domain::typed_code;

use crate::crypto::token;

/// Reusable link and pairing code of a demo.
#[derive(Clone, Debug)]
pub(crate) struct DemoCredentials {
    /// Hash of the secret of the set-up link.
    pub link_hash: String,
    /// Pairing code of the kiosk link.
    pub code: String,
    /// Tablet of the kiosk link.
    pub device: DeviceId,
}

impl DemoCredentials {
    /// True when this is the secret of the set-up link.
    pub(crate) fn opens(&self, link: &str) -> bool {
        token::verify(link, &self.link_hash)
    }

    /// Returns the tablet of the kiosk link, if the code is right.
    pub(crate) fn device_of(&self, plain_code: &str) -> Option<DeviceId> {
        (typed_code::normalize(&self.code) == plain_code).then(|| self.device.clone())
    }
}
