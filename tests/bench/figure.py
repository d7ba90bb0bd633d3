"""What a measurement says: a figure, beside its goal where there is one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: `value` in `unit`, at most `goal`; `beside` is what helps to judge it."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    beside: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met; without one there is nothing to miss."""
        return self.goal is None or self.value <= self.goal


def line(figure: Figure) -> str:
    """The figure on one line: ✓ or ✗ before those that have a goal."""
    sign = "・" if figure.goal is None else "✓" if figure.is_met else "✗"
    goal = "" if figure.goal is None else f"目標 {figure.goal:g} 以下"
    decimals = 0 if figure.value >= 100 else 1 if figure.value >= 10 else 2
    shown = f"{figure.value:>9,.{decimals}f} {_wide(figure.unit, 3)}"
    return f"  {sign} {_wide(figure.name, 38)}{shown} {_wide(goal, 16)}{figure.beside}".rstrip()


def verdict(figures: list[Figure]) -> str:
    """How many of the goals were met, and which were not."""
    goals = [figure for figure in figures if figure.goal is not None]
    missed = [figure.name for figure in goals if not figure.is_met]
    return f"目標 {len(goals)} のうち {len(goals) - len(missed)} を満たしました" + (
        f"（満たさなかったもの: {'、'.join(missed)}）" if missed else ""
    )


def _wide(text: str, columns: int) -> str:
    """The text with spaces behind, full-width characters counting twice."""
    return text + " " * (columns - sum(1 if char.isascii() else 2 for char in text))
