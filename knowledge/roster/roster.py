"""Who answers for what: departments, the posts in them, who holds these, and where each person is reached.

Holds what the city's roster says and nothing of the plan's text (`duties` joins the two). What a file says
speaks of many days: ask `on(day)` first, and put questions to what that gives.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property


class PostKind(StrEnum):
    """What somebody is in a department, in a bureau or for the whole city."""

    OWNER = "owner"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"
    DIRECTOR = "director"
    MANAGER = "manager"
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """As the city says it: 担当, 係長, 課長 ..."""
        return _LABELS[self]


_LABELS = {
    PostKind.OWNER: "担当",
    PostKind.DEPUTY_HEAD: "係長",
    PostKind.HEAD: "課長",
    PostKind.DIRECTOR: "部長",
    PostKind.MANAGER: "管理職",
    PostKind.SECRETARIAT: "事務局",
    PostKind.ADMINISTRATOR: "管理者",
}

OF_A_DEPARTMENT = (PostKind.OWNER, PostKind.DEPUTY_HEAD, PostKind.HEAD)
"""In the order in which they are written to."""


class Channel(StrEnum):
    """Where a person is known by a name of their own: a Slack id, a mail address, a user of the page."""

    SLACK = "slack"
    MAIL = "mail"
    PAGE = "page"


DELIVERING = (Channel.SLACK, Channel.MAIL)
"""The channels that go to a person; the page waits until somebody opens it."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Days) -> bool:
        """Whether any day lies in both."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)


ALWAYS = Days()


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


@dataclass(frozen=True, slots=True)
class Bureau:
    """A 部."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A 課等. The id stays when the name changes; one that is gone stays too: what it did keeps a name."""

    id: str
    name: str
    bureau: str | None = None
    mailbox: str = ""
    former_names: tuple[str, ...] = ()
    merged_into: str | None = None
    is_closed: bool = False

    @property
    def is_current(self) -> bool:
        return self.merged_into is None and not self.is_closed


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a department or in a bureau (by id); with neither it is for the whole city."""

    kind: PostKind
    department: str | None = None
    bureau: str | None = None
    days: Days = ALWAYS

    @property
    def is_citywide(self) -> bool:
        return self.department is None and self.bureau is None

    def covers(self, department: Department) -> bool:
        """Whether the department lies within the post's part of the city."""
        if self.department is not None:
            return self.department == department.id
        return self.is_citywide or self.bureau == department.bureau


