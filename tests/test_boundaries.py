import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import boundaries
from tests.boundaries import Source

TOP = boundaries.TOP
SOURCES = boundaries.sources(TOP)
MOST_HOMONYMS = 5


def test_all_three_packages_are_read() -> None:
    assert {source.package for source in SOURCES} == {"knowledge", "reminders", "bot"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
class TestEveryModule:
    def test_imports_only_to_the_left(self, source: Source) -> None:
        assert boundaries.imports_to_the_right(source) == []

    def test_imports_only_down_the_order_of_rooms(self, source: Source) -> None:
        assert boundaries.imports_upward(source) == []

    def test_hides_no_import_in_a_function(self, source: Source) -> None:
        assert boundaries.hidden_imports(source) == []

    def test_leaves_each_library_in_its_home(self, source: Source) -> None:
        assert boundaries.libraries_abroad(source) == []

    def test_is_handed_its_database(self, source: Source) -> None:
        assert boundaries.connections(source) == []

    def test_leaves_sql_to_the_rooms_for_it(self, source: Source) -> None:
        assert boundaries.statements_abroad(source) == []

    def test_takes_the_environment_as_an_argument(self, source: Source) -> None:
        assert boundaries.environment_reads(source) == []

    def test_takes_the_time_as_an_argument(self, source: Source) -> None:
        assert boundaries.clock_reads(source) == []

    def test_catches_only_what_it_expects(self, source: Source) -> None:
        assert boundaries.catch_alls(source) == []


def test_bot_has_few_rooms_on_few_floors() -> None:
    assert len(boundaries.rooms(SOURCES, "bot")) <= boundaries.MOST_ROOMS
    assert boundaries.floors(SOURCES, "bot") <= boundaries.MOST_FLOORS


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert boundaries.circles(SOURCES) == []


def test_every_room_in_the_order_is_there() -> None:
    there = {source.module for source in SOURCES}
    assert [room for room in boundaries.ORDER if room not in there] == []


def test_every_late_import_that_a_reason_is_given_for_is_there() -> None:
    assert boundaries.needless_reasons(SOURCES) == []


def test_a_class_name_means_one_thing() -> None:
    assert len(boundaries.homonyms(SOURCES)) <= MOST_HOMONYMS, boundaries.homonyms(SOURCES)


@pytest.mark.parametrize("room", sorted(boundaries.rooms(SOURCES, "bot")))
def test_every_room_of_bot_says_what_it_may_import_and_where_it_is_told(room: str) -> None:
    (source,) = [one for one in SOURCES if one.module == room]
    if not source.path.endswith("/__init__.py") or room == "bot.settings":
        return
    said = ast.get_docstring(source.tree) or ""
    told = re.search(r"Told in `([a-z_]+)(?:\.(\w+))?", said)
    assert "ay import" in said and told is not None
    name = told[2] or told[1]
    home = source.path if told[2] is None else source.path.replace("__init__", told[1])
    assert re.search(rf"^(?:async )?(?:def|class) {name}\b", (TOP / home).read_text("utf-8"), re.MULTILINE)


class TestTheRulesBite:
    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/storage/inbox.py", "from bot.progress.summary import Summary", True),
            ("bot/storage/inbox.py", "from bot import cli", True),
            ("bot/storage/inbox.py", "def f():\n    from bot.app import App", True),
            ("bot/storage/inbox.py", "from bot import log\nfrom knowledge.plan.plan import Plan", False),
            ("bot/elsewhere.py", "", True),
            ("knowledge/plan/checks.py", "from knowledge.answers.answer import Answer", True),
            ("knowledge/answers/sums.py", "from knowledge.plan.plan import Plan", False),
        ],
    )
    def test_on_the_order_of_rooms(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.imports_upward(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/storage/inbox.py", "def f():\n    from bot.message import Reply", True),
            ("bot/storage/inbox.py", "def f():\n    import tomllib", False),
            ("bot/app/__init__.py", "def f():\n    from bot.storage.database import DatabaseFile", False),
        ],
    )
    def test_on_imports_inside_functions(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.hidden_imports(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/evaluation/dialogue.py", "SQL = 'SELECT * FROM entries'", True),
            ("bot/evaluation/dialogue.py", "SQL = f'DELETE FROM {table}'", True),
            ("bot/storage/inbox.py", "SQL = 'SELECT * FROM inbox'", False),
            ("bot/evaluation/dialogue.py", "'Select a row from the list'", False),
        ],
    )
    def test_on_sql(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.statements_abroad(Source.of(path, text))) is is_fault

    def test_on_circles(self) -> None:
        one = Source.of("bot/log.py", "from bot.message import Reply")
        other = Source.of("bot/message.py", "def f():\n    from bot.log import note")
        assert boundaries.circles([one, other]) == ["bot.log", "bot.message"]
        with pytest.raises(ValueError, match="circle"):
            boundaries.floors([one, other], "bot")

    def test_on_names_that_stand_for_several(self) -> None:
        sources = [Source.of(f"bot/{name}.py", "class Line:\n    pass") for name in ("log", "message")]
        assert boundaries.homonyms(sources) == {"Line": ["bot/log.py", "bot/message.py"]}

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("knowledge/plan/plan.py", "import bot", True),
            ("knowledge/plan/plan.py", "from reminders.due import notices_due", True),
            ("knowledge/sources/text.py", "from ...bot import cli", True),
            ("reminders/tick.py", "def f():\n    from bot.app import start", True),
            ("reminders/tick.py", "import importlib\nimportlib.import_module('bot.cli')", True),
            ("reminders/due.py", "from knowledge.plan.plan import Plan", False),
            ("bot/app/__init__.py", "import reminders.tick, knowledge.plan.plan", False),
            ("knowledge/plan/checks.py", "from .plan import Plan", False),
        ],
    )
    def test_on_the_order_of_packages(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.imports_to_the_right(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("knowledge/plan/plan.py", "import openpyxl.styles", True),
            ("knowledge/sources/workbook.py", "import openpyxl.styles", False),
            ("bot/conversation/commands.py", "from sqlite_utils import Database", True),
            (
                "bot/conversation/commands.py",
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sqlite_utils import Database",
                False,
            ),
            (
                "bot/conversation/commands.py",
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from slack_sdk import WebClient",
                True,
            ),
            ("bot/channels/slack/app.py", "import slack_bolt", False),
            ("bot/channels/terminal.py", "import slack_bolt", True),
            ("bot/wording/rendering.py", "import jinja2", False),
        ],
    )
    def test_on_the_homes_of_libraries(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.libraries_abroad(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/storage/inbox.py", "import sqlite3\nsqlite3.connect('x')", True),
            ("bot/storage/inbox.py", "from sqlite3 import connect\nconnect('x')", True),
            (
                "bot/storage/inbox.py",
                "import sqlite3\ntry:\n    f()\nexcept sqlite3.IntegrityError:\n    pass",
                False,
            ),
            ("bot/storage/database.py", "import sqlite3\nsqlite3.connect('x')", False),
        ],
    )
    def test_on_opening_a_connection(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.connections(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/app/__init__.py", "import os\nos.environ['HOME']", True),
            ("bot/app/__init__.py", "from os import environ as e\ne.get('HOME')", True),
            ("bot/app/__init__.py", "import os as o\no.getenv('HOME')", True),
            ("bot/settings/__init__.py", "import os\nos.environ", False),
            ("bot/app/__init__.py", "import os\nos.replace('a', 'b')", False),
        ],
    )
    def test_on_the_environment(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.environment_reads(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("reminders/tick.py", "from datetime import datetime\nnow = datetime.now()", True),
            ("reminders/tick.py", "import datetime as dt\ndt.date.today()", True),
            ("reminders/tick.py", "from dataclasses import field\nfrom datetime import datetime as D\n"
             "field(default_factory=D.now)", True),
            ("bot/storage/audit.py", "import time\ntime.time()", True),
            ("bot/storage/audit.py", "SQL = 'INSERT INTO audit VALUES (CURRENT_TIMESTAMP)'", True),
            ("bot/storage/audit.py", "import time\ntime.monotonic(), time.perf_counter()", False),
            ("bot/storage/audit.py", "def f(clock):\n    return clock.now()", False),
            ("bot/app/__init__.py", "from datetime import datetime\ndatetime.now()", False),
        ],
    )  # fmt: skip
    def test_on_the_clock(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.clock_reads(Source.of(path, text))) is is_fault

    @pytest.mark.parametrize(
        ("path", "text", "is_fault"),
        [
            ("bot/conversation/commands.py", "try:\n    f()\nexcept Exception:\n    pass", True),
            ("bot/conversation/commands.py", "try:\n    f()\nexcept:\n    pass", True),
            (
                "bot/conversation/commands.py",
                "try:\n    f()\nexcept (KeyError, BaseException):\n    pass",
                True,
            ),
            (
                "bot/conversation/commands.py",
                "from contextlib import suppress\nwith suppress(Exception):\n    f()",
                True,
            ),
            ("bot/storage/database.py", "try:\n    f()\nexcept BaseException:\n    undo()\n    raise", False),
            ("bot/conversation/commands.py", "try:\n    f()\nexcept ValueError:\n    pass", False),
            ("bot/cli/__init__.py", "try:\n    f()\nexcept Exception:\n    pass", False),
            ("bot/cli/__init__.py", "try:\n    f()\nexcept Exception:\n    pass\n" * 2, True),
        ],
    )
    def test_on_catching_everything(self, path: str, text: str, is_fault: bool) -> None:
        assert bool(boundaries.catch_alls(Source.of(path, text))) is is_fault


