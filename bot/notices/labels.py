"""What steps and outbox messages are called in tables and logs."""

from __future__ import annotations

from bot.wording.wording import say
from knowledge.question import Language

_COUNTED = ("before", "after")


def state_label(state: str) -> str:
    """What became of an outbox message: 送信済み."""
    return say(f"notices/states/{state}")


def step_label(step: str, language: Language = "ja") -> str:
    """開始, 締切の14日前, 締切後3日目, 差戻し 3-1-2."""
    name, _, about = step.partition(" ")
    kind, _, days = name.partition("_")
    if kind in _COUNTED:
        return say(f"notices/steps/{kind}", language, days=days)
    label = say(f"notices/steps/{name}", language)
    return f"{label} {about}" if name == "returned" else label
