# Unrolled: make run, make test, make explore, make check, make bundles, make bench, make weights, make results, make clean.

PORT ?= 8501
ADDRESS ?= 127.0.0.1
PYTHON ?= $(shell tools/find_python.sh)

venv = .venv/bin
node = $(venv)/python -m tools.node
pip = $(venv)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test explore check bundles bench weights results clean

run: export PORT := $(PORT)
run: export ADDRESS := $(ADDRESS)
run: .venv/installed-app
	@$(venv)/python app.py

test: check
	CHROMIUM="$$($(venv)/python tools/find_browser.py)" && export CHROMIUM && \
	OMP_NUM_THREADS=1 $(venv)/python -m pytest -n 2 --dist worksteal --ignore=tests/browser && \
	OMP_NUM_THREADS=1 $(venv)/python -m pytest -n 2 --dist worksteal tests/browser

explore: .venv/installed-dev
	OMP_NUM_THREADS=1 $(venv)/python -m pytest -n 2 -m hypothesis --hypothesis-profile=explore --ignore=tests/browser

check: .venv/installed-dev node_modules/.package-lock.json
	$(venv)/ruff check .
	$(venv)/ruff format --check .
	$(venv)/mypy visualizer pages app.py benchmarks tools tests
	$(node) eslint .
	$(node) tsc --project .
	$(node) tsc --project tsconfig.strict.json
	$(node) node --test --test-reporter=dot 'tests/**/*.test.js'
	$(venv)/python -m tools.bundle --check

bundles: node_modules/.package-lock.json
	$(venv)/python -m tools.bundle

bench: .venv/installed-dev
	CHROMIUM="$$($(venv)/python tools/find_browser.py)" && export CHROMIUM && \
	$(venv)/python -m benchmarks

weights: .venv/installed-app
	OMP_NUM_THREADS=1 $(venv)/python -m tools.make_weights

results: .venv/installed-dev
	OMP_NUM_THREADS=1 $(venv)/python -m tools.make_results

clean:
	rm -rf .venv node_modules build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@test -n "$(PYTHON)"
	"$(PYTHON)" -m venv .venv

.venv/installed-app: requirements.txt | .venv/bin/python
	@echo 'Installing what the app needs into .venv; this takes some minutes, once.'
	@$(pip) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo 'Installing what the tests need into .venv; this takes some minutes, once.'
	@$(pip) -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .venv/installed-dev
	@$(node) npm ci --silent
	@touch $@
