#!/usr/bin/env bash
# Development server: the demo relay serves /api, Trunk rebuilds the chosen part of the app, the kiosk or set-up, on each change.
set -euo pipefail
cd "$(dirname "$0")/.."
face=${1:-kiosk}

# dist-dev, because dist holds the release build that the relay embeds.
mkdir -p dist dist-dev
cargo build -p yobirin-relay
"${CARGO_TARGET_DIR:-target}"/debug/yobirin-relay demo --listen 127.0.0.1:8080 &
relay=$!
trap 'kill "$relay" 2>/dev/null || true' EXIT # the relay may have ended

case "$face" in
  "" | kiosk) trunk serve --offline --dist dist-dev ;;
  setup) trunk serve --offline --dist dist-dev --public-url /setup/ --html-output index.html app/ui/setup.html ;;
  *) echo "FACE is kiosk or setup" >&2; exit 2 ;;
esac
