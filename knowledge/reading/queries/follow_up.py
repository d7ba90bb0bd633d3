"""Texts that lean on what was said before: changes of the last query, not texts read again.

Each maker below knows one kind of change; `_ABOUT_THE_SAME` are asked where a text names nothing itself,
`_ABOUT_ANOTHER` where it names something else (じゃあ5-1-1は？).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from knowledge.answers.rankings import ranked_codes
from knowledge.answers.select import selected
from knowledge.question import PLAN, Accounts, Ask, Facet, Question, Years
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import Candidate, base, cues
from knowledge.reading.queries.conditions import accounts_meant
from knowledge.reading.queries.facets import facets_of
from knowledge.reading.queries.named import has_amounts, refs_meant, says_amount, wants_figure, wants_money
from knowledge.reading.queries.orders import order_of

CONTINUES = "continues"
LEANING = 2.2
SHORT = 14
_FIGURES = frozenset(
    {
        Ask.FIGURES,
        Ask.SUM,
        Ask.AVERAGE,
        Ask.INDICATORS,
        Ask.CHANGE,
        Ask.COMPARE,
        Ask.SHARE,
        Ask.RANK,
        Ask.RANK_YEARS,
    }
)
_WORDS = frozenset({Ask.DESCRIBE, Ask.MAIN_MEASURES, Ask.PURPOSE, Ask.ACCOUNT, Ask.PASSAGE})
_OF_ACCOUNTS = cues("special_account enterprise_account general_account")
_OF_WORDS = cues("summary purpose main_measures account page meaning")
_ALL = _OF_ACCOUNTS | cues(
    "five_year_total every_year sum excluding including share difference which nth_place nth_of_list by_pillar "
    "included largest smallest descending ascending which_year"
)
_BARE_YEAR = re.compile(r"(?:じゃあ?|では|それじゃ|で)?、?([1-9])(?:年度?)?(?:は|だと|なら|の場合)?[?？]?")


@dataclass(frozen=True)
class Turn:
    """A text and the question that it leans on; how much it leans."""

    p: Pieces
    last: Question
    leans: float = LEANING

    @property
    def years(self) -> Years:
        return self.p.years if self.p.years.is_named else self.last.years

    @property
    def subjects(self) -> tuple[str, ...]:
        """What was spoken of; where amounts are asked for, the initiative that they are printed at."""
        p = self.p
        spoken_of = [
            one
            for one in self.last.subjects
            if one == PLAN or one in p.known.plan.by_code or p.known.indicator(one)
        ]
        return tuple(_with_amounts(one, p) for one in spoken_of)

    @property
    def refs(self) -> tuple[str, ...]:
        """What the text itself names."""
        return refs_meant(self.p)

    @property
    def codes(self) -> tuple[str, ...]:
        """The parts of the plan that were spoken of."""
        return tuple(ref for ref in self.subjects if ref != PLAN and "#" not in ref)

    def ask(self, kind: str, asks: Ask, uses: frozenset[str], more: float, **fields: object) -> Candidate:
        return Candidate(kind, base(self.p, asks, **fields), uses, self.leans + more)

    def change(self, kind: str, uses: frozenset[str], more: float, **fields: object) -> Candidate:
        """The last question, in part another."""
        return Candidate(kind, replace(self.last, **fields), uses, self.leans + more)  # type: ignore[arg-type]

    def money_asks(self, refs: tuple[str, ...]) -> Ask:
        return Ask.FIGURES if all(self.p.known.initiative(ref) for ref in refs) else Ask.SUM


Change = Callable[[Turn], Iterator[Candidate]]


def follow_ups(p: Pieces) -> Iterator[Candidate]:
    """What the text means as a change of the last question."""
    last = p.last
    if p.says("nth_of_list"):
        last = next((one for one in reversed(p.history) if one.asks in (Ask.LIST, Ask.RANK)), last)
    if last is None or p.says("drop") or len(p.content) > 8:
        return
    for one in _changes(Turn(p, last)):
        said = replace(one.meaning, language=p.language) if isinstance(one.meaning, Question) else one.meaning
        yield replace(one, kind=CONTINUES, meaning=said)


def _changes(turn: Turn) -> Iterator[Candidate]:
    for change in (_next_step, _term_mentioned, _bare_year):
        yield from change(turn)
    p = turn.p
    leaning = replace(turn, leans=_leaning(p))
    short = sum(len(p.text.tokens_in(clause.start, clause.end)) for clause in p.focus) <= SHORT
    if not turn.refs and (short or p.says("carry", "among")):
        changes = _ABOUT_THE_SAME
    elif turn.refs and short:
        changes = _ABOUT_ANOTHER
    else:
        return
    for made in changes:
        yield from made(leaning)


def _leaning(p: Pieces) -> float:
    of_its_own = p.says("initiative") and bool(facets_of(p))
    alone = not p.content and not p.named_codes
    carried = p.says("carry", "repair", "among")
    return LEANING - 1.6 * of_its_own + 0.7 * alone + 0.5 * carried - 0.35 * len(p.unexplained)


def _next_step(turn: Turn) -> Iterator[Candidate]:
    of_a_step = turn.last.asks is Ask.PROCESS and turn.last.subjects and not turn.p.named_codes
    if of_a_step and turn.p.says("next_step", "next_of_last"):
        uses = cues("next_step next_of_last when who summary")
        yield turn.change("proc", uses, 0.8, what="next")


def _term_mentioned(turn: Turn) -> Iterator[Candidate]:
    if turn.last.asks is Ask.TERM and turn.p.says("initiative") and not turn.refs:
        words = (turn.p.spoken.fold(turn.last.subjects[0].removeprefix("term:")),)
        facets = (Facet("mentions", words=words),)
        yield turn.ask(
            "list",
            Ask.LIST,
            cues("list mentions which code"),
            0,
            subjects=(PLAN,),
            facets=facets,
        )


def _bare_year(turn: Turn) -> Iterator[Candidate]:
    """5は？ after a figure is a year."""
    number = _BARE_YEAR.fullmatch(turn.p.text.text)
    if number and turn.last.asks in _FIGURES:
        for year in turn.p.known.plan.years:
            if year.short == f"R{number[1]}":
                yield turn.change("fig", _ALL, 2.0, years=Years(single=(year,)), claimed=())


def _other_conditions(turn: Turn) -> Iterator[Candidate]:
    """The same in another year, unit or account."""
    p, last = turn.p, turn.last
    of_accounts = p.says(*_OF_ACCOUNTS)
    if last.asks not in _FIGURES or not (p.years.is_named or p.unit or of_accounts):
        return
    if p.says("sum", "share", "difference", "average", "which_year"):
        return
    accounts = accounts_meant(p) if of_accounts else last.accounts
    asks = last.asks
    if asks is Ask.CHANGE and len(turn.years.single) < 2:
        asks = Ask.FIGURES if p.known.initiative(last.subjects[0]) else Ask.SUM
    uses = _OF_ACCOUNTS | cues("five_year_total every_year excluding including included summary")
    yield turn.change(
        "fig",
        uses,
        0,
        asks=asks,
        years=turn.years,
        unit=p.unit or last.unit,
        accounts=accounts,
        claimed=p.claimed,
    )


def _other_indicators(turn: Turn) -> Iterator[Candidate]:
    p, last = turn.p, turn.last
    if last.asks is Ask.INDICATORS and turn.subjects and not p.says("money"):
        kind = "outcome" if "成果" in p.text.text else ("activity" if "活動" in p.text.text else "")
        if kind:
            items = tuple(dict.fromkeys(ref.partition("#")[0] for ref in last.subjects))
            uses = cues("outcome_indicators activity_indicators indicators")
            yield turn.change("ind", uses, 0.5, subjects=items, what=kind)


def _added_up(turn: Turn) -> Iterator[Candidate]:
    p, last = turn.p, turn.last
    if not p.says("sum") or any("#" in ref for ref in turn.subjects):
        return
    codes = _last_codes(p, last) or turn.subjects
    of_one = len(codes) == 1 and p.known.initiative(codes[0])
    if of_one and len(last.years.single) < 2 and not p.years.is_named:
        yield turn.change(
            "fig", _ALL, 0.3, asks=Ask.FIGURES, subjects=codes, years=Years(total=True), claimed=()
        )
    of_initiatives = all(p.known.initiative(code) for code in codes)
    accounts = Accounts.INCLUDED if of_initiatives else last.accounts
    yield turn.ask("sum", Ask.SUM, _ALL, 0, subjects=codes, years=turn.years, effect=True, accounts=accounts)


def _by_initiative(turn: Turn) -> Iterator[Candidate]:
    """取組別に。"""
    p, last = turn.p, turn.last
    if p.says("by_initiative") and last.asks is Ask.SUM:
        everything = last.accounts is Accounts.INCLUDED
        within = [one for ref in turn.subjects for one in p.known.initiatives_in(ref) if has_amounts(one)]
        inside = tuple(one.code for one in within if everything or not one.is_special_account)
        if 0 < len(inside) <= 20:
            uses = cues("by_initiative list sum")
            yield turn.ask("fig", Ask.FIGURES, uses, 0.8, subjects=inside, years=turn.years)


def _share_of_all(turn: Turn) -> Iterator[Candidate]:
    if turn.p.says("share"):
        one = turn.subjects[0]
        whole = PLAN if turn.p.says("whole_plan") or "-" not in one else one.rpartition("-")[0]
        uses = frozenset({"share", "whole_plan"})
        yield turn.ask("share", Ask.SHARE, uses, 0, subjects=(one, whole), years=turn.years)


def _what_is_counted(turn: Turn) -> Iterator[Candidate]:
    if turn.p.says("what_is_counted") and turn.p.known.initiative(turn.subjects[0]):
        uses = cues("what_is_counted meaning summary")
        yield turn.ask("desc", Ask.DESCRIBE, uses, 0.6, subjects=turn.last.subjects[:1], what="measure")


def _average(turn: Turn) -> Iterator[Candidate]:
    if turn.p.says("average"):
        uses = frozenset({"average"})
        yield turn.ask("avg", Ask.AVERAGE, uses, 0, subjects=turn.subjects[:1], years=turn.p.years)


def _two_before(turn: Turn) -> Iterator[Candidate]:
    """Both of the last two things together, or against each other."""
    p = turn.p
    of_one = [
        one
        for one in p.history[-2:]
        if one.asks in (Ask.FIGURES, Ask.SUM, Ask.DESCRIBE) and len(one.subjects) == 1
    ]
    two = tuple(one.subjects[0] for one in of_one)
    if len(set(two)) < 2:
        return
    if p.says("sum") and (p.says("both", "carry") or "両" in p.text.text):
        everything = Accounts.INCLUDED
        yield turn.ask(
            "sum", Ask.SUM, _ALL, 0.8, subjects=two, years=turn.years, effect=True, accounts=everything
        )
    if p.says("difference", "which", "big", "small") and not p.years.is_named:
        uses = frozenset({"difference", "which"})
        yield turn.ask("cmp", Ask.COMPARE, uses, 0.6, subjects=two, years=turn.last.years)


def _two_years_before(turn: Turn) -> Iterator[Candidate]:
    """The change between the last two years that were asked for."""
    spans = [
        one
        for one in turn.p.history[-2:]
        if one.asks in (Ask.FIGURES, Ask.SUM) and len(one.years.single) == 1
    ]
    if len(spans) < 2 or not turn.p.says("difference", "rate", "times"):
        return
    first, second = spans
    if first.subjects == second.subjects and first.years != second.years:
        two = tuple(sorted({*first.years.single, *second.years.single}))
        years = replace(turn.last.years, single=two)
        yield turn.change("chg", cues("difference rate times"), 1.0, asks=Ask.CHANGE, years=years, claimed=())


def _difference(turn: Turn) -> Iterator[Candidate]:
    """Between several things the comparison, of one thing the change between years."""
    p = turn.p
    if len(turn.subjects) >= 2 and p.says("difference", "rate", "times"):
        what = "times" if p.says("times") else ""
        uses = cues("difference which times")
        yield turn.ask("cmp", Ask.COMPARE, uses, 0, subjects=turn.subjects, years=turn.years, what=what)
    elif len(turn.subjects) == 1 and p.says("difference", "rate", "times", "year_on_year"):
        plan = p.known.plan
        asked = tuple(dict.fromkeys((*turn.last.years.single, *p.years.single)))
        if len(asked) == 1 and asked[0] > plan.first_year:
            asked = (asked[0].previous, asked[0])
        if len(asked) < 2:
            asked = (plan.first_year, plan.last_year)
        years = replace(p.years, single=tuple(sorted(asked)), total=False)
        uses = cues("difference rate times year_on_year rising falling")
        yield turn.ask("chg", Ask.CHANGE, uses, 0, subjects=turn.subjects, years=years)


def _largest_among(turn: Turn) -> Iterator[Candidate]:
    """その中で一番大きいのは？"""
    order = order_of(turn.p)
    among = turn.p.says("carry", "among") and not turn.p.says("which_year")
    if order and among and len(turn.subjects) > 1:
        uses = _ALL | {"superlative", "list", "code"}
        yield turn.ask("rank", Ask.RANK, uses, 0.8, subjects=turn.subjects, years=turn.years, order=order)


def _in_order(turn: Turn) -> Iterator[Candidate]:
    """Another place or another order of the last ranking, or the year in which one thing is largest."""
    p, last = turn.p, turn.last
    place = p.cue("nth_place", "nth_of_list")
    if place and place.number and last.asks is Ask.RANK:
        uses = cues("nth_place nth_of_list largest")
        yield turn.change("rank", uses, 0.5, first=place.number, what="nth")
        return
    order = order_of(p)
    if order and p.says("which_year", "when") and len(turn.subjects) == 1:
        yield turn.ask(
            "ranky", Ask.RANK_YEARS, _ALL | {"when", "superlative"}, 0, subjects=turn.subjects, order=order
        )
    elif order and last.asks is Ask.RANK:
        yield turn.change(
            "rank", _ALL | {"superlative"}, -0.4, order=order, years=turn.years, first=1, what=""
        )


def _nth_of_list(turn: Turn) -> Iterator[Candidate]:
    place = turn.p.cue("nth_place", "nth_of_list")
    if place and place.number and turn.last.asks is Ask.LIST:
        codes = _last_codes(turn.p, turn.last)
        if 0 < place.number <= len(codes):
            asks = Ask.FIGURES if wants_figure(turn.p) else Ask.DESCRIBE
            uses = cues("nth_of_list nth_place summary")
            yield turn.ask("desc", asks, uses, 0.5, subjects=(codes[place.number - 1],))


def _about_the_first(turn: Turn) -> Iterator[Candidate]:
    """What the first of the last list or ranking is about."""
    p = turn.p
    firsts = _last_codes(p, turn.last)
    first_meant = p.says("largest", "superlative") or "上" in p.text.text or turn.last.first == 1
    if firsts and first_meant and p.says("summary", "main_measures", "purpose", "account"):
        asks = Ask.MAIN_MEASURES if p.says("main_measures") else Ask.DESCRIBE
        uses = cues("summary main_measures largest superlative account purpose")
        yield turn.ask("desc", asks, uses, 0.6, subjects=firsts[:1], topic=p.text.text)


def _narrowed(turn: Turn) -> Iterator[Candidate]:
    """そのうち特別会計は？"""
    if turn.last.asks is Ask.LIST and (facets := facets_of(turn.p)):
        uses = cues(
            "special_account enterprise_account relisted negative falling rising count list excluding over at_least "
            "under_adjustment with_figure without_figure"
        )
        yield turn.change("list", uses, 0.4, facets=(*turn.last.facets, *facets))


def _words_of_it(turn: Turn) -> Iterator[Candidate]:
    asked = {
        "main_measures": Ask.MAIN_MEASURES,
        "purpose": Ask.PURPOSE,
        "account": Ask.ACCOUNT,
        "page": Ask.PAGE,
    }
    if turn.codes and turn.p.says("reason", *_OF_WORDS):
        asks = next((asks for name, asks in asked.items() if turn.p.says(name)), Ask.DESCRIBE)
        yield turn.ask("desc", asks, _OF_WORDS, -0.3, subjects=turn.codes, topic=turn.p.text.text)


def _money_of_it(turn: Turn) -> Iterator[Candidate]:
    if turn.codes and wants_money(turn.p) and turn.last.asks is not Ask.RANK and not turn.p.years.is_named:
        years = turn.last.years if turn.last.asks in _FIGURES else turn.p.years
        uses = frozenset({"five_year_total"})
        yield turn.ask(
            "fig", turn.money_asks(turn.codes), uses, -0.4, subjects=turn.codes, years=years, effect=True
        )


def _figures_after_words(turn: Turn) -> Iterator[Candidate]:
    if turn.codes and turn.last.asks in _WORDS and turn.p.years.is_named:
        subjects = tuple(_with_amounts(code, turn.p, always=True) for code in turn.codes)
        uses = frozenset({"five_year_total", "every_year"})
        yield turn.ask("fig", turn.money_asks(turn.codes), uses, -0.2, subjects=subjects)


_OF_ANYTHING = _FIGURES | _WORDS | {Ask.LIST}


def _if_something_was_spoken_of(change: Change) -> Change:
    """The change, where the last question was of parts of the plan."""

    def made(turn: Turn) -> Iterator[Candidate]:
        if turn.subjects and turn.last.asks in _OF_ANYTHING:
            yield from change(turn)

    return made


_ABOUT_THE_SAME: tuple[Change, ...] = (
    _other_conditions,
    _other_indicators,
    *map(
        _if_something_was_spoken_of,
        (
            _added_up, _by_initiative, _share_of_all, _what_is_counted, _average, _two_before, _two_years_before,
            _difference, _largest_among, _in_order, _nth_of_list, _about_the_first, _narrowed, _words_of_it,
            _money_of_it, _figures_after_words,
        ),
    ),
)  # fmt: skip


def _share_in_another(turn: Turn) -> Iterator[Candidate]:
    p, last, refs = turn.p, turn.last, turn.refs
    of_one = last.asks is Ask.FIGURES and len(last.subjects) == len(refs) == 1
    if of_one and p.says("share") and not p.known.initiative(refs[0]):
        uses = cues("share whole_plan five_year_total")
        yield turn.ask("share", Ask.SHARE, uses, 1.0, subjects=(last.subjects[0], refs[0]), years=turn.years)


def _against_another(turn: Turn) -> Iterator[Candidate]:
    if _is_against_another(turn):
        uses = cues("difference which times")
        subjects = (*turn.last.subjects, *turn.refs)
        yield turn.ask("cmp", Ask.COMPARE, uses, 0, subjects=subjects, years=turn.years)


def _is_against_another(turn: Turn) -> bool:
    of_one = turn.last.asks in (Ask.FIGURES, Ask.SUM) and len(turn.last.subjects) == len(turn.refs) == 1
    return of_one and turn.p.says("difference", "which", "times") and turn.refs != turn.last.subjects


def _with_another(turn: Turn) -> Iterator[Candidate]:
    """The sum of what was spoken of and of what is named now."""
    p, last, refs = turn.p, turn.last, turn.refs
    if (
        not p.says("sum")
        or last.asks not in (Ask.FIGURES, Ask.SUM)
        or not last.subjects
        or _is_against_another(turn)
    ):
        return
    both = (*last.subjects, *refs)
    if len(set(both)) == len(both) and all(p.known.initiative(ref) for ref in both):
        everything = Accounts.INCLUDED
        yield turn.ask(
            "sum", Ask.SUM, _ALL, 0.4, subjects=both, years=turn.years, effect=True, accounts=everything
        )


def _same_of_another(turn: Turn) -> Iterator[Candidate]:
    p, last, refs = turn.p, turn.last, turn.refs
    asked_anew = p.says("summary", "purpose", "main_measures", "page", "share", "average", "count", "list")
    of_its_own = len(refs) > 1 and says_amount(p)
    if asked_anew or of_its_own or _is_against_another(turn) or "#" in refs[0]:
        return
    of_initiatives = turn.money_asks(refs) is Ask.FIGURES
    if last.asks is Ask.INDICATORS and not any(p.known.initiative(ref) for ref in refs):
        uses = cues("indicators activity_indicators outcome_indicators")
        yield turn.change("ind", uses, -0.3, subjects=refs)
    elif last.asks in _FIGURES:
        kept = last.asks in (Ask.AVERAGE, Ask.CHANGE, Ask.RANK_YEARS) or (
            last.asks is Ask.RANK and not of_initiatives
        )
        yield turn.change(
            "fig",
            cues("five_year_total every_year sum"),
            -0.6,
            asks=last.asks if kept else turn.money_asks(refs),
            subjects=refs,
            years=turn.years,
            unit=p.unit or last.unit,
            claimed=p.claimed,
            parts=(),
            facets=(),
            effect=True,
        )
    if last.asks in _WORDS and not wants_figure(p):
        asks = Ask.DESCRIBE if last.asks is Ask.PASSAGE else last.asks
        yield turn.change("desc", frozenset({"summary"}), -0.6, asks=asks, subjects=refs)


_ABOUT_ANOTHER: tuple[Change, ...] = (_share_in_another, _against_another, _with_another, _same_of_another)


def _with_amounts(ref: str, p: Pieces, always: bool = False) -> str:
    if (always or wants_money(p)) and not has_amounts(p.known.initiative(ref)):
        twins = [one.code for one in p.known.referring_to.get(ref, ()) if has_amounts(one)]
        return twins[0] if twins else ref
    return ref


def _last_codes(p: Pieces, last: Question) -> tuple[str, ...]:
    """The initiatives that the last answer listed, in its order."""
    if last.asks is Ask.RANK and last.level == "initiatives":
        return ranked_codes(last, p.known)[: last.first]
    if last.asks in (Ask.LIST, Ask.COUNT) and last.what == "":
        return tuple(one.code for one in selected(last, p.known))
    return ()
