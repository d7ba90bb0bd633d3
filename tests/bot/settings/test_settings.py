from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.channels.mail.settings import MailSettings
from bot.channels.registry import sections
from bot.channels.slack.settings import SlackSettings
from bot.settings import NAMES, Settings, SettingsFault, read_settings

SECRET = "xoxb-very-secret"


def settings_of(environ: dict[str, str], dotenv: dict[str, str | None]) -> Settings:
    return Settings.from_environment(environ, dotenv, sections())


def faults_of(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsFault) as caught:
        settings_of(environ, {})
    assert SECRET not in str(caught.value)
    return caught.value.faults


def test_nothing_set_gives_a_page_for_this_machine_that_knows_nobody() -> None:
    settings = settings_of({}, {})
    assert (settings.host, settings.port, settings.identity) == ("127.0.0.1", 8000, "none")
    assert settings.database_path == Path("data/kaikaku.db")
    assert settings.channels == () and settings.today is None


def test_everything_set_arrives() -> None:
    settings = settings_of(
        {
            "KAIKAKU_DATA": "/srv/kaikaku",
            "KAIKAKU_TODAY": "2024-07-01",
            "KAIKAKU_HOST": "0.0.0.0",
            "KAIKAKU_PORT": "8080",
            "KAIKAKU_PUBLIC_URL": "https://bot.example.jp/",
            "KAIKAKU_IDENTITY": "proxy",
            "KAIKAKU_PROXY_USER_HEADER": "X-Remote-User",
            "KAIKAKU_PROXY_ADDRESSES": "10.0.0.1, 10.1.0.0/16",
            "KAIKAKU_KEEP_INBOX_DAYS": "3",
            "KAIKAKU_KEEP_QUESTIONS_DAYS": "4",
            "KAIKAKU_KEEP_UNANSWERED_DAYS": "30",
            "KAIKAKU_KEEP_LETTERS_DAYS": "60",
            "KAIKAKU_SLACK_THREADS": "on",
            "KAIKAKU_SLACK_OUTSIDERS": "ignore",
            "SLACK_BOT_TOKEN": SECRET,
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_BASE_URL": "http://127.0.0.1:9000/api",
            "SMTP_HOST": "mail.example.jp",
            "SMTP_FROM": "kaikaku@example.jp",
            "SMTP_USER": "kaikaku",
            "SMTP_PASSWORD": "pw",
        },
        {},
    )
    assert settings.today == date(2024, 7, 1)
    assert settings.public_url == "https://bot.example.jp"
    assert settings.proxy_addresses == (ip_network("10.0.0.1"), ip_network("10.1.0.0/16"))
    assert (settings.retention.inbox_days, settings.retention.questions_days) == (3, 4)
    assert (settings.retention.unanswered_days, settings.retention.letters_days) == (30, 60)
    slack, mail = settings.of(SlackSettings), settings.of(MailSettings)
    assert slack is not None and slack.api_base_url == "http://127.0.0.1:9000/api/"
    assert slack.follows_threads and slack.outsiders == "ignore"
    assert mail is not None and (mail.port, mail.security) == (587, "starttls")


def test_every_fault_is_reported_at_once_by_its_name() -> None:
    faults = faults_of(
        KAIKAKU_TODAY="7月1日",
        KAIKAKU_PORT="99999",
        KAIKAKU_PUBLIC_URL="bot.example.jp",
        KAIKAKU_IDENTITY="anybody",
        KAIKAKU_KEEP_INBOX_DAYS="0",
        KAIKAKU_SLACK_THREADS="yes",
        KAIKAKU_SLACK_OUTSIDERS="nobody",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_BASE_URL="http://slack.example.jp/api/",
        SMTP_FROM="kaikaku@example.jp",
    )
    assert sorted(fault.partition(":")[0] for fault in faults) == [
        "KAIKAKU_IDENTITY",
        "KAIKAKU_KEEP_INBOX_DAYS",
        "KAIKAKU_PORT",
        "KAIKAKU_PUBLIC_URL",
        "KAIKAKU_SLACK_OUTSIDERS",
        "KAIKAKU_SLACK_THREADS",
        "KAIKAKU_TODAY",
        "SLACK_API_BASE_URL",
        "SLACK_APP_TOKEN",
        "SMTP_FROM",
    ]


