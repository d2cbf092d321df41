# Everything that a fresh machine with git, make and Python needs. Each target makes its own virtual
# environment once; a stamp file in it makes repeats fast.
#
#   make demo        repair a failing test of an example project
#   make test        lint, type check and test
#   make test-slow   the tests that take long
#   make fuzz        each fuzzer for a minute, or for SECONDS=...
#   make test-train  the tests of the training code (installs PyTorch, in .venv-train)
#   make e2e         the tests that drive real editors: Neovim, where there is one, and VS Code
#   make e2e-vscode  the latter alone: vscode-extension/test/workbench/setup.sh says what it needs

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
TRAIN := .venv-train
EXAMPLE := examples/nofridays

# The first Python that is new enough. `python3` comes first: it is the one that its owner chose.
PYTHON = $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

# $(call make-venv,FOLDER): a new virtual environment, or a message that says what is missing.
define make-venv
@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found: install one"; exit 1; }
@$(PYTHON) -m venv $(1) || { rm -rf $(1); \
	echo "$(PYTHON) cannot make a virtual environment: install its venv module"; exit 1; }
endef

# $(call install,FOLDER,WHAT): pip install, tried three times, because networks fail.
install = @echo "installing $(2) in $(1)"; for pause in 5 15 0; do \
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check $(2) && break; \
	test $$pause != 0 || exit 1; echo "trying again in $$pause s"; sleep $$pause; done

SECONDS := 60

.PHONY: help demo test lint types unit test-slow fuzz test-train e2e e2e-vscode clean

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/.installed
	$(VENV)/bin/repairlsp fix $(EXAMPLE)

test: lint types unit

lint: $(VENV)/.developing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.developing
	$(VENV)/bin/mypy --strict

unit: $(VENV)/.developing
	$(VENV)/bin/pytest -m "not slow and not train and not e2e"

test-slow: $(VENV)/.developing
	$(VENV)/bin/pytest -m "slow and not train and not e2e"

fuzz: $(VENV)/.developing
	FUZZ_SECONDS=$(SECONDS) nice $(VENV)/bin/pytest tests/fuzz -rP

e2e: $(VENV)/.developing e2e-vscode
	$(call install,$(VENV),-e '.[dev$(comma)e2e]')
	$(VENV)/bin/pytest -m e2e

# Node comes from npm, into a folder of its own: what the machine has may be too old.
e2e-vscode: $(VENV)/.developing
	cd vscode-extension && node=$$(test/workbench/setup.sh) && PATH="$$node:$$PATH" && npm ci \
	&& npm run unit && python=$$(../$(VENV)/bin/python -c \
		'import sys; print("{}.{}".format(*sys.version_info))') \
	&& npm run package -- --target linux-x64 --python "$$python" && npm run package \
	&& npm run workbench

test-train: $(TRAIN)/.installed
	$(TRAIN)/bin/pytest -m "train and not slow"

clean:
	rm -rf $(VENV) $(TRAIN) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	$(call make-venv,$(VENV))

$(TRAIN)/bin/python:
	$(call make-venv,$(TRAIN))

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(call install,$(VENV),-e .)
	@touch $@

$(VENV)/.developing: pyproject.toml | $(VENV)/bin/python
	$(call install,$(VENV),-e '.[dev]')
	@touch $@ $(VENV)/.installed

# PyTorch alone first, pinned: where an index has a build of it for the CPU, that is a local version
# (2.13.0+cpu), which sorts above the plain one and so is chosen, and the extra then finds it there.
$(TRAIN)/.installed: pyproject.toml | $(TRAIN)/bin/python
	$(call install,$(TRAIN),torch==2.13.0)
	$(call install,$(TRAIN),-e '.[train$(comma)dev]')
	@touch $@

comma := ,
