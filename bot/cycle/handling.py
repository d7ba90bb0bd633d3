"""The cycle's turn at a message: notices, and what people do with them. Nothing here is kept but as an effect."""

from __future__ import annotations

from dataclasses import dataclass

from bot.asker import Asker
from bot.commands import Command
from bot.conversation import Handled
from bot.cycle import deadlines_said, moving, secretariat
from bot.cycle.deadlines_said import Move, When
from bot.cycle.grounds import ACTION, Grounds, refusal, told
from bot.cycle.letters import RESPOND
from bot.cycle.responding import respond
from bot.cycle.said import Ahead, Log, Said, Switch, preview, read
from bot.message import Message, Press
from bot.progress.reading import read_request
from bot.progress.replies import ACTION as PROGRESS
from bot.progress.request import Request, View
from bot.rights import Act, Granted, may
from bot.wording import say
from knowledge.known import Known
from knowledge.question import Language


@dataclass(frozen=True, slots=True)
class Cycle:
    """Handles what belongs to the cycle of the year."""

    grounds: Grounds

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """What the message leads to; None when it is not about the cycle."""
        if message.press is not None and message.press.action == ACTION:
            return self._pressed(message.press, asker)
        if message.press is not None and message.press.action == RESPOND:
            return respond(self.grounds, asker, message.press.value)
        request = _missing(message, asker, self.grounds.known())
        if request is not None:
            return secretariat.missing(self.grounds, asker, request)
        if message.press is not None:
            return None
        if (said := read(message.text, asker.at.date())) is not None:
            return self._said(said, asker)
        deadline = deadlines_said.read(message.text, self.grounds.calendar(), asker.at.date())
        return None if deadline is None else self._deadline(deadline, asker)

    def _deadline(self, said: When | Move, asker: Asker) -> Handled:
        if isinstance(said, When):
            return moving.when(self.grounds, asker, said)
        return refusal(asker, Act.KEEP_CALENDAR) or moving.move(self.grounds, asker, said)

    def _said(self, said: Said, asker: Asker) -> Handled:
        if (refused := refusal(asker, Act.SEND)) is not None:
            return refused
        match said:
            case Ahead():
                return secretariat.ahead(self.grounds, asker, said)
            case Log():
                return secretariat.log(self.grounds, asker)
            case Switch(on):
                return secretariat.switch(self.grounds, asker, on)

    def _pressed(self, press: Press, asker: Asker) -> Handled:
        what, *about = press.value.split(":")
        if what in ("move", "keep"):
            return refusal(asker, Act.KEEP_CALENDAR) or self._moved(what, about, press.revision, asker)
        if (refused := refusal(asker, Act.SEND)) is not None:
            return refused
        match what, about:
            case (("start" | "stop"), []):
                return secretariat.switch(self.grounds, asker, what == "start", is_confirmed=True)
            case "again", [round, phase, department]:
                return secretariat.repeat(self.grounds, asker, (round, phase, department))
        return told(say("cycle/unknown"))

    def _moved(self, what: str, about: list[str], revision: int | None, asker: Asker) -> Handled:
        if what == "keep":
            return told(say("cycle/kept"))
        return moving.moved(self.grounds, asker, about, revision)


def notices_command(grounds: Grounds) -> Command:
    """What the help shows of it."""

    def does(_message: Message, asker: Asker, _language: Language) -> Handled:
        return secretariat.ahead(grounds, asker, preview(asker.at.date()))

    return Command(
        ways=("通知の予定",),
        english_ways=("coming notices",),
        shows="誰に何が届くか（「来週の通知は？」「未提出は？」「通知の記録」「通知を始めて」も）",
        english_shows="who will be told what",
        does=does,
        act=Act.SEND,
    )


def _missing(message: Message, asker: Asker, known: Known) -> Request | None:
    """Who is missing, where it is one who may remind them that asks."""
    if message.press is None:
        request = read_request(message.text, known, asker.roster, asker.at.date())
    else:
        request = Request.from_pressed(message.press.value) if message.press.action == PROGRESS else None
    if not isinstance(request, Request) or request.view is not View.MISSING:
        return None
    return request if isinstance(may(asker.person, Act.SEND), Granted) else None
