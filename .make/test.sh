#!/usr/bin/env bash
# Runs all tests in order of cost; `test.sh lint|native|e2e` runs one part (native: all tests without a browser).
# Output also goes to target/test.log; the last line counts its tests.
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-all}
target=${CARGO_TARGET_DIR:-target}
export PATH="$(bash .make/tools.sh path):$PATH" NO_COLOR=true
mkdir -p "$target"
log=$target/test.log
skipped=() # messages about tests that could not run
: >"$log"

step() { printf '\n== %s\n' "$1"; }
logged() { "$@" 2>&1 | tee -a "$log"; }
# Runs the end-to-end tests that tests/e2e/engines lists for another engine than Chromium.
run_in_engine() { # name in YOBIRIN_BROWSER, name for people
  local tests
  if ! bash .make/tools.sh "$1"; then
    skipped+=("the end-to-end tests in $2 were SKIPPED: it could not be installed (see above)")
    echo "✗ ${skipped[-1]}" >&2
    return
  fi
  step "end to end in $2"
  mapfile -t tests < <(grep -v '^#' "tests/e2e/engines/$1.txt")
  YOBIRIN_BROWSER=$1 logged cargo test --locked -p e2e-tests --test e2e -- --exact "${tests[@]}"
}
selected() { [ "$part" = all ] || [ "$part" = "$1" ]; }

bash .make/tools.sh tests # installs the tools that tests need

if selected lint; then
  step "format"
  cargo fmt --all --check
  step "lints: relay, domain, simulator, tests"
  cargo clippy --locked --workspace --exclude yobirin-ui --all-targets --quiet -- -D warnings
  step "lints: app"
  cargo clippy --locked -p yobirin-ui --target wasm32-unknown-unknown --quiet -- -D warnings
fi

if selected native; then
  step "domain, contract, simulator, relay, and the app's logic"
  logged cargo test --locked -p yobirin-domain -p yobirin-workbook -p yobirin-api -p chatwork-sim -p yobirin-chatwork -p yobirin-alarm-webhook -p yobirin-demo -p yobirin-store -p yobirin-relay -p relay-tests --no-fail-fast
  logged cargo test --locked -p yobirin-ui --lib
  step "relay on PostgreSQL"
  if bash .make/tools.sh postgres && bash .make/postgres.sh true; then
    logged bash .make/postgres.sh cargo test --locked -p yobirin-store -p yobirin-relay -p relay-tests --no-fail-fast
  elif [ "${YOBIRIN_REQUIRE_POSTGRES:-}" = 1 ]; then
    echo "✗ There is no PostgreSQL to test with, and YOBIRIN_REQUIRE_POSTGRES=1 asks for one." >&2
    exit 1
  else
    skipped+=("the relay's tests on PostgreSQL were SKIPPED: it could not be installed (see above)")
    echo "✗ ${skipped[-1]}" >&2
  fi
fi

if selected e2e; then
  make app
  step "end to end in Chromium"
  cargo build --locked -p yobirin-relay
  # `tools.sh nginx` prints nothing when it has no nginx, and the tests behind it skip themselves.
  [ -n "$(bash .make/tools.sh nginx || true)" ] || skipped+=("the tests behind nginx were SKIPPED: it could not be installed (see above)")
  logged cargo test --locked -p e2e-tests
  run_in_engine webkit WebKitGTK
  run_in_engine firefox Firefox
fi

awk '
  /^test result:/ { for (i = 1; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i-1); if ($i ~ /^failed/) failed += $(i-1); if ($i ~ /^ignored/) ignored += $(i-1) } }
  END { printf "\n%d passed, %d failed, %d ignored\n", passed, failed, ignored }' "$log"
for message in "${skipped[@]}"; do echo "✗ $message" >&2; done
