"""The self-evaluation's turn at a message: begin, go on, pause, take over, submit. Looks, decides, words; keeps last.

What is decided on is looked at again when it is kept: where it has changed, the message is decided anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot import audit
from bot.asker import Asker
from bot.conversation import Handled, Outdated
from bot.database import DatabaseFile
from bot.message import Choice, Message, Press, Reply
from bot.rights import Act, Refused
from bot.self_evaluation import drafts, entries, listing
from bot.self_evaluation.dialogue import (
    End,
    Given,
    Note,
    Outcome,
    evaluation_of,
    not_answered,
    step,
)
from bot.self_evaluation.draft import Answer, Draft
from bot.self_evaluation.drafts import Dialogue, Kept, StaleDraft
from bot.self_evaluation.entries import Superseded
from bot.self_evaluation.form import Form
from bot.self_evaluation.open_work import Work
from bot.self_evaluation.prompts import (
    ACTION,
    FORM_ACTION,
    KIND,
    prompt,
    summary_rows,
    whole_reply,
    with_answer,
    words,
)
from bot.self_evaluation.rounds import Term
from bot.self_evaluation.scene import Scene, draft_from, place_of, scene_of
from bot.self_evaluation.sheet import Sheet
from bot.self_evaluation.whole import fill
from bot.wording import say
from knowledge.answers.answer import AnswerKind
from knowledge.known import Known

if TYPE_CHECKING:
    from sqlite_utils import Database

Ask = Callable[[Sequence[str], Known, date], Reply]
"""Answers the last of several questions from the plan."""

PLAIN_ANSWERS = frozenset({AnswerKind.FACT, AnswerKind.LIST})
ANSWERS = frozenset({*PLAIN_ANSWERS, AnswerKind.PASSAGE, AnswerKind.OUT_OF_PLAN})

Change = Callable[["Database"], None]


@dataclass(frozen=True, slots=True)
class At:
    """A kept draft with its sheet, in its round's scene."""

    scene: Scene
    work: Work
    kept: Kept
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """Handles what belongs to self-evaluations; `ask` answers questions put in the middle of one."""

    database: DatabaseFile
    known: Callable[[], Known]
    form: Form
    term: Term
    ask: Ask

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """What the message leads to; None when it is not for a self-evaluation."""
        if asker.person is None:
            return None
        if message.press is not None:
            return self._pressed(message, message.press, asker)
        code = self.form.started(message.text)
        if code is not None:
            return self._started(message, asker, code)
        return self._said(message, asker)

    def _pressed(self, message: Message, press: Press, asker: Asker) -> Handled | None:
        if press.action == FORM_ACTION:
            return self._on_draft(message, asker, press.value, "fill")
        if press.action != ACTION:
            return None
        place, _, word = press.value.partition(":")
        if place == "begin" or place == "correct":
            round, _, subject = word.partition(":")
            return self._begun(message, asker, round, subject, is_correction=place == "correct")
        return self._on_draft(message, asker, place, word)

    def _started(self, message: Message, asker: Asker, code: str) -> Handled:
        scene = self._scene(asker)
        if scene is None:
            return _said_only("no_round")
        if not code:
            return listing.own(scene)
        found = listing.named(scene, code)
        if len(found) == 1:
            return self._begun(message, asker, scene.round.name, found[0].subject)
        return listing.several(scene, found) if found else _said_only("unknown")

    def _begun(
        self, message: Message, asker: Asker, round: str, subject: str, is_correction: bool = False
    ) -> Handled:
        scene = self._scene(asker, round)
        work = scene.work.get(subject) if scene else None
        if scene is None or work is None:
            return _said_only("unknown")
        right = scene.may(Act.ENTER, work)
        if isinstance(right, Refused):
            return Reply(str(right), kind="refused", is_confidential=True)
        kept = scene.drafts.get(subject)
        if kept is not None:
            return self._sat_down(message, _at(scene, work, kept))
        entry = scene.entries.get(subject)
        if entry is None:
            draft = Draft(scene.next_draft, round, subject)
            return self._began(message, scene, work, draft, (Note("help"),))
        if not is_correction and not entry.is_returned:
            return listing.entered(scene, work, entry)
        draft = draft_from(entry, scene.sheet(work, entry.version), scene.next_draft)
        return self._began(message, scene, work, draft, (Note("prefilled", {"version": str(entry.version)}),))

    def _began(
        self, message: Message, scene: Scene, work: Work, draft: Draft, notes: tuple[Note, ...]
    ) -> Handled:
        sheet = scene.sheet(work, draft.follows)
        draft = step(draft, sheet, Given(press="resume")).draft
        reply = prompt(draft, sheet, (*self._paused(scene, draft.number), *notes), scene.passed)

        def begin(database: Database) -> None:
            drafts.begin(database, draft, scene.person.id, scene.asker.at)
            _sit(database, message, scene, draft.number)

        return _keeping(begin, reply)

    def _sat_down(self, message: Message, at: At, is_taken_over: bool = False) -> Handled:
        """Go on with a draft that is there; while somebody else is at it, it is only shown."""
        scene, kept = at.scene, at.kept
        other = kept.at_it if kept.at_it != scene.person.id else None
        if other is not None and not is_taken_over:
            return _occupied(at, other)
        notes = [*self._paused(scene, kept.draft.number), Note("resumed")]
        if other is not None:
            notes.append(Note("taken_over", {"who": scene.label(other)}))
        # Whoever was at it must not go on with what they last saw.
        draft = replace(kept.draft, revision=kept.draft.revision + 1) if other else kept.draft
        reply = prompt(draft, at.sheet, notes, scene.passed)

        def sit_down(database: Database) -> None:
            _save(database, at, draft)
            _sit(database, message, scene, draft.number)

        return _keeping(sit_down, reply)

    def _said(self, message: Message, asker: Asker) -> Handled | None:
        """A text of somebody who is at a draft. Where others read along nothing is taken as an answer."""
        if not message.is_private:
            return None
        with self.database.reading() as inside:
            assert asker.person is not None
            dialogue = drafts.dialogue_of(inside, asker.person.id)
        if dialogue is None:
            return self._resumed(message, asker) if self.form.word(message.text) == "resume" else None
        at = self._at(asker, dialogue.draft)
        if at is None:
            return _keeping(lambda database: drafts.stand_up(database, dialogue.person), _said_only("gone"))
        if dialogue.taken_by:
            return _lost(message, at, dialogue)
        right = at.scene.may(Act.ENTER, at.work)
        if isinstance(right, Refused):
            refused = Reply(str(right), kind="refused", is_confidential=True)
            return _keeping(lambda database: drafts.stand_up(database, dialogue.person), refused)
        if not place_of(dialogue, message.channel, message.conversation):
            return self._elsewhere(message, at)
        return self._turn(message, at, Given(text=message.text))

    def _resumed(self, message: Message, asker: Asker) -> Handled:
        """The one draft of the person's departments that is waiting, or a choice of them."""
        scene = self._scene(asker)
        if scene is None:
            return _said_only("no_round")
        waiting = [work for work in scene.own_work() if work.subject in scene.drafts]
        if len(waiting) == 1:
            work = waiting[0]
            return self._sat_down(message, _at(scene, work, scene.drafts[work.subject]))
        return listing.several(scene, waiting) if waiting else listing.own(scene)

    def _elsewhere(self, message: Message, at: At) -> Handled:
        """What was typed without seeing what is asked now is shown back and not taken."""
        is_resuming = self.form.word(message.text) == "resume"
        note = Note("resumed") if is_resuming else Note("elsewhere", {"said": message.text.strip()})
        reply = prompt(at.kept.draft, at.sheet, (note,), at.scene.passed)
        return _keeping(lambda database: _sit(database, message, at.scene, at.kept.draft.number), reply)

    def _on_draft(self, message: Message, asker: Asker, number: str, word: str) -> Handled:
        """A button or the form of a draft, at the revision that it was shown at."""
        at = self._at(asker, int(number)) if number.isdecimal() and len(number) < 10 else None
        if at is None:
            return _said_only("gone")
        right = at.scene.may(Act.ENTER, at.work)
        if isinstance(right, Refused):
            return Reply(str(right), kind="refused", is_confidential=True)
        if word == "take":
            return self._sat_down(message, at, is_taken_over=True)
        if at.kept.at_it not in (None, at.scene.person.id):
            return _occupied(at, at.kept.at_it or "")
        press = message.press
        if press is None or press.revision != at.kept.draft.revision:
            reply = prompt(at.kept.draft, at.sheet, (Note("stale"),), at.scene.passed)
            return _keeping(lambda database: _sit(database, message, at.scene, at.kept.draft.number), reply)
        if word == "whole":
            return whole_reply(at.kept.draft, at.sheet)
        if word == "fill":
            return self._filled(message, at, dict(press.fields))
        return self._turn(message, at, Given(press=word))

    def _filled(self, message: Message, at: At, fields: dict[str, str]) -> Handled:
        filled = fill(at.kept.draft, at.sheet, fields)
        draft = replace(filled.draft, revision=at.kept.draft.revision + 1)
        if filled.errors:
            reply = whole_reply(draft, at.sheet, filled.errors, fields)
        else:
            reply = prompt(draft, at.sheet, (), at.scene.passed)

        def save(database: Database) -> None:
            _save(database, at, draft)
            _sit(database, message, at.scene, draft.number)

        return _keeping(save, reply)

    def _turn(self, message: Message, at: At, given: Given) -> Handled:
        outcome = step(at.kept.draft, at.sheet, given)
        answer = self._answer(at, outcome) if outcome.question else None
        if outcome.question and answer is None:
            outcome = not_answered(outcome, at.sheet)
        if outcome.draft != at.kept.draft:
            draft = replace(outcome.draft, revision=at.kept.draft.revision + 1)
            outcome = replace(outcome, draft=draft)
        if outcome.end is not None:
            return _ended(at, outcome)
        asked = prompt(outcome.draft, at.sheet, outcome.notes, at.scene.passed)
        reply = with_answer(asked, answer) if answer else asked

        def save(database: Database) -> None:
            _save(database, at, outcome.draft)
            _sit(database, message, at.scene, outcome.draft.number)

        return _keeping(save, reply)

    def _answer(self, at: At, outcome: Outcome) -> Reply | None:
        """What the plan answers; a mere remark is a question only where the plan has a plain answer to it."""
        before = f"{at.sheet.code}の目標は？"
        answer = self.ask((before, outcome.question), at.scene.known, at.scene.asker.at.date())
        is_answered = answer.kind in (ANSWERS if outcome.is_asked else PLAIN_ANSWERS)
        # Candidates would stand beside the buttons of the step and be taken for them.
        return answer if is_answered and not answer.choices else None

    def _paused(self, scene: Scene, number: int) -> tuple[Note, ...]:
        """What the person was at before turns to another draft."""
        with self.database.reading() as inside:
            dialogue = drafts.dialogue_of(inside, scene.person.id)
        if dialogue is None or dialogue.draft == number or dialogue.taken_by:
            return ()
        at = self._at(scene.asker, dialogue.draft)
        return (Note("other_paused", {"subject": at.sheet.name}),) if at else ()

    def _at(self, asker: Asker, number: int) -> At | None:
        """The open draft of that number with its sheet; None when there is none, or its subject is gone."""
        known = self.known()
        with self.database.reading() as inside:
            kept = drafts.kept(inside, number)
            if kept is None:
                return None
            scene = scene_of(inside, known, asker, self.form, self.term, kept.draft.round)
        work = scene.work.get(kept.draft.subject) if scene else None
        return _at(scene, work, kept) if scene and work else None

    def _scene(self, asker: Asker, round: str | None = None) -> Scene | None:
        known = self.known()
        with self.database.reading() as inside:
            return scene_of(inside, known, asker, self.form, self.term, round)


