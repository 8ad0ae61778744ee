#!/usr/bin/env bash
# Installs the tools of the build and the tests, each at a fixed version, into a cache of its own. Prints what it
# installs, and does nothing when every tool is there. `tools.sh path` prints the directories for PATH.
set -euo pipefail

TRUNK=0.21.14         # newer ones want a newer rustc
BINDGEN=0.2.130       # the same as in Cargo.toml: the two must agree
BINARYEN=132          # wasm-opt
ESBUILD=0.28.2        # bundles and minifies scripts and styles
AXE=4.14.1            # accessibility tests
GECKODRIVER=0.37.1    # drives Firefox
# Peers of `make bench`.
PEERS=(http-proxy@1.18.1 minisearch@7.2.0 flexsearch@0.8.212 @leeoniya/ufuzzy@1.0.19 fuse.js@7.5.0)
LIGHTHOUSE=12.8.2
home=${YOBIRIN_TOOLS:-$HOME/.cache/yobirin/tools}

say() { printf '· %s\n' "$*" >&2; }
stop() { printf '\n✗ %s\n' "$*" >&2; exit 1; }
# `type -P` looks for programs only: `command -v` would find the functions below, some of which are named like programs.
have() { type -P "$1" >/dev/null; }
export PATH="$home/bin:$home/npm/node_modules/.bin:$PATH"

rust() {
  have cargo || stop "Rust is missing. Install it from https://rustup.rs (1.95 or newer), then run this again."
  have cc || apt_install gcc libc6-dev
}

wasm_target() {
  local sysroot
  sysroot=$(rustc --print sysroot)
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] && return
  have rustup || stop "The wasm32-unknown-unknown target is missing and there is no rustup to add it: install Rust with rustup."
  say "adding Rust's WebAssembly target"
  rustup target add wasm32-unknown-unknown || stop "The wasm32-unknown-unknown target could not be installed; check the network."
}

# A debug build of a tool is made in a third of the time and runs fast enough here. Nobody debugs it, so debug
# information, a quarter of that time, is left out.
cargo_tool() { # name, version, command that prints the version, further arguments
  local name=$1 version=$2 command=$3
  shift 3
  [ -x "$home/bin/$command" ] && "$home/bin/$command" --version 2>/dev/null | grep -qF "$version" && return
  say "installing $name $version (once, a few minutes)"
  CARGO_PROFILE_DEV_DEBUG=none CARGO_TARGET_DIR="$home/build" cargo install "$name" --version "$version" --debug --root "$home" --force "$@" \
    || stop "$name $version could not be installed; check the network."
  rm -rf "$home/build"
}

# axe-core, for the accessibility tests. Binaryen and esbuild are named too, because npm removes packages from a folder
# that the command does not name.
npm_packages_for_tests() {
  [ -f "$home/npm/node_modules/axe-core/axe.min.js" ] && return
  have npm || stop "axe-core comes from npm: install Node.js 20 or newer, then run this again."
  say "installing axe-core $AXE, beside binaryen $BINARYEN and esbuild $ESBUILD"
  npm install --silent --no-audit --no-fund --prefix "$home/npm" "axe-core@$AXE" "binaryen@$BINARYEN" "esbuild@$ESBUILD" >&2 \
    || stop "axe-core $AXE could not be installed; check the network."
}

# Binaryen (wasm-opt) and esbuild, for the app's post-build step. This removes axe-core, which `tests` installs again.
npm_packages_for_app() {
  have wasm-opt && wasm-opt --version 2>/dev/null | grep -qE "version $BINARYEN\b" \
    && have esbuild && [ "$(esbuild --version 2>/dev/null)" = "$ESBUILD" ] && return
  have npm || stop "wasm-opt and esbuild come from npm: install Node.js 20 or newer, then run this again."
  say "installing binaryen $BINARYEN (wasm-opt) and esbuild $ESBUILD"
  npm install --silent --no-audit --no-fund --prefix "$home/npm" "binaryen@$BINARYEN" "esbuild@$ESBUILD" >&2 \
    || stop "binaryen $BINARYEN and esbuild $ESBUILD could not be installed; check the network."
}

