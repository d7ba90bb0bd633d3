"""Who answers for what, from its sheet: codes and indicators as the plan in force has them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice

from knowledge.japanese import fold
from knowledge.plan.plan import Initiative, Plan, ReformItem
from knowledge.roster.roster import ItemIndicator, Responsibility, Subject
from knowledge.sources.roster_sheets.departments import Places
from knowledge.sources.roster_sheets.headers import (
    CODE,
    DEPARTMENT_ID,
    INDICATOR,
    LEADING,
    LEADS,
    TAKING_PART,
)
from knowledge.sources.table_rows import TableRow

_DATE = re.compile(r"(\d{2,4}/\d{1,2}(/\d{1,2})?|\d{1,2}月\d{1,2}日)")


@dataclass(frozen=True, slots=True)
class _Read:
    row: TableRow
    responsibility: Responsibility


def read_responsibilities(rows: Iterable[TableRow], places: Places, plan: Plan) -> tuple[Responsibility, ...]:
    """The sheet, with every fault noted at its row."""
    read = [one for row in rows if (one := _read(row, places, plan)) is not None]
    by_subject: dict[Subject, list[_Read]] = defaultdict(list)
    for one in read:
        by_subject[one.responsibility.subject].append(one)
    for group in by_subject.values():
        _refuse_clashes(group)
    return tuple(one.responsibility for one in read)


def _read(row: TableRow, places: Places, plan: Plan) -> _Read | None:
    subject, department, leads = _subject(row, plan), places.department(row, DEPARTMENT_ID), row.key(LEADS)
    days = row.days()
    if leads not in ("", LEADING, TAKING_PART):
        row.fault(f"{LEADS}「{leads}」は使えません。「{LEADING}」か「{TAKING_PART}」にしてください")
    if subject is None:
        return None
    # A row whose department is at fault still counts beside the others: it may be the one that leads.
    id = department.id if department else row.place
    return _Read(row, Responsibility(id, subject, leads != TAKING_PART, days))


def _subject(row: TableRow, plan: Plan) -> Subject | None:
    given = row.text(CODE)
    if not given:
        row.needed(CODE)
        return None
    part = plan.by_code.get(fold(given).text) or next((i for i in plan.initiatives if i.id == given), None)
    if isinstance(part, ReformItem):
        return _indicator(row, part)
    if isinstance(part, Initiative):
        if not row.is_empty(INDICATOR):
            row.fault(f"{CODE}「{given}」は取組です。{INDICATOR}は空にするか、改革項目の番号を書いてください")
        return part.id
    if _DATE.fullmatch(given):
        row.fault(f"{CODE}「{given}」は日付に変わっています。3-1-2 のように文字列で書いてください")
    else:
        row.fault(f"{CODE}「{given}」は計画にありません")
    return None


def _indicator(row: TableRow, item: ReformItem) -> ItemIndicator | None:
    names = {_as_key(indicator.name): indicator.name for indicator in item.indicators}
    name = names.get(_as_key(row.text(INDICATOR)))
    if name is None:
        listed = "、".join(f"「{name}」" for name in names.values())
        row.fault(f"{INDICATOR}「{row.text(INDICATOR)}」は{item.code}にありません（{listed}）")
        return None
    return ItemIndicator(item.code, name)


def _refuse_clashes(group: list[_Read]) -> None:
    """On any day a department answers for a subject once, and one department leads."""
    for at, one in enumerate(group):
        mine = one.responsibility
        same = _earlier(group, at, partial(_is_of, mine.department))
        if same is not None:
            one.row.fault(f"{same.row.place}と重複しています")
        elif mine.leads and (leading := _earlier(group, at, lambda other: other.leads)) is not None:
            one.row.fault(f"主の課等が{leading.row.place}にもあります。ほかは「{TAKING_PART}」にしてください")
        elif not mine.leads and not any(other.responsibility.leads and _meet(one, other) for other in group):
            one.row.fault(f"「{LEADING}」の課等がありません")


def _is_of(department: str, responsibility: Responsibility) -> bool:
    return responsibility.department == department


def _earlier(group: list[_Read], at: int, wanted: Callable[[Responsibility], bool]) -> _Read | None:
    """The first row before the one at `at` that is wanted and holds on a day on which that one holds."""
    return next(
        (other for other in islice(group, at) if wanted(other.responsibility) and _meet(group[at], other)),
        None,
    )


def _meet(one: _Read, other: _Read) -> bool:
    return one.responsibility.days.meets(other.responsibility.days)


def _as_key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
