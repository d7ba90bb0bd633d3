from contextlib import redirect_stdout, suppress
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from bot import settings
from bot.channels.registry import sections
from bot.cli import main
from tests import documentation

TOP = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.en.md"]


@cache
def _help_of(words: tuple[str, ...]) -> str:
    shown = StringIO()
    with redirect_stdout(shown), suppress(SystemExit):
        main([*words, "--help"])
    return shown.getvalue()


SETTINGS = (*settings.NAMES, *(name for one in sections() for name in one.names))
SECRETS = tuple(name for one in sections() for name in one.secrets)


@pytest.fixture(scope="module")
def commands() -> documentation.Commands:
    return documentation.commands(_help_of)


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (TOP / str(request.param)).read_text(encoding="utf-8")


def test_every_setting_is_documented(readme: str) -> None:
    assert documentation.undocumented(SETTINGS, readme) == []


def test_every_documented_setting_is_read(readme: str) -> None:
    assert documentation.unknown_settings(SETTINGS, SECRETS, readme) == []


def test_every_command_is_documented(readme: str, commands: documentation.Commands) -> None:
    assert {("ask",), ("plan", "check")} <= commands
    assert documentation.unsaid(commands, readme) == []


def test_every_documented_command_exists(readme: str, commands: documentation.Commands) -> None:
    assert documentation.unknown_commands(commands, readme) == []
