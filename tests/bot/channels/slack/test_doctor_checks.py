import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.doctor_checks import MANIFEST, manifest_findings, scopes_of, slack_findings
from bot.channels.slack.settings import SlackSettings
from bot.settings import Settings
from tests.fakes.slack import APP_TOKEN, SCOPES, TOKEN, FakeSlack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    made = FakeSlack()
    yield made
    made.close()


def settings(slack: FakeSlack, **more: Any) -> Settings:
    return Settings(channels=(replace(SlackSettings(TOKEN, APP_TOKEN, None, slack.api), **more),))


def levels(settings: Settings) -> list[tuple[str, str]]:
    return [(one.level, one.subject) for one in slack_findings(settings)]


def manifest() -> Any:
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


def test_all_is_well(slack: FakeSlack) -> None:
    assert levels(settings(slack)) == [("ok", "Slack"), ("ok", "Slack")]


def test_the_fake_asks_for_no_more_than_the_manifest_gives() -> None:
    assert scopes_of(manifest()) == set(SCOPES.split())


def test_what_only_one_of_manifest_and_code_knows_is_named() -> None:
    changed = manifest()
    changed["settings"]["event_subscriptions"]["bot_events"] += ["reaction_added"]
    changed["features"]["slash_commands"][0]["command"] = "/other"
    (finding,) = manifest_findings(changed)
    assert all(one in finding.words for one in ("reaction_added", "/other", "/kaikaku"))


def test_wrong_tokens_are_named_by_their_settings(slack: FakeSlack) -> None:
    wrong = settings(slack, bot_token="xoxb-wrong", app_token="xapp-wrong")
    assert levels(wrong) == [("wrong", "SLACK_BOT_TOKEN"), ("wrong", "SLACK_APP_TOKEN")]


def test_missing_scopes_are_named(slack: FakeSlack) -> None:
    slack.scopes.remove("im:history")
    (finding,) = [one for one in slack_findings(settings(slack)) if one.level == "wrong"]
    assert "im:history" in finding.words


def test_reading_channels_is_needed_only_where_threads_are_followed(slack: FakeSlack) -> None:
    assert ("wrong", "Slack") in levels(settings(slack, follows_threads=True))
    slack.scopes += ["channels:history", "groups:history"]
    assert ("wrong", "Slack") not in levels(settings(slack, follows_threads=True))
    assert ("warning", "Slack") in levels(settings(slack))


def test_slack_that_cannot_be_reached_is_said(slack: FakeSlack) -> None:
    away = settings(slack, api_base_url="http://127.0.0.1:9/api/")
    assert levels(away)[0] == ("wrong", "SLACK_BOT_TOKEN")


def test_without_tokens_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert slack_findings(Settings(data=tmp_path)) == []


def test_an_app_of_a_whole_organisation_is_named(slack: FakeSlack) -> None:
    slack.is_org_wide = True
    (finding,) = [one for one in slack_findings(settings(slack)) if one.level == "wrong"]
    assert "ワークスペースに入れ直して" in finding.words