# In pieces, so that this file does not hold them either.
REGISTRY_HOSTS = [
    ".".join(pieces)
    for pieces in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("deb", "debian", "org"),
    ]
]


def _project_files() -> Iterator[Path]:
    """Every file that can be part of the project; what tools and runs leave behind is not."""
    not_ours = {"data", "build", "dist", "node_modules"}
    for top in TOP.iterdir():
        is_tools_own = top.name.startswith(".") and top.name not in {".ci", ".dockerignore", ".gitignore"}
        if is_tools_own or top.name in not_ours or top.name.endswith(".egg-info"):
            continue
        yield from (
            [top]
            if top.is_file()
            else (file for file in top.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        )


def _hosts_named_in(content: bytes) -> list[str]:
    return [host for host in REGISTRY_HOSTS if host.encode() in content.lower()]


def test_no_file_names_a_package_registry() -> None:
    files = list(_project_files())
    assert {"requirements.lock", "requirements-dev.lock", "Makefile", "run"} <= {file.name for file in files}
    named = {file.relative_to(TOP).as_posix(): _hosts_named_in(file.read_bytes()) for file in files}
    assert {path: hosts for path, hosts in named.items() if hosts} == {}


def test_a_named_registry_would_be_seen() -> None:
    assert _hosts_named_in(f"--index-url https://{REGISTRY_HOSTS[0].upper()}/simple".encode()) == [
        REGISTRY_HOSTS[0]
    ]


NOT_FOR_A_QUESTION = [
    "slack_bolt",
    "slack_sdk",
    "starlette",
    "uvicorn",
    "openpyxl",
    "resvg_py",
    "matplotlib",
    "apscheduler",
    "numpy",
    "sqlite_utils",
    "wcwidth",
    "readline",
]


def _loaded_after(statements: str) -> set[str]:
    show = "import sys; print('loaded:', *{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{show}"], cwd=TOP, capture_output=True, text=True, check=True
    )
    return set(run.stdout.rpartition("loaded:")[2].split())


def test_whoever_only_asks_pays_for_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path))
    loaded = _loaded_after(
        "from bot.cli import main; main(['ask', '--today', '2024-05-01', '3-1-2の効果額は？'])"
    )
    assert {"bot", "knowledge", "reminders"} <= loaded
    assert loaded.isdisjoint(NOT_FOR_A_QUESTION)


def test_what_is_loaded_is_seen() -> None:
    assert "openpyxl" in _loaded_after("import openpyxl")
