# Entry points; `make` alone lists them. Each target installs the tools it needs through .make/tools.sh, which does
# nothing when they are present.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

TOOLS := bash .make/tools.sh
export PATH := $(shell bash .make/tools.sh path):$(PATH)
export NO_COLOR := true

APP_SOURCES := $(shell git ls-files --cached --others --exclude-standard app relay/api style 2>/dev/null) Cargo.toml Cargo.lock Trunk.toml
RELAY_SOURCES := $(shell git ls-files --cached --others --exclude-standard relay tests/chatwork-sim app/domain 2>/dev/null)
PICTURES := tests/e2e/pictures
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help demo dev test soak bench lighthouse app relay screenshots fmt lint clean-app

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

demo: ## Build everything and start the demo: kiosk, set-up and a simulated Chatwork
	@bash .make/demo.sh

app: $(TARGET)/app.stamp ## Build the app (kiosk and set-up) into dist and print its size

# The stamp is valid only while the built app exists.
$(TARGET)/app.stamp: $(APP_SOURCES) $(if $(wildcard dist/setup/index.html),,app-is-missing)
	@$(TOOLS) app
	bash .make/app.sh
	mkdir -p $(TARGET) && touch $@

relay: $(TARGET)/app.stamp ## Build the relay for installation, optimised and with the app inside
	@$(TOOLS) rust
	echo "· relay: building in release mode"
	cargo build --release --locked -p yobirin-relay
	echo "· relay: $(TARGET)/release/yobirin-relay"

dev: ## Development: demo relay on :8080, the kiosk reloads itself on :8081 (FACE=setup for set-up)
	@$(TOOLS) app
	bash .make/dev.sh "$(FACE)"

test: ## Run format check, lints, and the tests of every crate; in Chromium, WebKitGTK and Firefox too
	@bash .make/test.sh

soak: ## Run the long fault tests: SOAK_KILLS=1000, BACKLOG=10000, PROPTEST_CASES=20000
	@bash .make/soak.sh

bench: ## Measure the budgets beside peers, about 18 minutes (PART=relay|answers|streams|search|kiosk|setup for one)
	@bash .make/bench.sh $(PART)

lighthouse: relay ## Run Lighthouse on every page: accessibility must be 100
	@npm=$$($(TOOLS) lighthouse)
	LIGHTHOUSE_NPM=$$npm LIGHTHOUSE_RELAY=$(TARGET)/release/yobirin-relay node tests/lighthouse/run.mjs

screenshots: ## Write a screenshot of every page to target/screenshots, and the README's pictures to tests/e2e/pictures
	@SCREENSHOTS=all bash .make/test.sh e2e
	mkdir -p $(PICTURES)
	cp $(TARGET)/screenshots/kiosk-menu-ja-1024x768-light.png $(PICTURES)/kiosk.png
	cp $(TARGET)/screenshots/setup-button-ja-1280x800-light.png $(PICTURES)/setup.png
	cp $(TARGET)/screenshots/chatwork-notification.png $(PICTURES)/chatwork.png

lint: ## Run format check and lints only
	@bash .make/test.sh lint

fmt: ## Format the code
	cargo fmt --all

.PHONY: app-is-missing
app-is-missing:

clean-app: ## Delete the built app
	rm -rf dist $(TARGET)/app.stamp
