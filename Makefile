# Two commands do all: `make demo` and `make test`. The rest are their parts.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# What asks the database itself: the data layer, the gate and the search.
ON_POSTGRES := tests/dfs_workflow tests/dfs_pages/test_api.py tests/dfs_pages/test_load_content.py \
  tests/dfs_pages/test_search.py tests/dfs_pages/test_translations.py tests/dfs_mou/test_load_template.py tests/dfs_mou/test_saved_answers.py \
  tests/platform/test_queries.py tests/platform/test_addresses.py tests/platform/test_cache.py
# Screens and pure functions say nothing about a database.
NOT_ON_POSTGRES := $(addprefix --ignore=tests/dfs_workflow/, test_attacks.py test_child_process.py test_field_direction.py \
  test_localize_routes.py test_mails.py test_merging.py test_people_pages.py test_po_source.py test_proposal_admin.py \
  test_proposal_markup.py test_query_counts.py test_received_mail.py test_renderer_dies.py test_screens.py test_wordings.py)
# What walks every route, starts processes or makes files by the dozen: left out of the quick check.
NOT_QUICK := $(addprefix --ignore=tests/, architecture/test_commands.py platform/test_demo.py platform/test_settings.py \
  platform/test_supplied_translations.py dfs_translation/test_states.py dfs_pages/test_make_content_po.py dfs_pages/test_odd_books.py \
  $(addprefix dfs_workflow/, test_attacks.py test_bundle.py test_bundle_dates.py test_consultations.py test_gate_routes.py \
  test_localize_routes.py test_proposal_admin.py test_proposal_numbers.py test_query_counts.py test_review_kinds.py \
  test_screens.py test_slugs.py) \
  $(addprefix dfs_mou/, test_bilingual.py test_concluded.py test_house_style.py test_interview.py test_members.py \
  test_negotiation.py test_own_look.py test_returned.py test_wording.py))
export PORT
# Tests start many processes: what one has compiled serves the next.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-data test check quick-tests lint benchmark requirements messages wheel clean

demo: .venv/base
	@$(MANAGE) demo

demo-data: .venv/base
	@$(MANAGE) demo_data

# Everything from a clean clone: system packages where root and apt allow it, then the whole suite, then what asks the
# database again on PostgreSQL.
test: .venv/dev
	@.ci/system-packages
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 tests
	@.ci/postgres $(BIN)/python -m pytest -n 2 -m "not journey and not slow" $(NOT_ON_POSTGRES) $(ON_POSTGRES)

# The quick subset: no browser, no PostgreSQL, no LibreOffice, no supplied real data, not the whole content. The lint
# runs while the first worker migrates the test database and the second waits for it.
check: .venv/dev
	@$(MAKE) --no-print-directory -j2 lint quick-tests

quick-tests: .venv/dev
	@$(BIN)/python -m pytest -n 2 -m "not journey and not postgres and not slow and not realdata and not content" $(NOT_QUICK) tests

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint --lint --quiet dfs_pages dfs_workflow dfs_mou site
	@PYTHONPATH=site $(BIN)/lint-imports --no-logo > .venv/imports.log || (cat .venv/imports.log; exit 1)
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=dfs_site.settings.test $(MANAGE) makemigrations --check --dry-run

benchmark: .venv/dev
	@$(BIN)/python benchmarks/run.py

# Pins every dependency with hashes, for all supported Pythons at once; names no download host.
requirements: .venv/dev
	@for set in base dev; do \
	  group=$$([ $$set = dev ] && echo "--group dev"); \
	  $(BIN)/uv pip compile pyproject.toml --extra postgres --extra redis $$group --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --quiet --upgrade --output-file requirements/$$set.txt; \
	done

# Collects the marked strings of every app into its own locale/ (needs GNU gettext).
messages: .venv/dev
	@$(MANAGE) makemessages --locale fr --locale es --locale ar --locale zh_Hans --locale ru --no-location --ignore .venv --ignore tests --ignore benchmarks

wheel: .venv/dev
	@$(MANAGE) compile_translations
	@$(BIN)/python -m hatchling build --target wheel

.venv/base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed; set PYTHON=python3.12, for example."; exit 1)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the platform needs (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/base.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/base
	@echo "Installing what the tests need (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@

clean:
	@rm -rf .venv var dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
