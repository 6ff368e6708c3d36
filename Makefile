# Needs python3 (3.11 or 3.12, with venv), git and make. Everything else is fetched into .tools, .venv and
# node_modules, by lock files with hashes. A second run is quick and changes nothing.

PYTHON ?= python3
UV := .ci/uv
BIN := .venv/bin
TEXTS := $(patsubst %.po,%.mo,$(wildcard src/samvirke/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-15 bench proof check browser lock pictures docs sbom coverage

help:
	@echo 'make demo    set up, fill a database with invented data, serve it on http://127.0.0.1:8000'
	@echo 'make test    set up, run all tests'
	@echo 'make test-15 the tests that ask PostgreSQL, on the 15 of Debian'
	@echo 'make check   formatting, lint, types and the rooms'\'' imports; changes nothing'
	@echo 'make bench   what the program exists for, measured as ratios; sizes in ARGS'
	@echo 'make proof   the long proofs, written into docs/security.md; resumed, sizes in ARGS'
	@echo 'make docs    write the reference from the code, build the documentation in var/docs'
	@echo 'make sbom    write what all is made of to var/sbom.json; no licence unseen'
	@echo 'make coverage run all tests, and fail where none runs a line of the rules'
	@echo 'make setup   only set up'
	@echo 'make pictures take the README'\''s pictures anew'
	@echo 'make lock     write requirements.lock anew after a change in pyproject.toml'

setup: .venv/.ready node_modules/.ready $(TEXTS)

demo: setup
	$(BIN)/samvirke demo

test: setup browser
	$(BIN)/pytest -n 2 $(ARGS)

# Debian's server, the oldest that Samvirke runs on; `apt-get install postgresql-15` brings it.
POSTGRES_15 ?= /usr/lib/postgresql/15/bin
test-15: setup
	SAMVIRKE_TEST_POSTGRES=$(POSTGRES_15) $(BIN)/pytest -n 2 tests/gate tests/spec tests/exchange tests/jobs \
	  tests/architecture/test_catalogue.py tests/platform/test_postgres.py $(ARGS)

bench: setup
	PYTHONPATH=tests:. $(BIN)/python -m benchmarks $(ARGS)

# A proof finished on this code is not run again. One alone: ARGS='--only oracle_rows --size 100000 --seed 7'.
proof: setup
	PYTHONPATH=tests:. $(BIN)/python -m proof $(ARGS)

# All run, so that one run shows everything; the types of models need settings, but no database.
check: .venv/.ready
	@failed=0; \
	run() { echo "+ $$*"; "$$@" || failed=1; }; \
	run $(BIN)/ruff format --check .; \
	run $(BIN)/ruff check .; \
	run env SAMVIRKE_DATABASE_URL=postgresql://127.0.0.1/samvirke $(BIN)/mypy; \
	run $(BIN)/lint-imports; \
	exit $$failed

# The reference is written anew; a test fails where it is not what the code says.
docs: setup
	SAMVIRKE_DATABASE_URL=postgresql://127.0.0.1/samvirke $(BIN)/python -m manual
	$(BIN)/mkdocs build --strict --quiet
	@echo 'The documentation is in var/docs/index.html.'

sbom: .venv/.ready
	$(BIN)/python -m manual.bill var/sbom.json

# All tests, those of the rules measured: see tests/conftest.py.
coverage:
	@$(MAKE) --no-print-directory test ARGS='--cov --cov-report=json:var/coverage.json $(ARGS)'
	$(BIN)/python -m manual.covered var/coverage.json

# The README's pictures, taken by the tests.
pictures: setup browser
	SAMVIRKE_PICTURES=1 $(BIN)/pytest tests/browser/test_pictures.py -q

lock: .tools/.ready
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --all-extras --group dev pyproject.toml --output-file requirements.lock

browser:
	@.ci/browser

.tools/.ready: .ci/tools/uv.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if (3, 11) <= v[:2] <= (3, 12) else \
	  f"Samvirke needs Python 3.11 or 3.12, and $(PYTHON) is {v[0]}.{v[1]}. Set PYTHON=python3.12 or the like.")'
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo 'python3 comes without venv here. Install it (on Debian: apt-get install python3-venv).' >&2; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/tools/uv.txt
	@touch $@

.venv/.ready: .tools/.ready .ci/uv requirements.lock pyproject.toml .ci/tools/build.txt
	@test -x $(BIN)/python || $(UV) venv --quiet --no-python-downloads --python $(PYTHON) .venv
	$(UV) pip sync --quiet --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --build-constraints .ci/tools/build.txt --editable .
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc .ci/npm .ci/tools/node.txt | .tools/.ready
	.ci/npm ci --loglevel error
	@touch $@

%.mo: %.po | .venv/.ready
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
