"""Whom the roster of one day has for each audience: those first who are there and can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.roster.roster import DELIVERING, OF_A_DEPARTMENT, Address, Channel, Person, PostKind, Roster
from reminders.calendar import Audience


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is written to: a person's id, or mailbox:DEPARTMENT. Without addresses nobody can be."""

    id: str
    label: str
    addresses: tuple[Address, ...] = ()

    @property
    def address(self) -> Address:
        """Where they are written to; ValueError when they have no address."""
        return min(self.addresses, key=lambda one: DELIVERING.index(one.channel))


class Addressees:
    """The people of a roster by audience. `by` are the channels that outbox messages can leave by."""

    def __init__(self, roster: Roster, by: frozenset[Channel]) -> None:
        self._roster = roster
        self._by = by
        self._found: dict[tuple[Audience, str], tuple[Addressee, ...]] = {}

    def of(self, audience: Audience, department: str) -> tuple[Addressee, ...]:
        """Whom to write to. Who has no address is given only where nobody else is there."""
        key = (audience, department if audience in _OF_A_PLACE else "")
        if key not in self._found:
            self._found[key] = self._looked_up(audience, department)
        return self._found[key]

    def reaches(self, department: str) -> bool:
        return self._roster.reachable(department, self._by)

    def _looked_up(self, audience: Audience, department: str) -> tuple[Addressee, ...]:
        holders = self._roster.holders
        if audience is Audience.SECRETARIAT:
            return self._chosen([holders(PostKind.SECRETARIAT)])
        if audience is Audience.MANAGER:
            return self._reached(holders(PostKind.MANAGER))
        place = self._roster.department(department)
        if audience is Audience.DIRECTOR:
            return self._chosen([holders(PostKind.DIRECTOR, place.bureau)] if place.bureau else [])
        kinds = OF_A_DEPARTMENT if audience is Audience.DEPARTMENT else (PostKind.HEAD, PostKind.DEPUTY_HEAD)
        return self._chosen([holders(kind, department) for kind in kinds], department)

    def _chosen(self, posts: Sequence[Sequence[Person]], department: str = "") -> tuple[Addressee, ...]:
        """The holders of the first post in which anybody is there; the mailbox where they have no address."""
        mailbox = self._mailbox(department)
        for holders in posts:
            if reached := self._reached(holders):
                return reached
            if mailbox and self._there(holders):
                return mailbox
        present = [self._there(holders) for holders in posts]
        nobody_reached = next((holders for holders in (*present, *posts) if holders), ())
        return mailbox or tuple(map(self._addressee, nobody_reached))

    def _mailbox(self, department: str) -> tuple[Addressee, ...]:
        place = self._roster.department(department) if department else None
        if place is None or not place.mailbox or Channel.MAIL not in self._by:
            return ()
        return (Addressee(f"mailbox:{department}", place.name, (Address(Channel.MAIL, place.mailbox),)),)

    def _reached(self, people: Sequence[Person]) -> tuple[Addressee, ...]:
        """Everybody of them who is there and can be reached."""
        return tuple(self._addressee(one) for one in self._there(people) if one.is_reached_by(self._by))

    def _there(self, people: Sequence[Person]) -> tuple[Person, ...]:
        return tuple(one for one in dict.fromkeys(people) if not self._roster.is_absent(one.id))

    def _addressee(self, person: Person) -> Addressee:
        usable = tuple(address for address in person.addresses if address.channel in self._by)
        return Addressee(person.id, self._roster.label(person), usable)


_OF_A_PLACE = (Audience.DEPARTMENT, Audience.HEAD, Audience.DIRECTOR)
