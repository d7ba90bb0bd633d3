"""What was received worked on: plain words, buttons and forms, each with what it shows besides its message."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.channels.facade import BotFacade
from bot.channels.slack import limits
from bot.channels.slack.background import start
from bot.channels.slack.destination import Destination
from bot.channels.slack.ephemeral import whisper
from bot.channels.slack.homes import Homes
from bot.channels.slack.modals import Answer, Modals
from bot.channels.slack.open_forms import OpenForms, is_from_form
from bot.channels.slack.plain_text import shortened
from bot.channels.slack.progress_message import ProgressMessages
from bot.channels.slack.receive import CHANNEL, Payload
from bot.channels.slack.send import Sender, reply_in
from bot.conversation.conversation import Delayed
from bot.conversation.dispatch import ASK
from bot.message import Message, Reply
from bot.storage.database_fault import DatabaseFault
from bot.storage.inbox import Received
from bot.wording.language import language_of
from bot.wording.wording import say

A_SECOND_CLICK = timedelta(seconds=10)
MOST_TOLD = 10_000


class SlackHandler:
    """Calls may come from any thread; `looks` is where what is only shown is done beside."""

    def __init__(
        self, client: WebClient, facade: BotFacade, sender: Sender, homes: Homes, looks: ThreadPoolExecutor
    ) -> None:
        self._client, self._facade, self._sender = client, facade, sender
        self._homes, self._looks = homes, looks
        self.forms = OpenForms()
        self.modals = Modals(client, facade, self.forms)
        self.patience = ProgressMessages(client)
        self._told: set[str] = set()

    def keep(self, message: Message, body: Payload) -> Received:
        """Keep it. A button without a revision leads on anew when it is pressed again later."""
        received = self._facade.receive(message)
        press, actions = message.press, body.get("actions")
        if not actions or press is None or press.action == ASK or press.revision is not None:
            return received
        if not self._is_over(received):
            return received
        moment = int(float(actions[0]["action_ts"]) / A_SECOND_CLICK.total_seconds())
        return self._facade.receive(replace(message, key=f"{message.key}:{moment}"))

    def not_kept(self, message: Message, fault: DatabaseFault) -> None:
        """Tell whoever said what could not be kept; it may be said again, by them or by Slack."""
        start(self._looks, lambda: self._tell(message, str(fault)))

    def to_words(self, received: Received) -> None:
        """A mention, a direct message, a command."""
        self._answer(received, lambda _reply: False)
        self._name_thread(received)

    def to_press(self, received: Received, body: Payload) -> None:
        """A button: first the modal that it opens or stands in, since the time for that runs out."""

        def show(reply: Reply) -> bool:
            self._show_modal(body, reply)
            return False

        self._answer(received, show)

    def to_form(self, received: Received, body: Payload, answer: Future[Answer]) -> None:
        """A sent modal: `answer` is what it is answered with, unless nobody waits for that any more."""

        def show(reply: Reply) -> bool:
            shown = self.modals.acknowledgement(body, reply)
            if not answer.set_running_or_notify_cancel():
                return False
            answer.set_result(shown)
            return bool(shown)

        self._answer(received, show)

    def to_press_again(self, received: Received, body: Payload) -> None:
        """A second click is nothing; whoever presses again later gets the form again, or hears where the reply is."""
        if not self._is_over(received):
            return
        outgoing = self._facade.outgoing(received.outgoing or 0)
        reply = reply_in(outgoing) if outgoing is not None and outgoing.body else None
        if reply is not None and reply.form is not None:
            self._show_modal(body, reply)
        else:
            words = say("slack/answered_before", reply.language if reply else "ja")
            whisper(self._client, Destination.at(received.message.place), words)

    def _answer(self, received: Received, show: Callable[[Reply], bool]) -> None:
        user = received.message.sender or ""

        def shown(reply: Reply) -> bool:
            if self._homes.is_outdated(user, reply):
                start(self._looks, lambda: self._homes.put_up(user))
            return show(reply)

        try:
            with self.patience.asked_of(Destination.at(received.message.place)):
                self._facade.answer(received, self._sender.send, shown)
        except Delayed:
            self._tell(received.message, say("slack/delayed", language_of(received.message.text)))
            raise

    def _tell(self, message: Message, words: str) -> None:
        """Once for a message, however often Slack repeats it."""
        if message.key in self._told:
            return
        if len(self._told) >= MOST_TOLD:
            self._told.clear()
        self._told.add(message.key)
        whisper(self._client, Destination.at(message.place), words)

    def _show_modal(self, body: Payload, reply: Reply) -> None:
        if is_from_form(body):
            self.modals.after_button(body, reply)
        else:
            self.modals.after_press(body, reply)

    def _name_thread(self, received: Received) -> None:
        """A thread of the assistant's pane is called by what was asked in it first."""
        message, place = received.message, Destination.at(received.message.place)
        if place.way != "own" or not place.thread or not self._is_first(message.conversation):
            return
        title = shortened(message.text, limits.THREAD_TITLE)
        try:
            self._client.assistant_threads_setTitle(
                channel_id=place.channel, thread_ts=place.thread, title=title
            )
        except SlackApiError:
            # A thread of ordinary direct messages has no title.
            return

    def _is_first(self, conversation: str) -> bool:
        """Whether only one thing has been said in that conversation."""
        return len(self._facade.exchanges(CHANNEL, conversation, 2)) == 1

    def _is_over(self, received: Received) -> bool:
        """Whether it was answered so long ago that this is no second click."""
        outgoing = self._facade.outgoing(received.outgoing) if received.outgoing is not None else None
        return outgoing is not None and self._facade.now() - outgoing.created_at > A_SECOND_CLICK
