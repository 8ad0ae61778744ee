#!/usr/bin/env bash
# Runs a command with a temporary PostgreSQL server on a free loopback port, in a temporary folder that is deleted
# afterwards. YOBIRIN_TEST_POSTGRES holds its URL. The system's own cluster is not used.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "✗ There is no PostgreSQL under /usr/lib/postgresql." >&2; exit 1; }

folder=$(mktemp -d)
as=() # prefix that runs a command as another user
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  chown nobody:nogroup "$folder"
fi
server() { (cd "$folder" && HOME=$folder "${as[@]}" "$@"); }
stop() {
  server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true # the server may not have started
  rm -rf "$folder"
}
trap stop EXIT

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && echo "$password" >"$folder/password")
[ ${#as[@]} = 0 ] || chown nobody:nogroup "$folder/password"
server "$bin/initdb" -D "$folder/data" -U yobirin -A scram-sha-256 --pwfile="$folder/password" \
  -E UTF8 --locale=C.UTF-8 >/dev/null

# A random port; if it is taken, another one is tried.
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 12000))
  options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200"
  if server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -o "$options" -w start >/dev/null 2>&1; then
    export YOBIRIN_TEST_POSTGRES="postgres://yobirin:$password@127.0.0.1:$port"
    code=0
    "$@" || code=$?
    exit "$code"
  fi
done
echo "✗ The private PostgreSQL does not start:" >&2
cat "$folder/log" >&2
exit 1
