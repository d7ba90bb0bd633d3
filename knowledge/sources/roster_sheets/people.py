"""People from their sheets: their posts and since when, how they are reached, when they are away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.roster.roster import OF_A_DEPARTMENT, Absence, Address, Channel, Person, Post, PostKind
from knowledge.sources.roster_sheets.departments import Places, is_mail_address
from knowledge.sources.roster_sheets.headers import (
    ADDRESS,
    BUREAUS,
    CHANNEL,
    CHANNELS,
    DEPARTMENTS,
    MAILBOX,
    PERSON_ID,
    PERSON_NAME,
    PERSONS,
    PLACE,
    POST,
    POST_KINDS,
    POSTS,
)
from knowledge.sources.table_rows import FIRST_DAY, TableRow

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
_LONGEST_USER = 256
_HELD_BY_ONE = (PostKind.HEAD, PostKind.DIRECTOR)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, the posts that nobody holds, and the absences."""

    persons: tuple[Person, ...]
    vacancies: tuple[Post, ...]
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    row: TableRow
    person: str | None
    post: Post

    @property
    def place(self) -> tuple[str | None, str | None]:
        return self.post.department, self.post.bureau


def read_people(
    person_rows: Iterable[TableRow],
    post_rows: Iterable[TableRow],
    address_rows: Iterable[TableRow],
    absence_rows: Iterable[TableRow],
    places: Places,
) -> People:
    """The four sheets, with every fault noted at its row."""
    rows = _persons(person_rows)
    held = [one for row in post_rows if (one := _held(row, rows, places)) is not None]
    _refuse_two_in_one_post(held)
    posts, addresses = defaultdict(list), _addresses(address_rows, rows, places)
    for one in held:
        posts[one.person].append(one.post)
    for id, row in rows.items():
        if id not in posts:
            row.fault(f"{PERSON_ID}「{id}」の職が「{POSTS}」にありません")
    persons = (
        Person(id, row.text(PERSON_NAME), tuple(posts[id]), tuple(addresses.get(id, ())))
        for id, row in rows.items()
    )
    return People(tuple(persons), tuple(posts[None]), tuple(_absences(absence_rows, rows)))


def _persons(rows: Iterable[TableRow]) -> dict[str, TableRow]:
    found: dict[str, TableRow] = {}
    for row in rows:
        id = row.needed(PERSON_ID)
        if id in found:
            row.fault(f"{PERSON_ID}「{id}」は{found[id].place}にもあります")
        elif id:
            found[id] = row
    return found


def _held(row: TableRow, persons: Mapping[str, TableRow], places: Places) -> _Held | None:
    title = row.needed(POST)
    kind = POST_KINDS.get(title)
    if title and kind is None:
        row.fault(f"{POST}「{title}」は使えません（{'、'.join(POST_KINDS)}）")
    person = _known(row, persons) if not row.is_empty(PERSON_ID) else None
    days = row.days()
    if kind is None:
        return None
    department, bureau = _place(row, kind, places)
    return _Held(row, person, Post(kind, department, bureau, days))


def _place(row: TableRow, kind: PostKind, places: Places) -> tuple[str | None, str | None]:
    """Department and bureau of a post; which of them it needs depends on its kind."""
    bureau = places.named_bureau(row.key(PLACE))
    if kind in OF_A_DEPARTMENT and (bureau is not None or row.is_empty(PLACE)):
        row.fault(f"{kind.label}の{PLACE}には課等を書いてください（「{DEPARTMENTS}」のID）")
        return None, None
    if kind is PostKind.DIRECTOR and bureau is None:
        row.fault(f"{kind.label}の{PLACE}には部を書いてください（「{BUREAUS}」のID）")
        return None, None
    if bureau is not None or row.is_empty(PLACE):
        return None, bureau.id if bureau else None
    department = places.department(row, PLACE)
    return (department.id if department else None), None


def _refuse_two_in_one_post(held: list[_Held]) -> None:
    """Nobody twice in one post, and one head or director at a time."""
    earlier: dict[object, list[_Held]] = defaultdict(list)
    for one in held:
        same_post = earlier[one.post.kind, one.place]
        clash = next((other for other in same_post if _clashes(one, other)), None)
        if clash is not None and clash.person == one.person:
            one.row.fault(f"{clash.row.place}と重複しています")
        elif clash is not None:
            one.row.fault(f"同じ期間に{one.post.kind.label}が2人います（{clash.row.place}）")
        same_post.append(one)


def _clashes(one: _Held, other: _Held) -> bool:
    is_one_too_many = one.post.kind in _HELD_BY_ONE and one.place != (None, None)
    same_person = one.person is not None and one.person == other.person
    return (is_one_too_many or same_person) and one.post.days.meets(other.post.days)


def _addresses(
    rows: Iterable[TableRow], persons: Mapping[str, TableRow], places: Places
) -> dict[str, list[Address]]:
    found: dict[str, list[Address]] = defaultdict(list)
    taken = {
        Address(Channel.MAIL, one.mailbox).key: f"「{one.name}」の{MAILBOX}"
        for one in places.departments.values()
        if one.mailbox
    }
    for row in rows:
        person, address = _known(row, persons), _address(row)
        if address is None:
            continue
        if address.key in taken:
            row.fault(f"{ADDRESS}「{address.value}」は{taken[address.key]}と重複しています")
        elif person is not None:
            found[person].append(address)
        taken.setdefault(address.key, row.place)
    return found


def _address(row: TableRow) -> Address | None:
    given, value = row.needed(CHANNEL), row.text(ADDRESS)
    channel = next((one for label, one in CHANNELS.items() if label.casefold() == given.casefold()), None)
    if given and channel is None:
        row.fault(f"{CHANNEL}「{given}」は使えません（{'、'.join(CHANNELS)}）")
    if row.is_empty(ADDRESS):
        row.fault(f"{ADDRESS}が空です")
    if channel is None or not value:
        return None
    if not _fits(channel, value):
        row.fault(f"{ADDRESS}「{value}」は{given}の宛先として使えません")
        return None
    return Address(channel, value)


def _fits(channel: Channel, value: str) -> bool:
    match channel:
        case Channel.SLACK:
            return _SLACK_ID.fullmatch(value) is not None
        case Channel.MAIL:
            return is_mail_address(value)
        case Channel.PAGE:
            return len(value) <= _LONGEST_USER


def _absences(rows: Iterable[TableRow], persons: Mapping[str, TableRow]) -> Iterator[Absence]:
    for row in rows:
        person, days = _known(row, persons), row.days()
        if row.is_empty(FIRST_DAY):
            row.fault(f"{FIRST_DAY}が空です")
        elif person is not None:
            yield Absence(person, days)


def _known(row: TableRow, persons: Mapping[str, TableRow]) -> str | None:
    id = row.needed(PERSON_ID)
    if id and id not in persons:
        row.fault(f"{PERSON_ID}「{id}」は「{PERSONS}」にありません")
    return id if id in persons else None
