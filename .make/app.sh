#!/usr/bin/env bash
# Builds both pages of the app for release and weighs them. Trunk empties its output folder, so the
# kiosk (dist) goes first and set-up (dist/setup) second.
set -euo pipefail
cd "$(dirname "$0")/.."

# With the standard library built for small size, a tablet has less to load: its own is built for
# speed. Cargo calls that unstable, so what fails so is built once more with the usual one.
own=$(bash .make/tools.sh own-std || true)

trunk() {
  local more=()
  [ -z "$own" ] || more=(
    RUSTC_BOOTSTRAP=1
    CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$own"
  )
  env "${more[@]}" trunk build --release --offline --locked --cargo-profile wasm-release --log warn "$@" && return
  [ -n "$own" ] || return 1
  echo "· app: once more, with the standard library that comes with Rust"
  own=
  trunk "$@"
}
echo "· app: building the kiosk"
trunk
echo "· app: building set-up"
trunk --dist dist/setup --public-url /setup/ --html-output index.html app/ui/setup.html
if [ -n "$own" ]; then node .make/weigh.mjs dist; else node .make/weigh.mjs dist --usual-std; fi
