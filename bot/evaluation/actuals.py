"""Answers a question for an actual or a forecast from the entries, to those who may see them.

The plan holds targets alone: where no entry says more, its own answer stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled
from bot.evaluation.context import context_of
from bot.evaluation.form import EvaluationForm
from bot.evaluation.prompts import KIND
from bot.evaluation.rounds import TermIn, rounds
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted
from bot.message import Message, Reply
from bot.storage import question_history
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry, Reported
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import OutOfPlan, Question
from knowledge.reading import read_all

if TYPE_CHECKING:
    from sqlite_utils import Database

_ACTUAL, _FORECAST, _TARGET = "actual", "forecast", "target"


@dataclass(frozen=True, slots=True)
class WantedActuals:
    """What is asked for: an initiative's code or an indicator's reference, and the years (none: every one)."""

    subject: str
    years: tuple[FiscalYear, ...]


@dataclass(frozen=True, slots=True)
class FoundActuals:
    """A figure of an entry; `is_actual` tells it from a forecast."""

    figure: Reported
    entry: Entry
    is_actual: bool


@dataclass(frozen=True, slots=True)
class Actuals:
    """Answers what the plan cannot, from what was entered."""

    database: DatabaseFile
    known: Callable[[], Known]
    form: EvaluationForm
    term_in: TermIn

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """The figures asked for; None where none is asked for, or none can be seen by this person."""
        if asker.person is None or message.press is not None:
            return None
        with self.database.reading() as inside:
            earlier = question_history.earlier(inside, message.channel, message.conversation, asker.at)
        texts = (*earlier, message.text)
        is_named = [any(word in text for word in self.form.actuals) for text in texts[-2:]]
        if not any(is_named):
            return None
        known, today = self.known(), asker.at.date()
        wanted = wanted_in(texts, known, today) if is_named[-1] else followed(texts, known, today)
        if wanted is None:
            return None
        found = in_entries(wanted, known, self._seen(known, asker))
        return _remembering(message, asker, _worded(wanted, known, found)) if found else None

    def _seen(self, known: Known, asker: Asker) -> list[Entry]:
        """The latest entries of every round that the person may see."""
        with self.database.reading() as inside:
            contexts = [
                context_of(inside, known, asker, self.form, self.term_in, one.name)
                for one in rounds(known.plan)
            ]
        return [
            entry
            for context in contexts
            if context is not None
            for entry in context.entries.values()
            if isinstance(context.may_sign(Act.SEE, entry), Granted)
        ]


def wanted_in(texts: Sequence[str], known: Known, today: date) -> WantedActuals | None:
    """Whose actual or forecast the last of the texts asks for; None for anything else, or for several at once."""
    understood = read_all(texts, known, today)
    gave = {reading.gave for reading in understood.readings}
    if isinstance(understood, OutOfPlan) and understood.why == _ACTUAL:
        subjects = understood.nearest
    elif isinstance(understood, Question) and gave & {_ACTUAL, _FORECAST}:
        subjects = understood.subjects
    else:
        return None
    if len(subjects) != 1:
        return None
    years = tuple(year for year in known.plan.years if year.short in gave)
    return WantedActuals(subjects[0], years)


def in_the_middle(text: str, code: str, known: Known, today: date, seen: Sequence[Entry]) -> Reply | None:
    """What the entries say to a question put while `code` is entered: for its actual, or for a year's figure."""
    texts = (f"{code}の目標は？", text)
    wanted = wanted_in(texts, known, today) or _of_a_year(texts, known, today)
    found = in_entries(wanted, known, seen) if wanted else ()
    return _worded(wanted, known, found) if wanted and found else None


def _of_a_year(texts: Sequence[str], known: Known, today: date) -> WantedActuals | None:
    """The one subject and the years of 「去年はいくら？」; None where the target is asked for by name."""
    understood = read_all(texts, known, today)
    if not isinstance(understood, Question) or len(understood.subjects) != 1:
        return None
    is_target = any(reading.gave == _TARGET for reading in understood.readings)
    is_one = bool(understood.years.single) and not is_target
    return WantedActuals(understood.subjects[0], understood.years.single) if is_one else None


def followed(texts: Sequence[str], known: Known, today: date) -> WantedActuals | None:
    """What 「R5は？」 asks for behind a question for an actual: the same in other years; None for anything else."""
    before = wanted_in(texts[:-1], known, today)
    if before is None:
        return None
    understood = read_all((f"{before.subject}の目標は？", texts[-1]), known, today)
    if not isinstance(understood, Question) or understood.subjects != (before.subject,):
        return None
    is_follow_up = bool(understood.years.single) and before.subject not in texts[-1]
    return WantedActuals(before.subject, understood.years.single) if is_follow_up else None


def in_entries(wanted: WantedActuals, known: Known, seen: Sequence[Entry]) -> tuple[FoundActuals, ...]:
    """For each year and measure the actual, or the forecast while there is none, in the order of the years."""
    initiative = known.initiative(wanted.subject)
    subject = initiative.id if initiative else wanted.subject
    best: dict[tuple[str, FiscalYear], FoundActuals] = {}
    for entry in seen:
        several = [FoundActuals(one, entry, False) for one in entry.forecast]
        several += [FoundActuals(one, entry, True) for one in entry.actual]
        for found in several:
            row, year = found.figure.row, found.figure.year
            before = best.get((row.measure, year))
            is_asked = row.subject == subject and (not wanted.years or year in wanted.years)
            if is_asked and (before is None or found.is_actual):
                best[row.measure, year] = found
    return tuple(sorted(best.values(), key=lambda one: (one.figure.row.measure, one.figure.year)))


def _worded(wanted: WantedActuals, known: Known, found: Sequence[FoundActuals]) -> Reply:
    text = say(
        "evaluation/actuals",
        code=wanted.subject.partition("#")[0],
        title=known.title_of(wanted.subject),
        rows=[
            {
                "year": one.figure.year.label,
                "measure": one.figure.row.name,
                "label": say("evaluation/basis/actual" if one.is_actual else "evaluation/basis/forecast"),
                "value": one.figure.printed,
                "target": one.figure.printed_target,
                "round": one.entry.round,
                "version": one.entry.version,
                "step": one.entry.sign_off.step.label,
            }
            for one in found
        ],
    )
    return Reply(text, kind=KIND, is_confidential=True)


def _remembering(message: Message, asker: Asker, reply: Reply) -> Handled:
    def remember(database: Database) -> Reply:
        question_history.remember(database, message.channel, message.conversation, message.text, asker.at)
        return reply

    return remember
