# Two commands for a newcomer: `make run` and `make test`. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_COMPILE_BYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install run test test-all check tools letters docs encoder reader bench chaos mutants golden screenshots lock clean

install: $(BIN)/rescind

$(BIN)/rescind: requirements.lock pyproject.toml
	@tools/install $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(BIN)/rescind
	@tools/install $(PYTHON) $(VENV) requirements-dev.lock
	@touch $@

run: install
	@$(BIN)/rescind serve

test: $(VENV)/.dev tools
	@tools/check $(BIN)

check: test

# TESTS="tests/worker -x" narrows it
test-all: tools
	@tools/test-all $(TESTS)

tools:
	@tools/debian

bench: $(VENV)/.dev
	@$(BIN)/python tools/bench.py
	@$(BIN)/python -m tools.bench_catalogue
	@$(BIN)/python -m tools.bench_letters
	@$(BIN)/python -m tools.bench_proof
	@$(BIN)/python -m tools.bench_reading
	@$(BIN)/python -W ignore tools/bench_find.py
	@$(BIN)/python -W ignore -m tools.bench_work
	@$(BIN)/python -W ignore -m tools.bench_web

chaos: $(VENV)/.dev
	@$(BIN)/python -W ignore -m tools.chaos
	@$(BIN)/python -W ignore -m tools.kills
	@$(BIN)/python -W ignore -m tools.outage

mutants: $(VENV)/.dev
	@$(BIN)/python tools/mutants.py

golden: $(VENV)/.dev
	@RESCIND_GOLDEN=write $(BIN)/python -m pytest -q --no-cov tests/letters tests/test_golden_verdicts.py

docs: $(VENV)/.dev
	@$(BIN)/python -m tools.reference
	@$(BIN)/python -m tools.law_table
	@$(BIN)/python -m tools.catalogue_pages

# an hour: it needs PyTorch, which nothing else does
encoder: $(VENV)/.dev
	@$(BIN)/python -m tools.encoder

# minutes, the first time: the encoder reads every answer that teaches
reader: $(VENV)/.dev
	@$(BIN)/python -m tools.reader

letters: $(VENV)/.dev
	@$(BIN)/python -m tools.letters

screenshots: $(VENV)/.dev tools
	@$(BIN)/python -m tools.screenshots

lock:
	uv lock
	uv export --frozen --no-emit-project --extra statements --no-annotate --no-header --format requirements-txt > requirements.lock
	uv export --frozen --no-emit-project --all-extras --no-annotate --no-header --format requirements-txt > requirements-dev.lock

clean:
	rm -rf $(VENV) .cache build dist
