"""What a good roster still leaves open: found, and reported to the secretariat, but no reason to refuse it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from knowledge.plan.plan import Plan
from knowledge.roster.duties import divided_listings, unassigned
from knowledge.roster.roster import DELIVERING, Channel, Department, PostKind, Roster


@dataclass(frozen=True, slots=True)
class RosterFinding:
    """One thing left open, in Japanese, and the departments, posts or codes that it concerns."""

    what: str
    concerns: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.what}: {'、'.join(self.concerns)}" if self.concerns else self.what


def findings(
    roster: Roster, plan: Plan, channels: Collection[Channel] = DELIVERING
) -> tuple[RosterFinding, ...]:
    """What the roster of a day leaves open; `channels` are those by which people can be written to."""
    found = (
        *_of_the_whole(roster),
        RosterFinding("連絡できる人がいない課等", _names(roster.unreachable(channels))),
        RosterFinding("入力できる人（担当・係長）がいない課等", _names(_lacking(roster, *_ENTERING))),
        RosterFinding("確認できる人（課長・係長）がいない課等", _names(_lacking(roster, *_CONFIRMING))),
        RosterFinding("人のいない職", tuple(roster.post_label(post) for post in roster.vacancies)),
        RosterFinding("所管が決まっていないもの", unassigned(roster, plan)),
        RosterFinding(
            "再掲の組で所管が分かれているもの",
            tuple("と".join(codes) for codes in divided_listings(roster, plan)),
        ),
    )
    return tuple(finding for finding in found if finding.concerns or finding.what in _WITHOUT_CONCERNS)


_ENTERING = (PostKind.OWNER, PostKind.DEPUTY_HEAD)
_CONFIRMING = (PostKind.HEAD, PostKind.DEPUTY_HEAD)

_SAMPLE = "見本の名簿です。実際の名簿を取り込むまで、通知は送られません"
_NO_SECRETARIAT = "事務局の職にある人がいません"
_NO_ADMINISTRATOR = "管理者の職にある人がいません"
_WITHOUT_CONCERNS = (_SAMPLE, _NO_SECRETARIAT, _NO_ADMINISTRATOR)


def _of_the_whole(roster: Roster) -> Iterator[RosterFinding]:
    if roster.is_sample:
        yield RosterFinding(_SAMPLE)
    if not roster.holders(PostKind.SECRETARIAT):
        yield RosterFinding(_NO_SECRETARIAT)
    if not roster.holders(PostKind.ADMINISTRATOR):
        yield RosterFinding(_NO_ADMINISTRATOR)


def _lacking(roster: Roster, *kinds: PostKind) -> Iterator[Department]:
    answering = {roster.current(one.department).id for one in roster.responsibilities}
    held = {post.department for person in roster.persons for post in person.posts if post.kind in kinds}
    return (
        department
        for department in roster.current_departments
        if department.id in answering and department.id not in held
    )


def _names(departments: Iterable[Department]) -> tuple[str, ...]:
    return tuple(department.name for department in departments)
