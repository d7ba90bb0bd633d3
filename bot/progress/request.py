"""What was asked of the progress: what is to be seen, of which part, which year, and whose work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import PLAN, Language


class View(StrEnum):
    """What is to be seen of the progress."""

    OVERVIEW = "overview"
    AMOUNTS = "amounts"
    INITIATIVES = "initiatives"
    LAGS = "lags"
    MISSING = "missing"
    INDICATORS = "indicators"
    CHANGES = "changes"
    WORKBOOK = "workbook"


OWN = "own"
"""In place of departments: whatever the asker answers for."""


@dataclass(frozen=True, slots=True)
class Request:
    """`departments` are ids, `(OWN,)`, or () for all that the asker may see; `year` None is the present one."""

    view: View = View.OVERVIEW
    ref: str = PLAN
    year: FiscalYear | None = None
    departments: tuple[str, ...] = ()
    language: Language = "ja"

    @property
    def pressed(self) -> str:
        """As a button carries it: lags;柱5;R5;own;ja."""
        year = self.year.short if self.year else ""
        return ";".join((self.view.value, self.ref, year, ",".join(self.departments), self.language))

    @classmethod
    def from_pressed(cls, value: str) -> Request | None:
        """What a button carries; None for what no button of ours does."""
        try:
            view, ref, year, departments, language = value.split(";")
            named = tuple(filter(None, departments.split(",")))
            asked_in: Language = "en" if language == "en" else "ja"
            return cls(View(view), ref, FiscalYear.from_short(year) if year else None, named, asked_in)
        except ValueError:
            return None
