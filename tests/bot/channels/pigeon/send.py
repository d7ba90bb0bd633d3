"""Slips of paper on their way to a loft."""

from pathlib import Path

from bot.message import Reply
from reminders.delivery import NotDelivered, Sent
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.channels.pigeon.render import slip


class Pigeons:
    """Each flies to `loft`, with the number of its outbox message on its ring."""

    def __init__(self, loft: Path) -> None:
        self._loft = loft

    def send(self, outgoing: OutboxMessage) -> Sent:
        """Raises NotDelivered where no pigeon finds home."""
        if not self._loft.is_dir():
            raise NotDelivered("鳩舎がない")
        self._slip(outgoing).write_text(slip(Reply.from_json(outgoing.body or "")), encoding="utf-8")
        return Sent(self._slip(outgoing).name)

    def look(self, outgoing: OutboxMessage) -> Sent | None:
        """Whether it has come home."""
        return Sent(self._slip(outgoing).name) if self._slip(outgoing).exists() else None

    def _slip(self, outgoing: OutboxMessage) -> Path:
        return self._loft / f"{outgoing.id}.{outgoing.address}.txt"
