"""Which columns of the plan a question means, and which years it names that the plan lacks."""

from __future__ import annotations

from knowledge.mentions import Mentions
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import Plan
from knowledge.question import Question, Years
from knowledge.year_mentions import YearMention


def years_asked(mentions: Mentions, plan: Plan, last: Question | None) -> Years:
    """The years of a text; 次の年 and 前年 are counted from the last question's year, where there is one."""
    named = [one for one in mentions.years if not one.calendar]
    used = [one for one in named if not one.relative] or named
    spoken_of = last.years.single if last else ()
    years = [year for one in used for year in _meant(one, plan, spoken_of)]
    years += _by_position(mentions, plan)
    years += _beside_last(mentions, spoken_of) if not years else []
    known = set(plan.years)
    return Years(
        single=tuple(dict.fromkeys(year for year in years if year in known)),
        total=mentions.says("five_year_total") or _is_total(mentions, plan),
        every=mentions.says("every_year"),
        outside=tuple(dict.fromkeys(year for year in years if year not in known)),
        is_span=any(one.is_range or one.beyond for one in used) or mentions.says("first_half"),
    )


def _is_total(mentions: Mentions, plan: Plan) -> bool:
    """3年計 in a plan of three years."""
    way = mentions.way("n_year_total")
    return way is not None and way.number == len(plan.years)


def _meant(mention: YearMention, plan: Plan, spoken_of: tuple[FiscalYear, ...]) -> tuple[FiscalYear, ...]:
    if mention.shift and spoken_of:
        return (spoken_of[-1 if mention.shift > 0 else 0] + mention.shift,)
    if mention.beyond and mention.year is not None:
        later = mention.beyond == "later"
        return tuple(y for y in plan.years if (y >= mention.year if later else y <= mention.year))
    return mention.years


def _by_position(mentions: Mentions, plan: Plan) -> list[FiscalYear]:
    found: list[FiscalYear] = []
    if mentions.says("first_year"):
        found.append(plan.first_year)
    if mentions.says("last_year"):
        found.append(plan.last_year)
    if (way := mentions.way("nth_year")) and way.number:
        found.append(plan.first_year + (way.number - 1))
    if mentions.says("first_half") and not mentions.years:
        found += plan.years[: (len(plan.years) + 1) // 2]
    return found


def _beside_last(mentions: Mentions, spoken_of: tuple[FiscalYear, ...]) -> list[FiscalYear]:
    if spoken_of and mentions.says("next_of_last"):
        return [spoken_of[-1].next]
    return [spoken_of[0].previous] if spoken_of and mentions.says("previous_of_last") else []
