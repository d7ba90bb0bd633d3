"""Bureaus and departments from their sheets, and what each department goes on with from the roster before.

A department that a new file no longer names stays in the roster, merged or closed, so that nothing that it
did loses its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from knowledge.roster.roster import Bureau, Department, Roster
from knowledge.sources.roster_sheets.headers import (
    BUREAU_ID,
    BUREAU_NAME,
    BUREAUS,
    CONTINUES,
    DEPARTMENT_ID,
    DEPARTMENT_NAME,
    DEPARTMENTS,
    FORMER_NAMES,
    GONE,
    MAILBOX,
    STANDING,
)
from knowledge.sources.table_rows import TableRow

_NAME_SEPARATORS = re.compile(r"[、,;；]")
_MAIL_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\]+")

Place = TypeVar("Place", Bureau, Department)


@dataclass
class Places:
    """Bureaus and departments, each sheet whole before anything is looked for in it.

    A cell names one by its id or by its present name, if only one has that name.
    """

    bureaus: dict[str, Bureau] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    def department(self, row: TableRow, header: str) -> Department | None:
        """The present department that the cell names; None, with a fault, when there is none."""
        key = row.needed(header)
        if not key:
            return None
        found = self.named_department(key)
        if found is None:
            row.fault(f"{header}「{row.text(header)}」は「{DEPARTMENTS}」にありません")
        elif not found.is_current:
            successor = self.departments.get(found.merged_into or "")
            hint = f"（「{successor.name}」が引き継いでいます）" if successor else ""
            row.fault(f"{header}「{found.name}」は廃止されています{hint}")
            return None
        return found

    def bureau(self, row: TableRow, header: str) -> Bureau | None:
        """The bureau that the cell names; None when it is empty or, with a fault, there is none such."""
        key = row.key(header)
        found = self.named_bureau(key)
        if key and found is None:
            row.fault(f"{header}「{row.text(header)}」は「{BUREAUS}」にありません")
        return found

    def named_bureau(self, key: str) -> Bureau | None:
        return self.bureaus.get(key) or self._bureau_names.get(key)

    def named_department(self, key: str) -> Department | None:
        return self.departments.get(key) or self._department_names.get(key)

    @cached_property
    def _bureau_names(self) -> dict[str, Bureau]:
        return _by_name(self.bureaus.values())

    @cached_property
    def _department_names(self) -> dict[str, Department]:
        return _by_name(one for one in self.departments.values() if one.is_current)


def is_mail_address(text: str) -> bool:
    """Whether mail can go there as it is written: one address, and nothing that a header would break on."""
    return text.isascii() and len(text) <= 254 and _MAIL_ADDRESS.fullmatch(text) is not None


def read_places(
    bureau_rows: Iterable[TableRow], department_rows: Iterable[TableRow], previous: Roster | None
) -> Places:
    """Both sheets, with every fault noted at its row; `previous` is the roster in force."""
    places = Places()
    for row in bureau_rows:
        id, name = row.needed(BUREAU_ID), _name(row, BUREAU_NAME)
        if id and _is_new(row, BUREAU_ID, id, places):
            places.bureaus[id] = Bureau(id, name)
    read = [one for row in department_rows if (one := _read(row, places)) is not None]
    before = {one.id: one for one in previous.departments} if previous else {}
    merged = _successors([one.with_renamed_predecessors(read, before) for one in read], before)
    for one in read:
        places.departments[one.id] = one.department(merged.get(one.id), before.get(one.id))
    for id, gone in before.items():
        if id not in places.departments:
            places.departments[id] = _carried(gone, merged.get(id), places)
    _refuse_circles(read, places)
    return places


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of the departments' sheet."""

    row: TableRow
    id: str
    name: str
    bureau: str | None
    mailbox: str
    former_names: tuple[str, ...]
    predecessors: tuple[str, ...]
    is_gone: bool

    def with_renamed_predecessors(self, read: list[_Read], before: dict[str, Department]) -> _Read:
        """A new id with a former name that only a department of before had goes on with that one."""
        if self.predecessors or self.id in before:
            return self
        still_there = {one.id for one in read}
        renamed = tuple(
            old.id
            for old in before.values()
            if old.is_current and old.id not in still_there and old.name in self.former_names
        )
        return replace(self, predecessors=renamed)

    def department(self, successor: str | None, before: Department | None) -> Department:
        """`successor` goes on with it; the names it had `before` are kept."""
        names = (*self.former_names, *((before.name, *before.former_names) if before else ()))
        return Department(
            self.id,
            self.name,
            self.bureau,
            self.mailbox,
            tuple(dict.fromkeys(name for name in names if name != self.name)),
            successor if self.is_gone else None,
            self.is_gone and successor is None,
        )