@pytest.mark.parametrize(
    ("name", "environ"),
    [
        ("KAIKAKU_IDENTITY", {"KAIKAKU_IDENTITY": "trial", "KAIKAKU_HOST": "0.0.0.0"}),
        ("KAIKAKU_PROXY_ADDRESSES", {"KAIKAKU_IDENTITY": "proxy", "KAIKAKU_PROXY_USER_HEADER": "X-User"}),
        ("KAIKAKU_PROXY_USER_HEADER", {"KAIKAKU_IDENTITY": "proxy", "KAIKAKU_PROXY_ADDRESSES": "10.0.0.1"}),
        ("KAIKAKU_PROXY_ADDRESSES", {"KAIKAKU_PROXY_ADDRESSES": "the proxy"}),
        ("KAIKAKU_PROXY_USER_HEADER", {"KAIKAKU_PROXY_USER_HEADER": "X User:"}),
        ("KAIKAKU_PUBLIC_URL", {"KAIKAKU_PUBLIC_URL": "https://[bot"}),
        ("KAIKAKU_PUBLIC_URL", {"KAIKAKU_PUBLIC_URL": "https://bot.example.jp/kaikaku"}),
        ("SLACK_BOT_TOKEN", {"SLACK_BOT_TOKEN": SECRET}),
        ("SMTP_FROM", {"SMTP_HOST": "mail.example.jp"}),
        ("SMTP_USER", {"SMTP_HOST": "m.example.jp", "SMTP_FROM": "a@example.jp", "SMTP_PASSWORD": SECRET}),
        (
            "SMTP_SECURITY",
            {
                "SMTP_HOST": "m.example.jp",
                "SMTP_FROM": "a@example.jp",
                "SMTP_USER": "a",
                "SMTP_PASSWORD": SECRET,
                "SMTP_SECURITY": "none",
            },
        ),
        (
            "SMTP_PASSWORD",
            {
                "SMTP_HOST": "m.example.jp",
                "SMTP_FROM": "a@example.jp",
                "SMTP_USER": "a",
                "SMTP_PASSWORD": "ひみつ",
            },
        ),
        ("SMTP_CA_FILE", {"SMTP_CA_FILE": "/none.pem", "SMTP_HOST": "m.example.jp", "SMTP_FROM": "a@b.jp"}),
        ("SMTP_CA_FILE", {"SMTP_CA_FILE": __file__, "SMTP_HOST": "m.example.jp", "SMTP_FROM": "a@b.jp"}),
    ],
)
def test_what_does_not_go_together_is_refused(name: str, environ: dict[str, str]) -> None:
    (fault,) = faults_of(**environ)
    assert fault.startswith(f"{name}: ") and not fault.isascii()


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(SECRET + "\n", encoding="utf-8")
    environ = {"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token"), "SLACK_SIGNING_SECRET": "s"}
    settings = settings_of(environ, {})
    slack = settings.of(SlackSettings)
    assert slack is not None and slack.bot_token == SECRET


def test_a_secret_file_that_cannot_be_read_or_is_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    faults = faults_of(
        SLACK_BOT_TOKEN_FILE=str(tmp_path / "none"), SLACK_APP_TOKEN_FILE=str(tmp_path / "empty")
    )
    assert [fault.partition(":")[0] for fault in faults] == ["SLACK_BOT_TOKEN_FILE", "SLACK_APP_TOKEN_FILE"]


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(SECRET, encoding="utf-8")
    faults = faults_of(
        SLACK_BOT_TOKEN=SECRET, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"), SLACK_SIGNING_SECRET="s"
    )
    assert faults[0].startswith("SLACK_BOT_TOKEN:")


