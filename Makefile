# make lab opens the course, make test proves that everything works. make help lists the rest.

.DEFAULT_GOAL := help
.PHONY: help setup lab coach tools test check tests notebooks release bench bench-analyser bench-storage bench-xmr bench-grading bench-study train-analyser

COURSE := my-course
BIN := .venv/bin

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup: ## make .venv ready to run the course (done anew only when something changed)
	@sh scripts/setup.sh

lab: setup ## open the course in your browser: make lab [PORT=8899] [ARGS="--no-browser"]
	@$(BIN)/okrlab lab $(COURSE) $(if $(PORT),--port $(PORT)) -- $(ARGS)

coach: setup ## open the run sheet and the scenarios: make coach [PORT=8899] [ARGS="--no-browser"]
	@$(BIN)/okrlab coach $(COURSE) $(if $(PORT),--port $(PORT)) -- $(ARGS)

tools: ## make ready what the tests and checks need, Chromium and PostgreSQL too
	@sh scripts/setup.sh dev
	@sh scripts/chromium.sh
	@sh scripts/postgres.sh
	@sh scripts/bubblewrap.sh

test: tools check tests notebooks ## set everything up, then check and test everything

check: tools ## the checks that run nothing: content, style, types, layers
	@echo "== Content"
	@$(BIN)/okrlab author check
	@echo "== Style"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "== Types"
	@$(BIN)/mypy
	@echo "== Layers"
	@$(BIN)/lint-imports --no-cache

tests: tools ## the tests: package, browser, JupyterLab, wheel
	@echo "== Tests"
	@$(BIN)/pytest -n 2 --dist loadfile

notebooks: tools ## run every notebook from top to bottom
	@echo "== Notebooks"
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && \
	  OKRLAB_HOME="$$home" $(BIN)/pytest --nbval-lax --nbval-current-env -n 2 --dist loadfile \
	  notebooks exercises solutions

release: setup ## write the exercises anew from the solutions
	@$(BIN)/okrlab author release

bench: bench-analyser bench-storage bench-xmr bench-study ## run the benchmarks

bench-analyser: ## measure the statement analyser against its baselines
	@test -x .bench/bin/python || python3 -m venv .bench
	@.bench/bin/pip install -q -r benchmarks/analyser/requirements.txt -e .
	@.bench/bin/python benchmarks/analyser/bench.py
	@.bench/bin/python benchmarks/analyser/parts.py --split test
	@.bench/bin/python benchmarks/analyser/speed.py

bench-storage: tools ## measure a class of 500 that answers at once on PostgreSQL
	@$(BIN)/python benchmarks/storage/bench.py --learners 500

bench-xmr: tools ## measure XmR limits and signals against pandas and statprocon
	@test -x .bench/bin/python || python3 -m venv .bench
	@.bench/bin/pip install -q statprocon -e .
	@.bench/bin/python benchmarks/xmr.py

bench-grading: setup ## measure marking a class against nbgrader and otter-grader
	@sh scripts/bubblewrap.sh
	@test -x .bench/bin/python || python3 -m venv .bench
	@.bench/bin/pip install -q -r benchmarks/grading/requirements.txt -e .
	@.bench/bin/python benchmarks/grading/bench.py

bench-study: setup ## measure the mastery rule and the scheduler on made-up learners
	@$(BIN)/python benchmarks/study/bench.py

train-analyser: tools ## train the analyser's model anew from its corpus
	@uv sync --frozen --group bench -q 2>/dev/null || .uv/bin/uv sync --frozen --group bench -q
	@$(BIN)/python benchmarks/analyser/build_corpus.py
	@$(BIN)/python benchmarks/analyser/train.py
