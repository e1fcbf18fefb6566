# Every target works from a fresh clone; the first one that needs it creates .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help run test coverage lint format accuracy fit bench harm wheels docs clean

help:  ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: $(VENV)/.installed  ## The main job: the table of the seeds, out.csv
	$(BIN)/extract seeds/ --csv out.csv

test: $(VENV)/.developed  ## Run all tests and doctests
	$(BIN)/python -m pytest -q

# Tests of how cost grows take long under the tracer and reach no line that others do not. A test that fails is
# the matter of make test.
coverage: $(VENV)/.developed  ## Show which lines and branches the tests do not reach
	$(BIN)/coverage erase
	-$(BIN)/coverage run -m pytest -q --ignore tests/whole/test_hard_patterns.py -k 'not grows'
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

lint: $(VENV)/.developed  ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.developed  ## Put the code into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(VENV)/.developed  ## Score the tables of the seeds and of the articles held out against their annotations
	$(BIN)/python -m tests.support.scorer
	mkdir -p build
	$(BIN)/extract tests/heldout/texts --quiet --csv build/heldout.csv
	$(BIN)/python -m tests.support.scorer build/heldout.csv --gold tests/heldout/figures

fit: $(VENV)/.developed  ## Fit the weights of context/ anew: make fit FIT='--more DIR'
	$(BIN)/python -m fitting $(FIT)

bench: $(VENV)/.developed  ## Measure speed and memory, beside the peers that are installed
	$(BIN)/python benchmarks/bench.py $(BENCH)

harm: $(VENV)/.developed  ## Kill runs and let them collide, in numbers that no test has time for
	$(BIN)/python benchmarks/harm.py kills 200
	$(BIN)/python benchmarks/harm.py pairs 500

# A wheel for this Python and machine, whose modules that read a sentence are compiled. Needs a C compiler.
wheels: $(VENV)/.developed  ## Build the compiled wheel, build/wheels, compare and test it
	rm -rf build/wheels
	PYTHON=$(BIN)/python .ci/compiled build/wheels

docs: $(VENV)/.developed  ## Build the site of the documentation, build/site, and check its links
	$(BIN)/python -m tests.support.site

clean:  ## Remove the environment, caches and output
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* out.*

$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2) and "Python 3.11.2 or later is needed, set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install -q --editable .
	touch $@

$(VENV)/.developed: $(VENV)/.created pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install -q --editable '.[dev]'
	touch $@
