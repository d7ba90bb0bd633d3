"""Every setting, read once from the environment and `.env`; no other module reads either.

All faults are reported together by the variable's name, and no secret is ever part of a message or a repr.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from bot.refusal import Refusal
from bot.settings import values as form
from bot.settings.values import Network, Values, is_loopback

Identity = Literal["none", "trial", "proxy"]
Outsiders = Literal["refuse", "ignore", "answer"]
MailSecurity = Literal["starttls", "tls", "none"]

SLACK = "https://slack.com/api/"

SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SMTP_PASSWORD")
NAMES = (
    "KAIKAKU_DATA",
    "KAIKAKU_TODAY",
    "KAIKAKU_HOST",
    "KAIKAKU_PORT",
    "KAIKAKU_PUBLIC_URL",
    "KAIKAKU_IDENTITY",
    "KAIKAKU_PROXY_USER_HEADER",
    "KAIKAKU_PROXY_ADDRESSES",
    "KAIKAKU_SEMANTIC",
    "KAIKAKU_KEEP_INBOX_DAYS",
    "KAIKAKU_KEEP_QUESTIONS_DAYS",
    "KAIKAKU_KEEP_UNANSWERED_DAYS",
    "KAIKAKU_KEEP_LETTERS_DAYS",
    "KAIKAKU_SLACK_THREADS",
    "KAIKAKU_SLACK_OUTSIDERS",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_BASE_URL",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_FROM",
    "SMTP_CA_FILE",
)


class SettingsFault(Refusal):
    """The settings cannot be used; `faults` has a line for each in Japanese, its variable first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("設定に誤りがあります。\n" + "\n".join(f"・{fault}" for fault in faults))
        self.faults = faults


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
        return urlsplit(self.api_base_url or SLACK).hostname or ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The SMTP server that mail leaves by, and the address it comes from.

    `ca_file` holds the certificates to trust in place of the system's, as for a server of the city's own.
    """

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str | None
    password: str | None = field(repr=False)
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days each kind of text is kept; what remains afterwards says only that something happened."""

    inbox_days: int = 7
    questions_days: int = 7
    unanswered_days: int = 90
    letters_days: int = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `today` is None where the clock is asked; `unknown` are variables that look like ours.

    `semantic`: passages are found by their meaning, too, which takes the extra of that name.
    """

    data: Path = Path("data")
    today: date | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    identity: Identity = "none"
    proxy_user_header: str | None = None
    proxy_addresses: tuple[Network, ...] = ()
    slack: SlackSettings | None = None
    mail: MailSettings | None = None
    retention: Retention = field(default_factory=Retention)
    semantic: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def database_path(self) -> Path:
        return self.data / "kaikaku.db"

    def file(self, path: str) -> Path | None:
        """A file of the data folder; a path that leads out of it is none."""
        folder = self.data.resolve()
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None

    def may_reach(self, host: str) -> bool:
        """With a given today nothing is ever sent outside loopback."""
        return self.today is None or is_loopback(host)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], dotenv: Mapping[str, str | None]) -> Settings:
        """The settings of `environ` over those of `dotenv`; an empty value counts as not set.

        Raises SettingsFault naming every fault.
        """
        values = Values(_merged(environ, dotenv))
        settings = _settings(values)
        if values.faults:
            raise SettingsFault(tuple(values.faults))
        return settings


def read_settings(today: str | None = None) -> Settings:
    """This process's settings: its environment over `.env` in the working folder; `today` is `--today`."""
    given = {} if today is None else {"KAIKAKU_TODAY": today}
    return Settings.from_environment({**os.environ, **given}, _written_in(Path(".env")))


def _written_in(file: Path) -> Mapping[str, str | None]:
    if not file.exists():
        return {}
    from dotenv import dotenv_values  # most commands run in a folder that has no such file

    return dotenv_values(file)


