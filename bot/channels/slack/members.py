"""Who somebody on Slack is: the mail address that the roster may know, and whether they belong to the workspace."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from slack_sdk import WebClient

from bot import log
from bot.channels.slack.client import TROUBLE, web_client
from bot.channels.slack.settings import SlackSettings

TIMEOUT = 2
"""Seconds: it is asked before a message is acknowledged."""

KEPT = 600.0
KEPT_UNKNOWN = 30.0
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class SlackMember:
    """A person on Slack. An outsider is a guest, a bot or of another workspace.

    `teams` are the workspaces that somebody of an organisation (Enterprise Grid) belongs to.
    """

    email: str = ""
    is_outsider: bool = False
    teams: frozenset[str] = frozenset()


UNKNOWN = SlackMember()
"""One of whom Slack could not be asked: a stranger, who may ask about the published plan."""


@dataclass(frozen=True, slots=True)
class OwnWorkspace:
    """The workspace that the bot belongs to, and the organisation that the workspace belongs to, if any."""

    team: str | None = None
    enterprise: str | None = None


class SlackMembers:
    """Slack's members, each asked for at most every ten minutes. Calls may come from any thread."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._kept: dict[str, tuple[float, SlackMember]] = {}
        self._lock = threading.Lock()

    @classmethod
    def of(cls, slack: SlackSettings) -> SlackMembers:
        return cls(web_client(slack, TIMEOUT))

    def email_of(self, user: str) -> str:
        """The mail address, or nothing where there is none."""
        return self.member(user).email

    def member(self, user: str) -> SlackMember:
        """The person of that Slack id."""
        now = time.monotonic()
        with self._lock:
            until, member = self._kept.get(user, (0.0, UNKNOWN))
        if now < until:
            return member
        member, kept = self._asked(user)
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[user] = (now + kept, member)
        return member

    def is_outsider(self, user: str, team: str, own: OwnWorkspace) -> bool:
        """Whether somebody who speaks from that workspace or organisation is none of ours."""
        member = self.member(user)
        is_ours = not team or not own.team or team in (own.team, own.enterprise) or own.team in member.teams
        return member.is_outsider or not is_ours

    def _asked(self, user: str) -> tuple[SlackMember, float]:
        try:
            found = self._client.users_info(user=user)["user"]
        except TROUBLE as fault:
            log.warn("slack member unknown", trouble=type(fault).__name__)
            return UNKNOWN, KEPT_UNKNOWN
        marks = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
        is_outsider = any(found.get(mark) for mark in marks)
        teams = frozenset((found.get("enterprise_user") or {}).get("teams") or ())
        return SlackMember((found.get("profile") or {}).get("email") or "", is_outsider, teams), KEPT
