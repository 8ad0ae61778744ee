//! Files that violate a rule today.

use super::Rule;

/// The list must only shrink: a file that no longer violates its rule fails the test until its entry is removed.
pub(super) const KNOWN_VIOLATIONS: &[(Rule, &str)] = &[];
