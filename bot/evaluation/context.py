"""What there is to enter for one person at one moment: the round, the work, entries and drafts as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.evaluation.form import COMMENTS, EvaluationForm
from bot.evaluation.open_work import EvaluationWork, all_work
from bot.evaluation.rounds import EvaluationRound, TermIn, latest_round, rounds
from bot.evaluation.sheet import EvaluationSheet, every_step
from bot.evaluation.sheet_builder import sheet_of
from bot.evaluation.sign_off_rules import STEPS, possible
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, Refused, may, work_of
from bot.storage import draft_store, entry_store
from bot.storage.draft import Draft, FieldAnswer
from bot.storage.draft_store import Dialogue, Kept
from bot.storage.entry import Entry
from knowledge.known import Known
from knowledge.roster.duties import departments_on
from knowledge.roster.roster import Department, ItemIndicator, Person

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class EvaluationContext:
    """One round as it stands, and the person who looks at it. Entries and drafts go by their subjects."""

    asker: Asker
    person: Person
    known: Known
    form: EvaluationForm
    round: EvaluationRound
    opens: date
    deadline: date
    work: Mapping[str, EvaluationWork]
    entries: Mapping[str, Entry]
    last_entries: Mapping[str, Entry]
    drafts: Mapping[str, Kept]
    next_draft: int

    @property
    def is_opened(self) -> bool:
        return self.opens <= self.asker.at.date()

    @property
    def is_late(self) -> bool:
        return self.asker.at.date() > self.deadline

    @property
    def passed(self) -> date | None:
        """The deadline when it is over."""
        return self.deadline if self.is_late else None

    def departments(self, work: EvaluationWork) -> tuple[Department, ...]:
        """Who answers for it, the leading department first."""
        roster, duty = self.asker.roster, work.duty
        if duty.indicator is not None:
            return roster.departments_for(ItemIndicator(duty.code, duty.indicator.name))
        return departments_on(roster, self.known.plan, duty.code)

    def departments_of(self, entry: Entry) -> tuple[Department, ...]:
        """Who answers for what was entered; whoever entered it where the plan has it no longer."""
        work = self.work.get(entry.subject)
        if work is not None:
            return self.departments(work)
        known = {one.id for one in self.asker.roster.departments}
        return (self.asker.roster.current(entry.department),) if entry.department in known else ()

    def may_sign(self, act: Act, entry: Entry) -> Granted | Refused:
        """Whether the person may do that with the entry."""
        on = work_of(self.asker.roster, self.departments_of(entry), entry.submitted_by)
        return may(self.person, act, on)

    def rights_on(self, entry: Entry) -> dict[Act, Granted | Refused]:
        """What the person may do with the entry, or why not."""
        return {act: self.may_sign(act, entry) for act in STEPS}

    @property
    def to_sign(self) -> tuple[Entry, ...]:
        """The entries whose turn it is to be confirmed or accepted by this person."""
        return tuple(
            entry
            for entry in self.entries.values()
            if any(act is not Act.RETURN for act in possible(entry, self.rights_on(entry)))
        )

    def may(self, act: Act, work: EvaluationWork) -> Granted | Refused:
        """Whether the person may do that with this work."""
        return may(self.person, act, work_of(self.asker.roster, self.departments(work)))

    def own_work(self, act: Act = Act.ENTER) -> tuple[EvaluationWork, ...]:
        """What the person may do that with, led by a department of theirs."""
        roster = self.asker.roster
        return tuple(
            work
            for work in self.work.values()
            if isinstance(may(self.person, act, work_of(roster, self.departments(work)[:1])), Granted)
        )

    def is_open(self, work: EvaluationWork) -> bool:
        entry = self.entries.get(work.subject)
        return entry is None or entry.is_returned

    def sheet(self, work: EvaluationWork, follows: int = 0) -> EvaluationSheet:
        """The form for that work; with `follows`, as a correction of the entry that there is."""
        return sheet_of(
            self.form,
            self.known.plan,
            self.known.edition.id,
            work,
            self.round,
            self._last(work),
            self.entries.get(work.subject) if follows else None,
        )

    def label(self, person: str) -> str:
        """What to call a person by id, who may be gone."""
        found = self.asker.roster.person(person)
        return self.asker.roster.label(found) if found else person

    def _last(self, work: EvaluationWork) -> Entry | None:
        """Last round's entry on the same subject, or on one that it continues."""
        before = self.known.edition.continues.get(work.subject, ())
        found = (self.last_entries.get(subject) for subject in (work.subject, *before))
        return next((entry for entry in found if entry is not None), None)


def context_of(
    database: Database,
    known: Known,
    asker: Asker,
    form: EvaluationForm,
    term_in: TermIn,
    round: str | None = None,
) -> EvaluationContext | None:
    """The round of that name, else the one of the day; None before the first, or for somebody unknown."""
    if asker.person is None:
        return None
    term = term_in(database)
    if round is None:
        one = latest_round(known.plan, term, asker.at.date())
    else:
        one = next((found for found in rounds(known.plan) if found.name == round), None)
    if one is None:
        return None
    work = {found.subject: found for found in all_work(known.plan, asker.roster)}
    return EvaluationContext(
        asker,
        asker.person,
        known,
        form,
        one,
        *term(one.year),
        work,
        {entry.subject: entry for entry in entry_store.latest(database, one.name)},
        {entry.subject: entry for entry in entry_store.latest(database, one.year.previous.short)},
        {kept.draft.subject: kept for kept in draft_store.kept_in(database, one.name)},
        draft_store.next_number(database),
    )


def draft_from(entry: Entry, sheet: EvaluationSheet, number: int) -> Draft:
    """A draft that corrects an entry, with all that the entry says."""
    figures = {(one.year, one.row.subject, one.row.measure): one for one in entry.figures}
    answers = {"state": FieldAnswer(entry.state)}
    for step in every_step(sheet):
        if step.figure is not None:
            found = figures.get((step.figure.year, step.figure.row.subject, step.figure.row.measure))
            if found is not None:
                answers[step.key] = FieldAnswer("" if found.is_set else found.printed, found.value)
        elif step.key in COMMENTS and step.key != "why":
            text = str(getattr(entry, step.key))
            if text or not step.words.is_required:
                answers[step.key] = FieldAnswer(text, is_skipped=not text)
    return Draft(number, entry.round, entry.subject, answers=answers, follows=entry.version)


def place_of(dialogue: Dialogue, channel: str, conversation: str) -> bool:
    """Whether that is where the dialogue's present step was shown."""
    return (dialogue.channel, dialogue.conversation) == (channel, conversation)
