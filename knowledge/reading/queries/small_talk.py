"""Greetings, thanks, and what the bot can do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.question import Ask, Question
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import Candidate, cues

_REQUEST = re.compile(r"[?？]|でしょうか|(?:お願い|ご紹介|ご確認)(?:でき|いただけ)|ますか|たいので")


def small_talk(p: Pieces) -> Iterator[Candidate]:
    """Greetings, thanks, and what the bot can do."""
    likely = max(p.kinds, key=lambda name: p.kinds[name])
    says_so = p.says("greeting", "thanks", "help", "self") or likely in ("help", "greet")
    says_nothing = not p.content and not p.named_codes and not p.said
    if not (says_so or says_nothing) or (len(p.content) > 4 and _REQUEST.search(p.text.text)):
        return
    is_help = p.says("help") or likely == "help"
    what = "thanks" if p.says("thanks") and not p.says("greeting") else ""
    telling = sum(token.is_noun and not p.spoken.is_ordinary(token.lemma) for token in p.content)
    is_asked = bool(p.content) and any(mark in p.text.text for mark in _ASKING) and likely != "help"
    yield Candidate(
        "help" if is_help else "greet",
        Question(Ask.GREETING, language=p.language, what=what),
        cues("greeting thanks help self how summary list how_many"),
        0.6 - 1.5 * telling - 0.15 * len(p.content) - 1.0 * is_asked,
    )


_ASKING = ("?", "でしょうか", "ですか")
