#!/usr/bin/env bash
# Measures the performance budgets, with peers in the same run. PART=relay|answers|streams|search|kiosk|setup runs and
# prints one part; without PART all parts run and tests/bench/RESULTS.md is rewritten. Sizes (BENCH_ROUNDS,
# BENCH_STREAMS, …; see tests/bench) can be reduced to test the harness.
set -euo pipefail
cd "$(dirname "$0")/.."
for part in "$@"; do
  case "$part" in
    relay | answers | streams | search | kiosk | setup) ;;
    *) echo "✗ PART is one or more of relay, answers, streams, search, kiosk, setup (or nothing: all of them)" >&2; exit 2 ;;
  esac
done
bash .make/tools.sh bench
PATH="$(bash .make/tools.sh path):$PATH"
export PATH NO_COLOR=true
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")

make relay
echo "· bench: building in release mode"
cargo build --release --locked -p bench
mkdir -p "$target/bench/data" # in the target folder: on a real disk, which /tmp may not be
echo "· bench: the domain's search alone, built as the kiosk is"
cargo build --profile wasm-release --locked --target wasm32-unknown-unknown -p bench-finder
finder=$target/bench/finder
wasm-bindgen --target web --out-dir "$finder" "$target/wasm32-unknown-unknown/wasm-release/bench_finder.wasm"
features=(bulk-memory nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue) # as in pack.mjs
wasm-opt -Oz "${features[@]/#/--enable-}" --output "$finder/bench_finder_bg.wasm" "$finder/bench_finder_bg.wasm"
export BENCH_FINDER=$finder
export BENCH_OUT="$target/bench" BENCH_DATA="$target/bench/data"
export BENCH_RELAY="$target/release/yobirin-relay" BENCH_LOAD="$target/release/bench"
BENCH_NGINX=$(bash .make/tools.sh nginx)
BENCH_NPM=$(bash .make/tools.sh npm)
export BENCH_NGINX BENCH_NPM BENCH_NODE_PROXY="$PWD/tests/bench/peers/http-proxy.mjs"
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true # each connection uses a file descriptor
exec node tests/bench/run.mjs "$@"
