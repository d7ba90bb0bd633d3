"""Rights against rights.txt, the table that a city officer reads; then what a table cannot show."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot.identity.rights import ANYBODY, TABLE, Act, Granted, ProtectedWork, Refused, may, seen, work_of
from knowledge.roster.roster import Person, Post, PostKind
from tests.invented_roster import (
    ADMINISTRATOR,
    CAST,
    DEPUTY_HEAD,
    DIRECTOR,
    HEAD,
    MANAGER,
    OWNER,
    PAPERS,
    PARKS,
    ROADS,
    ROSTER,
    SECRETARIAT,
)

STRANGER = "名簿にない人"
CASES = {
    "-": ProtectedWork(),
    "自分の課": ProtectedWork((PARKS,)),
    "課長が不在": ProtectedWork((PARKS,), head_is_absent=True),
    "共管の課": ProtectedWork((ROADS, PARKS)),
    "ほかの課": ProtectedWork((PAPERS,)),
    "所管が未定": ProtectedWork(()),
}
WHO: dict[str, Person | None] = {
    STRANGER: None,
    "担当": OWNER,
    "係長": DEPUTY_HEAD,
    "課長": HEAD,
    "部長": DIRECTOR,
    "管理職": MANAGER,
    "事務局": SECRETARIAT,
    "管理者": ADMINISTRATOR,
}
ACTS = {act.label: act for act in Act}


@dataclass(frozen=True)
class Cell:
    """One cell of the table: somebody does something in a case, and what is expected."""

    act: str
    case: str
    who: str
    expected: str
    who_can_help: str

    def __str__(self) -> str:
        return f"{self.act}-{self.case}-{self.who}"


def _cells() -> list[Cell]:
    lines = Path(__file__).with_name("rights.txt").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    header, *body = rows
    assert header[2:-1] == list(WHO)
    return [
        Cell(row[0], row[1], who, expected, row[-1])
        for row in body
        for who, expected in zip(header[2:-1], row[2:-1], strict=True)
    ]


CELLS = _cells()


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_table_holds(cell: Cell) -> None:
    answer = may(WHO[cell.who], ACTS[cell.act], CASES[cell.case])
    if cell.expected == "×":
        assert isinstance(answer, Refused)
        helper = "登録は事務局" if cell.who == STRANGER else cell.who_can_help
        assert answer.who_can_help == f"{helper}にご相談ください。"
        assert answer.reason.endswith("。")
    else:
        assert isinstance(answer, Granted)
        assert answer.in_place_of_head is (cell.expected == "代")


def test_the_table_names_every_act_and_every_post() -> None:
    assert {cell.act for cell in CELLS} == set(ACTS)
    assert {cell.who for cell in CELLS} == {STRANGER, *(kind.label for kind in PostKind)}
    assert set(TABLE) | ANYBODY == set(Act)
    assert not ANYBODY & set(TABLE)


class TestNobodyConfirmsWhatTheySubmitted:
    def test_not_even_a_head_who_is_also_the_owner(self) -> None:
        both = replace(HEAD, posts=(*HEAD.posts, *OWNER.posts))
        refused = may(both, Act.CONFIRM, ProtectedWork((PARKS,), submitted_by=both.id))
        assert refused == Refused(
            "ご自身が提出したものは、ご自身では確認できません。", "事務局にご相談ください。"
        )

    def test_nor_the_deputy_head_while_the_head_is_away(self) -> None:
        on = ProtectedWork((PARKS,), submitted_by=DEPUTY_HEAD.id, head_is_absent=True)
        assert isinstance(may(DEPUTY_HEAD, Act.CONFIRM, on), Refused)
        assert isinstance(may(HEAD, Act.CONFIRM, on), Granted)

    def test_and_an_owner_is_sent_to_the_head(self) -> None:
        refused = may(OWNER, Act.CONFIRM, ProtectedWork((PARKS,), submitted_by=OWNER.id))
        assert isinstance(refused, Refused)
        assert "公園課の課長" in refused.who_can_help


class TestSeveralPosts:
    def test_any_of_them_is_enough(self) -> None:
        both = Person("both", posts=(*ADMINISTRATOR.posts, *OWNER.posts))
        granted = may(both, Act.SEE, ProtectedWork((PARKS,)))
        assert isinstance(granted, Granted)
        assert granted.post == OWNER.posts[0]

    def test_ones_own_right_comes_before_acting_for_another(self) -> None:
        acting = Person("acting", posts=(*DEPUTY_HEAD.posts, *HEAD.posts))
        granted = may(acting, Act.CONFIRM, ProtectedWork((PARKS,), head_is_absent=True))
        assert isinstance(granted, Granted)
        assert not granted.in_place_of_head

    def test_the_head_of_another_department_does_not_confirm_here(self) -> None:
        roads_head = Person("roads-head", posts=(Post(PostKind.HEAD, "roads"), Post(PostKind.OWNER, "parks")))
        assert isinstance(may(roads_head, Act.CONFIRM, ProtectedWork((PARKS,))), Refused)
        assert isinstance(may(roads_head, Act.ENTER, ProtectedWork((PARKS,))), Granted)


class TestReasons:
    @pytest.mark.parametrize(
        ("who", "act", "on", "reason"),
        [
            (
                None,
                Act.ENTER,
                ProtectedWork((PARKS,)),
                "名簿に職の登録がないため、自己評価の入力はできません。",
            ),
            (
                OWNER,
                Act.ENTER,
                ProtectedWork((PAPERS,)),
                "ほかの課等の担当のため、自己評価の入力はできません。",
            ),
            (OWNER, Act.ACCEPT, ProtectedWork((PARKS,)), "担当の方は、自己評価の受理はできません。"),
            (
                ADMINISTRATOR,
                Act.SEE,
                ProtectedWork((PARKS,)),
                "管理者の方は、自己評価と進捗の閲覧はできません。",
            ),
            (
                DEPUTY_HEAD,
                Act.CONFIRM,
                ProtectedWork((PARKS,)),
                "課長がいるときは、係長が代わって行うことはできません。",
            ),
        ],
    )
    def test_say_what_stands_in_the_way(
        self, who: Person | None, act: Act, on: ProtectedWork, reason: str
    ) -> None:
        answer = may(who, act, on)
        assert isinstance(answer, Refused)
        assert answer.reason == reason

    def test_one_whose_posts_have_ended_is_a_stranger(self) -> None:
        gone = replace(OWNER, posts=())
        assert may(gone, Act.ENTER, ProtectedWork((PARKS,))) == may(None, Act.ENTER, ProtectedWork((PARKS,)))
        assert isinstance(may(gone, Act.ASK), Granted)


def test_a_bureaus_manager_sees_the_bureau() -> None:
    manager = Person("manager", posts=(Post(PostKind.MANAGER, bureau="town"),))
    departments = (PARKS, ROADS, PAPERS)
    assert seen(manager, departments) == (PARKS, ROADS)
    assert seen(SECRETARIAT, departments) == departments
    assert seen(ADMINISTRATOR, departments) == seen(None, departments) == ()
    assert all(isinstance(may(person, Act.ASK), Granted) for person in CAST)


def test_the_roster_of_the_day_says_whether_a_deputy_may_act() -> None:
    for day, expected in ((date(2024, 7, 3), Granted), (date(2024, 7, 8), Refused)):
        work = work_of(ROSTER.on(day), (PARKS,), OWNER.id)
        assert isinstance(may(DEPUTY_HEAD, Act.CONFIRM, work), expected)
    assert work_of(ROSTER, ()) == ProtectedWork()
