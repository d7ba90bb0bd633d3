"""Outbox messages on their way to Slack: posted once, found again by what each carries, and never shown to the wrong people."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import log
from bot.channels.slack.client import OF_A_PERSON, PLACE_GONE, TOO_MUCH, TROUBLE, delivered, error_of
from bot.channels.slack.destination import Destination
from bot.channels.slack.message_search import carrying, found
from bot.channels.slack.plain_text import escaped, parts
from bot.channels.slack.render import SlackPost, lesser_ways, picture_of, posts
from bot.message import Chart, Reply
from bot.progress.chart import png
from bot.wording.wording import say
from reminders.delivery import NotDelivered, Sent
from reminders.storage.outbox_message import OutboxMessage

LONGEST_PLAIN = 12_000


class Sender:
    """Sends outbox messages and looks for doubtful ones. `file` gives where a reply's file lies.

    Remembers which blocks the workspace does not take, and until when Slack wants to be left alone.
    """

    def __init__(self, client: WebClient, file: Callable[[str], Path | None]) -> None:
        self._client = client
        self._file = file
        self.without: frozenset[str] = frozenset()
        self._opened: dict[str, str] = {}
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def send(self, outgoing: OutboxMessage) -> Sent:
        """Post an outbox message where it belongs. Raises NotDelivered, or anything else where it may have arrived."""
        self._keep_resting()
        place, reply = Destination.at(outgoing.address), reply_in(outgoing)
        try:
            if reply.is_confidential and place.way == "open":
                return self._confidentially(outgoing, place, reply)
            return self._openly(outgoing, place, reply)
        except NotDelivered as fault:
            self._rest(fault)
            raise

    def look(self, outgoing: OutboxMessage) -> Sent | None:
        """Whether a doubtful message is there; None when it certainly is not. Raises what leaves it doubtful.

        Where nobody may look (an ephemeral word, a channel whose history is not ours to read) it goes to the
        asker's direct messages, where it can be found: rather there as well than nowhere.
        """
        self._keep_resting()
        try:
            return self._looked_for(outgoing, Destination.at(outgoing.address), reply_in(outgoing))
        except NotDelivered as fault:
            self._rest(fault)
            raise

    def _looked_for(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Sent | None:
        if place.way == "own" or (place.way == "open" and not reply.is_confidential):
            try:
                return self._found(place, outgoing)
            except SlackApiError as fault:
                if place.way == "own" or error_of(fault) not in PLACE_GONE | {"missing_scope"}:
                    raise
        there = self._found(place.own, outgoing)
        if there is not None or (place.way == "open" and reply.is_confidential):
            return there
        return self._instead(outgoing, place, reply)

    def _openly(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Sent:
        try:
            if reply.file is not None:
                self._share_file(place.own if place.way == "aside" else place, reply)
            sent = self._post(outgoing, place, reply)
        except NotDelivered as fault:
            cause = fault.__cause__
            if place.way == "own" or cause is None or error_of(cause) not in PLACE_GONE:
                raise
            return self._instead(outgoing, place, reply)
        return sent

    def _instead(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Sent:
        """To the asker's own messages, saying why it comes there."""
        note = say("slack/not_postable", reply.language)
        return self._post(outgoing, place.own, replace(reply, notes=(note, *reply.notes)))

    def _confidentially(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Sent:
        """The reply to the asker alone; where it was asked, only that it went there."""
        sent = self._found(place.own, outgoing) if outgoing.attempts > 1 else None
        if sent is None:
            if reply.file is not None:
                self._share_file(place.own, reply)
            sent = self._post(outgoing, place.own, reply)
        words = say("slack/answered_in_dm", reply.language)
        self._post(outgoing, place, Reply(words))
        return sent

    def _post(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Sent:
        post = posts(reply, outgoing.id, self.without)[0]
        try:
            response = self._call(outgoing, place, post)
        except NotDelivered as fault:
            if fault.__cause__ is None or error_of(fault.__cause__) not in TOO_MUCH:
                raise
            response = self._post_less(outgoing, place, reply)
        chart = picture_of(reply, self.without)
        if chart is not None and place.way != "aside":
            self._share_picture(chart, str(response.get("channel") or place.channel), place.thread)
        return Sent(f"{response.get('channel', '')}/{response.get('ts') or response.get('message_ts', '')}")

    def _post_less(self, outgoing: OutboxMessage, place: Destination, reply: Reply) -> Any:
        """What a workspace may refuse shown in an older way; at last the words alone."""
        for without in lesser_ways(reply, self.without):
            try:
                response = self._call(outgoing, place, posts(reply, outgoing.id, without)[0])
            except NotDelivered as fault:
                if fault.__cause__ is None or error_of(fault.__cause__) not in TOO_MUCH:
                    raise
            else:
                self.without = without
                return response
        log.warn("slack refused blocks", letter=outgoing.id)
        words = list(parts(reply.text, LONGEST_PLAIN))
        text = words[0] if len(words) == 1 else f"{words[0]}…"
        return self._call(outgoing, place, SlackPost(escaped(text), ()))

    def _call(self, outgoing: OutboxMessage, place: Destination, post: SlackPost) -> Any:
        said: dict[str, Any] = {
            "channel": self._channel_of(place),
            "text": post.text,
            "blocks": list(post.blocks),
            "thread_ts": place.thread or None,
        }
        if place.way == "aside":
            return delivered(lambda: self._client.chat_postEphemeral(user=place.user, **said))
        metadata = carrying(name_of(outgoing))
        return delivered(
            lambda: self._client.chat_postMessage(
                metadata=metadata, unfurl_links=False, unfurl_media=False, **said
            )
        )

    def _share_file(self, place: Destination, reply: Reply) -> None:
        """The file before the message that speaks of it: what is sent twice is then the file, which harms less."""
        assert reply.file is not None
        path = self._file(reply.file.path)
        if path is None:
            raise NotDelivered("添付するファイルがありません", permanent=True)
        name = reply.file.name
        self._upload(place.channel, place.thread, name, path.read_bytes())

    def _share_picture(self, chart: Chart, channel: str, thread: str) -> None:
        """Every figure of it has been said already, so that a failure here costs nobody an answer."""
        try:
            self._upload(channel, thread, "chart.png", png(chart), title=chart.title)
        except (NotDelivered, *TROUBLE) as fault:
            log.warn("no picture", trouble=type(fault).__name__)

    def _upload(self, channel: str, thread: str, name: str, content: bytes, title: str = "") -> None:
        to = self._channel_of(Destination(channel))
        delivered(
            lambda: self._client.files_upload_v2(
                channel=to, thread_ts=thread or None, filename=name, title=title or name, content=content
            )
        )

    def _found(self, place: Destination, outgoing: OutboxMessage) -> Sent | None:
        channel = self._channel_of(place)
        ts = found(self._client, channel, place.thread, name_of(outgoing), outgoing.created_at)
        return None if ts is None else Sent(f"{place.channel}/{ts}")

    def _channel_of(self, place: Destination) -> str:
        """Slack's id of the conversation; a person's is that of their direct messages, opened once."""
        user = place.channel
        if not user.startswith(("U", "W")):
            return user
        with self._lock:
            channel = self._opened.get(user)
        if channel is None:
            channel = self._open_for(user)
            with self._lock:
                self._opened[user] = channel
        return channel

    def _open_for(self, user: str) -> str:
        try:
            opened = delivered(lambda: self._client.conversations_open(users=[user]))
        except NotDelivered as fault:
            if fault.__cause__ is not None and error_of(fault.__cause__) in OF_A_PERSON and self._is_let_in():
                raise NotDelivered(str(fault), permanent=True) from fault
            raise
        return str(opened["channel"]["id"])

    def _is_let_in(self) -> bool:
        """Whether Slack still takes our token; what it refuses then is about somebody else."""
        try:
            self._client.auth_test()
        except TROUBLE:
            return False
        return True

    def _rest(self, fault: NotDelivered) -> None:
        if fault.retry_after is not None:
            with self._lock:
                self._rests_until = time.monotonic() + fault.retry_after.total_seconds()

    def _keep_resting(self) -> None:
        """Other outbox messages are not tried either while Slack wants to be left alone."""
        with self._lock:
            left = self._rests_until - time.monotonic()
        if left > 0:
            raise NotDelivered("Slack が混んでいます", retry_after=timedelta(seconds=left))


def reply_in(outgoing: OutboxMessage) -> Reply:
    """The reply that an outbox message carries; a notice may carry bare words."""
    body = outgoing.body or ""
    return Reply.from_json(body) if body.startswith("{") else Reply(body)


def name_of(outgoing: OutboxMessage) -> str:
    """What an outbox message is known by for ever: what it answers, or what is said to whom on which day."""
    return outgoing.in_reply_to or f"{outgoing.kind}:{outgoing.recipient}:{outgoing.day}"
