"""What a person finds on 「自己評価」: the open work of their departments, and what became of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.evaluation.context import EvaluationContext
from bot.evaluation.entry import Entry, Reported, SignOffStep
from bot.evaluation.form import is_code, plain
from bot.evaluation.open_work import EvaluationWork
from bot.evaluation.prompts import ACTION, KIND
from bot.identity.rights import TABLE, Act, Refused, may
from bot.message import Choice, Reply
from bot.wording.wording import say

MOST_CHOICES = 20
"""More buttons than this help nobody; the text names all of the work."""


def own(scene: EvaluationContext) -> Reply:
    """The person's own work in this round, the open first; for one who enters nothing, how theirs stands."""
    own_work = scene.own_work()
    if not own_work:
        return _overview(scene, scene.own_work(Act.SEE))
    waiting = [work for work in own_work if scene.is_open(work)]
    done = [scene.entries[work.subject] for work in own_work if not scene.is_open(work)]
    text = say(
        "evaluation/own",
        round=scene.round.label,
        deadline=f"{scene.deadline.month}月{scene.deadline.day}日",
        is_late=scene.is_late,
        waiting=[_waiting(scene, work) for work in waiting],
        done=[_done(scene, entry) for entry in done],
    )
    return Reply(text, choices=tuple(_begins(scene, waiting)), kind=KIND, is_confidential=True)


def several(scene: EvaluationContext, work: Iterable[EvaluationWork]) -> Reply:
    """A choice between several that were meant."""
    found = list(work)
    text = say("evaluation/which", waiting=[_waiting(scene, one) for one in found])
    return Reply(text, choices=tuple(_begins(scene, found)), kind=KIND, is_confidential=True)


def named(scene: EvaluationContext, code: str) -> tuple[EvaluationWork, ...]:
    """The work that is named: an initiative by any of its codes, an item's indicators, one as 1-1#2.

    Words name what they stand in the title of, among the person's own.
    """
    if not is_code(code):
        own_work = scene.own_work() or scene.own_work(Act.SEE)
        return tuple(work for work in own_work if code in plain(work.duty.title))
    by_subject = scene.work.get(code)
    if by_subject is not None and "#" in code:
        return (by_subject,)
    return tuple(work for work in scene.work.values() if code in work.duty.codes)


def entered(scene: EvaluationContext, work: EvaluationWork, entry: Entry) -> Reply:
    """An entry as it stands, and the way to correct it."""
    correct = Choice("訂正する", f"correct:{entry.round}:{entry.subject}", ACTION)
    return Reply(described(scene, entry), choices=(correct,), kind=KIND, is_confidential=True)


def submitted(scene: EvaluationContext, work: EvaluationWork, name: str, version: int) -> Reply:
    """What is said when one has been submitted, with what is left."""
    text = say(
        "evaluation/submitted",
        subject=name,
        round=scene.round.label,
        version=version,
        is_late=scene.is_late,
    )
    rest = [one for one in scene.own_work() if scene.is_open(one) and one.subject != work.subject]
    return Reply(text, choices=tuple(_begins(scene, rest)), kind=KIND, is_confidential=True)


def described(scene: EvaluationContext, entry: Entry) -> str:
    """An entry in words: its figures, its texts, where it stands."""
    return say(
        "evaluation/entry",
        subject=f"{entry.code}「{entry.title}」",
        round=scene.round.label,
        version=entry.version,
        who=scene.label(entry.submitted_by),
        when=f"{entry.submitted_at:%-m月%-d日}",
        is_late=entry.is_late,
        state=entry.state.label,
        figures=list(_figures(entry)),
        causes=entry.causes,
        success=entry.success,
        problems=entry.problems,
        why=entry.why,
        stands=standing(scene, entry),
    )


