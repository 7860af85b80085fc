PORT ?= 8501
export PORT PYTHON

PY := .venv/bin/python
# One process more than cores: those that drive a browser mostly wait for it.
PYTEST := $(PY) -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses=5
UV := 0.13.9
ENVIRONMENT = python=$$(sh .ci/python) && "$$python" .ci/environment.py

.DEFAULT_GOAL := help
.PHONY: help run training test test-fast test-full bench lint format lock clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: ## start the dashboard on 127.0.0.1:8501 (PORT= changes it); sets up all it needs the first time
	@$(ENVIRONMENT) requirements.lock
	@if [ -z "$$DATABASE_URL" ]; then $(PY) -m data_access init --with-sample-data || [ -e .data/dashboard.db ]; fi
	@exec $(PY) -m dashboard

training: ## the same over invented records of all kinds, in .data/training.db (made the first time)
	@$(ENVIRONMENT) requirements.lock
	@[ -e .data/training.db ] || $(PY) -m data_access training --out .data/training.db
	@DATABASE_URL="sqlite:///$(CURDIR)/.data/training.db" exec $(PY) -m dashboard

test: ## run the tests in 9 minutes; sets up all they need, a browser and PostgreSQL included (T= names files or options)
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m tests.support.browser
	@$(PYTEST) $(T)

test-fast: ## the part that takes 90 seconds: no browser, no PostgreSQL, nothing slow
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PYTEST) -m "not (browser or postgresql or kill or slow)" $(T)

test-full: ## every case of every test, and other random numbers at each run
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m tests.support.browser
	@TESTS=full $(PYTEST) $(T)

bench: ## measure databases, then pages, and write docs/benchmarks.md (SIZES="100000 10000000")
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m tests.support.browser
	@$(PY) tests/bench.py $(SIZES)
	@$(PY) tests/bench_pages.py

lint: ## check style, formatting and types
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: ## mend style and formatting where that can be done by itself
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock: ## write the lock files anew from requirements.txt and requirements-dev.txt
	@$(ENVIRONMENT) requirements-dev.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(PY) -m uv pip compile $(LOCK) requirements.txt -o requirements.lock
	@$(PY) -m uv pip compile $(LOCK) requirements.txt requirements-dev.txt -c requirements.lock -o requirements-dev.lock

LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-package association-dashboard

clean: ## remove .venv and caches (the database in .data stays)
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
	find dashboard data_access pages tests -name __pycache__ -type d -prune -exec rm -rf {} +
