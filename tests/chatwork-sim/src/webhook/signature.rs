//! Signature of a webhook's body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Header with the signature, as Chatwork writes it; the query has it as `chatwork_webhook_signature`.
pub const WEBHOOK_SIGNATURE_HEADER: &str = "X-ChatWorkWebhookSignature";

/// Signature of a webhook's body: HMAC-SHA256 over the raw body with the decoded token, in base64. `None`
/// for a token that is not base64.
#[must_use]
pub fn webhook_signature(token: &str, body: &[u8]) -> Option<String> {
    let key = STANDARD.decode(token).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(body);
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genuine_event_of_chatwork_has_the_signature_that_it_came_with() {
        let token = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
        let body = r#"{"webhook_setting_id":"581","webhook_event_type":"mention_to_me","webhook_event_time":1516629767,"webhook_event":{"from_account_id":2861671,"to_account_id":2739132,"room_id":93207172,"message_id":"1007287971738591232","body":"[rp aid=2739132 to=93207172-1007287785163345920] sue445\ntest","send_time":1516629766,"update_time":0}}"#;
        assert_eq!(
            webhook_signature(token, body.as_bytes()).as_deref(),
            Some("NTIUzbXiwLvM7C/MT3Kd75Lw1w2N5tyWtcEieKiqhY0=")
        );
        assert_eq!(webhook_signature("no base64!", b""), None);
    }
}
