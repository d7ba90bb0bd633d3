"""Who may do what, in one table; whoever is refused is told who can help.

Decides on the roster's posts alone. Whether a draft is open or an entry already accepted is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from knowledge.roster.roster import OF_A_DEPARTMENT, Department, Person, Post, PostKind, Roster


class Act(StrEnum):
    """Everything that a command, a page or a button can do."""

    ASK = "ask"
    ENTER = "enter"
    SEE = "see"
    REPORT = "report"
    COMPLETE = "complete"
    CONFIRM = "confirm"
    ACCEPT = "accept"
    RETURN = "return"
    KEEP_ROSTER = "keep_roster"
    KEEP_CALENDAR = "keep_calendar"
    KEEP_PLAN = "keep_plan"
    EXPORT = "export"
    SEND = "send"
    READ_AUDIT = "read_audit"
    READ_UNANSWERED = "read_unanswered"
    BACK_UP = "back_up"
    RESTORE = "restore"
    DIAGNOSE = "diagnose"

    @property
    def label(self) -> str:
        """What is done, in Japanese: 自己評価の入力."""
        return _LABELS[self]


_LABELS = {
    Act.ASK: "計画の質問",
    Act.ENTER: "自己評価の入力",
    Act.SEE: "自己評価と進捗の閲覧",
    Act.REPORT: "取組みの状況や完了の報告",
    Act.COMPLETE: "評価や公表の完了の記録",
    Act.CONFIRM: "自己評価の確認",
    Act.ACCEPT: "自己評価の受理",
    Act.RETURN: "自己評価の差戻し",
    Act.KEEP_ROSTER: "名簿の変更",
    Act.KEEP_CALENDAR: "日程の変更",
    Act.KEEP_PLAN: "計画の版の変更",
    Act.EXPORT: "資料の書き出し",
    Act.SEND: "通知の操作",
    Act.READ_AUDIT: "操作記録の閲覧",
    Act.READ_UNANSWERED: "答えられなかった質問の閲覧",
    Act.BACK_UP: "バックアップ",
    Act.RESTORE: "復元",
    Act.DIAGNOSE: "点検",
}


class Reach(Enum):
    """How far a post's right goes: the whole city's work, or its own part's."""

    CITY = auto()
    OWN = auto()
    LEADING = auto()
    IN_PLACE_OF_HEAD = auto()


_IN_DEPARTMENT = {PostKind.OWNER: Reach.OWN, PostKind.DEPUTY_HEAD: Reach.OWN}
_ABOVE = {PostKind.HEAD: Reach.OWN, PostKind.DIRECTOR: Reach.OWN, PostKind.MANAGER: Reach.OWN}
_BY_HEAD = {PostKind.HEAD: Reach.LEADING, PostKind.DEPUTY_HEAD: Reach.IN_PLACE_OF_HEAD}
_BY_SECRETARIAT = {PostKind.SECRETARIAT: Reach.CITY}
_BY_ADMINISTRATOR = {PostKind.ADMINISTRATOR: Reach.CITY}

ANYBODY = frozenset({Act.ASK})

