"""An invented plan of an invented city: other years, another overlap, another excluded account."""

from functools import cache
from pathlib import Path

from knowledge.editions.edition import Edition, shipped

FOLDER = Path(__file__).parent / "data" / "small_plan"


def small_text() -> str:
    return (FOLDER / "plan.txt").read_text("utf-8")


@cache
def small_edition() -> Edition:
    """青葉野市's plan for 令和6年度 to 令和8年度, read as any edition is."""
    return shipped(FOLDER)
