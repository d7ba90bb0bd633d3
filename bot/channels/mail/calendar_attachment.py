"""A deadline as a file that calendar programs take in. The home of icalendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from bot.message import Deadline


def as_ics(deadline: Deadline, host: str, written_at: datetime, link: str = "") -> bytes:
    """An all-day event that blocks no time, named for `host`; a later one of the same id takes its place.

    What grows with every outbox message is the sequence, in minutes: a calendar goes by it where a deadline was moved.
    """
    day = date.fromisoformat(deadline.day)
    event = Event.new(
        uid=f"{deadline.id}@{host}",
        sequence=int(written_at.timestamp()) // 60,
        stamp=written_at,
        last_modified=written_at,
        summary=deadline.title,
        description="\n".join(part for part in (deadline.details, link) if part),
        start=day,
        end=day + timedelta(days=1),
        transparency=TRANSP.TRANSPARENT,
        url=link or None,
    )
    calendar = Calendar()
    calendar.add("prodid", "-//kaikaku//ja")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