apt_install() {
  have apt-get || stop "Please install: $*"
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  say "installing $* (Debian packages)"
  { "${as[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y -qq --no-install-recommends "$@"; } >&2 \
    || stop "Could not install $*; please install them by hand."
}

app() {
  rust
  wasm_target
  # Without --locked, because its lock file names a version that registries do not always serve.
  cargo_tool wasm-bindgen-cli "$BINDGEN" wasm-bindgen
  cargo_tool trunk "$TRUNK" trunk --locked --no-default-features
  npm_packages_for_app
}

browser() {
  have chromium && have chromedriver || apt_install chromium chromium-driver
  if ! fc-list :lang=ja 2>/dev/null | grep -q .; then
    apt_install fonts-noto-cjk fontconfig
  fi
}

# WebKitGTK, the engine nearest to an iPad's, with its driver, an X server for it, and the locales from which it takes its
# language.
webkit() {
  { have WebKitWebDriver && have Xvfb && have localedef && compgen -G "/usr/share/i18n/locales/ja_JP" >/dev/null; } \
    || apt_install webkit2gtk-driver xvfb locales
  local locale
  mkdir -p "$home/locales"
  for locale in ja_JP en_US zh_CN ko_KR vi_VN; do
    [ -d "$home/locales/$locale.UTF-8" ] && continue
    localedef -i "$locale" -f UTF-8 "$home/locales/$locale.UTF-8" || stop "The locale $locale could not be made."
  done
}

# Firefox, and its driver, which Debian does not package and npm's package downloads from elsewhere.
firefox() {
  have firefox || have firefox-esr || apt_install firefox-esr
  have geckodriver || cargo_tool geckodriver "$GECKODRIVER" geckodriver --locked
}

# Installs npm packages into a folder of their own. Arguments: start of the sentence "… from npm", folder, packages.
from_npm() {
  local description=$1 folder=$home/$2
  shift 2
  [ "$(cat "$folder/installed" 2>/dev/null)" = "$*" ] && return
  have npm || stop "$description from npm: install Node.js 20 or newer, then run this again."
  say "installing $*"
  npm install --silent --no-audit --no-fund --prefix "$folder" "$@" >&2 \
    || stop "$* could not be installed; check the network."
  echo "$*" >"$folder/installed"
}

peers() {
  from_npm "What the bench compares with comes" bench "${PEERS[@]}"
}

lighthouse() {
  from_npm "Lighthouse comes" lighthouse "lighthouse@$LIGHTHOUSE"
}

# Unpacks nginx's program from Debian's package; installs no package and starts no service.
nginx() {
  [ -n "$(nginx_program)" ] && return
  have apt-get || stop "Please install nginx: tests run behind it, and the bench measures beside it."
  say "fetching nginx (Debian package, unpacked into $home/nginx)"
  mkdir -p "$home/nginx"
  (cd "$home/nginx" && apt-get download nginx && dpkg-deb -x nginx_*.deb . && rm nginx_*.deb) >&2 \
    || stop "nginx could not be installed; check the network, or install it by hand."
  [ -n "$(nginx_program)" ] || stop "nginx does not run here; please install it by hand."
}

nginx_program() {
  local program
  for program in "$(type -P nginx)" /usr/sbin/nginx "$home/nginx/usr/sbin/nginx"; do
    if [ -n "$program" ] && "$program" -v >/dev/null 2>&1; then
      echo "$program"
      return
    fi
  done
}

# The server's binaries are enough: .make/postgres.sh runs them; no system cluster is needed.
postgres() {
  compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || apt_install postgresql
}

case "${1:-}" in
  path) echo "$home/bin:$home/npm/node_modules/.bin" ;;
  rust) rust ;;
  app) app ;;
  tests) app; browser; npm_packages_for_tests; (nginx) || say "without nginx, the tests behind it are SKIPPED" ;;
  webkit) webkit ;;
  firefox) firefox ;;
  postgres) postgres ;;
  bench) app; browser; peers; nginx ;;
  nginx) nginx; nginx_program ;;
  npm) peers; echo "$home/bench" ;;
  lighthouse) browser; lighthouse; echo "$home/lighthouse" ;;
  *) stop "usage: tools.sh path|rust|app|tests|webkit|firefox|postgres|bench|nginx|npm|lighthouse" ;;
esac
