# Everything happens in .venv, which the first command makes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Hundreds of tests start the command anew. Each would compile the sources anew if that were not kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint check verify bench wheel clean

demo: $(VENV)/.installed  ## install, run the flagship scenario, show the comparison
	$(BIN)/tabletop run harbour-city --replications 30

test: $(VENV)/.tested  ## install with test dependencies, run the whole suite
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.developed  ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/.installed  ## the claims of all shipped scenarios
	$(BIN)/tabletop check scenarios/*.yaml

verify: $(VENV)/.developed  ## the long verification: theory, both engines, sanitizers, mutations, trade-offs
	$(BIN)/python -m pytest -n auto -m verify --override-ini addopts=
	$(BIN)/python -m pytest -n auto -m "hypothesis and not verify" --hypothesis-profile long --override-ini addopts=
	$(BIN)/python verification/trade_offs.py a b d e
	$(BIN)/tabletop check --survives scenarios/lesson-*.yaml

bench: $(VENV)/.benched  ## both engines, other simulators, whole commands, memory, two workers
	$(BIN)/python benchmarks/engine_speed.py
	$(BIN)/python benchmarks/peers.py
	$(BIN)/python benchmarks/commands.py
	$(BIN)/python benchmarks/background.py
	$(BIN)/python benchmarks/events.py
	$(BIN)/python benchmarks/memory.py
	$(BIN)/python benchmarks/speedup.py
	$(BIN)/python benchmarks/rehearsal.py
	$(BIN)/python benchmarks/class.py

wheel: $(BIN)/python  ## dist/*.whl for this platform, with the compiled engine if there is a C compiler
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[paper]'
	touch $@

$(VENV)/.tested: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@ $(VENV)/.installed

$(VENV)/.benched: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	touch $@ $(VENV)/.installed

$(VENV)/.developed: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/.tested $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .coverage* htmlcov
