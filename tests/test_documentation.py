import json
import re
from contextlib import redirect_stdout, suppress
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from bot import cli, settings
from bot.channels.registry import sections
from bot.cli import main
from tests import documentation

TOP = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "README.en.md", *sorted(f"docs/{one.name}" for one in TOP.glob("docs/*.md"))]

# Papers, editions and a demonstration are really made: that takes a few seconds.
RUN = [
    "README.md",
    "README.en.md",
    "docs/staff.md",
    pytest.param("docs/secretariat.md", marks=pytest.mark.slow),
]
REFUSED: dict[tuple[str, ...], str] = {
    ("plan", "import", "計画.xlsx"): "いまの版と同じ内容のため、取り込みません。"
}


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


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Path:
    return TOP / str(request.param)


def _text(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_reference() -> None:
    assert documentation.undocumented(SETTINGS, _text("docs/settings.md")) == []


def test_every_command_is_in_the_reference(commands: documentation.Commands) -> None:
    assert {("ask",), ("plan", "check")} <= commands
    assert documentation.unsaid(commands, _text("docs/commands.md")) == []


def test_every_documented_setting_is_read(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert documentation.unknown_settings(SETTINGS, SECRETS, text) == []


def test_every_documented_command_exists(document: Path, commands: documentation.Commands) -> None:
    assert documentation.unknown_commands(commands, document.read_text(encoding="utf-8")) == []


def test_every_command_shown_is_one_that_the_command_line_takes(document: Path) -> None:
    for one in documentation.shown_commands(document.read_text(encoding="utf-8")):
        words = list(one.words)
        assert cli._parser(words).parse_args(words).command == words[0]


@pytest.mark.parametrize("name", RUN)
def test_every_command_shown_runs_as_printed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for one in documentation.shown_commands(_text(name)):
        if one.words[0] == "serve":
            continue
        with monkeypatch.context() as here:
            here.setattr("sys.stdin", StringIO(""))
            for setting, value in one.settings:
                here.setenv(setting, value)
            status, printed = main(one.words), capsys.readouterr()
        refusal = REFUSED.get(one.words)
        assert (status, refusal or "") == (
            0 if refusal is None else 1,
            printed.err.strip() if refusal else "",
        ), one
        assert one.printed is None or printed.out.strip() == one.printed
        ran += 1
    assert ran


def test_every_file_named_is_there(document: Path) -> None:
    assert documentation.missing_files(document.read_text(encoding="utf-8"), TOP) == []


def test_every_link_leads_somewhere(document: Path) -> None:
    assert documentation.dead_links(document.read_text(encoding="utf-8"), document) == []


def test_the_readmes_are_a_page_with_one_picture() -> None:
    for name in ("README.md", "README.en.md"):
        assert len(_text(name).splitlines()) <= 90
        assert _text(name).count("<img ") == 1


def test_the_readme_leads_to_every_document() -> None:
    shown = set(re.findall(r"\]\((docs/[^)#]+)", _text("README.md")))
    assert shown == {name for name in DOCUMENTS if name.startswith("docs/")}


def test_the_answer_in_the_reference_has_the_form_of_a_real_one(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(re.findall(r"```json\n(.*?)```", _text("docs/json.md"), re.DOTALL)[0])
    assert main(["ask", "--json", "3-1-2の令和6年度は？"]) == 0
    given = json.loads(capsys.readouterr().out)
    for citation in (*shown["citations"], *given["citations"]):
        citation["quote"] = "…"
    assert {**given, "text": ""} == {**shown, "text": ""}


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        (["progress", "--json", "--today", "2023-08-01"], "`kaikaku progress --json`"),
        pytest.param(
            ["remind", "preview", "--round", "R5", "--json"],
            "`kaikaku remind preview --json`",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_the_reference_names_every_field(
    words: list[str],
    heading: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    given = json.loads(capsys.readouterr().out)
    section = _text("docs/json.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    fields = given[0] if isinstance(given, list) else given
    assert [name for name in fields if f"`{name}`" not in section] == []
