"""What a typed line becomes, given what was last shown: a message, a pressed button, the next field of a form."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from bot.channels.terminal.render import clean
from bot.message import Choice, Field, Form, Press, Reply
from bot.storage.feedback import Mark
from bot.wording.wording import say


@dataclass(frozen=True, slots=True)
class Send:
    """A message to the bot; `is_aside`: a question in the middle of a form, which then goes on."""

    text: str
    press: Press | None = None
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Something that the terminal itself has to say; with no words it only waits for the next line."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Whether the last answer helped."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Leave:
    """The person is done."""


Typed = Send | Say | Rate | Leave

MARKS: dict[str, Mark] = {
    "helpful": "helpful",
    "役に立った": "helpful",
    "unhelpful": "not_helpful",
    "役に立たなかった": "not_helpful",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What was last shown and can be answered: choices by their number, a form field by field."""

    choices: tuple[Choice, ...] = ()
    form: Form | None = None
    filled: tuple[tuple[str, str], ...] = ()

    @classmethod
    def by(cls, reply: Reply) -> Shown:
        return cls(reply.choices, reply.form if reply.form and reply.form.fields else None)

    @property
    def field(self) -> Field | None:
        """The field that is asked for now."""
        return None if self.form is None else self.form.fields[len(self.filled)]

    def choice(self, number: str) -> Choice | None:
        is_one = number.isdecimal() and len(number) < 4 and 1 <= int(number) <= len(self.choices)
        return self.choices[int(number) - 1] if is_one else None


def read(line: str, shown: Shown) -> tuple[Typed, Shown]:
    """What to do with the line, and what stands to be answered after it."""
    text = clean(line).strip()
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain.startswith("/"):
        return _told(plain.removeprefix("/").strip(), shown)
    if shown.form is None:
        return _said(text, plain, shown)
    if plain.startswith("?"):
        return Send(text[1:].strip(), is_aside=True), shown
    return _entered(text, plain, shown)


def _told(word: str, shown: Shown) -> tuple[Typed, Shown]:
    """What the terminal itself is told."""
    if word in ("quit", "exit", "終了"):
        return Leave(), shown
    if word in ("help", "ヘルプ", "?"):
        return Say(say("terminal/help")), shown
    if (mark := MARKS.get(word)) is not None:
        return Rate(mark), shown
    if word in ("cancel", "中止") and shown.form is not None:
        return Say(say("terminal/cancelled")), replace(shown, form=None, filled=())
    if (choice := shown.choice(word)) is not None:
        return _pressed(choice), shown
    return Say(say("terminal/no_such_word")), shown


def _said(text: str, plain: str, shown: Shown) -> tuple[Typed, Shown]:
    if not text:
        return Say(), shown
    if plain in ("quit", "exit"):
        return Leave(), shown
    if (choice := shown.choice(plain)) is not None:
        return _pressed(choice), shown
    return Send(text), shown


def _pressed(choice: Choice) -> Send:
    return Send(choice.label, Press(choice.action, choice.value, revision=choice.revision))


def _entered(text: str, plain: str, shown: Shown) -> tuple[Typed, Shown]:
    """The value of the field that was asked for; after the last one the form is sent."""
    form, field = shown.form, shown.field
    assert form is not None and field is not None
    value = _value(text, plain, field)
    if value is None:
        return Say(say("terminal/choose_by_number")), shown
    if field.is_required and not value:
        return Say(say("terminal/required")), shown
    filled = (*shown.filled, (field.name, value))
    if len(filled) < len(form.fields):
        return Say(), replace(shown, filled=filled)
    press = Press(form.action, form.value, filled, form.revision)
    return Send(form.submit, press), Shown(shown.choices)


def _value(text: str, plain: str, field: Field) -> str | None:
    """What was entered; None for what is no option of the field."""
    if plain == "-":
        return ""
    if not text:
        return field.value
    if not field.options:
        return text
    by_number = {str(number): value for number, (value, _) in enumerate(field.options, start=1)}
    by_label = {label: value for value, label in field.options}
    return by_number.get(plain, by_label.get(text))
