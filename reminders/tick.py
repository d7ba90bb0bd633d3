"""One turn of the clock: due -> outbox -> deliver.

It may come late, twice, or in several processes at once; what was said is known to the database alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.roster.roster import DELIVERING, Channel, Roster
from reminders.addressees import Addressees
from reminders.calendar import Audience, Calendar
from reminders.delivery import DeliveryOutcome, Send, UnitsOfWork, deliver_waiting
from reminders.due import Notice, notices_due
from reminders.moment import TOKYO
from reminders.storage import delivery_failures, notices, outbox
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.notices import AlreadySaid, Key
from reminders.storage.outbox_message import OutboxMessage
from reminders.work import OpenWork

Word = Callable[[Notice], str]
"""The body of the outbox message that says a notice."""

Tell = Callable[[Sequence[DeliveryFailure]], str]
"""The body of the outbox message that tells the secretariat what did not arrive."""


AT_ONCE = 50
"""So many notices are kept in one unit of work: one alone costs a wait for the disk, all would make others wait."""


@dataclass(frozen=True, slots=True)
class NoticeInputs:
    """What notices depend on, as it is at one moment."""

    calendar: Calendar
    roster: Roster
    open_work: tuple[OpenWork, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one turn. `is_on`: reminders have been started; `unreached` have no address to write to.

    `untold` are troubles that the secretariat should hear of, where nobody there could be written to.
    """

    is_on: bool
    laid_down: tuple[Notice, ...] = ()
    unreached: tuple[Notice, ...] = ()
    untold: tuple[DeliveryFailure, ...] = ()
    delivered: tuple[DeliveryOutcome, ...] = ()
    fault: Exception | None = None


def tick(
    units: UnitsOfWork,
    look: Callable[[date], NoticeInputs],
    word: Word,
    tell: Tell,
    send: Mapping[str, Send],
    now: Callable[[], datetime],
) -> Turn:
    """Say what is due by the channels of `send`; what breaks a turn is left to the next, and given as its fault."""
    try:
        by = frozenset(channel for channel in DELIVERING if channel in send)
        turn = _said(units, look, word, tell, by, now())
        return replace(turn, delivered=tuple(deliver_waiting(units, send, now)))
    except Exception as fault:
        return Turn(is_on=True, fault=fault)


def _said(
    units: UnitsOfWork,
    look: Callable[[date], NoticeInputs],
    word: Word,
    tell: Tell,
    by: frozenset[Channel],
    now: datetime,
) -> Turn:
    with units.reading() as database:
        started_at = notices.started_at(database)
    if started_at is None:
        return Turn(is_on=False)
    today = now.astimezone(TOKYO).date()
    city = _reachable(units, look(today), now)
    due = notices_due(city.calendar, city.roster, city.open_work, started_at, now, by)
    rounds = {item.term.round for notice in due for item in notice.items}
    with units.reading() as database:
        said, waiting = notices.said(database, rounds), notices.waiting(database, today)
    _brought_up_to_date(units, due, waiting, word, now)
    fresh = [one for one in (_without(notice, said) for notice in due) if one.items]
    reached = [one for one in fresh if one.to.addresses]
    lapses_at = city.calendar.office.closing_of(today)
    return Turn(
        is_on=True,
        laid_down=tuple(_laid_down(units, {one: word(one) for one in reached}, now, lapses_at)),
        unreached=tuple(one for one in fresh if not one.to.addresses),
        untold=_told(units, city, by, tell, now),
    )


def _reachable(units: UnitsOfWork, city: NoticeInputs, now: datetime) -> NoticeInputs:
    """The city without the addresses that refuse outbox messages: what was for them goes to the next."""
    with units.reading() as database:
        is_any_new = delivery_failures.is_any_new(database, now)
    if is_any_new:
        with units.writing() as database:
            delivery_failures.take_note(database, now)
    with units.reading() as database:
        refused = delivery_failures.refused(database, now)
    return replace(city, roster=delivery_failures.without(city.roster, refused))


def _told(
    units: UnitsOfWork, city: NoticeInputs, by: frozenset[Channel], tell: Tell, now: datetime
) -> tuple[DeliveryFailure, ...]:
    """Tell the secretariat what did not arrive; gives what nobody there could be told."""
    if not city.calendar.office.is_open(now):
        return ()
    with units.reading() as database:
        found = delivery_failures.untold(database, now)
    if not found:
        return ()
    secretariat = Addressees(city.roster, by).of(Audience.SECRETARIAT, "")
    reached = [one for one in secretariat if one.addresses]
    body, lapses_at = tell(found), city.calendar.office.closing_of(now.astimezone(TOKYO).date())
    with units.writing() as database:
        for one in reached:
            delivery_failures.tell(database, found, one, body, now, lapses_at)
    return () if reached else found


def _without(notice: Notice, said: frozenset[tuple[str, Key]]) -> Notice:
    items = tuple(item for item in notice.items if (notice.to.id, item.key) not in said)
    return replace(notice, items=items)


def _laid_down(
    units: UnitsOfWork, bodies: Mapping[Notice, str], now: datetime, lapses_at: datetime
) -> Iterator[Notice]:
    """Put the notices into the outbox, many in one unit of work; gives those that were not there already."""
    for start in range(0, len(bodies), AT_ONCE):
        together = dict(list(bodies.items())[start : start + AT_ONCE])
        try:
            yield from _kept(units, together, now, lapses_at)
        except AlreadySaid:
            # Another process was a little faster: what it has left over is found one by one.
            for notice, body in together.items():
                with suppress(AlreadySaid):
                    yield from _kept(units, {notice: body}, now, lapses_at)


def _kept(
    units: UnitsOfWork, bodies: Mapping[Notice, str], now: datetime, lapses_at: datetime
) -> list[Notice]:
    with units.writing() as database:
        return [
            notice
            for notice, body in bodies.items()
            if notices.lay_down(database, notice, body=body, now=now, lapses_at=lapses_at) is not None
        ]


def _brought_up_to_date(
    units: UnitsOfWork,
    due: Sequence[Notice],
    waiting: Mapping[OutboxMessage, frozenset[Key]],
    word: Word,
    now: datetime,
) -> None:
    """An outbox message that still waits must not ask for what was submitted meanwhile.

    One of a day to come was written while the clock was wrong.
    """
    by_recipient = {notice.to.id: notice for notice in due}
    for outgoing, keys in waiting.items():
        notice = by_recipient.get(outgoing.recipient or "")
        items = tuple(item for item in notice.items if item.key in keys) if notice else ()
        if notice is None or not items or outgoing.day != notice.send_on.isoformat():
            with units.writing() as database:
                outbox.lapse(database, outgoing.id, now, "送る前に用がなくなった")
            continue
        body = word(replace(notice, items=items))
        if body != outgoing.body:
            with units.writing() as database:
                outbox.amend(database, outgoing.id, body)
