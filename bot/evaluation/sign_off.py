"""The sign-off's turn at a message: what waits for whom, an entry shown, confirmed, returned or accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.conversation import Handled, Outdated
from bot.evaluation.context import EvaluationContext, context_of
from bot.evaluation.form import EvaluationForm as Words
from bot.evaluation.overview import described, standing
from bot.evaluation.prompts import KIND, NOT_TAKEN
from bot.evaluation.rounds import TermIn
from bot.evaluation.sign_off_rules import STEPS, NotNow, decide, possible
from bot.identity.asker import Asker
from bot.identity.rights import TABLE, Act, Granted, Refused
from bot.message import Choice, Field, Form, Message, Press, Reply
from bot.storage import audit, entry_store
from bot.storage.database import DatabaseFile
from bot.storage.entry import Entry, SignOff, SignOffStep
from bot.storage.entry_store import Superseded
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.roster.roster import Person

if TYPE_CHECKING:
    from sqlite_utils import Database

ACTION = "sign_off"
"""The action of every button and form here; its value is 12:confirm, the entry's number and the act."""

SHOW = "show"
REASON = "reason"


@dataclass(frozen=True, slots=True)
class SignOffHandler:
    """Handles what belongs to the sign-off of entries."""

    database: DatabaseFile
    known: Callable[[], Known]
    words: Words
    term_in: TermIn

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """What the message leads to; None when it is not for the sign-off."""
        if asker.person is None:
            return None
        if message.press is not None:
            return self._pressed(message.press, asker) if message.press.action == ACTION else None
        if (returned := self.words.returned(message.text)) is not None:
            return self._named(asker, *returned)
        code = self.words.signed(message.text)
        if code is None or not (code or _signs(asker.person)):
            return None
        return self._named(asker, code) if code else self.waiting(asker)

    def waiting(self, asker: Asker) -> Reply:
        """What waits for this person: entries of the round and of the one before."""
        waiting = [
            (context, entry)
            for context in self._contexts(asker)
            for entry in context.entries.values()
            if possible(entry, _rights(context, entry))
        ]
        text = say(
            "evaluation/to_sign",
            waiting=[
                say(
                    "evaluation/to_sign_row",
                    round=entry.round,
                    code=entry.code,
                    title=entry.title,
                    department=asker.roster.name_of(entry.department),
                    stands=standing(context, entry),
                )
                for context, entry in waiting
            ],
        )
        choices = tuple(
            Choice(f"{one.code} {one.title}", f"{one.number}:{SHOW}", ACTION) for _, one in waiting
        )
        return _reply(text, choices)

    def _named(self, asker: Asker, code: str, reason: str = "") -> Handled:
        """The entries that a code names; with a reason, the one is returned."""
        found = [
            (context, entry)
            for context in self._contexts(asker)[:1]
            for entry in context.entries.values()
            if code in (entry.code, entry.subject)
            and any(not isinstance(right, Refused) for right in _rights(context, entry).values())
        ]
        if not found:
            return _reply(say("evaluation/nothing_to_sign", code=code))
        if len(found) > 1:
            choices = tuple(
                Choice(f"{one.code} {one.title}", f"{one.number}:{SHOW}", ACTION) for _, one in found
            )
            return _reply(say("evaluation/which_to_sign", code=code), choices)
        context, entry = found[0]
        return self._acted(context, entry, Act.RETURN, reason) if reason else shown(context, entry)

    def _pressed(self, press: Press, asker: Asker) -> Handled:
        number, _, word = press.value.partition(":")
        found = self._entry(asker, int(number)) if number.isdecimal() and len(number) < 10 else None
        if found is None:
            return _reply(say("evaluation/unknown"))
        context, entry = found
        if word == SHOW:
            return shown(context, entry)
        if word not in STEPS:
            return _reply(say("evaluation/unknown"))
        if press.revision != len(entry.sign_offs) or context.entries.get(entry.subject) != entry:
            latest = context.entries.get(entry.subject, entry)
            return shown(context, latest, say("evaluation/stale"))
        return self._acted(context, entry, Act(word), dict(press.fields).get(REASON, ""))

    def _acted(self, context: EvaluationContext, entry: Entry, act: Act, reason: str) -> Handled:
        right = context.may_sign(act, entry)
        if isinstance(right, Refused):
            return Reply(str(right), kind="refused", is_confidential=True)
        decided = decide(entry, act, right, context.person.id, context.asker.at, reason)
        if isinstance(decided, NotNow):
            why = say(f"evaluation/not_now/{decided.why}")
            if decided.why in ("no_reason", "long_reason"):
                return _reason_asked(entry, reason, why)
            return shown(context, entry, why)
        text = say(
            f"evaluation/signed/{decided.step}",
            subject=f"{entry.code}「{entry.title}」",
            in_place=decided.in_place_of_head,
            reason=decided.reason,
        )
        return _keeping(entry, decided, _reply(text))

    def _entry(self, asker: Asker, number: int) -> tuple[EvaluationContext, Entry] | None:
        """The entry of that number, for those who may see it."""
        known = self.known()
        with self.database.reading() as inside:
            entry = entry_store.entry_numbered(inside, number)
            context = (
                context_of(inside, known, asker, self.words, self.term_in, entry.round) if entry else None
            )
        if entry is None or context is None or isinstance(context.may_sign(Act.SEE, entry), Refused):
            return None
        return context, entry

    def _contexts(self, asker: Asker) -> tuple[EvaluationContext, ...]:
        known = self.known()
        with self.database.reading() as inside:
            now = context_of(inside, known, asker, self.words, self.term_in)
            before = (
                context_of(inside, known, asker, self.words, self.term_in, now.round.year.previous.short)
                if now
                else None
            )
        return tuple(context for context in (now, before) if context is not None)


