#!/usr/bin/env bash
# Builds and starts the demo. Its relay is the build without optimisation that the tests use too, which takes a third of
# the time of the release build (`make relay`).
set -euo pipefail
cd "$(dirname "$0")/.."

bash .make/tools.sh rust
if [ ! -d dist ]; then
  # Fresh machine: the relay's libraries compile while the tools are installed and the app is built. This build may
  # fail, because the app inside the relay is not complete yet; its errors are silent, and the build at the end shows
  # those that remain.
  nice cargo build --locked --quiet -p yobirin-relay 2>/dev/null &
  trap 'kill "$!" 2>/dev/null || true' EXIT # cargo may have ended
fi
make app
wait
echo "· demo: building the relay with the app inside"
cargo build --locked -p yobirin-relay
exec "${CARGO_TARGET_DIR:-target}"/debug/yobirin-relay demo
