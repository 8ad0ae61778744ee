#!/usr/bin/env bash
# Long versions of tests that `make test` runs briefly: kills (also while calls are answered and escalate), a backlog, and
# property tests with many cases. Each part, and the whole run, ends with a line of numbers.
#   SOAK_KILLS=1000       kill -9 of the relay under load, on SQLite and again on PostgreSQL
#   SOAK_SEED=…           repeats the kill points of an earlier run
#   BACKLOG=10000         waiting calls at a restart
#   PROPTEST_CASES=20000  cases of each property; five times as many simulated schedules of whole calls, fifty times as many
#                         messages of colleagues' talk
set -euo pipefail
cd "$(dirname "$0")/.."
export SOAK_KILLS=${SOAK_KILLS:-1000} BACKLOG=${BACKLOG:-10000} PROPTEST_CASES=${PROPTEST_CASES:-20000}
export PATH="$(bash .make/tools.sh path):$PATH" NO_COLOR=true
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
log=$target/soak.log
: >"$log"

step() { printf '\n== %s\n' "$1"; }
logged() { "$@" 2>&1 | tee -a "$log"; }
soak() { cargo test --locked -p relay-tests --test relay -- --nocapture --test-threads=1 kills:: backlog::; }

bash .make/tools.sh rust
step "properties: $PROPTEST_CASES cases of each, in release mode (set-up's documents, messages, routes, ids, Chatwork's answers, whole calls)"
logged cargo test --locked --release -p yobirin-domain -p yobirin-chatwork -p yobirin-store -p yobirin-relay --lib -- properties tests::any
properties=$(grep -cE '^test .*properties.* ok$' "$log" || true) # grep fails when it counts none

step "relay on SQLite: $SOAK_KILLS kills (about half a second each), then a restart with $BACKLOG calls waiting"
export -f soak
logged bash -c soak

step "relay on PostgreSQL: the same"
if bash .make/tools.sh postgres && bash .make/postgres.sh true; then
  logged bash .make/postgres.sh bash -c soak
else
  echo "✗ SKIPPED: PostgreSQL could not be installed (see above)" >&2
fi

step "results"
grep -hE '^(kills=|ready after|[0-9]+ delivered)' "$log"
echo "properties=$properties, at least $PROPTEST_CASES cases each: $((properties * PROPTEST_CASES)) executions"
echo "of these, $((PROPTEST_CASES * 5)) schedules of whole calls and $((PROPTEST_CASES * 50)) messages of talk among colleagues"
