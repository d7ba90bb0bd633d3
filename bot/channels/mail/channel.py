"""Mail as a channel in the list: where its server is set, notices leave by it. Nothing is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.adapter import ChannelAdapter, Registration, Transport
from bot.channels.mail.settings import SECTION, MailSettings
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge.roster.roster import Person, Roster


def set_up(settings: Settings) -> ChannelAdapter:
    """By the settings of its server."""
    mail = settings.of(MailSettings)
    if mail is None:
        return ChannelAdapter(usage="使いません (SMTP_HOST がありません)", identify=identify)

    def transport() -> Transport:
        from bot.channels.mail.send import MailTransport

        return Transport(MailTransport(mail, settings.public_url))

    usage = f"{mail.host}:{mail.port} から送ります"
    return ChannelAdapter(usage=usage, identify=identify, transport=transport, host=mail.host)


def identify(roster: Roster, sender: str) -> Person | None:
    """By the mail address in the roster."""
    from knowledge.roster.roster import Channel

    return roster.person_at(Channel.MAIL, sender)


MAIL = Registration(("mail",), "メール", set_up, section=SECTION)
