"""The handover pack of an initiative: what the plan says, the last entries, the open points, a word from before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.form import EvaluationForm
from bot.evaluation.open_work import EvaluationWork
from bot.storage.entry import Entry, Reported
from bot.storage.work_records import PULSES, WorkRecord, WorkState
from bot.wording.rendering import HtmlTemplates
from bot.wording.wording import say
from knowledge.plan.amount import grouped
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Initiative, Plan, Target
from knowledge.sources.sheets import Sheet, Value

_ENTRIES = 2
_PAGES = HtmlTemplates(Path(__file__).with_name("templates"), {})


@dataclass(frozen=True, slots=True)
class PackSection:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What whoever goes on with an initiative after `year` should know."""

    year: FiscalYear
    code: str
    title: str
    department: str
    sections: tuple[PackSection, ...]
    codes: tuple[str, ...] = ()


def pack_of(
    plan: Plan,
    form: EvaluationForm,
    work: EvaluationWork,
    department: str,
    year: FiscalYear,
    entries: Sequence[Entry],
    marks: Sequence[WorkRecord],
) -> Pack:
    """The pack at the end of `year`. `entries` and `marks` are all that there are on the subject, oldest first.

    `department` is its name; of several versions of an entry the latest counts.
    """
    by_round = {one.round: one for one in entries if FiscalYear.from_short(one.round) <= year}
    last = list(by_round.values())[-_ENTRIES:]
    sections = (
        PackSection(say("notices/pack_sections/plan"), tuple(_in_plan(plan, work))),
        PackSection(
            say("notices/pack_sections/entries"),
            tuple(line for one in last for line in _entry(one, form)) or (say("notices/pack_sections/none"),),
        ),
        PackSection(
            say("notices/pack_sections/open_points"),
            tuple(_open_points(work, year, last, marks)) or (say("notices/pack_sections/nothing_open"),),
        ),
        PackSection(
            say("notices/pack_sections/note"),
            tuple(_notes(marks, year)) or (say("notices/pack_sections/none"),),
        ),
    )
    return Pack(year, work.duty.code, work.duty.title, department, sections, work.duty.codes)


def page_of(packs: Sequence[Pack]) -> str:
    """The packs as one HTML page that needs nothing from outside and prints each on sheets of its own."""
    return _PAGES.page("packs.html", heading=say("notices/packs_heading", year=packs[0].year), packs=packs)


def sheets_of(packs: Sequence[Pack]) -> tuple[Sheet, ...]:
    """The packs as a workbook: a sheet each."""
    return tuple(Sheet(one.code, tuple(_rows(one))) for one in packs)


def _rows(pack: Pack) -> Iterator[tuple[Value, ...]]:
    yield (say("notices/columns/item"), say("notices/columns/content"))
    yield (say("notices/columns/initiative"), f"{pack.code} {pack.title}")
    yield (say("notices/columns/department"), pack.department)
    yield (say("notices/columns/year"), pack.year.label)
    for section in pack.sections:
        for line in section.lines:
            yield (section.heading, line)


def _in_plan(plan: Plan, work: EvaluationWork) -> Iterator[str]:
    for one in work.duty.initiatives:
        yield say(
            "notices/pack_lines/initiative",
            code=one.code,
            title=one.title,
            page=one.page,
            summary=one.summary,
        )
        yield from _targets(one)
    for item in plan.items:
        if any(one in item.initiatives for one in work.duty.initiatives):
            for indicator in item.indicators:
                yield say("notices/pack_lines/indicator", code=item.code, printed=indicator.printed)


def _targets(one: Initiative) -> Iterator[str]:
    if one.targets is None:
        return
    unit, name = one.targets.measure.unit, one.targets.measure.name
    yield say(
        "notices/pack_lines/targets",
        code=one.code,
        measure=name,
        cells=[f"{year.label} {_printed(target, unit)}" for year, target in one.targets.cells],
        years=len(one.targets.cells),
        sum=_printed(one.targets.total, unit),
    )


def _printed(target: Target, unit: str) -> str:
    if target.value is not None:
        return f"{grouped(target.value)}{unit}"
    return target.printed or say("notices/not_set")


def _entry(entry: Entry, form: EvaluationForm) -> Iterator[str]:
    state = form.states[entry.state][0]
    round = entry.round
    yield say(
        "notices/pack_lines/entry",
        round=round,
        version=entry.version,
        step=entry.sign_off.step.label,
        state=state,
    )
    for basis, several in (("actual", entry.actual), ("forecast", entry.forecast)):
        for one in several:
            target = one.printed_target or say("notices/not_set")
            yield say(
                f"notices/pack_lines/{basis}", round=round, year=one.year, value=one.printed, target=target
            )
    for name, text in (("causes", entry.causes), ("success", entry.success), ("problems", entry.problems)):
        if text:
            yield say(f"notices/pack_lines/{name}", round=round, text=text)


def _open_points(
    work: EvaluationWork, year: FiscalYear, last: Sequence[Entry], marks: Sequence[WorkRecord]
) -> Iterator[str]:
    newest = last[-1] if last else None
    if newest is None or newest.round != year.short:
        yield say("notices/pack_lines/no_entry", year=year)
    if newest is not None:
        yield from _left_by(newest, year)
    said = [one for one in marks if one.state in PULSES and one.round == year.short]
    if said and said[-1].state is not WorkState.ON_TRACK:
        yield say("notices/pack_lines/last_pulse", year=year, state=said[-1].state.label)
    yield from _without_target(work, year.next)


def _left_by(newest: Entry, year: FiscalYear) -> Iterator[str]:
    if newest.is_returned:
        yield say("notices/pack_lines/returned", round=newest.round, reason=newest.sign_off.reason)
    yield from (_to_be_corrected(one, year) for one in newest.forecast if one.year == year)
    if newest.problems:
        yield say("notices/pack_lines/named_problems", round=newest.round, text=newest.problems)


def _without_target(work: EvaluationWork, year: FiscalYear) -> Iterator[str]:
    for one in work.duty.initiatives:
        if one.targets is not None and year in one.targets.years:
            target = one.targets.of(year)
            if target.value is None:
                printed = target.printed or say("notices/not_set")
                yield say("notices/pack_lines/without_target", code=one.code, year=year, printed=printed)


def _to_be_corrected(one: Reported, year: FiscalYear) -> str:
    return say("notices/pack_lines/to_be_corrected", year=year, value=one.printed, code=one.row.code)


def _notes(marks: Sequence[WorkRecord], year: FiscalYear) -> Iterator[str]:
    made = [one for one in marks if one.state is WorkState.MADE and one.round == year.short]
    if made and made[-1].note:
        yield made[-1].note
