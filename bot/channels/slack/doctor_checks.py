"""What the doctor looks at on Slack: the tokens, the scopes they carry, the manifest against what the code listens to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.channels.slack.client import TROUBLE, error_of, web_client
from bot.channels.slack.listeners import COMMAND, EVENTS, LOOK_UP_CODES
from bot.channels.slack.settings import SlackSettings
from bot.operations.doctor import DoctorFinding
from bot.settings import Settings

SUBJECT = "Slack"
MANIFEST = Path(__file__).with_name("manifest.json")
FOR_THREADS = ("channels:history", "groups:history")
_TIMEOUT = 5


def slack_findings(settings: Settings) -> list[DoctorFinding]:
    """What there is to say about Slack; nothing where it is not used."""
    slack = settings.of(SlackSettings)
    if slack is None:
        return []
    found = list(manifest_findings(json.loads(MANIFEST.read_text(encoding="utf-8"))))
    if not settings.may_reach(slack.host):
        words = "KAIKAKU_TODAY が指定されているため、Slack には接続しません。"
        return [*found, DoctorFinding("warning", SUBJECT, words)]
    client = web_client(slack, _TIMEOUT)
    if slack.proxy is not None:
        way = urlsplit(slack.proxy)
        found.append(DoctorFinding("ok", SUBJECT, f"プロキシ {way.hostname}:{way.port or 80} を通ります"))
    return [*found, *_token_findings(client, slack), *_line_findings(client, slack)]


def manifest_findings(manifest: Any) -> Iterator[DoctorFinding]:
    """Where the manifest and the code do not know the same events, command and shortcut."""
    events = {one.partition(".")[0] for one in manifest["settings"]["event_subscriptions"]["bot_events"]}
    commands = {one["command"] for one in manifest["features"]["slash_commands"]}
    shortcuts = {one["callback_id"] for one in manifest["features"]["shortcuts"]}
    differing = sorted((events ^ set(EVENTS)) | (commands ^ {COMMAND}) | (shortcuts ^ {LOOK_UP_CODES}))
    if differing:
        yield DoctorFinding(
            "wrong", SUBJECT, f"manifest.json とプログラムが合っていません: {'、'.join(differing)}"
        )


def scopes_of(manifest: Any) -> set[str]:
    """The scopes that the manifest asks for."""
    return set(manifest["oauth_config"]["scopes"]["bot"])


def _token_findings(client: WebClient, slack: SlackSettings) -> Iterator[DoctorFinding]:
    try:
        response = client.auth_test()
    except TROUBLE as fault:
        yield DoctorFinding("wrong", "SLACK_BOT_TOKEN", _refused(fault))
        return
    yield DoctorFinding("ok", SUBJECT, f"ワークスペース「{response.get('team')}」に接続できます")
    if response.get("is_enterprise_install"):
        words = "組織（Enterprise Grid）全体に入れられています。ワークスペースに入れ直してください。"
        yield DoctorFinding("wrong", SUBJECT, words)
    headers = {name.lower(): value for name, value in response.headers.items()}
    granted = {one.strip() for one in headers.get("x-oauth-scopes", "").split(",")}
    needed = scopes_of(json.loads(MANIFEST.read_text(encoding="utf-8")))
    if slack.follows_threads:
        needed |= set(FOR_THREADS)
    if missing := sorted(needed - granted):
        words = f"権限が足りません: {'、'.join(missing)}。manifest を更新し、アプリを入れ直してください。"
        yield DoctorFinding("wrong", SUBJECT, words)
    if extra := sorted(set(FOR_THREADS) & granted) if not slack.follows_threads else []:
        words = f"KAIKAKU_SLACK_THREADS が off のときは要らない権限です: {'、'.join(extra)}"
        yield DoctorFinding("warning", SUBJECT, words)


def _line_findings(client: WebClient, slack: SlackSettings) -> Iterator[DoctorFinding]:
    if slack.app_token is None:
        return
    try:
        client.apps_connections_open(app_token=slack.app_token)
    except TROUBLE as fault:
        yield DoctorFinding("wrong", "SLACK_APP_TOKEN", _refused(fault))
    else:
        yield DoctorFinding("ok", SUBJECT, "Socket Mode でつながります")


def _refused(fault: BaseException) -> str:
    error = error_of(fault)
    return f"Slack に断られました ({error})" if error else "Slack に接続できません。"