def _at(scene: Scene, work: Work, kept: Kept) -> At:
    return At(scene, work, kept, scene.sheet(work, kept.draft.follows))


def _said_only(name: str) -> Reply:
    return Reply(say(f"evaluation/{name}"), kind=KIND, is_confidential=True)


def _occupied(at: At, other: str) -> Reply:
    """Somebody else is at it: who, since when, and what the draft says."""
    draft, since = at.kept.draft, at.kept.since
    text = say(
        "evaluation/occupied",
        who=at.scene.label(other),
        since=f"{since:%-m月%-d日%H:%M}" if since else "",
        subject=at.sheet.name,
        round=at.sheet.round.label,
        rows=summary_rows(draft, at.sheet),
    )
    take = Choice("引き継いで入力する", f"{draft.number}:take", ACTION, draft.revision)
    return Reply(text, choices=(take,), kind=KIND, is_confidential=True)


def _lost(message: Message, at: At, dialogue: Dialogue) -> Handled:
    facts = {"who": at.scene.label(dialogue.taken_by), "said": message.text.strip()}
    reply = Reply(words(Note("lost", facts)), kind=KIND, is_confidential=True)
    return _keeping(lambda database: drafts.stand_up(database, dialogue.person), reply)


def _ended(at: At, outcome: Outcome) -> Handled:
    if outcome.end is End.SUBMITTED:
        return _submitted(at, outcome)
    draft, person = outcome.draft, at.scene.person.id
    state = "discarded" if outcome.end is End.DISCARDED else "open"
    again = Choice("再開", f"begin:{draft.round}:{draft.subject}", ACTION)
    text = "\n".join(map(words, outcome.notes))
    choices = (again,) if state == "open" else ()
    reply = Reply(text, choices=choices, kind=KIND, is_confidential=True)

    def leave(database: Database) -> None:
        changed = draft if draft.revision > at.kept.draft.revision else _next(draft)
        drafts.save(database, changed, at.kept.draft.revision, person, at.scene.asker.at, state)
        drafts.stand_up(database, person)

    return _keeping(leave, reply)


