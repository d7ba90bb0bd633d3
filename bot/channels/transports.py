"""The transports by which outbox messages leave: which are set, and which may be used on a day that was given."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.settings.values import is_loopback
from knowledge.roster.roster import Channel
from reminders.delivery import Send


def mail_transports(settings: Settings) -> dict[str, Send]:
    """Mail, where its server is set and may be used."""
    if settings.mail is None:
        return {}
    from bot.channels.mail.send import MailTransport  # what it needs costs a conversation too much time

    return allowed(settings, {Channel.MAIL.value: MailTransport(settings.mail, settings.public_url)})


def allowed(settings: Settings, send: Mapping[str, Send]) -> dict[str, Send]:
    """The transports that may be used: on a given day only such as stay on this machine."""
    if settings.today is None:
        return dict(send)
    return {name: transport for name, transport in send.items() if is_loopback(_host(settings, name))}


def page_of(settings: Settings) -> str:
    """Where people find the page."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url or f"http://{host}:{settings.port}"


def _host(settings: Settings, channel: str) -> str:
    match channel:
        case Channel.SLACK if settings.slack is not None:
            return urlsplit(settings.slack.api_base_url or "").hostname or ""
        case Channel.MAIL if settings.mail is not None:
            return settings.mail.host
    return ""