@dataclass(frozen=True, slots=True)
class Address:
    """What a channel knows a person by."""

    channel: Channel
    value: str

    @property
    def key(self) -> tuple[Channel, str]:
        """Equal for two writings of one address; case counts on Slack alone."""
        value = unicodedata.normalize("NFKC", self.value).strip()
        return self.channel, value if self.channel is Channel.SLACK else value.casefold()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds posts. The name may be empty: the posts then say who it is."""

    id: str
    name: str = ""
    posts: tuple[Post, ...] = ()
    addresses: tuple[Address, ...] = ()

    def holds(self, *kinds: PostKind) -> bool:
        return any(post.kind in kinds for post in self.posts)

    def is_reached_by(self, channels: Collection[Channel]) -> bool:
        return any(address.channel in channels for address in self.addresses)


@dataclass(frozen=True, slots=True)
class ItemIndicator:
    """An indicator of a reform item, by the item's code and the indicator's name."""

    item: str
    name: str


Subject = str | ItemIndicator
"""What a department answers for: an initiative by its id (it outlives editions), or an item's indicator."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A department answers for a subject; of several departments on one subject one leads."""

    department: str
    subject: Subject
    leads: bool = True
    days: Days = ALWAYS


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away on these days, and others act in their place."""

    person: str
    days: Days


@dataclass(frozen=True, slots=True)
class Recipient:
    """One whom a department's notices go to; `person` is None for the department's mailbox."""

    department: str
    person: Person | None
    addresses: tuple[Address, ...]

    def is_reached_by(self, channels: Collection[Channel]) -> bool:
        return any(address.channel in channels for address in self.addresses)


@dataclass(frozen=True)
class Roster:
    """All of it. `vacancies` are posts that nobody holds; `is_sample` marks the invented one that ships."""

    bureaus: tuple[Bureau, ...] = ()
    departments: tuple[Department, ...] = ()
    persons: tuple[Person, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    vacancies: tuple[Post, ...] = ()
    absences: tuple[Absence, ...] = ()
    is_sample: bool = False

    def on(self, day: date) -> Roster:
        """The roster of that day: posts, responsibilities and absences of other days left out."""
        return replace(
            self,
            persons=tuple(
                replace(person, posts=tuple(post for post in person.posts if day in post.days))
                for person in self.persons
            ),
            responsibilities=tuple(one for one in self.responsibilities if day in one.days),
            vacancies=tuple(post for post in self.vacancies if day in post.days),
            absences=tuple(absence for absence in self.absences if day in absence.days),
        )

    def person(self, id: str) -> Person | None:
        return self._persons.get(id)

    def person_at(self, channel: Channel, value: str) -> Person | None:
        """Whom the channel knows by that name; None for a stranger."""
        return self._by_address.get(Address(channel, value).key)

    def bureau(self, id: str) -> Bureau:
        """KeyError when there is none such."""
        return self._bureaus[id]

    def department(self, id: str) -> Department:
        """As it stands under that id, gone or not; KeyError when there never was one such."""
        return self._departments[id]

    def current(self, id: str) -> Department:
        """The department that goes on with what `id` was; a closed one stays itself."""
        department = self._departments[id]
        while department.merged_into is not None:
            department = self._departments[department.merged_into]
        return department

    def name_of(self, department: str) -> str:
        """What to call a department by its id; the id itself where the roster never had one such."""
        found = self._departments.get(department)
        return found.name if found else department

    @property
    def names(self) -> tuple[str, ...]:
        """The names of people: what is masked where a text is kept longer than its answer."""
        return tuple(person.name for person in self.persons if person.name)

    @property
    def current_departments(self) -> tuple[Department, ...]:
        return tuple(department for department in self.departments if department.is_current)

    def holders(self, kind: PostKind, place: str | None = None) -> tuple[Person, ...]:
        """Who holds the post in the department or bureau of that id; without one, anywhere in the city."""
        return self._holding.get((kind, place), ())

    def is_absent(self, person: str) -> bool:
        return any(absence.person == person for absence in self.absences)

    def head_is_absent(self, department: str) -> bool:
        """Whether nobody is there who holds the head's post: away, or the post vacant."""
        return all(self.is_absent(head.id) for head in self.holders(PostKind.HEAD, department))

    def departments_for(self, subject: Subject) -> tuple[Department, ...]:
        """Who answers for it, the leading department first."""
        ordered = sorted(self._answering.get(subject, ()), key=lambda one: not one.leads)
        return tuple(dict.fromkeys(self.current(one.department) for one in ordered))

    def recipients(self, department: str) -> tuple[Recipient, ...]:
        """Whom to write to, in order: owners, deputy heads, head, mailbox. Who is away is left out."""
        people = dict.fromkeys(
            person
            for kind in OF_A_DEPARTMENT
            for person in self.holders(kind, department)
            if not self.is_absent(person.id)
        )
        found = [Recipient(department, person, person.addresses) for person in people]
        mailbox = self.department(department).mailbox
        if mailbox:
            found.append(Recipient(department, None, (Address(Channel.MAIL, mailbox),)))
        return tuple(found)

    def reachable(self, department: str, by: Collection[Channel] = DELIVERING) -> bool:
        """Whether anybody there can be written to by one of these channels."""
        return any(recipient.is_reached_by(by) for recipient in self.recipients(department))

    def unreachable(self, by: Collection[Channel] = DELIVERING) -> tuple[Department, ...]:
        """The departments that answer for something and where nobody can be written to."""
        answering = {self.current(one.department).id for one in self.responsibilities}
        return tuple(
            department
            for department in self.current_departments
            if department.id in answering and not self.reachable(department.id, by)
        )

    def post_label(self, post: Post) -> str:
        """The post in words: 〇〇課 課長, 〇〇部 部長, 事務局."""
        place = post.department or post.bureau
        if place is None:
            return post.kind.label
        names = self._departments if post.department else self._bureaus
        return f"{names[place].name} {post.kind.label}"

    def label(self, person: Person) -> str:
        """What to call the person: the name and the posts, or the posts alone, or the bare id."""
        posts = "・".join(dict.fromkeys(self.post_label(post) for post in person.posts))
        if person.name and posts:
            return f"{person.name}（{posts}）"
        return person.name or posts or person.id

    @cached_property
    def _holding(self) -> dict[tuple[PostKind, str | None], tuple[Person, ...]]:
        found: dict[tuple[PostKind, str | None], dict[str, Person]] = {}
        for person, post in self._held():
            for place in (None, post.department, post.bureau):
                found.setdefault((post.kind, place), {})[person.id] = person
        return {key: tuple(people.values()) for key, people in found.items()}

    def _held(self) -> Iterator[tuple[Person, Post]]:
        return ((person, post) for person in self.persons for post in person.posts)

    @cached_property
    def _persons(self) -> dict[str, Person]:
        return {person.id: person for person in self.persons}

    @cached_property
    def _by_address(self) -> dict[tuple[Channel, str], Person]:
        return {address.key: person for person in self.persons for address in person.addresses}

    @cached_property
    def _bureaus(self) -> dict[str, Bureau]:
        return {bureau.id: bureau for bureau in self.bureaus}

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {department.id: department for department in self.departments}

    @cached_property
    def _answering(self) -> dict[Subject, tuple[Responsibility, ...]]:
        found: dict[Subject, tuple[Responsibility, ...]] = {}
        for one in self.responsibilities:
            found[one.subject] = (*found.get(one.subject, ()), one)
        return found
