"""A summary's numbers as the cells of a sheet hold them: exact, without a unit."""

from __future__ import annotations

from fractions import Fraction

from bot.progress import summary_text
from knowledge.plan.amount import UNITS


def in_unit(value: int | None, unit: str) -> int | float | None:
    """A value in the unit that the plan prints; whole where it is, so that no cell holds text and a number at once."""
    if value is None:
        return None
    exact = Fraction(value, UNITS.get(unit, 1))
    return int(exact) if exact.denominator == 1 else float(exact)


def percentage(share: Fraction | None) -> float | None:
    """A share in percent to one decimal, as it is printed everywhere."""
    return None if share is None else float(summary_text.share(share).rstrip("%").replace("△", "-"))
