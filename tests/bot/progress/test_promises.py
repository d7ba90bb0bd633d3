"""What holds whatever was entered: nothing internal is published, nobody sees beyond their part, one number everywhere."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.identity.rights import Refused, seen
from bot.progress import summary_text
from bot.progress.handler import scope_for
from bot.progress.papers import accepted, hearing, publication
from bot.progress.replies import reply_with
from bot.progress.report import report
from bot.progress.request import OWN, Request, View
from bot.progress.scope import Scope
from bot.progress.summary import Summary, summarise
from bot.progress.summary_json import as_json
from bot.progress.workbooks import council, view
from bot.storage.entry import Entry, SignOff, SignOffStep
from knowledge.roster.duties import all_duties
from knowledge.roster.roster import Person, PostKind
from knowledge.sources.safe_workbook import write_workbook
from knowledge.sources.sheets import Sheet
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, SUBMITTED_AT, entries, known, roster, rows_of

COUNT = len(rows_of("invented_year.csv"))
SECRETS = (
    "ないしょの要因",
    "ないしょの成果",
    "ないしょの課題",
    "ないしょの訂正",
    "ないしょの差戻し",
    "ないしょの人",
)


def secretive(entry: Entry, steps: tuple[SignOffStep, ...]) -> Entry:
    """The entry with a secret in every field that is the city's own, at the last of those steps."""
    causes, success, problems, why, reason, person = SECRETS
    signed = tuple(SignOff(step, person, SUBMITTED_AT, reason) for step in steps)
    return replace(
        entry,
        causes=causes,
        success=success,
        problems=problems,
        why=why,
        submitted_by=person,
        sign_offs=signed,
    )


STEPS = st.sampled_from(
    [
        (),
        (SignOffStep.CONFIRMED,),
        (SignOffStep.CONFIRMED, SignOffStep.ACCEPTED),
        (SignOffStep.RETURNED,),
    ]
)


def words(sheets: tuple[Sheet, ...]) -> str:
    return "\n".join(
        str(value) for sheet in sheets for row in sheet.rows for value in row if value is not None
    )


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(STEPS, min_size=COUNT, max_size=COUNT), ref=st.sampled_from(["計画", "柱5", "3-1", "1-1"])
)
def test_published_files_hold_no_internal_field(steps: list[tuple[SignOffStep, ...]], ref: str) -> None:
    several = tuple(secretive(one, step) for one, step in zip(entries(), steps, strict=True))
    # Even where somebody forgets to leave out what is not accepted.
    for given_entries in (several, accepted(several)):
        one = summarise(known(), roster(), given_entries, Scope(ref), R5, AUGUST, CALENDAR)
        assert not [secret for secret in SECRETS if secret in words(publication(one, known()))]
    public = summarise(known(), roster(), accepted(several), Scope(ref), R5, AUGUST, CALENDAR)
    page = report(public, known())
    assert not [secret for secret in SECRETS if secret in page]
    listed = words(council(public, accepted(several), known().plan))
    assert SECRETS[-1] not in listed and SECRETS[-2] not in listed and SECRETS[-3] not in listed


def test_the_secrets_would_be_seen_where_they_belong() -> None:
    several = tuple(secretive(one, (SignOffStep.CONFIRMED,)) for one in entries())
    whole = summarise(known(), roster(), several, Scope(), R5, AUGUST, CALENDAR)
    assert {secret for secret in SECRETS if secret in words(hearing(whole, several))} >= set(SECRETS[:4])


def numbers_in(found: object) -> Iterator[int]:
    """Every entry that a summary as JSON names."""
    if isinstance(found, dict):
        if set(found) == {"number", "round", "version", "step"}:
            yield found["number"]
        yield from chain.from_iterable(map(numbers_in, found.values()))
    elif isinstance(found, list | tuple):
        yield from chain.from_iterable(map(numbers_in, found))


@pytest.mark.parametrize("department", [one.id for one in roster().current_departments])
def test_a_departments_people_see_the_entries_on_their_own_work_alone(department: str) -> None:
    plan = known().plan
    duties = all_duties(roster(), plan).get(department, ())
    own = {one.id for duty in duties for one in duty.initiatives}
    own |= {
        f"{item.code}#{number}"
        for duty in duties
        for item in plan.items
        for number, indicator in enumerate(item.indicators, start=1)
        if duty.indicator == indicator and duty.code == item.code
    }
    scope = Scope(departments=frozenset({department}))
    one = summarise(known(), roster(), entries(), scope, R5, AUGUST, CALENDAR)
    subjects = {
        entry.number: {entry.subject, *(figure.row.subject for figure in entry.figures)}
        for entry in entries()
    }
    for number in set(numbers_in(as_json(one))):
        assert subjects[number] & own, number
    assert (
        set(numbers_in(as_json(summarise(known(), roster(), entries(), Scope(), R5, AUGUST, CALENDAR))))
        > set()
    )


REQUESTS = (
    Request(),
    Request(departments=(OWN,)),
    *(Request(departments=(one.id,)) for one in roster().current_departments),
)


@pytest.mark.parametrize("person", roster().persons, ids=lambda person: person.id)
def test_whatever_is_asked_nobody_gets_beyond_what_they_may_see(person: Person) -> None:
    allowed = {one.id for one in seen(person, roster().departments)}
    sees_all = any(
        post.kind is PostKind.SECRETARIAT or (post.kind is PostKind.MANAGER and post.is_citywide)
        for post in person.posts
    )
    for request in REQUESTS:
        scope = scope_for(person, roster(), request)
        if isinstance(scope, Refused):
            continue
        assert sees_all if scope.departments is None else scope.departments <= allowed


def spoken(one: Summary) -> str:
    return "\n".join(reply_with(one, Request(view)).to_json() for view in View if view is not View.WORKBOOK)


@pytest.mark.parametrize("ref", ["計画", "柱3", "柱5", "5-1", "5-2", "3-1-2"])
def test_one_number_everywhere(ref: str) -> None:
    one = summarise(known(), roster(), entries(), Scope(ref), R5, AUGUST, CALENDAR)
    sums = one.amounts.of(R5)
    assert sums.result is not None
    printed = summary_text.money(sums.result, one.amounts.unit)
    assert printed in spoken(one) and printed in str(summary_text.headlines(one))
    found = json.loads(json.dumps(as_json(one)))
    years = {year["fiscal_year"]: year for year in found["effect_amounts"]["years"]}
    assert years["R5"]["result"] == sums.result
    assert years["R5"]["rate_percent"] == summary_text.share(sums.rate).rstrip("%")
    book = load_workbook(BytesIO(write_workbook(view(one, known().plan))))
    row = next(line for line in book["年度別の効果額"].iter_rows(values_only=True) if line[0] == R5.western)
    in_book = [value for value in row[4:6] if isinstance(value, int | float)]
    assert sum(in_book) * 1000 == sums.result
    assert row[6] == float(summary_text.share(sums.rate).rstrip("%"))
