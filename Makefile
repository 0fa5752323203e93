# `make` sets up and prints the briefing; `make test` runs every check. `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := briefing
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SSSOM := .venv-sssom
GRLC := .venv-grlc
DEALGRAPH := $(BIN)/dealgraph

# To choose an interpreter: make PYTHON=python3.12
PYTHON :=
CANDIDATES := $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14)
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# Seconds that one test may take: a test that hangs is named and ended.
TEST_SECONDS := 300
WORKERS := 2
PYTEST = $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal --timeout $(TEST_SECONDS)

.PHONY: briefing setup test slow sssom grlc build serve check fmt wheel clean help

briefing: $(READY) ## set up, build if needed, print the briefing (the default)
	@$(DEALGRAPH)

setup: $(READY) ## make .venv with everything the project needs

$(READY): pyproject.toml constraints.txt
	@python=; \
	for candidate in $(CANDIDATES); do \
	    if "$$candidate" -c '$(IS_NEW_ENOUGH)' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "dealgraph needs Python 3.11 or later; none of these is: $(CANDIDATES)." >&2; \
	    echo "Install one, or name it: make PYTHON=<its command>" >&2; \
	    exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$python cannot make a virtual environment: its venv module is missing or incomplete." >&2; \
	    echo "Install it (on Debian and Ubuntu: apt-get install python3-venv), then run make again." >&2; \
	    exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$python" --version); the first time takes a minute or two."; \
	"$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

test: $(READY) ## lint, types, canonical files, stored queries, tests
	@echo "ruff check";                $(BIN)/ruff check --quiet .
	@echo "ruff format --check";       $(BIN)/ruff format --quiet --check . || { echo "Run: make fmt" >&2; exit 1; }
	@echo "mypy --strict";             $(BIN)/mypy --strict --no-error-summary src tests
	@echo "dealgraph fmt --check";     $(DEALGRAPH) fmt --check
	@echo "dealgraph queries --check"; $(DEALGRAPH) queries --check
	@echo "pytest";                    $(PYTEST) -m "not slow"

slow: $(READY) ## the few tests that take longer than all they add to the others
	@$(PYTEST) -m slow

sssom: $(SSSOM)/.ready ## set up the sssom library apart, so that `make test` validates the mapping files by it

$(SSSOM)/.ready: constraints-sssom.txt | $(READY)
	@echo "Setting up $(SSSOM) with the sssom library; about 400 MB."
	@$(BIN)/python -m venv --clear $(SSSOM)
	@$(SSSOM)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints-sssom.txt sssom
	@touch $@

grlc: $(GRLC)/.ready ## set up grlc apart, so that `make test` serves the stored queries by it too

$(GRLC)/.ready: constraints-grlc.txt | $(READY)
	@echo "Setting up $(GRLC) with grlc; about 100 MB."
	@$(BIN)/python -m venv --clear $(GRLC)
	@$(GRLC)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints-grlc.txt grlc
	@touch $@

build: $(READY) ## build the snapshot
	@$(DEALGRAPH) build

serve: $(READY) ## serve pages, API and SPARQL endpoint on this machine, until Ctrl-C
	@$(DEALGRAPH) serve

check: $(READY) ## check the graph against the shapes and the queries that must be empty
	@$(DEALGRAPH) check

fmt: $(READY) ## write code and RDF files in their canonical form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(DEALGRAPH) fmt

wheel: $(READY) ## build the source archive and the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

clean: ## remove everything that the other targets made
	@rm -rf $(VENV) $(SSSOM) $(GRLC) .dealgraph dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