def _signs(person: Person) -> bool:
    """Whether signing off is any business of theirs."""
    return any(post.kind in TABLE[act] for act in STEPS for post in person.posts)


def _rights(context: EvaluationContext, entry: Entry) -> dict[Act, Granted | Refused]:
    return {act: context.may_sign(act, entry) for act in STEPS}


def shown(context: EvaluationContext, entry: Entry, note: str = "") -> Reply:
    """The entry with what this person may do with it."""
    text = described(context, entry)
    reply = _reply(f"{note}\n\n{text}" if note else text, tuple(_acts(context, entry)))
    return replace(reply, kind=NOT_TAKEN) if note else reply


def _acts(context: EvaluationContext, entry: Entry) -> Iterator[Choice]:
    if context.entries.get(entry.subject) == entry:
        for act in possible(entry, _rights(context, entry)):
            yield Choice(
                say(f"evaluation/buttons/{act}"), f"{entry.number}:{act.value}", ACTION, len(entry.sign_offs)
            )


def _reason_asked(entry: Entry, given: str, error: str) -> Reply:
    """Why it is returned, as a field; where something was given already, what is wrong with it."""
    form = Form(
        ACTION,
        f"{entry.number}:{Act.RETURN.value}",
        say("evaluation/return_form/title", code=entry.code, title=entry.title),
        (
            Field(
                REASON,
                say("evaluation/return_form/reason"),
                "long",
                given,
                hint=say("evaluation/return_form/hint"),
                is_required=True,
                error=error if given else "",
            ),
        ),
        len(entry.sign_offs),
        say("evaluation/buttons/return"),
    )
    text = say("evaluation/why_returned", code=entry.code)
    return Reply(text, form=form, kind=KIND, is_confidential=True)


def _reply(text: str, choices: tuple[Choice, ...] = ()) -> Reply:
    return Reply(text, choices=choices, kind=KIND, is_confidential=True)


def _keeping(entry: Entry, decided: SignOff, reply: Reply) -> Handled:
    subject = f"{entry.round} {entry.code} 第{entry.version}版"

    def sign(database: Database) -> Reply:
        try:
            entry_store.sign(database, entry.number, decided, entry.sign_off.step)
        except Superseded as fault:
            raise Outdated(str(fault)) from fault
        line = audit.AuditLine(
            decided.at, decided.by, f"自己評価の{_named(decided)}", subject, after=decided.reason
        )
        audit.record(database, line)
        return reply

    return sign


def _named(decided: SignOff) -> str:
    name = {SignOffStep.CONFIRMED: "確認"}.get(decided.step, decided.step.label)
    return f"{name}（代決）" if decided.in_place_of_head else name
