"""A day on Slack as an officer would write it down, played over the wire. tests/conversations/slack/README.md has the form."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.app.reminders import one_turn
from reminders.moment import TOKYO
from reminders.storage import notices
from tests.bot.channels.slack.town import STAFF, Town
from tests.fakes.slack import BOT, FakeSlack, Json
from tests.fakes.slack_office import Ack, Person, button

OFFICE = "C0OFFICE"
ACTS = (
    "メンション",
    "続けてメンション",
    "DM",
    "コマンド",
    "ボタン",
    "送信",
    "ホーム",
    "アシスタント",
    "番号を調べる",
    "朝9時",
)
PLACES = ("チャンネル", "DM", "本人だけ", "画面", "ホーム", "欄")


@dataclass
class Turn:
    """What somebody does, with which fields filled in, and what must and must not come of it, place by place."""

    person: str
    act: str
    words: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    wanted: list[tuple[str, str]] = field(default_factory=list)
    unwanted: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """Something that came: where, in which words, and as what it can be pressed."""

    place: str
    words: str
    body: Json
    channel: str = ""


def read(path: Path) -> tuple[date, list[Turn]]:
    """The day and the turns."""
    reading = _Reading()
    for line in path.read_text("utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            reading.take(line)
    return reading.day, reading.turns


class _Reading:
    """Line after line; `place` is where the words that follow are to appear."""

    def __init__(self) -> None:
        self.day, self.turns = date(2023, 7, 3), list[Turn]()
        self.person = self.place = ""

    def take(self, line: str) -> None:
        act, _, words = line.partition("：")
        if line.startswith("! "):
            self.turns[-1].unwanted.append((self.place, line[2:]))
        elif found := re.fullmatch(r"as: (\S+)", line):
            self.person = found[1]
        elif found := re.fullmatch(r"today: (\S+)", line):
            self.day = date.fromisoformat(found[1])
        elif act in ACTS:
            self.turns.append(Turn(self.person, act, words))
            self.place = ""
        elif found := re.fullmatch(r"・(.+?) = (.*)", line):
            self.turns[-1].fields[found[1]] = found[2]
        elif line.startswith("→ "):
            self.place = line[2:]
            assert self.place in PLACES, line
        else:
            self.turns[-1].wanted.append((self.place, line.strip()))


@dataclass(frozen=True)
class Before:
    """How much there is of everything, to tell afterwards what is new."""

    whispers: int
    views: frozenset[str]
    homes: frozenset[str]
    prompts: int

    @classmethod
    def on(cls, slack: FakeSlack) -> "Before":
        views = frozenset(one["hash"] for one in slack.views)
        homes = frozenset(one["hash"] for one in slack.homes.values())
        return cls(len(slack.whispers), views, homes, len(slack.prompts))


def rendered(slack: FakeSlack) -> tuple[list[list[Json]], list[Json]]:
    """The blocks of every message that was sent and every view that was shown, as they went over the wire."""
    said = [one.get("blocks") or [] for one in (*slack.posted(), *slack.whispers)]
    own = ("id", "hash")
    shown = [*slack.views, *slack.homes.values()]
    return said, [{name: value for name, value in one.items() if name not in own} for one in shown]


class Player:
    """Plays turns on a town, and holds what comes against what is written."""

    def __init__(self, town: Town) -> None:
        self.town, self.slack = town, town.slack
        self._ids = {person: id for id, person in STAFF.items()}
        self._people: dict[str, Person] = {}
        self._seen = {id(one) for one in self.slack.posted()}
        self._shown: dict[str, list[Shown]] = {}
        self._threads: dict[str, str] = {}
        with town.app.database.writing() as inside:
            started = datetime.combine(date(2021, 4, 1), time(), TOKYO)
            notices.start(inside, "jimukyoku", started)

    def play(self, turn: Turn) -> None:
        before = Before.on(self.slack)
        ack = self._does(turn)
        came = [*_errors(ack), *self._came(before, turn)]
        self._shown.setdefault(turn.person, []).extend(came)
        check(turn, came)

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = self.town.person(self._ids.get(name, "U0CLERK"))
        return self._people[name]

    def _does(self, turn: Turn) -> Ack | None:
        person, words = self._person(turn.person), turn.words
        acts: dict[str, Callable[[], Any]] = {
            "メンション": lambda: self._mentions(turn, person),
            "続けてメンション": lambda: person.mentions(words, thread=self._threads[turn.person]),
            "DM": lambda: person.writes(words),
            "コマンド": lambda: person.commands(words),
            "ボタン": lambda: self._presses(turn, person),
            "送信": lambda: person.submits(self._view(turn.person).body, **turn.fields),
            "ホーム": person.opens_home,
            "アシスタント": person.opens_pane,
            "番号を調べる": lambda: person.looks_up(words),
            "朝9時": self._nine_o_clock,
        }
        done = acts[turn.act]()
        return done if turn.act == "送信" else None

    def _mentions(self, turn: Turn, person: Person) -> None:
        self._threads[turn.person] = str(person.mentions(turn.words)["event"]["ts"])

    def _nine_o_clock(self) -> None:
        now = datetime.combine(self.town.app.now().date(), time(9), TOKYO)
        one_turn(replace(self.town.app, now=lambda: now), self.town.app.channels.send)

    def _presses(self, turn: Turn, person: Person) -> None:
        for one in reversed(self._shown[turn.person]):
            if _has(one.body, turn.words):
                break
        else:
            raise AssertionError(f"「{turn.words}」というボタンがありません")
        if one.place == "画面":
            person.presses_in(one.body, turn.words, **turn.fields)
        elif one.place == "ホーム":
            person.presses_home(turn.words)
        elif any(block["type"] == "context_actions" for block in one.body["blocks"]) and turn.words in _MARKS:
            person.marks(one.body, turn.words, one.channel)
        else:
            person.presses(one.body, turn.words, one.channel, is_ephemeral=one.place == "本人だけ")

    def _view(self, name: str) -> Shown:
        return next(one for one in reversed(self._shown[name]) if one.place == "画面")

    def _came(self, before: Before, turn: Turn) -> list[Shown]:
        """Everything new once nothing is under way any more."""
        self.town.rest()
        found = list(self._new(before, turn))
        self._seen |= {id(one) for one in self.slack.posted()}
        return found

    def _new(self, before: Before, turn: Turn) -> Iterator[Shown]:
        for one in self.slack.views:
            if one["hash"] not in before.views:
                yield Shown("画面", words_of(one), one)
        yield from self._new_messages(self._person(turn.person).own, "DM")
        yield from self._new_messages(OFFICE, "チャンネル")
        for one in self.slack.whispers[before.whispers :]:
            yield Shown("本人だけ", words_of(one), one, str(one.get("channel", OFFICE)))
        for one in self.slack.homes.values():
            if one["hash"] not in before.homes:
                yield Shown("ホーム", words_of(one), one)
        for one in self.slack.prompts[before.prompts :]:
            yield Shown("画面", str(one["prompts"]), {"blocks": []})

    def _new_messages(self, channel: str, place: str) -> Iterator[Shown]:
        for one in self.slack.messages[channel]:
            if id(one) not in self._seen and one.get("user") == BOT:
                yield Shown(place, words_of(one), one, channel)


def _errors(ack: Ack | None) -> Iterator[Shown]:
    """What the modal itself answers to being sent."""
    if ack is not None and ack.body.get("response_action") == "errors":
        yield Shown("欄", "\n".join(ack.body["errors"].values()), {"blocks": []})
    elif ack is not None and ack.body.get("response_action") == "update":
        yield Shown("画面", words_of(ack.body["view"]), ack.body["view"])


def check(turn: Turn, came: Sequence[Shown]) -> None:
    """Hold what came against what is written."""
    said = "\n\n".join(f"【{one.place}】{one.words}" for one in came)

    def at(place: str) -> str:
        return "\n".join(one.words for one in came if not place or one.place == place)

    for place in dict.fromkeys(place for place, _ in turn.wanted):
        rest = at(place)
        for words in (words for there, words in turn.wanted if there == place):
            assert words in rest, f"「{turn.act}：{turn.words}」に「{words}」がありません：\n{said}"
            rest = rest.partition(words)[2]
    for place, words in turn.unwanted:
        assert words not in at(place), f"「{turn.act}：{turn.words}」に「{words}」があります：\n{said}"


_MARKS = ("役に立った", "役に立たなかった")
_SAID = ("text", "elements", "rows", "element", "label", "hint", "options", "initial_value", "title", "chart",
         "caption", "positive_button", "negative_button", "blocks")  # fmt: skip


def words_of(value: Any) -> str:
    """Every word of a message's blocks, a view or a part of one."""
    if isinstance(value, dict):
        parts = [words_of(one) for name, one in value.items() if name in _SAID and one != value.get("ts")]
        return "\n".join(part for part in parts if part)
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(words_of, value)))
    return value if isinstance(value, str) else ""


def _has(body: Json, label: str) -> bool:
    if label in _MARKS and any(block["type"] == "context_actions" for block in body["blocks"]):
        return True
    try:
        button(body, label)
    except AssertionError:
        return False
    return True
