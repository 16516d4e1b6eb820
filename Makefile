# Two commands do everything on a fresh machine: `make demo` and `make test`. Both make .venv and install first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
export PYTHONDONTWRITEBYTECODE :=  # else each of the many programs that tests and benchmarks start compiles Tocsin anew

.PHONY: demo test check bench soak lint types unit clean

$(VENV)/.core: pyproject.toml
	@echo "Installing Tocsin into $(VENV) (needs Python 3.11 or newer; about two minutes, under 1 GB)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.lock --editable '.[dev]'
	@touch $@

demo: $(VENV)/.core
	@$(BIN)/tocsin demo

lint: $(VENV)/.dev
	@echo "ruff: style"; $(BIN)/ruff check src tests benchmarks tools training examples
	@echo "import-linter: data flows one way"; $(BIN)/lint-imports --no-cache > /tmp/tocsin-imports.txt || { cat /tmp/tocsin-imports.txt; exit 1; }

types: $(VENV)/.dev
	@echo "mypy --strict"; $(BIN)/mypy

unit: $(VENV)/.dev
	@echo "pytest: unit tests, cases, properties"; $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

test: lint types unit

bench: $(VENV)/.dev
	@$(BIN)/python benchmarks/speed.py
	@$(BIN)/python benchmarks/web.py

# spaCy, whose speed and trees ours are compared with: where it cannot be had, what needs it says so and is left out
$(VENV)/.compare: $(VENV)/.dev
	@echo "Installing what is compared with"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.lock --editable '.[dev,compare]' \
		&& touch $@ || echo "spaCy cannot be installed here; the comparisons with it are left out"

check: $(VENV)/.compare
	@$(BIN)/python benchmarks/check.py --shared $(SHARED)

soak: $(VENV)/.compare
	@$(BIN)/python benchmarks/soak.py

clean:
	rm -rf $(VENV) build dist demo.html
