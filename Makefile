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
# They write many small files; in memory, where there is room (in megabytes), they do not wait for the disk.
ROOM := $(shell test -w /dev/shm && df -Pm /dev/shm | awk 'END { if ($$4 > 3000) print "/dev/shm" }')
check test test-all test-whoosh2: export TMPDIR := $(or $(ROOM),$(TMPDIR),/tmp)
# Of the speed benchmark.
RECORDS ?= 10000
FOLDER ?= var/bench

.PHONY: help setup setup-dev run check check-types check-style check-content check-tests test test-all test-whoosh2 format torture malformed bench-search-quality bench-search-speed bench-site lock clean

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
	@# Nothing needs them any more, and Python brings old ones with known weaknesses.
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip uninstall -q pip $$(test ! -d $(VENV)/lib/python3*/site-packages/setuptools || echo setuptools)

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
	@$(MAKE) --no-print-directory --jobs check-types check-style check-content check-tests

check-types: setup-dev
	@$(BIN)/mypy

check-style: setup-dev
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet kb/web/templates
	@$(BIN)/kb dev modules --long
	@! grep -nE 'https?://|find-links|index-url' requirements*.lock

# What looks at types alone takes longest, on one processor: the others give way to it.
check-tests: setup-dev
	@nice -n 9 $(BIN)/python -m pytest -n $(JOBS) -m "not slow and not long"

check-content: setup ## Messages and records; what passed before and has not changed is not looked at again
	@$(BIN)/kb messages check
	@$(BIN)/kb content check
	@$(BIN)/kb content format --check

test: setup-dev check-content ## Every promise, in the browser and with a second search library too
	@$(BIN)/python -m pytest -n $(JOBS)
	@$(BIN)/python -m pytest -n $(JOBS) --browser-tests || { \
	  echo "== What failed in the browser, once more: browsers stop answering now and then"; \
	  $(BIN)/python -m pytest --browser-tests --last-failed; }
	@$(MAKE) --no-print-directory test-whoosh2

test-all: setup-dev ## What make test does, and what is long or random; before each release, some two hours
	@$(BIN)/kb content check --all
	@KB_TEST_DRAWS=20 $(BIN)/python -m pytest -n $(JOBS) -m "long or not long"
	@$(BIN)/python -m pytest -n $(JOBS) -m "long or not long" --browser-tests
	@$(MAKE) --no-print-directory test-whoosh2 TESTS=tests/search
	@$(MAKE) --no-print-directory torture malformed

# What touches the index; all that is above it knows no Whoosh.
TESTS ?= $(addprefix tests/search/,test_engine.py test_engine_race.py test_engine_merges.py $(addprefix index/test_,array_store.py builder.py posting_buffer.py segment.py segment_decoder.py whoosh_index.py))
test-whoosh2: setup-dev ## The tests of the index once more with the original Whoosh
	@test -e $(VENV)-whoosh2/bin/python || $(BIN)/python -m venv --without-pip $(VENV)-whoosh2
	@VIRTUAL_ENV=$(VENV)-whoosh2 $(BIN)/uv pip install -q --require-hashes -r requirements-whoosh2.lock
	@$(VENV)-whoosh2/bin/python -m pytest -q -n $(JOBS) -W "ignore::SyntaxWarning" -W "ignore:invalid escape sequence:DeprecationWarning" --confcutdir=tests/search $(TESTS)

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

format: setup-dev ## Format code, write the generated lines of records, remember which records pass
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .
	@$(BIN)/kb content format
	@$(BIN)/kb content check --remember

lock: setup-dev ## Make the lock files anew from the .in files
	@for name in requirements requirements-dev requirements-whoosh2; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $$name.in -o $$name.lock; done

clean: ## Remove environments and caches; var/ stays
	@rm -rf $(VENV) $(VENV)-whoosh2 .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
