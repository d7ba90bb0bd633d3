"""What comes in and what goes out, in no channel's markup: Message in, Reply out.

Channels turn their payloads into a Message and a Reply into their own form; both survive a trip through JSON,
since a Message rests in the inbox and a Reply travels as an outbox message.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.question import Language


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button or a submitted form: which action, on what, with which values, at which revision."""

    action: str
    value: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person said or pressed.

    `key` is the same when a channel repeats the message; `sender` is the channel's own name for the person
    (None: not known); `place` is where the reply goes; `conversation` is what follow-ups belong to;
    `is_private` is False where others read along; `aside` is then the conversation in which a confidential reply
    goes on.
    """

    channel: str
    key: str
    place: str
    conversation: str
    text: str = ""
    sender: str | None = None
    press: Press | None = None
    is_private: bool = True
    aside: str = ""

    def to_json(self) -> str:
        return json.dumps(self, default=_fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Message:
        fields = json.loads(text)
        press = fields.pop("press")
        if press is not None:
            pairs = tuple((name, value) for name, value in press.pop("fields"))
            press = Press(**press, fields=pairs)
        return cls(**fields, press=press)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; `numeric` says which columns are aligned to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart; None where there is no figure (never 0). A share has decimals, which are printed."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A small chart over years; always accompanied by the same figures as a table or as text."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands: `reference` is what the passage opens by (3-1-2, p.4)."""

    reference: str
    label: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `action` "ask" puts `value` as a question; others go to their own dialogue or command."""

    label: str
    value: str
    action: str = "ask"
    revision: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `kind` is text, long, amount or choice (then with options as (value, label))."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    is_required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that are sent together under one action, at a draft's revision.

    `others` are further buttons that send the same fields, each under its own action and value.
    """

    action: str
    value: str
    title: str
    fields: tuple[Field, ...]
    revision: int | None = None
    submit: str = "送信"
    others: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file made for the person; `path` is relative to the data folder."""

    name: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day (ISO date) until which something can be done, for the person's own calendar.

    `id` stays the same when the day is moved; `details` says what is to be done; `begins_with` is what to say to
    the bot to begin it, "" where nothing is entered, and `path` where on the page it is entered.
    """

    id: str
    title: str
    day: str
    details: str = ""
    begins_with: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said back. `text` alone must already say it all: it is what a plain channel shows.

    `answer` is the answer as JSON (the contract of `kaikaku ask --json`) when the message was a question;
    `is_confidential` keeps a reply out of places where others read along; `language` is ja or en.
    """

    text: str
    heading: str = ""
    table: Table | None = None
    chart: Chart | None = None
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    form: Form | None = None
    file: File | None = None
    notes: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    kind: str = "text"
    is_confidential: bool = False
    answer: str = ""
    language: Language = "ja"

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("返答の本文が空です")

    def to_json(self) -> str:
        return json.dumps(self, default=_fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Reply:
        return _reply(json.loads(text))


def _fields(part: Any) -> dict[str, Any]:
    """One part as JSON has it; dataclasses.asdict would copy everything in it, which takes most of the time."""
    return {name: getattr(part, name) for name in part.__slots__}


def _reply(fields: dict[str, Any]) -> Reply:
    made: dict[str, Any] = dict(fields)
    for name, make in _PARTS.items():
        if made.get(name) is not None:
            made[name] = make(made[name])
    made["sources"] = tuple(Source(**source) for source in made.get("sources", ()))
    made["choices"] = tuple(Choice(**choice) for choice in made.get("choices", ()))
    made["notes"] = tuple(made.get("notes", ()))
    made["deadlines"] = tuple(Deadline(**one) for one in made.get("deadlines", ()))
    return Reply(**made)


def _table(fields: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in fields["rows"])
    return Table(tuple(fields["columns"]), rows, fields["caption"], tuple(fields["numeric"]))


def _chart(fields: dict[str, Any]) -> Chart:
    series = tuple(Series(one["name"], tuple(one["values"])) for one in fields["series"])
    return Chart(fields["title"], tuple(fields["labels"]), series, fields["unit"])


def _form(fields: dict[str, Any]) -> Form:
    def field(one: dict[str, Any]) -> Field:
        return Field(**{**one, "options": tuple((value, label) for value, label in one["options"])})

    made = tuple(field(one) for one in fields["fields"])
    # Forms that wait as outbox messages since before there were other buttons have none.
    others = tuple(Choice(**one) for one in fields.get("others", ()))
    return Form(**{**fields, "fields": made, "others": others})


def _file(fields: dict[str, Any]) -> File:
    return File(**fields)


_PARTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "table": _table,
    "chart": _chart,
    "form": _form,
    "file": _file,
}