def test_no_secret_shows_in_a_repr() -> None:
    settings = settings_of(
        {
            "SLACK_BOT_TOKEN": SECRET,
            "SLACK_APP_TOKEN": SECRET,
            "SLACK_SIGNING_SECRET": SECRET,
            "SMTP_HOST": "mail.example.jp",
            "SMTP_FROM": "a@example.jp",
            "SMTP_USER": "a",
            "SMTP_PASSWORD": SECRET,
        },
        {},
    )
    assert SECRET not in f"{settings!r} {settings}"
    assert "mail.example.jp" in repr(settings)


def test_the_environment_stands_over_the_file_and_a_secret_hides_its_other_form() -> None:
    settings = settings_of(
        {"KAIKAKU_PORT": "8001", "SLACK_BOT_TOKEN": SECRET, "KAIKAKU_HOST": " "},
        {
            "KAIKAKU_PORT": "8002",
            "SLACK_BOT_TOKEN_FILE": "/nowhere",
            "SLACK_APP_TOKEN": "xapp-1",
            "KAIKAKU_TODAY": None,
            "KAIKAKU_HOST": "127.0.0.2",
        },
    )
    assert (settings.port, settings.host) == (8001, "127.0.0.2")
    slack = settings.of(SlackSettings)
    assert slack is not None and slack.bot_token == SECRET


def test_a_misspelt_setting_is_remembered_for_the_doctor() -> None:
    settings = settings_of({"KAIKAKU_PROT": "1", "KAIKAKU_PORT": "1", "PATH": "/bin"}, {})
    assert settings.unknown == ("KAIKAKU_PROT",)


@pytest.mark.parametrize(
    ("host", "reached"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("slack.com", False)],
)
def test_with_a_given_today_only_this_machine_is_reached(host: str, reached: bool) -> None:
    pretended = settings_of({"KAIKAKU_TODAY": "2024-07-01"}, {})
    assert pretended.may_reach(host) is reached
    assert settings_of({}, {}).may_reach(host)


def test_the_process_reads_its_environment_and_the_file_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("KAIKAKU_PORT=8100\nKAIKAKU_TODAY=2023-04-01\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIKAKU_HOST", "127.0.0.9")
    settings = read_settings(today="2025-01-15")
    assert (settings.port, settings.host, settings.today) == (8100, "127.0.0.9", date(2025, 1, 15))


def test_no_name_is_listed_twice() -> None:
    names = [*NAMES, *(name for one in sections() for name in one.names)]
    assert len(set(names)) == len(names)


SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def proxy_of(**given: str) -> str | None:
    slack = settings_of(SLACK | given, {}).of(SlackSettings)
    assert slack is not None and "secret" not in repr(slack)
    return slack.proxy


def test_slack_is_reached_by_the_proxy_that_the_machine_goes_out_by() -> None:
    assert proxy_of() is None
    assert proxy_of(HTTP_PROXY="proxy.city.example:8080") == "http://proxy.city.example:8080"
    both = {"HTTPS_PROXY": "http://u:secret@a.example:1", "HTTP_PROXY": "http://b.example:2"}
    assert proxy_of(**both) == "http://u:secret@a.example:1"
    assert proxy_of(https_proxy="http://c.example:3/") == "http://c.example:3"


@pytest.mark.parametrize("exceptions", ["slack.com", ".slack.com, other.example", "*"])
def test_no_proxy_is_gone_through_where_none_is_wanted(exceptions: str) -> None:
    way = {"HTTPS_PROXY": "http://a.example:1"}
    beyond = {"SLACK_API_BASE_URL": "https://gov.slack.com/api/"}
    assert proxy_of(**way, **beyond, NO_PROXY=exceptions) is None
    assert proxy_of(**way, **beyond, NO_PROXY="ck.com") == "http://a.example:1"
    assert proxy_of(**way, SLACK_API_BASE_URL="http://127.0.0.1:9/api/") is None


@pytest.mark.parametrize(
    "value", ["https://a.example:1", "socks5://a.example", "http://u:secret@a.example/x"]
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(value: str) -> None:
    with pytest.raises(SettingsFault) as caught:
        proxy_of(HTTPS_PROXY=value)
    (fault,) = caught.value.faults
    assert fault.startswith("HTTPS_PROXY: http://proxy.example.jp:8080") and "secret" not in fault
