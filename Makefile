# Each target makes what it needs first, once; repeating it is quick.
# Needed beforehand: Python 3.11 or newer and make. uv is used where it is found.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV ?= $(shell command -v uv)
BIN := .venv/bin

# Two workers halve the wait; more would only fight over the cores of a small machine.
PYTEST := $(BIN)/python -m pytest -n 2

# Bytecode is made here and once: a first question should not wait for it.
ifneq ($(UV),)
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all score train derive bench simulation pictures lint lock bundle bundle-check

help: ## この一覧
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: .venv/ready ## .venv を作り、kaikaku を入れる

run: .venv/ready ## お試しの画面を開く (http://127.0.0.1:8000)
	KAIKAKU_IDENTITY="$${KAIKAKU_IDENTITY:-trial}" $(BIN)/kaikaku serve

test: lint ## 書式、型、テスト (数分)
	$(PYTEST) -m "not slow and not browser" --ignore=tests/browser

test-all: lint .venv/ready-browser ## すべてのテスト。ブラウザーと LibreOffice も使う
	$(PYTEST)

score: .venv/ready ## 初めて聞かれた質問の組での点 (SETS="g h" FAILS=--fails)
	$(BIN)/python -m tests.fresh $(FAILS) $(SETS)

train: .venv/ready-training ## 例から読み取りの重みを作り直す (数分)
	$(BIN)/python -m knowledge.reading.training
	$(BIN)/python -m tests.training.ranking

bench: .venv/ready ## 速さとメモリーの比
	$(BIN)/python -m tests.bench

derive: .venv/ready ## 学び直さずに下ごしらえだけする (cues.toml や asked/ を直した後に)
	$(BIN)/python -m knowledge.reading.derived

pictures: .venv/ready-browser ## 説明書の画面の絵を撮り直す (お試しのフォルダーで)
	$(BIN)/python -m tests.pictures

simulation: .venv/ready ## 架空の市で5年分の通知を早送りし、届いたものと確かめた結果を見る
	$(BIN)/python -m tests.simulation

lint: .venv/ready ## 書式と型
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/ready: requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 以降が必要です (PYTHON=/path/to/python で指定できます)。' >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@PYTHONWARNINGS=ignore $(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# A test in a real browser or in LibreOffice that cannot run is a failure, so what is missing is named here and now.
.venv/ready-browser: .venv/ready requirements-browser.lock requirements-semantic.lock
	$(INSTALL) --require-hashes -r requirements-browser.lock
	$(INSTALL) --require-hashes -r requirements-semantic.lock
	@{ command -v chromium && command -v soffice; } >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium libreoffice-calc-nogui; } \
		|| { echo 'chromium か soffice がありません。管理者に「apt-get install chromium libreoffice-calc-nogui」を依頼してください。' >&2; exit 1; }
	@touch $@

.venv/ready-training: .venv/ready requirements-training.lock
	$(INSTALL) --require-hashes -r requirements-training.lock
	@touch $@

bundle: .venv/ready ## ネットワークのない機械に入れるための一式を dist/ に作る
	.ci/bundle

bundle-check: ## 作った一式を、ネットワークのない名前空間で入れて動かす
	.ci/bundle-check

# The locks hold hashes and no host, so they install from any index.
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

lock: ## 依存の固定を作り直す (UPGRADE=--upgrade で新しい版へ)
	@test -n "$(UV)" || { echo 'uv が必要です (pip install uv)。' >&2; exit 1; }
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group pyproject.toml:browser -c requirements-dev.lock -o requirements-browser.lock
	$(COMPILE) pyproject.toml --extra semantic -c requirements-dev.lock -o requirements-semantic.lock
	$(COMPILE) --group pyproject.toml:train -c requirements-dev.lock -o requirements-training.lock
