"""How a Reply and the pages around it become HTML: the templates, and what their words are made with.

A reply is drawn by card.html, its tables and charts by tables.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.message import Reply
from bot.progress import bar_drawing, summary_text
from bot.wording.rendering import HtmlTemplates

HERE = Path(__file__).parent
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LATIN = re.compile(r"[A-Za-z]")
_NUMBERED = re.compile(r"[0-9]+\. (.+)")


def path_to(*parts: str) -> str:
    """A path of ours with each part quoted: path_to("plan", "柱3")."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def language_of(text: str) -> str:
    """ja, or en where Latin letters prevail (names of the plan stay Japanese): what a screen reader goes by."""
    return "en" if len(_LATIN.findall(text)) > len(_JAPANESE.findall(text)) else "ja"


def unlisted(reply: Reply) -> str:
    """The text without the numbered list of what stands below it as buttons."""
    labels = {choice.label for choice in reply.choices}
    lines = [(line, _NUMBERED.fullmatch(line)) for line in reply.text.split("\n")]
    kept = [line for line, listed in lines if not (listed and listed[1] in labels)]
    return "\n".join(kept).strip() or reply.text


WORDS: dict[str, Callable[..., Any]] = {
    "path_to": path_to,
    "language_of": language_of,
    "unlisted": unlisted,
    "draw": bar_drawing.draw,
    "figure": bar_drawing.figure,
    "date_of": summary_text.date_of,
}


@cache
def pages() -> HtmlTemplates:
    """The templates, read once."""
    return HtmlTemplates(HERE / "templates", WORDS)
