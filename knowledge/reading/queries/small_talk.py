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
    if len(p.content) > 4 and _REQUEST.search(p.text.text):
        return
    likely = max(p.kinds, key=lambda name: p.kinds[name])
    if (
        p.says("greeting", "thanks", "help", "self")
        or (not p.content and not p.named_codes)
        or likely in ("help", "greet")
    ):
        kind = "help" if p.says("help") or likely == "help" else "greet"
        content = 1.5 * sum(
            token.is_noun and not p.spoken.is_ordinary(token.lemma) for token in p.content
        ) + 0.15 * len(p.content)
        content += 1.0 * bool(
            p.content
            and any(mark in p.text.text for mark in ("?", "でしょうか", "ですか"))
            and likely != "help"
        )
        yield Candidate(
            kind,
            Question(
                Ask.GREETING,
                language=p.language,
                what="thanks" if p.says("thanks") and not p.says("greeting") else "",
            ),
            cues("greeting thanks help self how summary list how_many"),
            0.6 - content,
        )
