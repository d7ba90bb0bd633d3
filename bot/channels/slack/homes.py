"""The Home of each person and the assistant's pane: put up when opened, the Home again when something has changed."""

from __future__ import annotations

import threading

from slack_sdk import WebClient

from bot.channels.facade import BotFacade
from bot.channels.slack.home import home_view, prompts
from bot.channels.slack.receive import CHANNEL
from bot.message import Reply
from bot.wording.wording import say

CHANGING = frozenset({"evaluation"})
"""Kinds of replies after which somebody may have other things to do than before."""

MOST_REMEMBERED = 10_000


class Homes:
    """Calls may come from any thread. Who has opened a Home is known until the end of the process."""

    def __init__(self, client: WebClient, facade: BotFacade) -> None:
        self._client, self._facade = client, facade
        self._opened: set[str] = set()
        self._lock = threading.Lock()
        self._turns = [threading.Lock() for _ in range(8)]

    def put_up(self, user: str, asked: str = "") -> None:
        """The Home as it is now; `asked` is what was just asked from it."""
        with self._lock:
            if len(self._opened) >= MOST_REMEMBERED:
                self._opened.clear()
            self._opened.add(user)
        facade = self._facade
        # One after the other, or an older look at the work could be put up over a newer one.
        with self._turns[hash(user) % len(self._turns)]:
            person = facade.identify(CHANNEL, user)
            own = facade.overview(person.id) if person is not None else None
            view = home_view(facade.edition(), self._examples(), facade.now().date(), asked, own)
            self._client.views_publish(user_id=user, view=view)

    def is_outdated(self, user: str, reply: Reply) -> bool:
        """Whether that person has a Home on which the reply's change is to be seen."""
        with self._lock:
            return reply.kind in CHANGING and user in self._opened

    def suggest(self, channel: str, thread: str) -> None:
        """Questions for the season in the assistant's pane."""
        facade = self._facade
        self._client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            thread_ts=thread,
            title=say("slack/prompts_title"),
            prompts=prompts(facade.edition(), self._examples(), facade.now().date()),
        )

    def _examples(self) -> list[str]:
        return [one.question for one in self._facade.examples()]
