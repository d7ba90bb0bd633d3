"""How a moment is written down: always in Japan's time and in one width, so that text order is time order."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def written(moment: datetime) -> str:
    """`moment`, which must know its zone, as 2024-07-01T09:00:00.000+09:00."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone means nothing")
    return moment.astimezone(TOKYO).isoformat(timespec="milliseconds")


def read(text: str) -> datetime:
    """The moment that `written` wrote, to the millisecond."""
    return datetime.fromisoformat(text)
