"""The form as officers write it (form.toml): what is asked in which words, and what people may say to it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.refusal import Refusal
from bot.storage.entry import EntryState
from knowledge.amount_mentions import read_amount

T = TypeVar("T")

_CODE = re.compile(r"[0-9]+(?:-[0-9]+){1,2}(?:#[0-9]+)?")
_DASHES = re.compile(r"(?<=[0-9])[−‐‑‒–—―ー](?=[0-9])")

SHIPPED = Path(__file__).with_name("form.toml")

STEPS = ("state", "forecast", "actual", "causes", "success", "problems", "why")
COMMENTS = ("causes", "success", "problems", "why")
KINDS = ("initiative", "indicator", "words")
WORDS = (
    *("back", "skip", "pause", "cancel", "discard", "resume", "correct", "submit", "help"),
    *("keep", "target", "unset", "rest", "whole", "yes", "no"),
)


@dataclass(frozen=True, slots=True)
class StepWords:
    """How a step is asked; what is not required may be left out of the entry."""

    label: str
    question: str
    hint: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class EvaluationForm:
    """All of it. `order` gives the steps for an initiative, an indicator and an indicator in words."""

    gap_percent: int
    doubt_times: int
    longest_comment: int
    order: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, StepWords]
    states: Mapping[EntryState, tuple[str, ...]]
    start: tuple[str, ...]
    start_endings: tuple[str, ...]
    sign_off: tuple[str, ...]
    returning: tuple[str, ...]
    why_returned: str
    actuals: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    question_endings: tuple[str, ...]
    contact: tuple[str, ...]
    remarks: tuple[str, ...]
    shortest_comment: int
    vague: tuple[str, ...]
    clues: tuple[str, ...]

    def started(self, text: str) -> str | None:
        """What is to be entered (3-1-2 of 3-1-2の自己評価をしたい); empty where nothing is named, None for anything else.

        It is a code, or words that may name a title.
        """
        said = plain(text)
        for ending in self.start_endings:
            said = said.removesuffix(plain(ending))
        return _named_before(self.start, said)

    def signed(self, text: str) -> str | None:
        """The code that is to be signed off (3-1-2の確認); empty where none is named, None for anything else."""
        code = _named_before(self.sign_off, plain(text))
        return code if code is not None and (not code or is_code(code)) else None

    def returned(self, text: str) -> tuple[str, str] | None:
        """The code and the reason of 3-1-2を差戻し 要因を詳しく."""
        words = "|".join(map(re.escape, self.returning))
        found = re.fullmatch(
            rf"({_CODE.pattern})[をの]?\s*(?:{words})[\s:、,]+(.+)", _narrow(text), re.DOTALL
        )
        return (found[1], found[2].strip()) if found else None

    def word(self, text: str) -> str:
        """Which of the words of every moment the whole text is (back, skip ...), or nothing."""
        return _found(self.words, text) or ""

    def state(self, text: str) -> EntryState | None:
        """The state that the whole text names."""
        return _found(self.states, plain(text).removesuffix("です"))

    def is_question(self, text: str) -> bool:
        """Whether it asks rather than answers."""
        return plain(text).endswith(tuple(map(plain, self.question_endings)))

    def is_remark(self, text: str) -> bool:
        """Whether a comment looks like something said in passing, or like the answer to another step."""
        is_short = len(plain(text)) < self.shortest_comment
        is_other = self.state(text) is not None or read_amount(text) is not None
        return is_short or is_other or plain(text) in set(map(plain, self.remarks))

    def is_vague(self, text: str) -> bool:
        """Whether it only considers or wishes, with no sign of who does what by when."""
        return any(word in text for word in self.vague) and not any(clue in text for clue in self.clues)


def is_code(text: str) -> bool:
    """Whether it is written as a code: 3-1-2, 1-1, 1-1#2."""
    return _CODE.fullmatch(text) is not None


