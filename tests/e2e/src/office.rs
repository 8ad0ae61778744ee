//! The seed's sample office as a settings document, for tests that are not about entering it.
