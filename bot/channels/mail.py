"""Letters by mail, as plain text. Only sends: what somebody answers by mail is not read.

The home of smtplib.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from email.message import EmailMessage

from bot.message import Reply
from bot.settings import MailSettings
from reminders.deliver import NotDelivered, Sent
from reminders.letters import Letter

PATIENCE = 30.0
"""Seconds that the server may take for any one answer; well under what a claim allows for a send."""


def sender(mail: MailSettings, page: str) -> Callable[[Letter], Sent]:
    """How letters leave by this server; `page` is the address at which the entry is made."""

    def send(letter: Letter) -> Sent:
        message = message_of(letter, mail.sender, page)
        with closing(_connected(mail)) as server:
            _send(server, message)
            # Once the letter is taken, a leave-taking that goes wrong must not put that in doubt.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        return Sent(message["Message-ID"])

    return send


def message_of(letter: Letter, sender: str, page: str) -> EmailMessage:
    """The letter as mail; its Message-ID is the same whenever it is made anew."""
    reply = Reply.from_json(letter.body or "")
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = f"改革ナビ {reply.heading}".strip()
    message["Message-ID"] = f"<letter-{letter.id}-{letter.day}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{reply.text}\n\n{page}\n", cte="base64")
    return message


def _connected(mail: MailSettings) -> smtplib.SMTP:
    """The server, ready to take mail. Raises NotDelivered: nothing has left yet."""
    try:
        if mail.security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
        try:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user and mail.password:
                server.login(mail.user, mail.password)
        except BaseException:
            server.close()
            raise
    except (OSError, smtplib.SMTPException) as fault:
        raise NotDelivered(f"メールサーバーにつながらない ({type(fault).__name__})") from fault
    return server


def _send(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Raises NotDelivered where the server refused, anything else where it may have taken it."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as fault:
        code = max(code for code, _ in fault.recipients.values())
        raise NotDelivered(f"宛先が受け付けられない ({code})", permanent=code >= 500) from fault
    except smtplib.SMTPResponseException as fault:
        code = fault.smtp_code
        raise NotDelivered(f"メールサーバーが断った ({code})", permanent=code >= 500) from fault
