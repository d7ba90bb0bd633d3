"""Calls to Slack's Web API, and what their failures mean for an outbox message."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import log
from bot.channels.slack.settings import SlackSettings
from reminders.delivery import NotDelivered

T = TypeVar("T")

TIMEOUT = 15
"""Seconds for one call; an outbox message takes a few, and all of them less than its claim."""

TROUBLE = (SlackClientError, OSError)
"""What a call raises when Slack refuses it or cannot be reached."""

BUSY = frozenset({"ratelimited", "rate_limited", "service_unavailable", "message_limit_exceeded"})
LOCKED_OUT = frozenset(
    [
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "missing_scope",
        "no_permission",
    ]
)
"""Nothing arrives before an administrator has been there."""

OF_A_PERSON = frozenset(["account_inactive"])
"""What Slack says of a token of ours that was ended, and also of somebody who is no longer there."""

PLACE_GONE = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "user_not_in_channel",
        "is_archived",
        "thread_not_found",
        "cannot_reply_to_message",
        "messages_tab_disabled",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
    }
)
"""What was asked cannot be answered where it was asked."""

TOO_MUCH = frozenset(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"])
UNCERTAIN = frozenset({"internal_error", "fatal_error", "request_timeout"})

LOCKED_OUT_FOR = timedelta(minutes=30)
RATE_LIMITED_FOR = 30


def web_client(slack: SlackSettings, timeout: int = TIMEOUT) -> WebClient:
    """A client that never repeats a call by itself: whether a call that broke off arrived is not known."""
    client = WebClient(
        slack.bot_token,
        base_url=slack.api_base_url or WebClient.BASE_URL,
        timeout=timeout,
        retry_handlers=[],
        logger=quiet_logger(),
    )
    # Not by its argument, without which the SDK would ask the environment by rules of its own.
    client.proxy = slack.proxy
    return client


class _Quiet(logging.Handler):
    """The library's warnings as lines of ours: where it stumbled, never its words, which may quote a person."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warn("slack library", place=f"{record.module}:{record.lineno} {record.funcName}")


def quiet_logger() -> logging.Logger:
    """The logger that Bolt and the SDK are given."""
    logger = logging.getLogger("kaikaku.slack")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.handlers[:] = [_Quiet()]
    return logger


def error_of(fault: BaseException) -> str:
    """Slack's own name for what was wrong; empty where there is none."""
    if not isinstance(fault, SlackApiError):
        return ""
    data = getattr(fault.response, "data", fault.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def delivered(call: Callable[[], T]) -> T:
    """What the call gives; what certainly did not arrive is NotDelivered, any other failure is a doubt."""
    try:
        return call()
    except SlackApiError as fault:
        raise _meaning(fault) from fault
    except URLError as fault:
        if isinstance(fault.reason, ConnectionRefusedError | socket.gaierror):
            raise NotDelivered("Slack に接続できません") from fault
        if str(fault.reason).startswith("Tunnel connection failed"):
            raise NotDelivered("プロキシが Slack への接続を断りました") from fault
        raise


def busy(fault: SlackApiError) -> NotDelivered | None:
    """What it means where Slack wants to be left alone; None where it is something else."""
    if getattr(fault.response, "status_code", 200) == 429 or error_of(fault) in BUSY:
        return NotDelivered("Slack が混んでいます", retry_after=_patience(fault))
    return None


def _meaning(fault: SlackApiError) -> Exception:
    error, status = error_of(fault), getattr(fault.response, "status_code", 200)
    if (rest := busy(fault)) is not None:
        return rest
    if error in LOCKED_OUT:
        return NotDelivered(f"Slack に断られました ({error})", retry_after=LOCKED_OUT_FOR)
    # An answer that is no JSON comes back as an error in whole sentences.
    if status >= 500 or error in UNCERTAIN or " " in error or not error:
        return fault
    return NotDelivered(f"Slack に断られました ({error})", permanent=True)


def _patience(fault: SlackApiError) -> timedelta:
    headers = {name.lower(): value for name, value in getattr(fault.response, "headers", {}).items()}
    seconds = str(headers.get("retry-after", RATE_LIMITED_FOR))
    return timedelta(seconds=int(seconds) if seconds.isdigit() else RATE_LIMITED_FOR)