TABLE: dict[Act, dict[PostKind, Reach]] = {
    Act.ENTER: _IN_DEPARTMENT,
    Act.SEE: _IN_DEPARTMENT | _ABOVE | _BY_SECRETARIAT,
    Act.REPORT: _IN_DEPARTMENT | {PostKind.HEAD: Reach.OWN} | _BY_SECRETARIAT,
    Act.COMPLETE: _BY_SECRETARIAT,
    Act.CONFIRM: _BY_HEAD,
    Act.RETURN: _BY_HEAD | _BY_SECRETARIAT,
    Act.ACCEPT: _BY_SECRETARIAT,
    Act.KEEP_ROSTER: _BY_SECRETARIAT,
    Act.KEEP_CALENDAR: _BY_SECRETARIAT,
    Act.KEEP_PLAN: _BY_SECRETARIAT,
    Act.EXPORT: _BY_SECRETARIAT,
    Act.SEND: _BY_SECRETARIAT,
    Act.READ_AUDIT: _BY_SECRETARIAT,
    Act.READ_UNANSWERED: _BY_SECRETARIAT,
    Act.BACK_UP: _BY_ADMINISTRATOR,
    Act.RESTORE: _BY_ADMINISTRATOR,
    Act.DIAGNOSE: _BY_ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class ProtectedWork:
    """What an act touches: the departments that answer for it, the leading one first.

    `submitted_by` is the id of the person who submitted it; `head_is_absent` concerns the leading one.
    """

    departments: tuple[Department, ...] = ()
    submitted_by: str | None = None
    head_is_absent: bool = False

    @property
    def leading(self) -> tuple[Department, ...]:
        return self.departments[:1]


@dataclass(frozen=True, slots=True)
class Granted:
    """Allowed, by this post (None: anybody may); `in_place_of_head` when it is 代決."""

    post: Post | None = None
    in_place_of_head: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Not allowed: why, and who can help, both in Japanese."""

    reason: str
    who_can_help: str

    def __str__(self) -> str:
        return f"{self.reason}{self.who_can_help}"


def may(person: Person | None, act: Act, on: ProtectedWork = ProtectedWork()) -> Granted | Refused:
    """Whether the person (None: a stranger) may do that; `on` where the act touches departments' work."""
    if act in ANYBODY:
        return Granted()
    if person is None or not person.posts:
        return Refused(
            f"名簿に職の登録がないため、{act.label}はできません。", "登録は事務局にご相談ください。"
        )
    if act is Act.CONFIRM and on.submitted_by == person.id:
        return Refused("ご自身が提出したものは、ご自身では確認できません。", _help_with_own(person, on))
    granted = [grant for post in person.posts for grant in _grants(post, TABLE[act], on)]
    if granted:
        return min(granted, key=lambda grant: grant.in_place_of_head)
    return Refused(_reason(person, act, on), f"{_who_may(act, on)}にご相談ください。")


def work_of(
    roster: Roster, departments: tuple[Department, ...], submitted_by: str | None = None
) -> ProtectedWork:
    """The work of these departments, the leading one first, as the roster of the day has them."""
    return ProtectedWork(
        departments, submitted_by, bool(departments) and roster.head_is_absent(departments[0].id)
    )


def seen(person: Person | None, departments: Iterable[Department]) -> tuple[Department, ...]:
    """Those of the departments whose entries and progress the person may see."""
    return tuple(
        one for one in departments if isinstance(may(person, Act.SEE, ProtectedWork((one,))), Granted)
    )


def _grants(post: Post, allowed: dict[PostKind, Reach], on: ProtectedWork) -> Iterable[Granted]:
    reach = allowed.get(post.kind)
    if reach is not None and _reaches(post, reach, on):
        yield Granted(post, in_place_of_head=reach is Reach.IN_PLACE_OF_HEAD)


def _reaches(post: Post, reach: Reach, on: ProtectedWork) -> bool:
    match reach:
        case Reach.CITY:
            return True
        case Reach.OWN:
            return post.is_citywide or any(map(post.covers, on.departments))
        case Reach.LEADING:
            return any(map(post.covers, on.leading))
        case Reach.IN_PLACE_OF_HEAD:
            return on.head_is_absent and any(map(post.covers, on.leading))


def _reason(person: Person, act: Act, on: ProtectedWork) -> str:
    kinds = TABLE[act]
    able = [post for post in person.posts if post.kind in kinds]
    if any(kinds[post.kind] is Reach.IN_PLACE_OF_HEAD and _reaches(post, Reach.LEADING, on) for post in able):
        return "課長がいるときは、係長が代わって行うことはできません。"
    if able:
        return f"ほかの課等の担当のため、{act.label}はできません。"
    titles = "・".join(dict.fromkeys(post.kind.label for post in person.posts))
    return f"{titles}の方は、{act.label}はできません。"


def _who_may(act: Act, on: ProtectedWork) -> str:
    """〇〇課の担当・係長; 〇〇課の課長（不在のときは係長）; 事務局."""
    kinds = TABLE[act]
    departments = on.leading if Reach.LEADING in kinds.values() else on.departments
    place = "・".join(department.name for department in departments) or "所管課等"
    regular = [kind.label for kind in OF_A_DEPARTMENT if kinds.get(kind) in (Reach.OWN, Reach.LEADING)]
    deputy = "（不在のときは係長）" if Reach.IN_PLACE_OF_HEAD in kinds.values() else ""
    inside = [f"{place}の{'・'.join(regular)}{deputy}"] if regular else []
    outside = [kind.label for kind, reach in kinds.items() if reach is Reach.CITY]
    return "、または".join((*inside, *outside))


def _help_with_own(person: Person, on: ProtectedWork) -> str:
    is_head = any(post.kind is PostKind.HEAD and any(map(post.covers, on.leading)) for post in person.posts)
    who = "事務局" if is_head or on.head_is_absent else _who_may(Act.CONFIRM, on)
    return f"{who}にご相談ください。"
