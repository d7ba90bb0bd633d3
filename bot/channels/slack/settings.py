"""Slack's settings: its tokens, what it may be used for, and the way out to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, cast
from urllib.parse import urlsplit

from bot.settings import SettingsSection
from bot.settings import values as form
from bot.settings.values import Values, is_loopback

Outsiders = Literal["refuse", "ignore", "answer"]

HOME = "https://slack.com/api/"
_PROXY = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How to reach Slack: with `app_token` over Socket Mode, with `signing_secret` over HTTP.

    `follows_threads`: in a thread of ours a question needs no second mention. `outsiders`: what guests and people
    of other workspaces get, a refusal, nothing, or answers about the published plan. `proxy` is gone through on
    the way out; it may name a password.
    """

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_base_url: str | None
    follows_threads: bool = False
    outsiders: Outsiders = "refuse"
    proxy: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Where Slack is."""
        return urlsplit(self.api_base_url or HOME).hostname or ""


def _slack(values: Values) -> SlackSettings | None:
    bot_token, app_token = values.secret("SLACK_BOT_TOKEN"), values.secret("SLACK_APP_TOKEN")
    signing_secret = values.secret("SLACK_SIGNING_SECRET")
    base_url = values.made("SLACK_API_BASE_URL", form.base_url, None)
    follows_threads = values.one_of("KAIKAKU_SLACK_THREADS", "off", "on") == "on"
    outsiders = cast(Outsiders, values.one_of("KAIKAKU_SLACK_OUTSIDERS", "refuse", "ignore", "answer"))
    if bot_token is None:
        for name, value in (("SLACK_APP_TOKEN", app_token), ("SLACK_SIGNING_SECRET", signing_secret)):
            if value is not None:
                values.fault(name, "SLACK_BOT_TOKEN も必要です")
        return None
    if app_token is None and signing_secret is None:
        values.fault(
            "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN (Socket Mode) か SLACK_SIGNING_SECRET (HTTP) も必要です"
        )
    slack = SlackSettings(bot_token, app_token, signing_secret, base_url, follows_threads, outsiders)
    return replace(slack, proxy=_proxy_to(slack.host, values))


def _proxy_to(host: str, values: Values) -> str | None:
    """What the whole machine goes out by, by the names that other programs know too; small letters count as well."""
    given = [values.made(name, form.proxy, None) for name in _PROXY if name in values.given]
    exceptions = values.text("NO_PROXY") or values.text("no_proxy") or ""
    if not given or is_loopback(host) or form.is_excepted(host, exceptions):
        return None
    return given[0]


SECTION = SettingsSection(
    (
        "KAIKAKU_SLACK_THREADS",
        "KAIKAKU_SLACK_OUTSIDERS",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_BASE_URL",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "NO_PROXY",
    ),
    _slack,
    secrets=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
)
