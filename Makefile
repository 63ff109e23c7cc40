# Praxis. `make` alone lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PY ?= python3
PORT ?= 5000
VENV ?= .venv
UV_VERSION := 0.13.9
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes
# Tests share the processors; one that kills processes must not wait for another.
JOBS ?= 2
# Tests start hundreds of processes; some machines forbid Python to keep what it compiled, and each would do it again.
unexport PYTHONDONTWRITEBYTECODE
# Of the speed benchmark.
RECORDS ?= 10000
FOLDER ?= var/bench

.PHONY: help setup setup-dev run check test test-whoosh2 format torture malformed bench-search-quality bench-search-speed bench-site lock clean

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-22s %s\n", $$1, $$2}'

setup: $(VENV)/.stamp ## Make the environment with the kb command
setup-dev: $(VENV)/.stamp-dev ## The same with everything that tests need

$(BIN)/uv:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Praxis needs Python 3.11 or later."; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments: sudo apt-get install -y python3-venv"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PY) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.stamp: requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Installing what the lock file names …"
	@$(UV) -r requirements.lock
	@printf '#!%s\nimport sys\n\nsys.path.insert(0, "%s")\nfrom kb.__main__ import main\n\nmain()\n' "$(abspath $(BIN)/python)" "$(CURDIR)" > $(BIN)/kb
	@chmod +x $(BIN)/kb
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp
	@echo "Installing what the tests need …"
	@$(UV) -r requirements-dev.lock
	@touch $@

run: setup ## Set up, build what is missing, and serve (make run PORT=8080 for another port)
	@$(BIN)/kb serve --port $(PORT)

check: setup-dev ## The fast gate: style, types, layers, messages, content, fast tests
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet kb/web/templates
	@$(BIN)/kb messages check
	@$(BIN)/kb content check
	@$(BIN)/kb content format --check
	@! grep -nE 'https?://|find-links|index-url' requirements*.lock
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not slow"

test: setup-dev ## Every test, in the browser and with a second search library too
	@$(BIN)/python -m pytest -n $(JOBS)
	@$(BIN)/python -m pytest -n $(JOBS) --browser-tests || { \
	  echo "== What failed in the browser, once more: browsers stop answering now and then"; \
	  $(BIN)/python -m pytest --browser-tests --last-failed; }
	@$(MAKE) --no-print-directory test-whoosh2

# The two that take longest ask nothing of Whoosh that the others do not ask.
test-whoosh2: setup-dev ## The search tests once more with the original Whoosh
	@test -e $(VENV)-whoosh2/bin/python || $(BIN)/python -m venv --without-pip $(VENV)-whoosh2
	@VIRTUAL_ENV=$(VENV)-whoosh2 $(BIN)/uv pip install -q --require-hashes -r requirements-whoosh2.lock
	@$(VENV)-whoosh2/bin/python -m pytest -q -n $(JOBS) -W "ignore::SyntaxWarning" -W "ignore:invalid escape sequence:DeprecationWarning" --confcutdir=tests/search -k "not random_texts and not beside_every_other" tests/search

torture: setup-dev ## 1,000 random kills and 1,000 two-editor histories; ends with the number of violations
	@$(BIN)/python benchmarks/torture.py

malformed: setup-dev ## 10,000 malformed inputs into forms and files (INPUTS=500 for fewer); ends with the number of violations
	@$(BIN)/python benchmarks/malformed.py --inputs $(or $(INPUTS),10000)

bench-search-quality: setup-dev ## Judged queries in each language (QUERIES=file.yaml for others, VERBOSE=1 for each answer)
	@$(BIN)/python benchmarks/search_quality.py $(QUERIES) $(if $(VERBOSE),--verbose)

bench-search-speed: setup-dev ## How fast search is (RECORDS=1000, RECORDS=50000; made in FOLDER, var/bench if not given)
	@$(BIN)/python benchmarks/corpus.py make $(FOLDER)/$(RECORDS) --records $(RECORDS)
	@$(BIN)/python benchmarks/search_speed.py $(FOLDER)/$(RECORDS)

bench-site: setup-dev ## How fast pages are made and sent (RECORDS=1000; MOIN=environment with MoinMoin 2); needs wrk
	@$(BIN)/python benchmarks/corpus.py make $(FOLDER)/$(RECORDS) --records $(RECORDS)
	@$(BIN)/python benchmarks/site_speed.py $(FOLDER)/$(RECORDS) $(if $(MOIN),--moin $(MOIN))

format: setup-dev ## Format code, write the generated lines of records
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .
	@$(BIN)/kb content format

lock: setup-dev ## Make the lock files anew from the .in files
	@for name in requirements requirements-dev requirements-whoosh2; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $$name.in -o $$name.lock; done

clean: ## Remove environments and caches; var/ stays
	@rm -rf $(VENV) $(VENV)-whoosh2 .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
