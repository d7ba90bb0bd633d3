"""Lists and counts of pillars, items, initiatives, meetings and members."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers import sources
from knowledge.answers.answer import Answer, AnswerKind, Citation
from knowledge.answers.select import counted, selected
from knowledge.answers.subject import Subject, items_of, subject_of
from knowledge.known import Known
from knowledge.plan.plan import Initiative, ReformItem
from knowledge.question import PLAN, Accounts, Facet, Question


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed: `mark` is what stands behind the title (【特別会計】)."""

    code: str
    title: str
    mark: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list or a count of `what` in a scope under conditions; `special` are those outside the general account."""

    what: str
    scope: tuple[Subject, ...]
    facets: tuple[Facet, ...]
    rows: tuple[Listed, ...]
    special: tuple[Listed, ...]
    is_count: bool
    placed: tuple[str, ...] = ()


def listing(question: Question, known: Known) -> Answer:
    """The list."""
    return _answer(question, known, is_count=False)


def count(question: Question, known: Known) -> Answer:
    """How many there are, and which."""
    return _answer(question, known, is_count=True)


def _answer(question: Question, known: Known, is_count: bool) -> Answer:
    make = {
        "pillars": _pillars,
        "items": _items,
        "meetings": _meetings,
        "members": _members,
        "individual_plans": _individual_plans,
    }.get(question.what, _initiatives)
    rows, special, cited, placed = make(question, known)
    scope = tuple(subject_of(ref, known) for ref in question.subjects or (PLAN,))
    content = Listing(question.what or "initiatives", scope, question.facets, rows, special, is_count, placed)
    return Answer(AnswerKind.LIST, "listing", content, (), cited, language=question.language)


_Made = tuple[tuple[Listed, ...], tuple[Listed, ...], tuple[Citation, ...], tuple[str, ...]]


def _initiatives(question: Question, known: Known) -> _Made:
    found = selected(question, known)
    if question.facets:
        found = tuple(one for one in found if _in_accounts(one, question, known))
    rows = tuple(_listed(one) for one in found)
    special = tuple(_listed(one) for one in found if not counted(one, Accounts.DEFAULT, known))
    cited = tuple(sources.row(known, one) for one in found) if question.facets else _tables(question, known)
    placed = tuple(item.to_be_placed for item in _items_of(question, known) if item.to_be_placed)
    return (
        rows,
        special if question.facets else (),
        cited or _tables(question, known),
        placed if not question.facets else (),
    )


def _in_accounts(initiative: Initiative, question: Question, known: Known) -> bool:
    """Accounts only narrow a list when the question says so."""
    if question.accounts is Accounts.EXCLUDED:
        return counted(initiative, Accounts.EXCLUDED, known)
    return True


def _listed(initiative: Initiative) -> Listed:
    mark = "".join(f"【{mark.printed}】" for mark in initiative.marks)
    return Listed(initiative.code, initiative.title, mark, initiative.page)


def _items_of(question: Question, known: Known) -> tuple[ReformItem, ...]:
    return tuple(item for ref in question.subjects or (PLAN,) for item in items_of(ref, known))


def _tables(question: Question, known: Known) -> tuple[Citation, ...]:
    found = []
    for item in _items_of(question, known):
        found.append(
            sources.passage(known, f"{item.code}:placed")
            if item.to_be_placed
            else sources.table(known, item.code)
        )
    return tuple(found)


def _pillars(question: Question, known: Known) -> _Made:
    rows = tuple(
        Listed(one.code, one.title, page=one.pages[0] if one.pages else 0) for one in known.plan.pillars
    )
    return (
        rows,
        (),
        tuple(sources.table(known, one.items[0].code) for one in known.plan.pillars if one.items),
        (),
    )


def _items(question: Question, known: Known) -> _Made:
    found = tuple(_items_of(question, known))
    rows = tuple(Listed(one.code, one.title, page=one.page) for one in found)
    return rows, (), tuple(sources.table(known, one.code) for one in found), ()


def _meetings(question: Question, known: Known) -> _Made:
    appendix = known.plan.appendix
    found = [one for one in (appendix.meetings if appendix else ()) if one.name.startswith("第")]
    rows = tuple(Listed(one.name, one.when) for one in found)
    return rows, (), tuple(sources.passage(known, f"meeting:{n}") for n in range(1, len(found) + 1)), ()


def _members(question: Question, known: Known) -> _Made:
    appendix = known.plan.appendix
    found = appendix.members if appendix else ()
    rows = tuple(Listed(one.role, one.name, one.affiliation) for one in found)
    return rows, (), tuple(sources.passage(known, f"member:{n}") for n in range(1, len(found) + 1)), ()


def _individual_plans(question: Question, known: Known) -> _Made:
    found = known.plan.individual_plans
    rows = tuple(Listed(one.name, "", one.evaluated_by, page=one.page) for one in found)
    return rows, (), tuple(sources.passage(known, f"plan:{one.name}") for one in found), ()