def _read(row: TableRow, places: Places) -> _Read | None:
    id, name, standing = row.needed(DEPARTMENT_ID), _name(row, DEPARTMENT_NAME), row.key(STANDING)
    mailbox = row.text(MAILBOX)
    if mailbox and not is_mail_address(mailbox):
        row.fault(f"{MAILBOX}「{mailbox}」はメールアドレスとして使えません")
    if standing not in ("", GONE):
        row.fault(f"{STANDING}「{standing}」は使えません。空か「{GONE}」にしてください")
    bureau = places.bureau(row, BUREAU_ID)
    if not id or not _is_new(row, DEPARTMENT_ID, id, places):
        return None
    former = tuple(name.strip() for name in _NAME_SEPARATORS.split(row.text(FORMER_NAMES)) if name.strip())
    read = _Read(
        row, id, name, bureau.id if bureau else None, mailbox, former, row.keys(CONTINUES), standing == GONE
    )
    places.departments[id] = read.department(None, None)
    return read


def _successors(read: list[_Read], before: dict[str, Department]) -> dict[str, str]:
    """What goes on as what: the id of each predecessor to the id that goes on with it."""
    present = {one.id for one in read if not one.is_gone}
    known = {one.id for one in read} | before.keys()
    successors: dict[str, str] = {}
    for one in read:
        for id in one.predecessors:
            if id in present:
                one.row.fault(f"{CONTINUES}「{id}」は廃止されていません。廃止する課等の行を除いてください")
            elif id not in known:
                one.row.fault(f"{CONTINUES}「{id}」は、このファイルにもこれまでの名簿にもありません")
            elif id in successors:
                one.row.fault(
                    f"{CONTINUES}「{id}」は「{successors[id]}」も継続元にしています。1つにしてください"
                )
            else:
                successors[id] = one.id
    return successors


def _carried(gone: Department, successor: str | None, places: Places) -> Department:
    merged_into = successor or gone.merged_into
    bureau = gone.bureau if gone.bureau in places.bureaus else None
    return replace(gone, bureau=bureau, merged_into=merged_into, is_closed=merged_into is None)


def _refuse_circles(read: list[_Read], places: Places) -> None:
    for one in read:
        seen = {one.id}
        following = places.departments[one.id].merged_into
        while following is not None and following not in seen:
            seen.add(following)
            following = places.departments[following].merged_into
        if following is not None:
            one.row.fault(f"{CONTINUES}をたどると「{following}」に戻ってしまいます")


def _by_name(places: Iterable[Place]) -> dict[str, Place]:
    """Those whose name no other has."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[_as_key(place.name)].append(place)
    return {name: several[0] for name, several in found.items() if len(several) == 1}


def _name(row: TableRow, header: str) -> str:
    row.needed(header)
    return row.text(header)


def _is_new(row: TableRow, header: str, id: str, places: Places) -> bool:
    if id in places.bureaus or id in places.departments:
        row.fault(f"{header}「{id}」はほかの行でも使われています")
        return False
    return True


def _as_key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
