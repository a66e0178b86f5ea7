# make run: the sample review, from agencies' files to drafts. make test: the tests. Needs only make and Python 3.12.
PYTHON ?= python3.12
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := data/samples/harbour
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run setup setup-dev test torture lint score bench scale lock templates pictures clean

run: setup
	@$(BIN)/chronology run $(SAMPLE) || test $$? -eq 1
	@echo "The documents are in $(SAMPLE)/output: working/ (with names), anonymised/ (drafts), restricted/ (the key)."

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/.uv: requirements/setup.txt .python-version
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' || { echo "Python 3.12 is needed: make PYTHON=/path/to/python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/setup.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q timeline extractors anonymise reports pipelines  # the children that read files write none themselves
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

test: setup-dev
	$(BIN)/python -m pytest $(ARGS)

# a run of the tiny review is killed 50 times at random moments, and whatever else can happen to one: some 20 minutes
torture: setup-dev
	KILLS=50 $(BIN)/python -m pytest -q tests/pipelines/test_faults.py tests/pipelines/test_outputs.py

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: setup
	@for review in $(SAMPLE) data/samples/tenter data/samples/berllan data/samples/corvan data/samples/mistral; do \
	  $(BIN)/chronology run $$review 2>/dev/null || test $$? -eq 1 || exit 2; \
	  echo "== $$review"; $(BIN)/python benchmarks/score.py $$review $$review; done
	@$(BIN)/python benchmarks/fairness.py

bench: setup
	@$(BIN)/python benchmarks/whole.py
	@$(BIN)/python benchmarks/stages.py
	@$(BIN)/python benchmarks/reading.py
	@$(BIN)/python benchmarks/corrections.py
	@$(BIN)/python benchmarks/findings_scale.py
	@PYTHONPATH=. $(BIN)/python benchmarks/review.py
	@$(BIN)/python benchmarks/documents.py
	@$(BIN)/python benchmarks/check.py

# what reviews cost beyond one: a table for docs/scale.md. It needs PostgreSQL and takes hours; ARGS="--events 1000 3000" is a small one
scale: setup-dev
	@PYTHONPATH=. $(BIN)/python benchmarks/scale.py $(ARGS)

# the locks, made anew from pyproject.toml; no registry's address stands in them
COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: $(VENV)/.uv
	$(COMPILE) pyproject.toml -o requirements/run.txt >/dev/null
	$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt >/dev/null
	$(COMPILE) pyproject.toml --extra dask -c requirements/dev.txt -o requirements/dask.txt >/dev/null
	$(COMPILE) pyproject.toml --extra ray -c requirements/dev.txt -o requirements/ray.txt >/dev/null

# the Word templates that come along, made anew from reports/template_sources.py
templates: setup
	$(BIN)/python -m reports.template_sources

# the pictures of docs/board.md, made anew from the sample (LibreOffice prints them)
pictures: setup-dev
	PYTHONPATH=. $(BIN)/python benchmarks/guide_pictures.py

clean:
	rm -rf $(VENV) build *.egg-info data/samples/*/output data/samples/*/record
