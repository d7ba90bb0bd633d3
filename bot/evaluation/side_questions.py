"""Questions put in the middle of a self-evaluation: answered from the plan, and from what was reported before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.evaluation.actuals import in_the_middle
from bot.evaluation.context import EvaluationContext
from bot.evaluation.draft_effects import OpenDraft
from bot.message import Reply
from bot.storage import entry_store
from bot.storage.database import DatabaseFile
from bot.wording.wording import say
from knowledge.amount_mentions import read_amount
from knowledge.answers.answer import AnswerKind
from knowledge.known import Known
from knowledge.roster.roster import PostKind

Ask = Callable[[Sequence[str], Known, date], Reply]
"""Answers the last of several questions from the plan."""

PLAIN_ANSWERS = frozenset({AnswerKind.FACT, AnswerKind.LIST})
"""What even a text without the form of a question is taken to ask for, where the plan has it."""

ANSWERS = frozenset({*PLAIN_ANSWERS, AnswerKind.PASSAGE, AnswerKind.OUT_OF_PLAN})


@dataclass(frozen=True, slots=True)
class SideQuestions:
    """Answers what is asked beside the form; `ask` knows the plan."""

    database: DatabaseFile
    ask: Ask

    def answered(self, at: OpenDraft, text: str, is_asked: bool) -> Reply | None:
        """What the plan answers, and what earlier rounds reported on the subject; None where neither says anything.

        What is asked about the entering itself is answered before the plan is looked at; an amount alone asks nothing.
        """
        if not is_asked and read_amount(text) is not None:
            return None
        if is_asked and (own := _of_the_entering(at.context, text)) is not None:
            return own
        answer = self._of_the_plan(at, text, ANSWERS if is_asked else PLAIN_ANSWERS)
        if not is_asked:
            return answer
        with self.database.reading() as inside:
            earlier = entry_store.of_subject(inside, at.work.subject)
        context = at.context
        reported = in_the_middle(text, at.sheet.code, context.known, context.asker.at.date(), earlier)
        if answer is None or reported is None or answer.kind == AnswerKind.OUT_OF_PLAN:
            return reported or answer
        return replace(answer, text=f"{answer.text}\n\n{reported.text}")

    def has_plain_answer(self, at: OpenDraft, text: str) -> bool:
        """Whether the plan has the one thing that the text asks for, question or not."""
        return self._of_the_plan(at, text, PLAIN_ANSWERS) is not None

    def _of_the_plan(self, at: OpenDraft, text: str, kinds: frozenset[AnswerKind]) -> Reply | None:
        before = f"{at.sheet.code}の目標は？"
        answer = self.ask((before, text), at.context.known, at.context.asker.at.date())
        # Candidates would stand beside the buttons of the step and be taken for them.
        return answer if answer.kind in kinds and not answer.choices else None


def _of_the_entering(context: EvaluationContext, text: str) -> Reply | None:
    """Whom to ask."""
    if any(word in text for word in context.form.contact):
        roster = context.asker.roster
        posts = [(one, post) for one in roster.persons for post in one.posts]
        who = [roster.label(one) for one, post in posts if post.kind is PostKind.SECRETARIAT]
        return Reply(say("evaluation/contact", who="、".join(dict.fromkeys(who))))
    return None
