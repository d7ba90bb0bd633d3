"""The cycle's turn at a message: notices, and what people do with them. Nothing here is kept but as an effect."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.commands import Command
from bot.conversation.conversation import Handled
from bot.identity.asker import Asker
from bot.identity.rights import Act, Granted, may
from bot.message import Message, Press
from bot.notices import completion, deadline_moves, deadline_requests, handover, pulses, secretariat
from bot.notices.context import ACTION, NoticeContext, refusal, told
from bot.notices.deadline_requests import DeadlineMoveRequest, DeadlinesRequest
from bot.notices.notice_requests import (
    CompletionRequest,
    HandoverRequest,
    LogRequest,
    NoticeRequest,
    PreviewRequest,
    PulseRequest,
    SwitchRequest,
    preview,
    read,
)
from bot.notices.notice_responses import respond
from bot.notices.notice_text import RESPOND
from bot.progress.replies import ACTION as PROGRESS
from bot.progress.request import Request, View
from bot.progress.request_reader import read_request
from bot.storage.work_records import WorkState
from bot.wording.wording import say
from knowledge.known import Known
from knowledge.question import Language


@dataclass(frozen=True, slots=True)
class NoticeHandler:
    """Handles what belongs to the cycle of the year."""

    context: NoticeContext

    def handle(self, message: Message, asker: Asker) -> Handled | None:
        """What the message leads to; None when it is not about the cycle."""
        if message.press is not None and message.press.action == ACTION:
            return self._pressed(message.press, asker)
        if message.press is not None and message.press.action == RESPOND:
            return respond(self.context, asker, message.press.value)
        request = _missing(message, asker, self.context.known())
        if request is not None:
            return secretariat.missing(self.context, asker, request)
        if message.press is not None:
            return None
        calendar, today = self.context.calendar(), asker.at.date()
        said = read(message.text, calendar, today) or deadline_requests.read(message.text, calendar, today)
        return None if said is None else self._said(said, asker)

    def _said(
        self, said: NoticeRequest | DeadlinesRequest | DeadlineMoveRequest, asker: Asker
    ) -> Handled | None:
        context = self.context
        match said:
            case PreviewRequest():
                return refusal(asker, Act.SEND) or secretariat.ahead(context, asker, said)
            case LogRequest():
                return refusal(asker, Act.SEND) or secretariat.log(context, asker)
            case SwitchRequest(on):
                return refusal(asker, Act.SEND) or secretariat.switch(context, asker, on)
            case DeadlineMoveRequest():
                return refusal(asker, Act.KEEP_CALENDAR) or deadline_moves.move(context, asker, said)
            case DeadlinesRequest():
                return deadline_moves.when(context, asker, said)
        return self._of_phase(said, asker)

    def _of_phase(
        self, said: CompletionRequest | HandoverRequest | PulseRequest, asker: Asker
    ) -> Handled | None:
        """What the departments say and ask of a phase's work."""
        match said:
            case CompletionRequest(phase):
                return completion.said(self.context, asker, phase)
            case HandoverRequest(code):
                return handover.said(self.context, asker, code)
            case PulseRequest():
                return pulses.standing(self.context, asker)

    def _pressed(self, press: Press, asker: Asker) -> Handled:
        """A button: what it does, and what with. Whose it is not is refused where it is done."""
        what, *about = press.value.split(":")
        match what, about:
            case (("done" | "undone"), [round, phase, department]):
                state = WorkState.DONE if what == "done" else WorkState.OPEN
                return completion.finish(self.context, asker, (round, phase, department), state)
            case "pulse", [round, phase, department]:
                return pulses.ask(self.context, asker, (round, phase, department))
            case "say", [round, phase, word, subject]:
                return pulses.answered(self.context, asker, round, phase, word, subject)
            case (("pack" | "packs" | "make" | "make_all"), [round, phase, subject]):
                note = dict(press.fields).get("note", "")
                return handover.pressed(self.context, asker, what, round, phase, subject, note)
            case (("move" | "keep"), _):
                refused = refusal(asker, Act.KEEP_CALENDAR)
                return refused or deadline_moves.pressed(self.context, asker, about, press.revision)
        return refusal(asker, Act.SEND) or self._steered(what, about, asker)

    def _steered(self, what: str, about: list[str], asker: Asker) -> Handled:
        """What the secretariat alone does with notices."""
        match what, about:
            case (("start" | "stop"), []):
                return secretariat.switch(self.context, asker, what == "start", is_confirmed=True)
            case "again", [round, phase, department]:
                return secretariat.repeat(self.context, asker, (round, phase, department))
        return told(say("notices/unknown"))


def notices_command(context: NoticeContext) -> Command:
    """What the help shows of it."""

    def does(_message: Message, asker: Asker, language: Language) -> Handled:
        return secretariat.ahead(context, asker, preview(asker.at.date(), language), language)

    return Command(
        ways=("通知の予定",),
        english_ways=("coming notices",),
        shows=say("commands/notices"),
        english_shows=say("commands/notices", "en"),
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