def standing(scene: EvaluationContext, entry: Entry) -> str:
    """提出済み（所管課長の確認待ち）; 差戻し（事務局、理由：…）."""
    signed = entry.sign_off
    if signed.step is SignOffStep.SUBMITTED:
        return "提出済み（所管課長の確認待ち）"
    who = f"{scene.label(signed.by)}{'、代決' if signed.in_place_of_head else ''}"
    why = f"、理由：{signed.reason}" if signed.reason else ""
    next_step = "、事務局の受理待ち" if signed.step is SignOffStep.CONFIRMED else ""
    return f"{signed.step.label}（{who}{why}{next_step}）"


def _overview(scene: EvaluationContext, seen: Sequence[EvaluationWork]) -> Reply:
    """How what the person may see stands: each work, or each department where that is too many."""
    if not seen:
        refused = may(scene.person, Act.ENTER)
        words = str(refused) if isinstance(refused, Refused) else say("evaluation/no_work")
        return Reply(words, kind="refused", is_confidential=True)
    rows = [_standing_of(scene, work) for work in seen]
    text = say(
        "evaluation/overview",
        round=scene.round.label,
        deadline=f"{scene.deadline.month}月{scene.deadline.day}日",
        of=len(seen),
        submitted=_submitted(scene, seen),
        drafted=sum(scene.is_open(work) and work.subject in scene.drafts for work in seen),
        rows=rows if len(rows) <= MOST_CHOICES else list(_by_department(scene, seen)),
        signs=any(
            post.kind in TABLE[act] for act in (Act.CONFIRM, Act.ACCEPT) for post in scene.person.posts
        ),
    )
    return Reply(text, kind=KIND, is_confidential=True)


def _submitted(scene: EvaluationContext, seen: Iterable[EvaluationWork]) -> int:
    return sum(not scene.is_open(work) for work in seen)


def _standing_of(scene: EvaluationContext, work: EvaluationWork) -> str:
    return _waiting(scene, work) if scene.is_open(work) else _done(scene, scene.entries[work.subject])


def _by_department(scene: EvaluationContext, seen: Iterable[EvaluationWork]) -> Iterator[str]:
    by_name: dict[str, list[EvaluationWork]] = {}
    for work in seen:
        by_name.setdefault(scene.asker.roster.name_of(work.department), []).append(work)
    for name, several in by_name.items():
        yield f"{name}：{len(several)}件のうち提出{_submitted(scene, several)}件"


def _figures(entry: Entry) -> Iterator[str]:
    for name, figures in (("実績", entry.actual), ("実績見込み", entry.forecast)):
        yield from (_figure(name, figure) for figure in figures)


def _figure(name: str, figure: Reported) -> str:
    target = f"（目標 {figure.printed_target}）" if figure.printed_target else ""
    return f"{figure.year.label}の{name} {figure.row.name}：{figure.printed}{target}"


def _waiting(scene: EvaluationContext, work: EvaluationWork) -> str:
    sheet = scene.sheet(work)
    kept = scene.drafts.get(work.subject)
    entry = scene.entries.get(work.subject)
    words = []
    if entry is not None and entry.is_returned:
        words.append(f"差戻し：{entry.sign_off.reason}")
    if kept is not None:
        steps = scene.sheet(work, kept.draft.follows).steps(kept.draft)
        answered = sum(step.key in kept.draft.answers for step in steps)
        words.append(f"下書きあり {answered}/{len(steps)}")
        if kept.at_it not in (None, scene.person.id):
            words.append(f"{scene.label(kept.at_it or '')}が入力中")
    return f"{sheet.name}{'（' + '、'.join(words) + '）' if words else ''}"


def _done(scene: EvaluationContext, entry: Entry) -> str:
    return f"{entry.code}「{entry.title}」：{standing(scene, entry)}"


def _begins(scene: EvaluationContext, work: Sequence[EvaluationWork]) -> Iterator[Choice]:
    for one in work[:MOST_CHOICES]:
        yield Choice(f"{one.duty.code} {one.duty.title}", f"begin:{scene.round.name}:{one.subject}", ACTION)
