"""What a person finds on 「自己評価」: the open work of their departments, and what became of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.evaluation.context import EvaluationContext
from bot.evaluation.form import is_code, plain
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.prompts import ACTION, KIND
from bot.identity.rights import TABLE, Act, Refused, may
from bot.message import Choice, Reply
from bot.storage.entry import Entry, Reported, SignOffStep
from bot.wording.wording import say

MOST_CHOICES = 20
"""More buttons than this help nobody; the text names all of the work."""


def own(context: EvaluationContext) -> Reply:
    """The person's own work in this round, the open first; for one who enters nothing, how theirs stands."""
    own_work = context.own_work()
    if not own_work:
        return _overview(context, context.own_work(Act.SEE))
    waiting = [work for work in own_work if context.is_open(work)]
    done = [context.entries[work.subject] for work in own_work if not context.is_open(work)]
    text = say(
        "evaluation/own",
        round=context.round.label,
        deadline=context.deadline,
        is_late=context.is_late,
        waiting=[_waiting(context, work) for work in waiting],
        done=[_done(context, entry) for entry in done],
    )
    return Reply(text, choices=tuple(_begins(context, waiting)), kind=KIND, is_confidential=True)


def several(context: EvaluationContext, work: Iterable[EvaluationWork]) -> Reply:
    """A choice between several that were meant."""
    found = list(work)
    text = say("evaluation/which", waiting=[_waiting(context, one) for one in found])
    return Reply(text, choices=tuple(_begins(context, found)), kind=KIND, is_confidential=True)


def named(context: EvaluationContext, code: str) -> tuple[EvaluationWork, ...]:
    """The work that is named: an initiative by any of its codes, an item's indicators, one as 1-1#2.

    Words name what they stand in the title of, among the person's own.
    """
    if not is_code(code):
        own_work = context.own_work() or context.own_work(Act.SEE)
        return tuple(work for work in own_work if code in plain(work.duty.title))
    by_subject = context.work.get(code)
    if by_subject is not None and "#" in code:
        return (by_subject,)
    return tuple(work for work in context.work.values() if code in work.duty.codes)


def entered(context: EvaluationContext, work: EvaluationWork, entry: Entry) -> Reply:
    """An entry as it stands, and the way to correct it."""
    correct = Choice(say("evaluation/buttons/correct"), f"correct:{entry.round}:{entry.subject}", ACTION)
    return Reply(described(context, entry), choices=(correct,), kind=KIND, is_confidential=True)


def submitted(context: EvaluationContext, work: EvaluationWork, name: str, version: int) -> Reply:
    """What is said when one has been submitted, with what is left."""
    text = say(
        "evaluation/submitted",
        subject=name,
        round=context.round.label,
        version=version,
        is_late=context.is_late,
    )
    rest = [one for one in context.own_work() if context.is_open(one) and one.subject != work.subject]
    return Reply(text, choices=tuple(_begins(context, rest)), kind=KIND, is_confidential=True)


def described(context: EvaluationContext, entry: Entry) -> str:
    """An entry in words: its figures, its texts, where it stands."""
    return say(
        "evaluation/entry",
        subject=f"{entry.code}「{entry.title}」",
        round=context.round.label,
        version=entry.version,
        who=context.label(entry.submitted_by),
        when=entry.submitted_at,
        is_late=entry.is_late,
        state=entry.state.label,
        figures=list(_figures(entry)),
        causes=entry.causes,
        success=entry.success,
        problems=entry.problems,
        why=entry.why,
        stands=standing(context, entry),
    )


def standing(context: EvaluationContext, entry: Entry) -> str:
    """提出済み（所管課長の確認待ち）; 差戻し（事務局、理由：…）."""
    signed = entry.sign_off
    if signed.step is SignOffStep.SUBMITTED:
        return say("evaluation/stands/submitted")
    return say(
        f"evaluation/stands/{signed.step}",
        who=context.label(signed.by),
        in_place=signed.in_place_of_head,
        reason=signed.reason,
    )


def _overview(context: EvaluationContext, seen: Sequence[EvaluationWork]) -> Reply:
    """How what the person may see stands: each work, or each department where that is too many."""
    if not seen:
        refused = may(context.person, Act.ENTER)
        words = str(refused) if isinstance(refused, Refused) else say("evaluation/no_work")
        return Reply(words, kind="refused", is_confidential=True)
    rows = [_standing_of(context, work) for work in seen]
    submitted = _submitted(context, seen)
    drafted = sum(context.is_open(work) and work.subject in context.drafts for work in seen)
    text = say(
        "evaluation/overview",
        round=context.round.label,
        deadline=context.deadline,
        of=len(seen),
        submitted=submitted,
        drafted=drafted,
        untouched=len(seen) - submitted - drafted,
        rows=rows if len(rows) <= MOST_CHOICES else list(_by_department(context, seen)),
        signs=any(
            post.kind in TABLE[act] for act in (Act.CONFIRM, Act.ACCEPT) for post in context.person.posts
        ),
    )
    return Reply(text, kind=KIND, is_confidential=True)


def _submitted(context: EvaluationContext, seen: Iterable[EvaluationWork]) -> int:
    return sum(not context.is_open(work) for work in seen)


def _standing_of(context: EvaluationContext, work: EvaluationWork) -> str:
    return _waiting(context, work) if context.is_open(work) else _done(context, context.entries[work.subject])


def _by_department(context: EvaluationContext, seen: Iterable[EvaluationWork]) -> Iterator[str]:
    by_name: dict[str, list[EvaluationWork]] = {}
    for work in seen:
        by_name.setdefault(context.asker.roster.name_of(work.department), []).append(work)
    for name, several in by_name.items():
        yield say("evaluation/department", name=name, of=len(several), submitted=_submitted(context, several))


def _figures(entry: Entry) -> Iterator[str]:
    for basis, figures in (("actual", entry.actual), ("forecast", entry.forecast)):
        yield from (_figure(basis, figure) for figure in figures)


def _figure(basis: str, figure: Reported) -> str:
    return say(
        "evaluation/figure",
        basis=say(f"evaluation/basis/{basis}"),
        year=figure.year,
        measure=figure.row.name,
        value=figure.printed,
        target=figure.printed_target,
    )


def _waiting(context: EvaluationContext, work: EvaluationWork) -> str:
    sheet = context.sheet(work)
    kept = context.drafts.get(work.subject)
    entry = context.entries.get(work.subject)
    words = []
    if entry is not None and entry.is_returned:
        words.append(say("evaluation/waits/returned", reason=entry.sign_off.reason))
    if kept is not None:
        steps = context.sheet(work, kept.draft.follows).steps(kept.draft)
        answered = sum(step.key in kept.draft.answers for step in steps)
        words.append(say("evaluation/waits/drafted", answered=answered, of=len(steps)))
        if kept.at_it not in (None, context.person.id):
            words.append(say("evaluation/waits/occupied", who=context.label(kept.at_it or "")))
    return say("evaluation/waiting", name=sheet.name, words=words)


def _done(context: EvaluationContext, entry: Entry) -> str:
    return say("evaluation/done", code=entry.code, title=entry.title, stands=standing(context, entry))


def _begins(context: EvaluationContext, work: Sequence[EvaluationWork]) -> Iterator[Choice]:
    for one in work[:MOST_CHOICES]:
        yield Choice(f"{one.duty.code} {one.duty.title}", f"begin:{context.round.name}:{one.subject}", ACTION)
