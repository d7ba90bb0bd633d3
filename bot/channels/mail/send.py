"""The mail server, and what its every answer means for an outbox message: it left, it was refused, or nobody knows.

The home of smtplib.
"""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT

from bot.channels.mail.render import Unwritable, message_of
from bot.channels.mail.settings import MailSettings
from reminders.delivery import NotDelivered, Sent
from reminders.storage.outbox_message import OutboxMessage

PATIENCE = 6.0
"""Seconds that the server may take for any one answer."""

PATIENCE_AT_THE_END = 30.0
"""Seconds that it may take to ask for a text, and to accept it. All together stay within what a claim allows."""

REST = timedelta(minutes=1)
"""How long a server that is in trouble is left alone, by every outbox message."""


class MailTransport:
    """Sends outbox messages by one server; `page` is the address of the page, None where nobody has set one."""

    def __init__(self, mail: MailSettings, page: str | None) -> None:
        self._mail = mail
        self._page = page
        self._rests_until = 0.0

    def __call__(self, outgoing: OutboxMessage) -> Sent:
        """Send it. Raises NotDelivered; anything else means that it may have arrived."""
        try:
            message = message_of(outgoing, self._mail.sender, self._page)
        except Unwritable as fault:
            raise NotDelivered(str(fault), permanent=True) from fault
        if time.monotonic() < self._rests_until:
            raise NotDelivered("メールサーバーの回復を待っている", retry_after=REST)
        with self._connected() as server:
            _offer(server, self._mail.sender, outgoing.address)
            _hand_over(server, message)
            # Once the outbox message is taken, a leave-taking that goes wrong must not put that in doubt.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        return Sent(message["Message-ID"])

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """The server, ready to take mail. Raises NotDelivered: nothing has left yet."""
        try:
            server = _opened(self._mail)
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            self._rests_until = time.monotonic() + REST.total_seconds()
            raise NotDelivered(f"メールサーバーを使えない ({_words(fault)})", retry_after=REST) from fault
        try:
            yield server
        finally:
            server.close()


def _opened(mail: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=mail.ca_file) if mail.security != "none" else None
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if mail.user and mail.password:
            server.login(mail.user, mail.password)
    except BaseException:
        server.close()
        raise
    return server


def _offer(server: smtplib.SMTP, sender: str, to: str) -> None:
    """Say from whom and to whom. Raises NotDelivered, whatever goes wrong: no text has left.

    That the server will not have the sender says nothing against the recipient.
    """
    try:
        code, _ = server.mail(sender)
        _hold(code, 250, "差出人が受け付けられない", permanent=False)
        code, _ = server.rcpt(to)
        _hold(code, 250, "宛先が受け付けられない", permanent=code >= 500)
    except (OSError, smtplib.SMTPException) as fault:
        raise NotDelivered(f"メールサーバーとの接続が切れた ({_words(fault)})") from fault


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Raises NotDelivered where the server refused the text; any other fault leaves it open who has it."""
    assert server.sock is not None, "an address was just accepted over it"
    server.sock.settimeout(PATIENCE_AT_THE_END)
    try:
        code, _ = server.data(message.as_bytes(policy=AS_SENT))
    except smtplib.SMTPDataError as fault:
        code = fault.smtp_code
    _hold(code, 250, "本文が受け付けられない", permanent=code >= 500)


def _hold(code: int, wanted: int, words: str, *, permanent: bool) -> None:
    if code // 10 != wanted // 10:
        raise NotDelivered(f"{words} ({code})", permanent=permanent)


def _words(fault: Exception) -> str:
    """The fault without what the server wrote, which may quote what we said."""
    code = fault.smtp_code if isinstance(fault, smtplib.SMTPResponseException) else ""
    return f"{type(fault).__name__} {code}".strip()
