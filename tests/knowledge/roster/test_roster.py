from datetime import date

import pytest

from knowledge.roster.roster import (
    Absence,
    Channel,
    Days,
    Department,
    ItemIndicator,
    Person,
    Post,
    PostKind,
    Roster,
)
from tests.invented_roster import (
    DEPUTY_HEAD,
    DIRECTOR,
    HEAD,
    MANAGER,
    OWNER,
    PARKS,
    ROADS,
    ROSTER,
    SECRETARIAT,
)

JUNE = ROSTER.on(date(2024, 6, 3))
HEAD_AWAY = ROSTER.on(date(2024, 7, 3))


def _people(roster: Roster, department: str) -> list[str]:
    return [one.person.id if one.person else "mailbox" for one in roster.recipients(department)]


class TestWhoIsWho:
    def test_a_post_names_its_holder(self) -> None:
        assert JUNE.holders(PostKind.HEAD, "parks") == (HEAD,)
        assert JUNE.holders(PostKind.DIRECTOR, "town") == (DIRECTOR,)
        assert JUNE.holders(PostKind.DIRECTOR, "office") == ()

    def test_without_a_place_the_whole_city_is_meant(self) -> None:
        assert JUNE.holders(PostKind.SECRETARIAT) == (SECRETARIAT,)
        assert len(JUNE.holders(PostKind.HEAD)) == 3

    @pytest.mark.parametrize(
        ("channel", "value", "who"),
        [
            (Channel.SLACK, "U0OWNER", "owner"),
            (Channel.SLACK, "u0owner", None),
            (Channel.MAIL, "hanako@CITY.example", "owner"),
            (Channel.MAIL, "U0OWNER", None),
            (Channel.PAGE, " ＨＥＡＤ ", "head"),
            (Channel.PAGE, "", None),
        ],
    )
    def test_an_address_names_its_person(self, channel: Channel, value: str, who: str | None) -> None:
        found = JUNE.person_at(channel, value)
        assert (found.id if found else None) == who

    def test_a_person_without_a_name_is_called_by_the_posts(self) -> None:
        assert JUNE.label(HEAD) == "公園課 課長"
        assert JUNE.names == ("公園 花子",)
        assert JUNE.label(OWNER) == "公園 花子（公園課 担当）"
        assert JUNE.label(DIRECTOR) == "まち部 部長"
        assert JUNE.label(MANAGER) == "管理職"
        assert JUNE.label(Person("nobody")) == "nobody"


class TestDays:
    def test_a_post_counts_on_its_own_days_only(self) -> None:
        moved = Person(
            "moved",
            posts=(
                Post(PostKind.OWNER, "parks", days=Days(last=date(2024, 3, 31))),
                Post(PostKind.HEAD, "roads", days=Days(first=date(2024, 4, 1))),
            ),
        )
        roster = Roster(departments=(PARKS, ROADS), persons=(moved,))
        assert [post.kind for post in roster.on(date(2024, 3, 31)).persons[0].posts] == [PostKind.OWNER]
        assert [post.kind for post in roster.on(date(2024, 4, 1)).persons[0].posts] == [PostKind.HEAD]

    @pytest.mark.parametrize(
        ("one", "other", "meets"),
        [
            (Days(), Days(), True),
            (Days(last=date(2024, 3, 31)), Days(first=date(2024, 4, 1)), False),
            (Days(last=date(2024, 4, 1)), Days(first=date(2024, 4, 1)), True),
            (Days(date(2024, 1, 1), date(2024, 1, 2)), Days(date(2024, 1, 3), None), False),
        ],
    )
    def test_two_spans_meet_when_a_day_lies_in_both(self, one: Days, other: Days, meets: bool) -> None:
        assert one.meets(other) is other.meets(one) is meets


class TestWhoAnswers:
    def test_the_leading_department_comes_first(self) -> None:
        assert JUNE.departments_for("lamps") == (ROADS, PARKS)

    def test_what_a_merged_department_answered_for_goes_on(self) -> None:
        assert JUNE.departments_for("benches") == (PARKS,)
        assert {one.id for one in JUNE.departments if JUNE.current(one.id).id == "parks"} == {
            "parks",
            "gardens",
        }
        assert JUNE.name_of("gardens") == "緑地課"
        assert JUNE.name_of("unheard-of") == "unheard-of"

    def test_a_chain_of_mergers_is_followed_to_its_end(self) -> None:
        older = Department("lawns", "芝生課", merged_into="gardens")
        roster = Roster(departments=(*ROSTER.departments, older))
        assert roster.current("lawns") == PARKS

    def test_it_may_change_hands_in_april(self) -> None:
        march, april = ROSTER.on(date(2024, 3, 31)), ROSTER.on(date(2024, 4, 1))
        assert [one.id for one in march.departments_for("forms")] == ["papers"]
        assert [one.id for one in april.departments_for("forms")] == ["roads"]

    def test_an_indicator_has_its_own(self) -> None:
        assert [one.id for one in JUNE.departments_for(ItemIndicator("1-1", "点灯率"))] == ["papers"]
        assert JUNE.departments_for(ItemIndicator("1-2", "点灯率")) == ()


class TestWhomToWriteTo:
    def test_owners_come_first_and_the_mailbox_last(self) -> None:
        assert _people(JUNE, "parks") == ["owner", "deputy", "head", "mailbox"]

    def test_one_who_is_away_is_left_in_peace(self) -> None:
        assert _people(HEAD_AWAY, "parks") == ["owner", "deputy", "mailbox"]

    def test_one_who_holds_two_posts_is_written_to_once(self) -> None:
        both = Person("both", posts=(Post(PostKind.HEAD, "roads"), Post(PostKind.OWNER, "roads")))
        assert _people(Roster(departments=(ROADS,), persons=(both,)), "roads") == ["both"]

    def test_a_department_is_reachable_when_anybody_there_has_an_address(self) -> None:
        assert JUNE.reachable("parks")
        assert not JUNE.reachable("roads")
        assert JUNE.reachable("parks", by=(Channel.PAGE,))

    def test_departments_that_answer_for_something_and_cannot_be_reached_are_named(self) -> None:
        assert [one.id for one in JUNE.unreachable()] == ["roads", "papers"]
        assert [one.id for one in JUNE.unreachable(by=(Channel.SLACK,))] == ["roads", "papers"]

    def test_a_mailbox_is_no_slack_address(self) -> None:
        without_owner = Roster(departments=(PARKS,), persons=(DEPUTY_HEAD,))
        assert without_owner.reachable("parks", by=(Channel.MAIL,))
        assert not without_owner.reachable("parks", by=(Channel.SLACK,))


class TestAnAbsentHead:
    def test_is_seen_on_the_days_of_the_absence_alone(self) -> None:
        assert HEAD_AWAY.head_is_absent("parks")
        assert not JUNE.head_is_absent("parks")
        assert not ROSTER.on(date(2024, 7, 6)).head_is_absent("parks")

    def test_is_also_a_post_that_nobody_holds(self) -> None:
        assert Roster(departments=(PARKS,)).head_is_absent("parks")

    def test_of_another_department_changes_nothing_here(self) -> None:
        assert not HEAD_AWAY.head_is_absent("roads")
        assert HEAD_AWAY.absences == (Absence("head", Days(date(2024, 7, 1), date(2024, 7, 5))),)
