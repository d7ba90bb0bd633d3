"""The command as an office starts it: `kaikaku serve`, a browser, the question that everybody asks first."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import TOP, Open
from tests.waiting import PATIENCE, free_port

pytestmark = pytest.mark.browser


def test_the_command_serves_the_page_until_told_to_stop(opened: Open, tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "KAIKAKU_DATA": str(tmp_path), "KAIKAKU_PORT": str(port)}
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main(['serve']))"]
    with subprocess.Popen(command, cwd=TOP, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and f"http://127.0.0.1:{port}" in process.stdout.readline()
        page = opened(f"http://127.0.0.1:{port}/")
        page.fill("#question", "3-1-2の効果額は？")
        page.press("#question", "Enter")
        page.locator("#latest").wait_for()
        assert "58,244千円" in page.locator("#latest").inner_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