def _settings(values: Values) -> Settings:
    settings = Settings(
        data=Path(values.text("KAIKAKU_DATA") or "data"),
        today=values.made("KAIKAKU_TODAY", form.day, None),
        host=values.text("KAIKAKU_HOST") or "127.0.0.1",
        port=values.made("KAIKAKU_PORT", form.port, 8000),
        public_url=values.made("KAIKAKU_PUBLIC_URL", form.origin, None),
        identity=cast(Identity, values.one_of("KAIKAKU_IDENTITY", "none", "trial", "proxy")),
        proxy_user_header=values.made("KAIKAKU_PROXY_USER_HEADER", form.header, None),
        proxy_addresses=values.made("KAIKAKU_PROXY_ADDRESSES", form.networks, ()),
        slack=_slack(values),
        mail=_mail(values),
        retention=_retention(values),
        semantic=values.one_of("KAIKAKU_SEMANTIC", "off", "on") == "on",
        unknown=_unknown(values),
    )
    _check_identity(settings, values)
    return settings


def _check_identity(settings: Settings, values: Values) -> None:
    if settings.identity == "trial" and not is_loopback(settings.host):
        values.fault("KAIKAKU_IDENTITY", "trial は KAIKAKU_HOST が 127.0.0.1 のときだけ使えます")
    if settings.identity != "proxy":
        return
    if "KAIKAKU_PROXY_USER_HEADER" not in values.given:
        values.fault("KAIKAKU_PROXY_USER_HEADER", "KAIKAKU_IDENTITY=proxy のときは必要です")
    if "KAIKAKU_PROXY_ADDRESSES" not in values.given:
        values.fault("KAIKAKU_PROXY_ADDRESSES", "KAIKAKU_IDENTITY=proxy のときは必要です")


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


_PROXY = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


def _mail(values: Values) -> MailSettings | None:
    host, sender = values.text("SMTP_HOST"), values.text("SMTP_FROM")
    user, password = values.text("SMTP_USER"), values.secret("SMTP_PASSWORD")
    security = cast(MailSecurity, values.one_of("SMTP_SECURITY", "starttls", "tls", "none"))
    port = values.made("SMTP_PORT", form.port, {"starttls": 587, "tls": 465, "none": 25}[security])
    ca_file = values.made("SMTP_CA_FILE", form.certificates, None)
    if host is None:
        for name in ("SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM", "SMTP_CA_FILE"):
            if name in values.given or f"{name}_FILE" in values.given:
                values.fault(name, "SMTP_HOST も必要です")
        return None
    if sender is None or "@" not in sender:
        values.fault("SMTP_FROM", "差出人のメールアドレスを指定してください")
    mail = MailSettings(host, port, security, sender or "", user, password, ca_file)
    _check_login(mail, values)
    return mail


def _check_login(mail: MailSettings, values: Values) -> None:
    if (mail.user is None) != (mail.password is None):
        values.fault("SMTP_USER", "SMTP_USER と SMTP_PASSWORD は両方指定してください")
    if mail.password is not None and mail.security == "none" and not is_loopback(mail.host):
        values.fault("SMTP_SECURITY", "none ではパスワードを暗号化せずに送ることになるため使えません")
    for name, value in (("SMTP_USER", mail.user), ("SMTP_PASSWORD", mail.password)):
        if value is not None and not value.isascii():
            values.fault(name, "半角の文字だけが使えます")


def _retention(values: Values) -> Retention:
    kept = Retention()
    return Retention(
        inbox_days=values.made("KAIKAKU_KEEP_INBOX_DAYS", form.days, kept.inbox_days),
        questions_days=values.made("KAIKAKU_KEEP_QUESTIONS_DAYS", form.days, kept.questions_days),
        unanswered_days=values.made("KAIKAKU_KEEP_UNANSWERED_DAYS", form.days, kept.unanswered_days),
        letters_days=values.made("KAIKAKU_KEEP_LETTERS_DAYS", form.days, kept.letters_days),
    )


def _unknown(values: Values) -> tuple[str, ...]:
    known = {*NAMES, *(f"{name}_FILE" for name in SECRETS)}
    return tuple(sorted(name for name in values.given if name.startswith("KAIKAKU_") and name not in known))


def _merged(environ: Mapping[str, str], dotenv: Mapping[str, str | None]) -> dict[str, str]:
    """`environ` over `dotenv`; a secret given one way in `environ` hides the other way in `dotenv`."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    hidden = {f"{name}_FILE" for name in SECRETS if name in given}
    hidden |= {name for name in SECRETS if f"{name}_FILE" in given}
    beneath = {name: value.strip() for name, value in dotenv.items() if value and value.strip()}
    return {name: value for name, value in beneath.items() if name not in hidden} | given
