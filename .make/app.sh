#!/usr/bin/env bash
# Builds both pages of the app for release and weighs them. Trunk empties its output folder, so the
# kiosk (dist) goes first and set-up (dist/setup) second.
set -euo pipefail
cd "$(dirname "$0")/.."

trunk() {
  command trunk build --release --offline --locked --cargo-profile wasm-release --log warn "$@"
}
echo "· app: building the kiosk"
trunk
echo "· app: building set-up"
trunk --dist dist/setup --public-url /setup/ --html-output index.html app/ui/setup.html
node .make/weigh.mjs dist
