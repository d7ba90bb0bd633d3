"""The submitted self-evaluations: every version stays, and every step of their sign-off.

The only module that speaks of the tables of entries (`entry_tables` makes them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.storage.entry import Entry, EntryRow, EntryState, Evaluation, Reported, SignOff, SignOffStep
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import State, Target
from reminders.moment import read, written

if TYPE_CHECKING:
    from sqlite_utils import Database


class Superseded(Exception):
    """Raised where an entry has meanwhile got another version, or another step: nothing is kept."""


def is_prepared(database: Database) -> bool:
    """Whether the table of entries is there: not in a database of an earlier time."""
    return database["entries"].exists()


def submit(
    database: Database,
    evaluation: Evaluation,
    *,
    by: str,
    now: datetime,
    is_late: bool,
    follows: int = 0,
    why: str = "",
) -> Entry:
    """Add the evaluation as the version after `follows` (0: the first), because of `why` where it corrects one.

    Raises Superseded when `follows` is not the latest version. `by` is a person's id.
    """
    before = _latest_version(database, evaluation.round, evaluation.subject)
    if before != follows:
        raise Superseded(evaluation.subject)
    entry = Entry(
        **_content(evaluation),
        number=0,
        version=follows + 1,
        submitted_by=by,
        submitted_at=now,
        is_late=is_late,
        why=why if follows else "",
    )
    number = _insert(database, "entries", _row(entry))
    for kind, figures in (("actual", entry.actual), ("forecast", entry.forecast)):
        for position, figure in enumerate(figures):
            _insert(database, "entry_figures", _figure_row(number, kind, position, figure))
    return replace(entry, number=number)


def sign(database: Database, number: int, sign_off: SignOff, after: SignOffStep) -> None:
    """Add a step to the entry of that number; Superseded where it is no longer the latest or not at `after`."""
    entry = entry_numbered(database, number)
    if entry is None or entry.sign_off.step is not after:
        raise Superseded(str(number))
    if entry.version != _latest_version(database, entry.round, entry.subject):
        raise Superseded(entry.subject)
    columns = {
        "entry": number,
        "step": sign_off.step.value,
        "by": sign_off.by,
        "at": written(sign_off.at),
        "reason": sign_off.reason,
        "in_place_of_head": int(sign_off.in_place_of_head),
    }
    _insert(database, "entry_sign_offs", columns)


def latest(database: Database, round: str) -> tuple[Entry, ...]:
    """The latest version of every entry of that round (R5), in the order in which they were first submitted."""
    by_subject = {entry.subject: entry for entry in _entries(database, "round = ?", [round])}
    return tuple(by_subject.values())


def versions(database: Database, round: str, subject: str) -> tuple[Entry, ...]:
    """Every version of one entry, oldest first."""
    return tuple(_entries(database, "round = ? AND subject = ?", [round, subject]))


def of_subject(database: Database, subject: str) -> tuple[Entry, ...]:
    """The latest version of each round's entry on a subject, in the order in which they were submitted."""
    by_round = {entry.round: entry for entry in _entries(database, "subject = ?", [subject])}
    return tuple(by_round.values())


def entry_numbered(database: Database, number: int) -> Entry | None:
    """The entry of that number, None when there is none."""
    return next(_entries(database, "number = ?", [number]), None)


def _latest_version(database: Database, round: str, subject: str) -> int:
    rows = database.query(
        "SELECT max(version) AS version FROM entries WHERE round = ? AND subject = ?", [round, subject]
    )
    return next(iter(rows))["version"] or 0


def _entries(database: Database, where: str, values: list[Any]) -> Iterator[Entry]:
    chosen = f"SELECT number FROM entries WHERE {where}"
    figures = _by_entry(
        database.query(f"SELECT * FROM entry_figures WHERE entry IN ({chosen}) ORDER BY position", values)
    )
    steps = _by_entry(
        database.query(f"SELECT * FROM entry_sign_offs WHERE entry IN ({chosen}) ORDER BY number", values)
    )
    for row in list(database.query(f"SELECT * FROM entries WHERE {where} ORDER BY number", values)):
        yield _entry(row, figures[row["number"]], steps[row["number"]])


def _by_entry(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["entry"]].append(row)
    return found


def _insert(database: Database, table: str, columns: dict[str, Any]) -> int:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    cursor = database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(columns.values()))
    return int(cursor.lastrowid or 0)


def _content(evaluation: Evaluation) -> dict[str, Any]:
    return {one.name: getattr(evaluation, one.name) for one in fields(Evaluation)}


_WORDS = (
    *("round", "subject", "version", "code", "title", "edition", "department"),
    *("causes", "success", "problems", "submitted_by", "why"),
)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) for name in _WORDS},
        "state": entry.state.value,
        "submitted_at": written(entry.submitted_at),
        "is_late": int(entry.is_late),
    }


def _figure_row(entry: int, kind: str, position: int, figure: Reported) -> dict[str, Any]:
    return {
        "entry": entry,
        "kind": kind,
        "position": position,
        "subject": figure.row.subject,
        "code": figure.row.code,
        "measure": figure.row.measure,
        "name": figure.row.name,
        "unit": figure.row.unit,
        "fiscal_year": figure.year.short,
        "value": figure.value,
        "written": figure.written,
        "target_state": figure.target.state.value,
        "target_value": figure.target.value,
        "target_printed": figure.target.printed,
    }


def _entry(row: dict[str, Any], figures: list[dict[str, Any]], steps: list[dict[str, Any]]) -> Entry:
    return Entry(
        **{name: row[name] for name in _WORDS},
        number=row["number"],
        state=EntryState(row["state"]),
        actual=tuple(_figure(one) for one in figures if one["kind"] == "actual"),
        forecast=tuple(_figure(one) for one in figures if one["kind"] == "forecast"),
        submitted_at=read(row["submitted_at"]),
        is_late=bool(row["is_late"]),
        sign_offs=tuple(map(_sign_off, steps)),
    )


def _figure(row: dict[str, Any]) -> Reported:
    return Reported(
        EntryRow(row["subject"], row["code"], row["measure"], row["name"], row["unit"]),
        FiscalYear.from_short(row["fiscal_year"]),
        Target(State(row["target_state"]), row["target_value"], row["target_printed"]),
        row["value"],
        row["written"],
    )


def _sign_off(row: dict[str, Any]) -> SignOff:
    return SignOff(
        SignOffStep(row["step"]),
        row["by"],
        read(row["at"]),
        row["reason"],
        bool(row["in_place_of_head"]),
    )
