"""Text for Slack: cleaned, cut into parts that fit, escaped where Slack would read markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_NOTHING = "\N{NO-BREAK SPACE}"


def clean(text: str) -> str:
    """Without control characters and halves of characters, which Slack refuses; never empty."""
    kept = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return kept if kept.strip() else _NOTHING


def shortened(text: str, most: int) -> str:
    """At most that many characters in one line, with … where something is left out."""
    line = " ".join(clean(text).split()) or _NOTHING
    return line if _length(line) <= most else _cut(line, most - 1) + "…"


def fits(text: str, most: int) -> bool:
    """Whether it is short enough to be shown or carried whole."""
    return _length(text) <= most


def parts(text: str, most: int) -> Iterator[str]:
    """The whole text in parts of at most that many characters, cut after a line where one ends in time."""
    rest = clean(text)
    while _length(rest) > most:
        part = _cut(rest, most)
        end = part.rfind("\n") + 1
        part = part[:end] if end > 0 else part
        yield part
        rest = rest[len(part) :]
    if rest:
        yield rest


def escaped(text: str) -> str:
    """As Slack wants plain words where it would read markup: no mention, link or channel comes of them."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _length(text: str) -> int:
    """As Slack counts: a character beyond the first 65,536 is two."""
    return len(text) + sum(one > "\uffff" for one in text)


def _cut(text: str, most: int) -> str:
    """As much of the beginning as fits."""
    counted = 0
    for place, one in enumerate(text):
        counted += 2 if one > "\uffff" else 1
        if counted > most:
            return text[:place]
    return text
