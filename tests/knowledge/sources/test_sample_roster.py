import pytest

from knowledge.editions.edition import shipped
from knowledge.plan.plan import Plan
from knowledge.roster.duties import all_duties, divided_listings, unassigned
from knowledge.roster.roster import PostKind, Roster
from knowledge.sources.sample_roster import FOLDER, sample_roster


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped().plan


@pytest.fixture(scope="module")
def roster(plan: Plan) -> Roster:
    return sample_roster(plan)


def test_everything_in_the_plan_has_somebody_who_answers(roster: Roster, plan: Plan) -> None:
    assert unassigned(roster, plan) == ()
    assert divided_listings(roster, plan) == ()
    led = [
        code for several in all_duties(roster, plan).values() for duty in several if duty.leads
        for code in duty.codes
    ]  # fmt: skip
    indicators = sum(len(item.indicators) for item in plan.items)
    assert len(led) == len(plan.initiatives) + indicators == 39 + 24


def test_a_relisted_pair_of_the_real_plan_is_one_duty(roster: Roster, plan: Plan) -> None:
    assert [duty.codes for duty in all_duties(roster, plan)["shobo"]] == [("3-2-5", "5-2-6")]
    assert [duty.codes for duty in all_duties(roster, plan)["kikaku"]] == [("3-2-4", "5-1-3")]


def test_it_is_plainly_invented(roster: Roster) -> None:
    assert roster.is_sample
    names = [*(one.name for one in roster.departments), *(one.name for one in roster.bureaus)]
    assert all(name.startswith("見本：") for name in names)


def test_it_holds_posts_and_nothing_personal(roster: Roster) -> None:
    assert not any(person.name or person.addresses for person in roster.persons)
    assert not any(department.mailbox for department in roster.departments)
    assert roster.unreachable() == roster.departments
    assert b"@" not in b"".join(file.read_bytes() for file in FOLDER.iterdir())


def test_every_post_has_a_holder_and_every_department_its_three(roster: Roster) -> None:
    assert all(roster.holders(kind) for kind in PostKind)
    for department in roster.departments:
        kinds = [one.person.posts[0].kind for one in roster.recipients(department.id) if one.person]
        assert kinds[:3] == [PostKind.OWNER, PostKind.DEPUTY_HEAD, PostKind.HEAD]
    assert roster.vacancies == ()
