//! Words for what is wrong with a settings document.
