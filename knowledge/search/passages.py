"""The document cut into passages: one thing said in one place, with its code, section and printed page.

What the search looks through, what sources open, and what citations quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.plan.plan import Initiative, Phase, Plan, ReformItem, State

_LONGEST_HEADING = 30
_ROW = re.compile("[^。：]{2,40}：")


@dataclass(frozen=True, slots=True)
class DocumentPassage:
    """A passage: `reference` opens it, `text` is as printed, `section` says where it stands, `kind` what it is.

    `remark` is ours: what a reader should know about the text as it is printed.
    """

    reference: str
    title: str
    text: str
    page: int
    section: str
    code: str = ""
    kind: str = "paragraph"
    remark: str = ""


def passages_of(plan: Plan) -> tuple[DocumentPassage, ...]:
    """Every passage of the plan in the document's order."""
    return tuple(
        passage
        for part in (_front, _sections, _individual_plans, _cycle, _renewal, _items, _appendix, _contents)
        for passage in part(plan)
    )


def _front(plan: Plan) -> Iterator[DocumentPassage]:
    years = [f"{year.label}（{year.western}年度）" for year in (plan.first_year, plan.last_year)]
    title = f"{plan.title} {'～'.join(years)}"
    yield DocumentPassage("front:title", "表紙 計画の名称 計画期間", title, 0, "表紙", kind="front")
    status = f"（{plan.status}） {plan.established}"
    yield DocumentPassage(
        "front:status",
        "表紙 案 確定版 実行計画が策定された年月",
        status,
        0,
        "表紙",
        kind="front",
        remark=_remark(plan.established),
    )


def _sections(plan: Plan) -> Iterator[DocumentPassage]:
    individual = {one.text for one in plan.individual_plans} | {one.name for one in plan.individual_plans}
    for section in plan.sections:
        where = f"{section.number} {section.title}".strip()
        headings: list[str] = []
        texts = [text for text in _with_rows_together(section.paragraphs) if text not in individual]
        for number, text in enumerate(texts, start=1):
            if _is_heading(text):
                headings += [text.strip("【】")] if text.strip("【】") not in section.title else []
                continue
            title = " ".join([section.title, *headings])
            yield DocumentPassage(f"section:{section.number}:{number}", title, text, section.page, where)
            headings = []
        for picture in section.pictures:
            text = f"「{picture}」は図で示されており、文字では読み取れません。"
            title = f"{section.title} {picture}"
            yield DocumentPassage(f"picture:{picture}", title, text, section.page, where, kind="picture")


def _with_rows_together(paragraphs: Iterable[str]) -> list[str]:
    """The rows of a small table (題：文) as one text: each alone would be taken for what the chapter says."""
    texts: list[str] = []
    for text in paragraphs:
        if texts and _ROW.match(text) and _ROW.match(texts[-1]):
            texts[-1] += f"\n{text}"
        else:
            texts.append(text)
    return texts


def _is_heading(text: str) -> bool:
    return (
        not text.endswith("。") and len(text) <= _LONGEST_HEADING and "：" not in text and " " not in text[1:]
    )


def _chapter_on(plan: Plan, page: int) -> str:
    """The chapter that a page belongs to, as far as its first bracket: the last one that begins by then."""
    begun = [one for one in plan.sections if one.number and one.page <= page]
    return f"{begun[-1].number} {begun[-1].title}".partition("（")[0] if begun else ""


def _individual_plans(plan: Plan) -> Iterator[DocumentPassage]:
    for one in plan.individual_plans:
        section = _chapter_on(plan, one.page)
        yield DocumentPassage(
            f"plan:{one.name}", one.name, one.text, one.page, section, kind="individual_plan"
        )


def _cycle(plan: Plan) -> Iterator[DocumentPassage]:
    for at, phase in enumerate(plan.phases):
        for number, step in enumerate(phase.steps, start=1):
            yield DocumentPassage(
                f"{phase_reference(at)}:{number}",
                f"{phase.months_printed} {phase.name} {phase.heading} {step.actor}",
                step.text,
                phase.page,
                f"{_chapter_on(plan, phase.page)}（{phase.months_printed} {phase.name}）",
                kind="step",
            )


def phase_reference(at: int) -> str:
    """What the phase at that place in the yearly cycle is known by."""
    return f"phase:{at + 1}"


