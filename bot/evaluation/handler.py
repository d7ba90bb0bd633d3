"""The self-evaluation's turn at a message: begin, go on, pause, take over, submit. Looks, decides, words; keeps last.

What is decided on is looked at again when it is kept: where it has changed, the message is decided anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.conversation.conversation import Handled
from bot.evaluation import overview
from bot.evaluation.answer_intake import not_answered
from bot.evaluation.context import EvaluationContext, context_of, place_of
from bot.evaluation.dialogue import step
from bot.evaluation.draft_effects import OpenDraft, at_draft, ended, going_on, keeping
from bot.evaluation.draft_start import as_a_whole, begun, occupied, sat_down, step_by_step
from bot.evaluation.form import EvaluationForm, is_code
from bot.evaluation.form_submission import WAYS, filled
from bot.evaluation.outcome import Given, TurnNote
from bot.evaluation.prompts import ACTION, NOT_TAKEN, prompt, with_answer, words
from bot.evaluation.rounds import TermIn
from bot.evaluation.side_questions import Ask, SideQuestions
from bot.evaluation.whole_form import FORM_ACTION, whole_reply
from bot.identity.asker import Asker
from bot.identity.rights import Act, Refused
from bot.message import Message, Press, Reply
from bot.storage import draft_store
from bot.storage.database import DatabaseFile
from bot.storage.draft_store import Dialogue
from knowledge.known import Known

BEGINNINGS = {"begin": step_by_step, "form": as_a_whole, "correct": step_by_step}
"""What a button says that names a subject (form:R5:3-1-2), and how its draft is then shown."""


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """Handles what belongs to self-evaluations; `ask` answers questions put in the middle of one.

    `others` are asked before the plan, as ever: for the progress, for the days of the cycle.
    """

    database: DatabaseFile
    known: Callable[[], Known]
    form: EvaluationForm
    term_in: TermIn
    ask: Ask
    others: Sequence[Callable[[Message, Asker], Handled | None]] = ()

    @property
    def _asides(self) -> SideQuestions:
        return SideQuestions(self.database, self.ask)

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """What the message leads to; None when it is not for a self-evaluation."""
        if asker.person is None:
            return None
        if message.press is not None:
            return self._pressed(message, message.press, asker)
        named = self.form.started(message.text)
        started = None if named is None else self._started(message, asker, named)
        return self._said(message, asker) if started is None else started

    def _pressed(self, message: Message, press: Press, asker: Asker) -> Handled | None:
        if press.action == FORM_ACTION:
            number, colon, way = press.value.partition(":")
            return self._on_draft(message, asker, number, WAYS.get(colon + way, "fill"))
        if press.action != ACTION:
            return None
        place, _, word = press.value.partition(":")
        if place in BEGINNINGS:
            round, _, subject = word.partition(":")
            return self._begun(message, asker, round, subject, place)
        return self._on_draft(message, asker, place, word)

    def _started(self, message: Message, asker: Asker, named: str) -> Handled | None:
        """The person's work, or what was named of it; None where the words before name no work of theirs."""
        context = self._context(asker)
        if context is None:
            return _said_only("no_round") if not named or is_code(named) else None
        if not named:
            return overview.own(context)
        found = overview.named(context, named)
        if len(found) == 1:
            return self._begun(message, asker, context.round.name, found[0].subject)
        if found:
            return overview.several(context, found)
        return _said_only("unknown") if is_code(named) else None

    def _begun(
        self, message: Message, asker: Asker, round: str, subject: str, place: str = "begin"
    ) -> Handled:
        context = self._context(asker, round)
        work = context.work.get(subject) if context else None
        if context is None or work is None:
            return _said_only("unknown")
        if not context.is_opened:
            return _said_only("no_round")
        kept = context.drafts.get(subject)
        left = self._left(context, kept.draft.number if kept else context.next_draft)
        return begun(message, context, work, left, BEGINNINGS[place], place == "correct")

    def _said(self, message: Message, asker: Asker) -> Handled | None:
        """A text of somebody who is at a draft. Where others read along nothing is taken as an answer."""
        if not message.is_private:
            return None
        with self.database.reading() as inside:
            assert asker.person is not None
            dialogue = draft_store.dialogue_of(inside, asker.person.id)
        if dialogue is None or dialogue.channel == draft_store.FORM:
            return self._resumed(message, asker) if self.form.word(message.text) == "resume" else None
        at = self._at(asker, dialogue.draft)
        if at is None:
            return _standing_up(dialogue, _said_only("gone"))
        if dialogue.taken_by:
            facts = {"who": at.context.label(dialogue.taken_by), "said": message.text.strip()}
            return _standing_up(dialogue, _in_words(TurnNote("lost", facts)))
        right = at.context.may(Act.ENTER, at.work)
        if isinstance(right, Refused):
            return _standing_up(dialogue, Reply(str(right), kind="refused", is_confidential=True))
        if not place_of(dialogue, message.channel, message.conversation):
            return self._elsewhere(message, at) if self._goes_on(message.text, at) else None
        return self._turn(message, at, Given(text=message.text))

    def _resumed(self, message: Message, asker: Asker) -> Handled:
        """The one draft of the person's departments that is waiting, or a choice of them."""
        context = self._context(asker)
        if context is None:
            return _said_only("no_round")
        waiting = [work for work in context.own_work() if work.subject in context.drafts]
        if len(waiting) == 1:
            work = waiting[0]
            return sat_down(message, at_draft(context, work, context.drafts[work.subject]), ())
        return overview.several(context, waiting) if waiting else overview.own(context)

    def _goes_on(self, text: str, at: OpenDraft) -> bool:
        """Whether what was said in another place may be meant for the draft; a question to the plan is not."""
        if (word := self.form.word(text)) != "":
            return word != "help"
        outcome = step(at.kept.draft, at.sheet, Given(text=text))
        pending = outcome.draft.pending
        if outcome.question or (pending is not None and pending.reason == "remark"):
            return False
        here = at.sheet.step(at.kept.draft, at.kept.draft.at)
        return here is None or here.kind != "comment" or not self._asides.has_plain_answer(at, text)

    def _elsewhere(self, message: Message, at: OpenDraft) -> Handled:
        """What was typed without seeing what is asked now is shown back and not taken."""
        is_resuming = self.form.word(message.text) == "resume"
        note = TurnNote("resumed") if is_resuming else TurnNote("elsewhere", {"said": message.text.strip()})
        return _shown_again(message, at, note)

    def _on_draft(self, message: Message, asker: Asker, number: str, word: str) -> Handled:
        """A button or the form of a draft, at the revision that it was shown at."""
        at = self._at(asker, int(number)) if number.isdecimal() and len(number) < 10 else None
        if at is None:
            return _said_only("gone")
        right = at.context.may(Act.ENTER, at.work)
        if isinstance(right, Refused):
            return Reply(str(right), kind="refused", is_confidential=True)
        if word == "take":
            return sat_down(message, at, self._left(at.context, at.kept.draft.number), is_taken_over=True)
        if at.kept.at_it not in (None, at.context.person.id):
            return occupied(at, at.kept.at_it or "")
        press = message.press
        if press is None or press.revision != at.kept.draft.revision:
            return _shown_again(message, at, TurnNote("stale"))
        if word in ("fill", *WAYS.values()):
            return filled(message, at, word, dict(press.fields))
        return self._turn(message, at, Given(press=word))

    def _turn(self, message: Message, at: OpenDraft, given: Given) -> Handled:
        word = given.press or self.form.word(given.text)
        if word == "whole":
            return going_on(message, at, at.kept.draft, whole_reply(at.kept.draft, at.sheet))
        outcome = step(at.kept.draft, at.sheet, given)
        answer = None
        if outcome.question:
            other = self._of_others(message, at.context.asker)
            if other is not None and not isinstance(other, Reply):
                return other
            answer = other or self._asides.answered(at, outcome.question, outcome.is_asked)
        if outcome.question and answer is None:
            outcome = not_answered(outcome, at.sheet)
        if outcome.draft != at.kept.draft:
            draft = replace(outcome.draft, revision=at.kept.draft.revision + 1)
            outcome = replace(outcome, draft=draft)
        if outcome.end is not None:
            return ended(at, outcome)
        asked = prompt(outcome.draft, at.sheet, outcome.notes, at.context.passed)
        return going_on(message, at, outcome.draft, with_answer(asked, answer) if answer else asked)

    def _of_others(self, message: Message, asker: Asker) -> Handled | None:
        """What the first of the others does with it, if it is for them."""
        answers = (other(message, asker) for other in self.others)
        return next((one for one in answers if one is not None), None)

    def _left(self, context: EvaluationContext, number: int) -> tuple[TurnNote, ...]:
        """What the person was at and leaves, when it is not the draft of that number."""
        with self.database.reading() as inside:
            dialogue = draft_store.dialogue_of(inside, context.person.id)
        if dialogue is None or dialogue.draft == number or dialogue.taken_by:
            return ()
        at = self._at(context.asker, dialogue.draft)
        return (TurnNote("other_paused", {"subject": at.sheet.name}),) if at else ()

    def _at(self, asker: Asker, number: int) -> OpenDraft | None:
        """The open draft of that number with its sheet; None when there is none, or its subject is gone."""
        known = self.known()
        with self.database.reading() as inside:
            kept = draft_store.kept(inside, number)
            if kept is None:
                return None
            context = context_of(inside, known, asker, self.form, self.term_in, kept.draft.round)
        work = context.work.get(kept.draft.subject) if context else None
        return at_draft(context, work, kept) if context and work else None

    def _context(self, asker: Asker, round: str | None = None) -> EvaluationContext | None:
        known = self.known()
        with self.database.reading() as inside:
            return context_of(inside, known, asker, self.form, self.term_in, round)


def _shown_again(message: Message, at: OpenDraft, note: TurnNote) -> Handled:
    """The present step with a word on what was not taken; the person is at it here now."""
    reply = prompt(at.kept.draft, at.sheet, (note,), at.context.passed)
    return going_on(message, at, at.kept.draft, replace(reply, kind=NOT_TAKEN))


def _standing_up(dialogue: Dialogue, reply: Reply) -> Handled:
    return keeping(lambda database: draft_store.stand_up(database, dialogue.person), reply)


def _said_only(name: str) -> Reply:
    return _in_words(TurnNote(name))


def _in_words(note: TurnNote) -> Reply:
    return Reply(words(note), kind=NOT_TAKEN, is_confidential=True)
