//! Chatwork's webhook: the check of an event's signature, and the room of a mention. The facts are in the
//! [crate's documentation](crate).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;
use yobirin_domain::model::id::RoomId;

/// Request header with the signature of an event.
pub const WEBHOOK_SIGNATURE_HEADER: &str = "x-chatworkwebhooksignature";

/// Lengths of an accepted key, in bytes. Chatwork's keys have 32; a key of less than half of that could be guessed.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 16..=64;

/// Starts a signature with the key of a webhook token.
fn mac(token: &str) -> Option<Hmac<Sha256>> {
    let key = STANDARD.decode(token).ok()?;
    let key = Some(key).filter(|key| KEY_BYTES.contains(&key.len()))?;
    Hmac::new_from_slice(&key).ok()
}

/// True for a webhook token as Chatwork shows it: a key in base64.
pub fn is_webhook_token(token: &str) -> bool {
    mac(token).is_some()
}

/// True when the signature, as the header holds it, is that of the raw body; false when it is not base64. Compares in
/// constant time.
pub fn is_signed(token: &str, body: &[u8], signature: &str) -> bool {
    let signature = STANDARD.decode(signature).unwrap_or_default();
    mac(token).is_some_and(|mac| mac.chain_update(body).verify_slice(&signature).is_ok())
}

/// Returns the room in which somebody mentions the account of the webhook or replies to it; `None` for every other event.
pub fn mentioned_in(body: &[u8]) -> Option<RoomId> {
    #[derive(Deserialize)]
    struct WireEvent {
        webhook_event_type: String,
        webhook_event: WireMention,
    }
    #[derive(Deserialize)]
    struct WireMention {
        room_id: RoomId,
    }
    let event: WireEvent = serde_json::from_slice(body).ok()?;
    (event.webhook_event_type == "mention_to_me").then_some(event.webhook_event.room_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
    const SIGNATURE: &str = "NTIUzbXiwLvM7C/MT3Kd75Lw1w2N5tyWtcEieKiqhY0=";
    /// A genuine event of Chatwork.
    const BODY: &str = r#"{"webhook_setting_id":"581","webhook_event_type":"mention_to_me","webhook_event_time":1516629767,"webhook_event":{"from_account_id":2861671,"to_account_id":2739132,"room_id":93207172,"message_id":"1007287971738591232","body":"[rp aid=2739132 to=93207172-1007287785163345920] sue445\ntest","send_time":1516629766,"update_time":0}}"#;

    #[test]
    fn an_event_is_accepted_with_its_own_signature_only() {
        assert!(is_signed(TOKEN, BODY.as_bytes(), SIGNATURE));
        let longer = format!("{BODY} ");
        assert!(!is_signed(TOKEN, longer.as_bytes(), SIGNATURE));
        let cut = &SIGNATURE[..40];
        for wrong in ["", "AAAA", "no base64!", cut, &SIGNATURE.to_lowercase()] {
            assert!(!is_signed(TOKEN, BODY.as_bytes(), wrong), "{wrong:?}");
        }
        let other = "AAAAAAAAAAAAAAAAAAAAAA==";
        assert!(is_webhook_token(other) && !is_signed(other, BODY.as_bytes(), SIGNATURE));
    }

    #[test]
    fn a_token_that_is_no_key_is_refused() {
        assert!(is_webhook_token(TOKEN));
        for bad in ["", "c0ffee", "no base64!", "AAAA", &"A".repeat(400)] {
            assert!(!is_webhook_token(bad), "{bad:?}");
        }
    }

    #[test]
    fn only_a_mention_has_a_room() {
        let room = mentioned_in(BODY.as_bytes());
        assert_eq!(room, Some(93_207_172.try_into().unwrap()));
        let created = BODY.replace("mention_to_me", "message_created");
        let without_room = BODY.replace("93207172,", "0,");
        for other in [created.as_str(), &without_room, "{}", "[]", "", "\u{0}"] {
            assert_eq!(mentioned_in(other.as_bytes()), None, "{other:?}");
        }
    }
}