def _submitted(at: At, outcome: Outcome) -> Handled:
    scene, draft, person = at.scene, outcome.draft, at.scene.person.id
    evaluation = evaluation_of(draft, at.sheet)
    why = draft.answer("why") or Answer()
    reply = listing.submitted(scene, at.work, at.sheet.name, draft.follows + 1)

    def submit(database: Database) -> None:
        drafts.save(database, _next(draft), at.kept.draft.revision, person, scene.asker.at, "submitted")
        entry = entries.submit(
            database,
            evaluation,
            by=person,
            now=scene.asker.at,
            is_late=scene.is_late,
            follows=draft.follows,
            why=why.text,
        )
        drafts.stand_up(database, person)
        subject = f"{entry.round} {entry.code} 第{entry.version}版"
        audit.record(database, audit.Line(scene.asker.at, person, "自己評価の提出", subject, after=why.text))

    return _keeping(submit, reply)


def _next(draft: Draft) -> Draft:
    return replace(draft, revision=draft.revision + 1)


def _save(database: Database, at: At, draft: Draft) -> None:
    """Keep what has changed; where nothing has, only that it is still what was looked at."""
    before = at.kept.draft
    if draft != before:
        drafts.save(database, draft, before.revision, at.scene.person.id, at.scene.asker.at)
        return
    now = drafts.kept(database, before.number)
    if now is None or now.draft != before or now.at_it != at.kept.at_it:
        raise StaleDraft


def _sit(database: Database, message: Message, scene: Scene, draft: int) -> None:
    dialogue = Dialogue(scene.person.id, draft, message.channel, message.conversation)
    drafts.sit_down(database, dialogue, scene.asker.at)


def _keeping(change: Change, reply: Reply) -> Handled:
    """The change, and then the reply; on grounds that have changed neither."""

    def effect(database: Database) -> Reply:
        try:
            change(database)
        except (StaleDraft, Superseded) as fault:
            raise Outdated(str(fault)) from fault
        return reply

    return effect
