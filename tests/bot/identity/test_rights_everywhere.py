"""everywhere.txt: each word, button and page that the bot has, tried as each kind of person, over the whole bot.

Whoever is refused learns nothing that is unpublished, changes nothing, and is told who can help.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.app import App
from bot.app.facade import AppFacade
from bot.channels.web.app import create_app
from bot.message import Message, Press
from tests.bot.channels.web.staff import WHOLE, Staff, open_bot

TABLE = Path(__file__).with_name("everywhere.txt")
PEOPLE: dict[str, str | None] = {
    "名簿外": None,
    "文化担当": "bunka-tanto",
    "文化係長": "bunka-kakaricho",
    "文化課長": "bunka-kacho",
    "観光担当": "kanko-tanto",
    "部長": "bunka-bu-bucho",
    "他部長": "somu-bucho",
    "管理職": "kanrishoku",
    "事務局": "jimukyoku",
    "管理者": "kanrisha",
}
UNPUBLISHED = WHOLE["problems"]
CHANGEABLE = ("entries", "entry_sign_offs", "drafts", "deadlines", "reminder_starts", "repeats", "rosters")


@dataclass(frozen=True)
class Row:
    """One line: what is said, pressed or opened, and what each person may expect."""

    what: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class Outcome:
    """What came of it: what a person was told, whether they were refused, and from what it was answered."""

    told: str
    is_refused: bool
    is_of_the_plan: bool
    is_nothing: bool = False


def rows() -> list[Row]:
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    header, *cells = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [Row(what, dict(zip(header[1:], row, strict=True))) for what, *row in cells]


ROWS = rows()
MAY_SEE = next(
    {who for who, expected in row.expected.items() if expected == "○"}
    for row in ROWS
    if row.what == "/evaluations/R5/3-1-2"
)
OF_THE_PLAN = ("fact", "passage", "list", "out_of_plan", "unclear")


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the hall's self-evaluation was submitted."""
    folder = tmp_path_factory.mktemp("submitted")
    Staff(open_bot(folder), "bunka-tanto").enter()
    return folder


@pytest.fixture(scope="module")
def shared(submitted: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    """A bot at which nothing is expected to change."""
    return open_bot(copied(submitted, tmp_path_factory.mktemp("shared")))


def copied(folder: Path, to: Path) -> Path:
    return shutil.copytree(folder, to, dirs_exist_ok=True)


_said = iter(range(10**6))


def tried(app: App, what: str, person: str | None) -> Outcome:
    if what.startswith("/"):
        response = Staff(app, person).client.get(what)
        return Outcome(response.text, response.status_code == 403, is_of_the_plan=False)
    key = str(next(_said))
    press = pressed(app, what)
    reply = app.conversation.take(
        Message("page", key, f"p-{key}", f"c-{key}", "" if press else what, person, press)
    )
    nothing = press is not None and ("もう使えません" in reply.text or "はありません。" in reply.text)
    refused = reply.kind == "refused" or (reply.kind == "not_taken" and not nothing)
    return Outcome(reply.text, refused, reply.kind in OF_THE_PLAN and press is None, nothing)


def pressed(app: App, what: str) -> Press | None:
    """The button of the sign-off, as it stands before whoever may press it."""
    action, _, act = what.partition(":")
    return Press(action, f"1:{act}", revision=0) if act and action.isascii() else None


def state(app: App) -> dict[str, list[dict[str, object]]]:
    with app.database.reading() as inside:
        return {table: list(inside.query(f"SELECT * FROM {table}")) for table in CHANGEABLE}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_person_gets_what_their_posts_allow(
    row: Row, shared: App, submitted: Path, tmp_path: Path
) -> None:
    before = state(shared)
    for who, expected in row.expected.items():
        if expected == "○!":
            app = open_bot(copied(submitted, tmp_path / who))
            untouched = state(app)
            outcome = tried(app, row.what, PEOPLE[who])
            assert not outcome.is_refused and state(app) != untouched, who
            continue
        outcome = tried(shared, row.what, PEOPLE[who])
        assert outcome.is_refused is (expected == "×"), (who, outcome.told)
        assert outcome.is_of_the_plan is (expected == "公"), (who, outcome.told)
        assert outcome.is_nothing is (expected == "無"), (who, outcome.told)
        if who not in MAY_SEE:
            assert UNPUBLISHED not in outcome.told, who
    assert state(shared) == before


@pytest.mark.parametrize("row", [row for row in ROWS if "×" in row.expected.values()], ids=str)
def test_whoever_is_refused_is_told_who_can_help(row: Row, shared: App) -> None:
    for who, expected in row.expected.items():
        if expected == "×":
            told = tried(shared, row.what, PEOPLE[who]).told
            assert re.search("ご相談ください|事務局|取り込|いまの段階では", told), (who, told)


def test_the_table_leaves_out_no_command(shared: App) -> None:
    said = tried(shared, "ヘルプ", None).told
    commands = re.findall(r"^・([^：]+)：", said, re.MULTILINE)
    assert commands and set(commands) <= {row.what for row in ROWS}


def test_the_table_leaves_out_no_page(shared: App) -> None:
    tried_pages = [row.what for row in ROWS if row.what.startswith("/")]
    left_out = [
        route.path for route in pages(shared) if not any(route.path_regex.match(page) for page in tried_pages)
    ]
    assert left_out == []


def pages(app: App) -> Iterator[Route]:
    """What can be looked at; forms are sent from there, and files have names that nobody else knows."""
    for route in create_app(AppFacade(app), app.settings).routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()) and "{key}" not in route.path:
            yield route
