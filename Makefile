# Needs python3 (3.11 or newer, with venv) and make; everything else goes into .venv and .venv-dev.
SHELL := /bin/sh
PYTHON ?= python3
RUN := .venv/bin
DEV := .venv-dev/bin
DATA ?= ../shared/data
LOCK := $(DEV)/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file
# ours, not whatever the calling shell has: what is tested is this tree, and compiled once, not by each process anew
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test lint format bench bench-http bench-plans soak eval schema reference pictures docs graphiql baseline lock clean

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

serve: .venv/installed ## Serve on 127.0.0.1:8000; PORT=8123 make serve moves it
	@exec $(RUN)/careergraph serve

# What measures (the mark `alone`) has the machine to itself, in a second pass, which runs even if the first one fails.
# The types are checked beside the first one, whose long files come first, so that none is left over at the end. Its
# processes are as many as the system counts cores: half of them may be threads of others, and are put to use all the same.
# A process that a test ends is not started again: it would end at the same test.
ALONE = $$(grep --recursive --files-with-matches --include='test_*.py' 'mark[.]alone' tests)
test: format-check ## Lint, types and the whole test suite
	@$(DEV)/mypy & types=$$!; \
		$(DEV)/python -m pytest -m "not alone" --numprocesses logical --maxprocesses 4 \
			--dist loadfile --no-loadscope-reorder --max-worker-restart 0; parallel=$$?; \
		wait $$types; types=$$?; \
		$(DEV)/python -m pytest -m alone $(ALONE) && exit $$((parallel + types))

lint: format-check ## Lint, format and types, without the tests
	$(DEV)/mypy

format-check: .venv-dev/installed
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .

format: .venv-dev/installed ## Format the code and fix what lint can fix
	$(DEV)/ruff check --fix .
	$(DEV)/ruff format .

bench: .venv-dev/installed ## Measure the parts, from the engine to neighbours; judge pairs of seed, O*NET and ESCO
	$(DEV)/python -m benchmarks
	$(DEV)/python -m benchmarks.export
	$(DEV)/python -m benchmarks.changes
	$(DEV)/python -m benchmarks.pages
	$(DEV)/python -m benchmarks.suggest --data $(DATA)
	$(DEV)/python -m benchmarks.neighbours --data $(DATA)
	$(DEV)/python -m benchmarks.truth --data $(DATA)

eval: .venv-dev/installed ## Print every quality figure; DATA=/where/it/lies make eval moves the data
	$(DEV)/python -m benchmarks.eval --data $(DATA) $(ARGS)

bench-http: .venv/installed .venv-dev/installed ## Measure what `make serve` starts against a bare uvicorn, Mercurius and a stock Strawberry
	$(DEV)/python -m benchmarks.http $(ARGS)

soak: .venv-dev/installed ## Load the server for a minute while publishing; judge every answer
	$(DEV)/python -m benchmarks.soak $(ARGS)

bench-plans: .venv-dev/installed ## Compare 20,000 random queries with standard execution
	$(DEV)/python -m benchmarks.differential $(ARGS)

schema: .venv-dev/installed ## Write schema.graphql anew
	$(DEV)/careergraph schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

reference: schema ## Write schema.graphql and the pages of docs/reference anew
	@for page in tests/*/write_*.py tests/*/*/write_*.py; do $(DEV)/python $$page || exit 1; done

pictures: .venv-dev/installed ## Take the picture of the admin anew, with a Chromium
	PYTHONPATH=tests $(DEV)/python docs/pictures.py

docs: .venv-docs/installed .venv-dev/installed ## Build the site of the documents into build/docs; a warning is an error
	$(DEV)/python docs/command_line.py > docs/reference/command-line.md
	.venv-docs/bin/python -m sphinx --quiet --fail-on-warning --keep-going --builder html docs build/docs

graphiql: ## Build GraphiQL into src/careergraph/web/vendor/graphiql; needs Node 20.19 or newer
	cd tools/graphiql && npm ci && npm run build

baseline: schema ## Take schema.graphql as what clients rely on; when a version is released
	@printf '# The schema of %s: what clients rely on. `make baseline` takes the present one, when a version is released.\n' \
		"$$($(DEV)/python -c 'import careergraph; print(careergraph.__version__)')" > tests/api/released.graphql.new
	cat schema.graphql >> tests/api/released.graphql.new
	mv tests/api/released.graphql.new tests/api/released.graphql

lock: .venv-dev/installed ## Pin the newest versions of all requirements
	$(LOCK) requirements.txt pyproject.toml --upgrade --extra pages --extra admin
	$(LOCK) requirements-dev.txt pyproject.toml --upgrade --all-extras --group dev --constraint requirements.txt
	$(LOCK) requirements-docs.txt --upgrade --group docs --fork-strategy fewest

clean: ## Remove the environments (the database under var/ stays)
	rm -rf .venv .venv-dev .venv-docs

# $(call install,folder,lock): a new environment with exactly what is locked, and this tree in it as `careergraph`.
# A .pth file and a two-line script stand in for an editable install: no build tool, no network, nothing to go stale.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "careergraph needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	@echo "Installing $(2) into $(1) ..."
	@rm -rf $(1)
	@$(PYTHON) -m venv $(1) || { echo "python3 has no venv here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(1)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --root-user-action ignore \
		--require-hashes --no-deps --only-binary :all: --requirement $(2)
	@$(1)/bin/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "careergraph.pth").write_text(str(pathlib.Path("src").resolve()))'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m careergraph "$$@"\n' > $(1)/bin/careergraph
	@chmod +x $(1)/bin/careergraph
	@touch $(1)/installed
endef

.venv/installed: requirements.txt
	$(call install,.venv,requirements.txt)

.venv-dev/installed: requirements-dev.txt
	$(call install,.venv-dev,requirements-dev.txt)

.venv-docs/installed: requirements-docs.txt
	$(call install,.venv-docs,requirements-docs.txt)
