# Dateline: `make run` serves the archive, `make test` checks it, `make help` lists the rest.

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
PROCESSES ?= 2
PYTHON ?= python3
FILES ?=
SIZES ?=
DEMO ?= 1

# `make run DATA_DIR=/srv/news` keeps database, pages and index there; ARCHIVE_DATA_DIR does the same.
ifdef DATA_DIR
export ARCHIVE_DATA_DIR := $(abspath $(DATA_DIR))
endif

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
SERVING := DJANGO_SETTINGS_MODULE=archive.settings.prod
TESTING := DJANGO_SETTINGS_MODULE=archive.settings.test

.DEFAULT_GOAL := help
.PHONY: help setup run ingest test lint types layers pytest quality bench bench-search setup-dev browser lock

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.base  ## Set everything up in .venv, without starting anything

run: setup  ## Serve the archive at http://127.0.0.1:8000 (PORT=, DATA_DIR=, DEMO=0)
	@$(SERVING) $(MANAGE) prepare --address http://$(HOST):$(PORT)/ $(if $(filter 0,$(DEMO)),--no-demo)
	@exec env $(SERVING) $(BIN)/gunicorn archive.wsgi --bind $(HOST):$(PORT) --workers $(WORKERS) \
		--timeout 120 --graceful-timeout 30 --max-requests 5000 --max-requests-jitter 500 --log-level warning

ingest: setup  ## Take your own pages in: make ingest FILES="folder page.txt"
	@test -n "$(FILES)" || { echo 'Say which pages: make ingest FILES="folder page.txt"'; exit 2; }
	@$(SERVING) $(MANAGE) migrate --verbosity 0
	@$(SERVING) $(MANAGE) ingest $(FILES)

test: setup-dev browser lint types layers pytest  ## Check everything, as CI does

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(TESTING) $(MANAGE) makemigrations --check --dry-run --verbosity 0 || { echo 'A model changed without a migration: run manage.py makemigrations.'; exit 1; }
	@$(SERVING) ARCHIVE_HTTPS=1 ARCHIVE_SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		$(MANAGE) check --deploy --fail-level WARNING

types: setup-dev
	$(BIN)/mypy archive articles

layers: setup-dev
	$(BIN)/lint-imports

pytest: setup-dev browser
	PYTHONDEVMODE=1 $(BIN)/python -m pytest --numprocesses=$(PROCESSES) --dist=worksteal \
		--cov --cov-report=term:skip-covered --durations=10

quality: setup-dev  ## Score cleaning, dating and actors, and fail below the pinned floors
	DATELINE_QUALITY=1 $(TESTING) $(BIN)/python -m pytest tests/quality -q

bench: setup-dev  ## Measure speed; prints JSON lines and tables (two hours; SIZES="2000" for a quick look)
	@for script in benchmarks/bench_*.py; do \
		case $$script in *_search.py|*_pages.py|*_duplicates.py) sizes="$(if $(SIZES),--sizes $(SIZES))" ;; *) sizes= ;; esac; \
		$(TESTING) $(BIN)/python $$script $$sizes || exit 1; done

bench-search: setup-dev  ## Measure searching alone, beside other systems (SIZES=)
	@$(TESTING) $(BIN)/python benchmarks/bench_search.py $(if $(SIZES),--sizes $(SIZES))

setup-dev: $(VENV)/.dev

browser:
	@tools/need_browser

lock: setup-dev  ## Compile the pinned requirements from pyproject.toml anew
	tools/lock

$(VENV)/.python:
	@tools/need_python $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Packages are installed again only when the pinned list changed.
$(VENV)/.base: $(VENV)/.python requirements/base.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
