//! Bearer token that allows reading `/metrics` from other machines.

use std::str::FromStr;

use thiserror::Error;

use crate::crypto::token;

/// Minimum length of a token.
const MIN_TOKEN_CHARS: usize = 16;

/// Token, of which only the hash is held, so that it cannot be printed.
#[derive(Clone, Debug)]
pub struct MetricsToken(String);

/// Error of parsing a token.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("use at least {MIN_TOKEN_CHARS} letters, digits or punctuation marks, without spaces")]
pub struct BadMetricsToken;

impl FromStr for MetricsToken {
    type Err = BadMetricsToken;
    fn from_str(text: &str) -> Result<Self, BadMetricsToken> {
        let fits = text.len() >= MIN_TOKEN_CHARS && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(token::hash(text))).ok_or(BadMetricsToken)
    }
}

impl MetricsToken {
    /// True when this is the token.
    pub(crate) fn is_valid(&self, token: &str) -> bool {
        token::verify(token, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_is_accepted() {
        let token: MetricsToken = "0123456789abcdef".parse().unwrap();
        assert!(token.is_valid("0123456789abcdef") && !token.is_valid("0123456789abcdeF"));
        assert!(!format!("{token:?}").contains("0123456789abcdef"));
        for bad in ["", "short", "0123456789 abcdef"] {
            assert!(bad.parse::<MetricsToken>().is_err(), "{bad:?}");
        }
    }
}