def plain(text: str) -> str:
    """One writing for words to be compared by; a dash between figures is one whichever it is."""
    return _narrow(text).casefold().strip(" 　。．.!、/「」")


def _named_before(ways: tuple[str, ...], said: str) -> str | None:
    for words in sorted(map(plain, ways), key=len, reverse=True):
        if said.endswith(words):
            return said.removesuffix(words).rstrip("のを ")
    return None


def _narrow(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())


def _found(said: Mapping[T, tuple[str, ...]], text: str) -> T | None:
    given = plain(text)
    return next((name for name, ways in said.items() if given and given in map(plain, ways)), None)


@cache
def shipped_form() -> EvaluationForm:
    """The form that the project carries."""
    return read_form(SHIPPED)


def read_form(path: Path) -> EvaluationForm:
    """The form in a file; Refusal naming every fault and its place."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Refusal(f"{path.name} を読めません: {fault}") from None
    reader = _Reader(given)
    form = reader.form()
    if reader.faults:
        listed = "\n".join(f"・{fault}" for fault in reader.faults)
        raise Refusal(f"{path.name} に{len(reader.faults)}件の誤りがあります。\n{listed}")
    return form


class _Reader:
    """Takes the form out of what was read, and gathers what is wrong with it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given, self.faults = given, list[str]()

    def form(self) -> EvaluationForm:
        states = {state: self.several(f"states.{state.value}") for state in EntryState}
        return EvaluationForm(
            gap_percent=self.number("gap_percent"),
            doubt_times=self.number("doubt_times"),
            longest_comment=self.number("longest_comment"),
            order={kind: self.order(kind) for kind in KINDS},
            steps={name: self.step(name) for name in STEPS},
            states=states,
            start=self.several("start.words"),
            start_endings=self.several("start.endings"),
            sign_off=self.several("sign_off.list"),
            returning=self.several("sign_off.return"),
            why_returned=self.text("sign_off.why_returned"),
            actuals=self.several("actuals.words"),
            words={name: self.several(f"words.{name}") for name in WORDS},
            question_endings=self.several("questions.endings"),
            contact=self.several("questions.contact"),
            remarks=self.several("remarks.words"),
            shortest_comment=self.number("remarks.shortest"),
            vague=self.several("vague.words"),
            clues=self.several("vague.clues"),
        )

    def text(self, place: str) -> str:
        return self._at(place, "", lambda value: isinstance(value, str) and bool(value), "文")

    def number(self, place: str) -> int:
        return self._at(place, 0, lambda value: type(value) is int and value > 0, "1以上の整数")

    def several(self, place: str) -> tuple[str, ...]:
        return tuple(self._at(place, list[str](), _are_words, "言葉の並び"))

    def order(self, kind: str) -> tuple[str, ...]:
        named = self.several(f"order.{kind}")
        unknown = [name for name in named if name not in STEPS or name == "why"]
        self.faults += [f"order.{kind}: 「{name}」という欄はありません" for name in unknown]
        if len(set(named)) < len(named):
            self.faults.append(f"order.{kind}: 同じ欄が二度あります")
        if "state" not in named:
            self.faults.append(f"order.{kind}: state がありません")
        return named

    def step(self, name: str) -> StepWords:
        place = f"steps.{name}"
        hint = self._at(f"{place}.hint", "", lambda value: isinstance(value, str), "文")
        required = self._at(f"{place}.is_required", True, lambda value: type(value) is bool, "true か false")
        return StepWords(self.text(f"{place}.label"), self.text(f"{place}.question"), hint, required)

    def _at(self, place: str, otherwise: T, holds: Callable[[Any], bool], wanted: str) -> T:
        value: Any = self.given
        for name in place.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value is None:
            self.faults.append(f"{place} がありません")
        elif not holds(value):
            self.faults.append(f"{place} は{wanted}にしてください")
        else:
            found: T = value
            return found
        return otherwise


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
