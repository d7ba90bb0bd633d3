"""An outbox message as mail: plain text in Japanese, with each deadline as a file for the reader's calendar.

Made of the outbox message alone, without a clock or a chance: the same outbox message gives the same mail, by which a repeat is
known for one.
"""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import quote

from bot.channels.mail.calendar_attachment import as_ics
from bot.message import Deadline, Reply
from bot.wording.wording import remind
from reminders.storage.outbox_message import OutboxMessage


class Unwritable(ValueError):
    """The outbox message cannot become mail, as when its address is none."""


def message_of(outgoing: OutboxMessage, sender: str, page: str | None) -> EmailMessage:
    """The outbox message as mail from `sender`; `page` is the address of the page, None where nobody has set one.

    Raises Unwritable.
    """
    reply = Reply.from_json(outgoing.body or "")
    host = sender.rpartition("@")[2]
    message = EmailMessage()
    message["From"] = _address(sender)
    message["To"] = _address(outgoing.address)
    message["Subject"] = " ".join(f"改革ナビ {reply.heading}".split())
    message["Date"] = outgoing.created_at
    message["Message-ID"] = f"<letter-{outgoing.id}.{outgoing.created_at:%Y%m%d%H%M%S%f}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = reply.language
    # Base64 keeps every line short, whatever a relay on the way makes of eight bits.
    message.set_content(_text(reply, page), cte="base64")
    for deadline in reply.deadlines:
        file = as_ics(deadline, host, outgoing.created_at, _link(deadline, page))
        name = f"{deadline.id}.ics"
        message.add_attachment(file, maintype="text", subtype="calendar", filename=name)
        part = list(message.iter_attachments())[-1]
        part.set_param("charset", "utf-8")
        part.set_param("method", "PUBLISH")
    return message


def _address(written: str) -> Address:
    """An address that a mail server without extensions takes: in ASCII, and one alone."""
    try:
        if written.isascii():
            return Address(addr_spec=written)
    except (ValueError, IndexError, MessageError):
        pass  # the parser finds nothing in an empty address, and says so by an IndexError
    raise Unwritable("メールアドレスの形になっていません")


def _text(reply: Reply, page: str | None) -> str:
    to_begin = next((one for one in reply.deadlines if one.begins_with), None)
    return remind(
        "mail",
        reply.language,
        text=reply.text,
        page=page or "",
        entry=_link(to_begin, page) if to_begin else "",
        begins_with=to_begin.begins_with if to_begin else "",
    )


def _link(deadline: Deadline, page: str | None) -> str:
    """Where it is entered, or else the page with what begins it already written where one types."""
    if page and deadline.path:
        return f"{page}{deadline.path}"
    if page and deadline.begins_with:
        return f"{page}/?q={quote(deadline.begins_with)}"
    return page or ""
