"""Slack as a channel in the list: where its tokens are set, it is listened to and sent to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from bot.channels.adapter import ChannelAdapter, Registration, Transport
from bot.channels.slack.settings import SECTION, SlackSettings
from bot.settings import Settings

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.channels.facade import BotFacade
    from bot.channels.slack.connection import RunningSlack
    from bot.channels.slack.members import SlackMembers
    from bot.channels.slack.send import Sender
    from bot.operations.doctor import DoctorFinding
    from knowledge.roster.roster import Person, Roster

EmailOf = Callable[[str], str]
"""The mail address of somebody whom Slack knows by that id; empty where it tells none."""


def set_up(settings: Settings) -> ChannelAdapter:
    """By its tokens."""
    slack = settings.of(SlackSettings)
    if slack is None:
        return ChannelAdapter(usage="使いません (SLACK_BOT_TOKEN がありません)", identify=identify)
    parts = SlackParts(settings, slack)
    return ChannelAdapter(
        usage=f"使います ({'Socket Mode' if slack.app_token else 'HTTP'})",
        identify=parts.identify,
        transport=lambda: Transport(parts.sender.send, parts.sender.look),
        host=slack.host,
        start=parts.start,
        findings=parts.findings,
    )


class SlackParts:
    """What is made once and when it is first needed: with it comes the SDK, which takes its time to load."""

    def __init__(self, settings: Settings, slack: SlackSettings) -> None:
        self._settings, self._slack = settings, slack

    @cached_property
    def members(self) -> SlackMembers:
        """Who is on Slack."""
        from bot.channels.slack.members import SlackMembers

        return SlackMembers.of(self._slack)

    @cached_property
    def client(self) -> WebClient:
        """What calls Slack."""
        from bot.channels.slack.client import web_client

        return web_client(self._slack)

    @cached_property
    def sender(self) -> Sender:
        """What leaves goes by this one, which knows when Slack wants to be left alone."""
        from bot.channels.slack.send import Sender

        return Sender(self.client, self._settings.file)

    def identify(self, roster: Roster, user: str) -> Person | None:
        """By the id on Slack, or by the mail address that Slack tells."""
        return identify(roster, user, self._email_of)

    def start(self, facade: BotFacade) -> RunningSlack:
        """Connect, and listen."""
        from bot.channels.slack.connection import RunningSlack

        return RunningSlack(self._slack, self.client, facade, self.members, self.sender)

    def findings(self) -> Iterable[DoctorFinding]:
        """What the doctor sees of it."""
        from bot.channels.slack.doctor_checks import slack_findings

        return slack_findings(self._settings)

    def _email_of(self, user: str) -> str:
        return self.members.email_of(user) if self._settings.may_reach(self._slack.host) else ""


def identify(roster: Roster, user: str, email_of: EmailOf | None = None) -> Person | None:
    """The person of that Slack id, or of the mail address that Slack knows them by."""
    from knowledge.roster.roster import Channel

    found = roster.person_at(Channel.SLACK, user)
    if found is not None or email_of is None:
        return found
    email = email_of(user)
    return roster.person_at(Channel.MAIL, email) if email else None


SLACK = Registration(("slack",), "Slack", set_up, section=SECTION)
