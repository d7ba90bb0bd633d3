"""A real Chromium, a server of our own, and a page that sees to it that nothing leaves this machine."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

TOP = Path(__file__).resolve().parents[2]
# The machine's own browser, kept from everything it would like to ask of the world by itself.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path, "chromium がありません（apt-get install chromium）"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _serving(folder: Path, identity: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.browser.serving", str(folder), identity]
    with subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()
        assert process.wait(15) == 0


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page for anybody."""
    yield from _serving(tmp_path_factory.mktemp("data"), "none")


@pytest.fixture(scope="session")
def trial_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page where one chooses whom to be."""
    yield from _serving(tmp_path_factory.mktemp("data"), "trial")


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same over a folder with invented self-evaluations of three rounds."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    assert main(["demo", str(folder)]) == 0
    yield from _serving(folder, "trial")


Open = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any) -> Iterator[Open]:
    """Opens an address in a browser of its own. At the end: no word in the console, nothing asked elsewhere."""
    contexts, trouble = [], []

    def open_page(address: str, **context: Any) -> Any:
        contexts.append(chromium.new_context(locale="ja-JP", **context))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        host = "/".join(address.split("/")[:3])
        page.on("request", lambda request: trouble.append(request.url) if host not in request.url else None)
        page.goto(address)
        return page

    open_page.trouble = trouble  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []
