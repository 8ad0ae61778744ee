#!/usr/bin/env bash
# Builds both pages of the app for release and checks their size. Trunk empties its output folder, so the
# kiosk (dist) goes first and set-up (dist/setup) second.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "· app: compiling both pages"
# Linking a page takes a minute on one core, so one cargo run links both pages in parallel. Trunk reuses the result.
cargo build --locked --profile wasm-release --target wasm32-unknown-unknown --manifest-path app/ui/Cargo.toml --bins

trunk() {
  command trunk build --release --offline --locked --cargo-profile wasm-release --log warn "$@"
}
echo "· app: building the kiosk"
trunk
echo "· app: building set-up"
trunk --dist dist/setup --public-url /setup/ --html-output index.html app/ui/setup.html
node .make/weigh.mjs dist
