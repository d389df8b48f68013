# `make demo` and `make test` set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup test demo lint bench picture docs clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd src && ../$(BIN)/lint-imports --config ../pyproject.toml
	$(BIN)/autonomous scan src autonomous.py benchmarks docs

# The layers that decide are covered to 95 % of their lines, or this fails.
COVERED := model stages orchestrator rulebook

test: lint
	$(BIN)/python -m pytest -n 2 $(COVERED:%=--cov=autonomous.%) --cov-fail-under=95 --cov-report=

demo: setup
	fixtures/demo.sh

bench: setup
	$(BIN)/python benchmarks/scan_speed.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist build

picture: setup
	$(BIN)/python docs/picture.py

docs: setup
	$(BIN)/python docs/build.py
