"""Carrier pigeons as a channel in the list: they bring notes to /pigeon, and take slips of paper home."""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.adapter import (
    AsgiReceive,
    AsgiSend,
    ChannelAdapter,
    Registration,
    Scope,
    ServerApp,
    Transport,
)
from bot.channels.facade import BotFacade
from bot.operations.doctor import DoctorFinding
from bot.settings import Settings
from knowledge.roster.roster import Channel, Person, Roster
from tests.bot.channels.pigeon.receive import message_of
from tests.bot.channels.pigeon.send import Pigeons
from tests.bot.channels.pigeon.settings import SECTION, PigeonSettings


def set_up(settings: Settings) -> ChannelAdapter:
    """By where its loft is."""
    given = settings.of(PigeonSettings)
    if given is None:
        return ChannelAdapter(usage="使いません (KAIKAKU_PIGEON_LOFT がありません)")
    pigeons = Pigeons(given.loft)

    def findings() -> Iterable[DoctorFinding]:
        is_there = given.loft.is_dir()
        yield DoctorFinding(
            "ok" if is_there else "wrong", "ハト", "鳩舎があります" if is_there else "鳩舎がありません"
        )

    return ChannelAdapter(
        usage=f"{given.loft} へ飛ばします",
        identify=identify,
        transport=lambda: Transport(pigeons.send, pigeons.look),
        host=given.host,
        start=lambda facade: RunningPigeons(facade, pigeons),
        findings=findings,
    )


def identify(roster: Roster, sender: str) -> Person | None:
    """People write their mail address on the note."""
    return roster.person_at(Channel.MAIL, sender)


class RunningPigeons:
    """Takes notes in at /pigeon: kept first, then acknowledged and worked on."""

    def __init__(self, facade: BotFacade, pigeons: Pigeons) -> None:
        self._facade, self._pigeons = facade, pigeons
        self._work = ThreadPoolExecutor(1)

    def over_http(self, others: ServerApp) -> ServerApp:
        async def serve(scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
            if scope["type"] != "http" or scope["path"] != "/pigeon":
                await others(scope, receive, send)
                return
            message = message_of(json.loads(await Request(scope, receive).body()))
            if message is not None:
                received = await run_in_threadpool(self._facade.receive, message)
                self._work.submit(self._facade.answer, received, self._pigeons.send)
            await Response(status_code=202)(scope, receive, send)

        return serve

    def stop(self) -> None:
        self._work.shutdown(wait=True)


PIGEON = Registration(("pigeon",), "ハト", set_up, section=SECTION)