def _renewal(plan: Plan) -> Iterator[DocumentPassage]:
    page = plan.phases[0].page if plan.phases else 0
    for number, text in enumerate(plan.renewal, start=1):
        yield DocumentPassage(
            f"renewal:{number}",
            "新たな取組み等の検討 決定 計画へ反映",
            text,
            page,
            f"{_chapter_on(plan, page)}（新たな取組み等）",
            kind="renewal",
        )


def _items(plan: Plan) -> Iterator[DocumentPassage]:
    for pillar in plan.pillars:
        for item in pillar.items:
            section = f"{pillar.code} {pillar.title}"
            yield from _item(item, section)
            for initiative in item.initiatives:
                yield from _initiative(initiative, section)


def _item(item: ReformItem, section: str) -> Iterator[DocumentPassage]:
    title = f"{item.code} {item.title}"
    yield DocumentPassage(item.code, title, item.purpose, item.page, section, item.code, "purpose")
    for number, indicator in enumerate(item.indicators, start=1):
        kind = "活動指標（アウトプット）" if indicator.kind == "activity" else "成果指標（アウトカム）"
        reference = f"{item.code}#{number}"
        yield DocumentPassage(
            reference, f"{title} {kind}", indicator.printed, item.page, section, item.code, "indicator"
        )
    for name, text in (("lead", item.lead), ("placed", item.to_be_placed)):
        if text:
            yield DocumentPassage(f"{item.code}:{name}", title, text, item.page, section, item.code)


def _initiative(initiative: Initiative, section: str) -> Iterator[DocumentPassage]:
    code, page = initiative.code, initiative.page
    title = f"{code} {initiative.title}" + "".join(mark.printed for mark in initiative.marks)
    summary = initiative.summary if initiative.summary_state is State.SET else "調整中"
    yield DocumentPassage(code, title, summary, page, section, code, "summary")
    if initiative.main_measures:
        text = "、".join(initiative.main_measures)
        yield DocumentPassage(
            f"{code}:measures", f"{title} 主な取組み", text, page, section, code, "measures"
        )
    for number, note in enumerate(initiative.notes, start=1):
        text = f"{note.term}…{note.text}"
        yield DocumentPassage(
            f"{code}:note:{number}", f"{title} {note.term}", text, page, section, code, "note"
        )
    if initiative.targets and initiative.targets.measure.definition:
        measure = initiative.targets.measure
        text = f"指標：{measure.name} 指標の説明：{measure.definition}"
        yield DocumentPassage(
            f"{code}:measure", f"{title} {measure.name}", text, page, section, code, "measure"
        )


def _remark(when: str) -> str:
    """A month whose number the print leaves out."""
    return "月の数字は空欄で、記載がありません。" if re.search(r"(?<![0-9])月", when) else ""


def _appendix(plan: Plan) -> Iterator[DocumentPassage]:
    appendix = plan.appendix
    if appendix is None:
        return
    page = appendix.page
    for number, event in enumerate(appendix.events, start=1):
        text = f"{event.when or event.printed_when} {event.text}"
        where = "附属資料 策定経過"
        remark = _remark(event.printed_when)
        yield DocumentPassage(f"event:{number}", "策定経過", text, page, where, kind="event", remark=remark)
    for number, meeting in enumerate(appendix.meetings, start=1):
        text = f"{meeting.name} {meeting.when} {' '.join(meeting.topics)}"
        yield DocumentPassage(
            f"meeting:{number}", f"{appendix.body} 審議経過", text, page, "附属資料 審議経過", kind="meeting"
        )
    for number, member in enumerate(appendix.members, start=1):
        text = f"{member.role} {member.name} {member.affiliation}"
        title = f"{appendix.body} 専門部会名簿 委員の氏名 所属"
        yield DocumentPassage(f"member:{number}", title, text, page, "附属資料 専門部会名簿", kind="member")


def _contents(plan: Plan) -> Iterator[DocumentPassage]:
    for number, line in enumerate(plan.contents, start=1):
        text = f"{line.title} {line.page}ページ"
        yield DocumentPassage(f"contents:{number}", "目次 ページ", text, line.page, "目次", kind="contents")


def phase_of(plan: Plan, reference: str) -> Phase | None:
    """The phase that a step's reference belongs to."""
    return next(
        (one for at, one in enumerate(plan.phases) if reference.startswith(f"{phase_reference(at)}:")), None
    )
