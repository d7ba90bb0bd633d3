"""A note that a pigeon brought as a Message."""

from collections.abc import Mapping

from bot.message import Message


def message_of(note: Mapping[str, str]) -> Message | None:
    """What was written; None where a pigeon came without a note. The same pigeon brings the same note."""
    if not note.get("text"):
        return None
    sender = note["from"]
    return Message("pigeon", f"flight-{note['flight']}", sender, sender, note["text"], sender)
