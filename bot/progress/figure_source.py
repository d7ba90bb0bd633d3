"""Where a figure comes from: the entry that it stands in, with all its versions, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.evaluation.context import context_of
from bot.evaluation.form import EvaluationForm
from bot.evaluation.rounds import TermIn
from bot.identity.asker import Asker
from bot.identity.rights import Act, Refused, may
from bot.progress.handler import NotShown
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry
from bot.wording.wording import say
from knowledge.known import Known

_LARGEST = 2**63 - 1
"""What a number in the database may be; an address may name any."""


@dataclass(frozen=True, slots=True)
class Traced:
    """An entry, every version of it (oldest first), and what to call a person of the roster by id."""

    entry: Entry
    versions: tuple[Entry, ...]
    department: str
    called: Callable[[str], str]

    @property
    def is_latest(self) -> bool:
        return self.versions[-1].number == self.entry.number


def entry_for(
    database: DatabaseFile, known: Known, asker: Asker, form: EvaluationForm, term_in: TermIn, number: int
) -> Traced | NotShown:
    """The entry of that number, where there is one and the asker may see it."""
    stranger = may(asker.person, Act.SEE)
    if asker.person is None and isinstance(stranger, Refused):
        return NotShown(str(stranger), is_refused=True)
    with database.reading() as inside:
        entry = entry_store.entry_numbered(inside, number) if number <= _LARGEST else None
        context = context_of(inside, known, asker, form, term_in, entry.round) if entry else None
        versions = entry_store.versions(inside, entry.round, entry.subject) if entry else ()
    if entry is None or context is None:
        return NotShown(say("progress/no_entry"))
    right = context.may_sign(Act.SEE, entry)
    if isinstance(right, Refused):
        return NotShown(str(right), is_refused=True)
    return Traced(entry, versions, asker.roster.name_of(entry.department), context.label)
