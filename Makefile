# Consult: `make demo` sets everything up, loads a lived-in town and serves it; `make test` runs all tests.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data/demo
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup develop demo test check format messages bench clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(VENV)/.installed  ## install what running needs, locked by hash

$(VENV)/.installed: deploy/requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

develop: $(VENV)/.developed  ## install what testing needs besides

$(VENV)/.developed: deploy/requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies for development…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.installed

demo: setup  ## load the demo town (once) and serve it on http://127.0.0.1:8000 (PORT=, DATA=, DATABASE_URL=)
	@CONSULT_DEMO=1 CONSULT_DATA="$(DATA)" CONSULT_BASE_URL="http://127.0.0.1:$(PORT)" $(BIN)/consult demo
	@CONSULT_DEMO=1 CONSULT_DATA="$(DATA)" CONSULT_BASE_URL="http://127.0.0.1:$(PORT)" exec $(BIN)/consult serve --port $(PORT)

test: develop  ## run all tests, in parallel, on both databases (SLOW=1 adds crash, load and browser-matrix tests)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal -q $(T)

check: develop  ## format, lint, types, import layers, templates, catalogues, policies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint web --lint --quiet
	$(BIN)/python -m tests.catalogues
	$(BIN)/consult policy check

format: develop  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: develop  ## bring the catalogues up to date with the sentences in the code
	$(BIN)/python -m tests.catalogues --update

bench: develop  ## measure, and print a table (ONLY=pages: the pages alone)
	$(BIN)/python -m tests.benchmarks $(ONLY)

clean:  ## remove what was built (never data)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
