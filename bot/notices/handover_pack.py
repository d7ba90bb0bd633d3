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
        PackSection("計画の記載", tuple(_in_plan(plan, work))),
        PackSection(
            "直近の自己評価", tuple(line for one in last for line in _entry(one, form)) or ("ありません",)
        ),
        PackSection("引き継ぐ点", tuple(_open_points(work, year, last, marks)) or ("特にありません",)),
        PackSection("前任からのひと言", tuple(_notes(marks, year)) or ("ありません",)),
    )
    return Pack(year, work.duty.code, work.duty.title, department, sections, work.duty.codes)


def page_of(packs: Sequence[Pack]) -> str:
    """The packs as one HTML page that needs nothing from outside and prints each on sheets of its own."""
    return _PAGES.page("packs.html", heading=f"引継書（{packs[0].year.label}末）", packs=packs)


def sheets_of(packs: Sequence[Pack]) -> tuple[Sheet, ...]:
    """The packs as a workbook: a sheet each."""
    return tuple(Sheet(one.code, tuple(_rows(one))) for one in packs)


def _rows(pack: Pack) -> Iterator[tuple[Value, ...]]:
    yield ("項目", "内容")
    yield ("取組", f"{pack.code} {pack.title}")
    yield ("所管課等", pack.department)
    yield ("年度", pack.year.label)
    for section in pack.sections:
        for line in section.lines:
            yield (section.heading, line)


def _in_plan(plan: Plan, work: EvaluationWork) -> Iterator[str]:
    for one in work.duty.initiatives:
        yield f"{one.code} {one.title}（p.{one.page}）：{one.summary}"
        yield from _targets(one)
    for item in plan.items:
        if any(one in item.initiatives for one in work.duty.initiatives):
            for indicator in item.indicators:
                yield f"{item.code}の指標：{indicator.printed}"


def _targets(one: Initiative) -> Iterator[str]:
    if one.targets is None:
        return
    unit, name = one.targets.measure.unit, one.targets.measure.name
    cells = "、".join(f"{year.label} {_printed(target, unit)}" for year, target in one.targets.cells)
    yield f"{one.code}の目標（{name}）：{cells}、{len(one.targets.cells)}年計 {_printed(one.targets.total, unit)}"


def _printed(target: Target, unit: str) -> str:
    return f"{grouped(target.value)}{unit}" if target.value is not None else target.printed or "記載なし"


def _entry(entry: Entry, form: EvaluationForm) -> Iterator[str]:
    state = form.states[entry.state][0]
    yield f"{entry.round} 第{entry.version}版（{entry.sign_off.step.label}）：{state}"
    for name, several in (("実績", entry.actual), ("見込み", entry.forecast)):
        for one in several:
            yield f"{entry.round} {one.year.label}の{name}：{one.printed}（目標 {one.printed_target or '記載なし'}）"
    for name, text in (
        ("差の要因", entry.causes),
        ("うまくいった要因", entry.success),
        ("課題と改善", entry.problems),
    ):
        if text:
            yield f"{entry.round} {name}：{text}"


def _open_points(
    work: EvaluationWork, year: FiscalYear, last: Sequence[Entry], marks: Sequence[WorkRecord]
) -> Iterator[str]:
    newest = last[-1] if last else None
    if newest is None or newest.round != year.short:
        yield f"{year.label}の自己評価がまだ提出されていません"
    if newest is not None:
        yield from _left_by(newest, year)
    said = [one for one in marks if one.state in PULSES and one.round == year.short]
    if said and said[-1].state is not WorkState.ON_TRACK:
        yield f"{year.label}の最後のひと言の状況は「{said[-1].state.label}」でした"
    yield from _without_target(work, year.next)


def _left_by(newest: Entry, year: FiscalYear) -> Iterator[str]:
    if newest.is_returned:
        yield f"{newest.round}の自己評価が差し戻されたままです（{newest.sign_off.reason}）"
    yield from (_to_be_corrected(one, year) for one in newest.forecast if one.year == year)
    if newest.problems:
        yield f"{newest.round}に挙げた課題と改善：{newest.problems}"


def _without_target(work: EvaluationWork, year: FiscalYear) -> Iterator[str]:
    for one in work.duty.initiatives:
        if one.targets is not None and year in one.targets.years:
            target = one.targets.of(year)
            if target.value is None:
                yield f"{one.code}の{year.label}の目標：{target.printed or '記載なし'}"


def _to_be_corrected(one: Reported, year: FiscalYear) -> str:
    return f"次の自己評価（7月）で、{year.label}の見込み {one.printed} を実績に直します（{one.row.code}）"


def _notes(marks: Sequence[WorkRecord], year: FiscalYear) -> Iterator[str]:
    made = [one for one in marks if one.state is WorkState.MADE and one.round == year.short]
    if made and made[-1].note:
        yield made[-1].note
