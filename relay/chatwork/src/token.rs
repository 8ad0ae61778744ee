//! Chatwork's API token, as a type that cannot be printed. Not `secrecy`'s, because a token is also checked for the
//! characters that a header may have.

use std::fmt;

use reqwest::header::HeaderValue;
use thiserror::Error;
use zeroize::Zeroizing;

/// Longest accepted token. Chatwork's have 32 characters (reported by clients).
const MAX_TOKEN_CHARS: usize = 200;

/// An API token. It is wiped from memory when dropped and shows as `Token(…)`.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// Error of parsing a token.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a token has at most {MAX_TOKEN_CHARS} letters and digits, and no spaces")]
pub struct InvalidToken;

impl Token {
    /// Parses a token as an admin enters it; surrounding whitespace is removed.
    pub fn parse(text: String) -> Result<Self, InvalidToken> {
        let text = Zeroizing::new(text);
        let trimmed = text.trim();
        // More than Chatwork's tokens contain today, but nothing that a header cannot carry.
        let is_plain = trimmed.bytes().all(|b| b.is_ascii_graphic());
        if is_plain && (1..=MAX_TOKEN_CHARS).contains(&trimmed.len()) {
            Ok(Self(Zeroizing::new(trimmed.to_owned())))
        } else {
            Err(InvalidToken)
        }
    }

    /// Returns the token itself, to be encrypted.
    pub fn reveal(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Returns the value of `x-chatworktoken`, marked as sensitive so that it is not logged.
    pub(super) fn header(&self) -> HeaderValue {
        // Every parsed token is a valid header value.
        let mut value =
            HeaderValue::from_str(&self.0).unwrap_or_else(|_| HeaderValue::from_static("unusable"));
        value.set_sensitive(true);
        value
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_printed() {
        let token = Token::parse("c0ffee5a3b7d19e2f4486ab0d1c25e97".to_owned()).unwrap();
        assert!(!format!("{token:?} {:?}", token.header()).contains("c0ffee"));
    }

    #[test]
    fn an_invalid_token_is_refused() {
        assert_eq!(Token::parse(" abc \n".to_owned()).unwrap().reveal(), b"abc");
        for bad in [
            "",
            "  ",
            "a b",
            "日本語",
            "a\nb",
            &"x".repeat(MAX_TOKEN_CHARS + 1),
        ] {
            assert!(
                Token::parse(bad.to_owned()).is_err(),
                "{bad:?} should be refused"
            );
        }
    }
}
