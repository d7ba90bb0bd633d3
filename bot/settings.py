"""Every setting, read once from the environment and `.env`; no other module reads either.

All faults are reported together by the variable's name, and no secret is ever part of a message or a repr.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal, TypeVar, cast
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values

Identity = Literal["none", "trial", "proxy"]
MailSecurity = Literal["starttls", "tls", "none"]
Network = IPv4Network | IPv6Network
T = TypeVar("T")

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
    "KAIKAKU_KEEP_INBOX_DAYS",
    "KAIKAKU_KEEP_QUESTIONS_DAYS",
    "KAIKAKU_KEEP_UNANSWERED_DAYS",
    "KAIKAKU_KEEP_LETTERS_DAYS",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_BASE_URL",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_FROM",
)


class SettingsFault(Exception):
    """The settings cannot be used; `faults` has a line for each in Japanese, its variable first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("設定に誤りがあります。\n" + "\n".join(f"・{fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How to reach Slack: with `app_token` over Socket Mode, with `signing_secret` over HTTP."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_base_url: str | None


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The SMTP server that mail leaves by, and the address it comes from."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str | None
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days each kind of text is kept; what remains afterwards says only that something happened."""

    inbox_days: int = 7
    questions_days: int = 7
    unanswered_days: int = 90
    letters_days: int = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `today` is None where the clock is asked; `unknown` are variables that look like ours."""

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
    unknown: tuple[str, ...] = ()

    @property
    def database_path(self) -> Path:
        return self.data / "kaikaku.db"

    def may_reach(self, host: str) -> bool:
        """With a given today nothing is ever sent outside loopback."""
        return self.today is None or is_loopback(host)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], dotenv: Mapping[str, str | None]) -> Settings:
        """The settings of `environ` over those of `dotenv`; an empty value counts as not set.

        Raises SettingsFault naming every fault.
        """
        reading = _Reading(_merged(environ, dotenv))
        settings = _settings(reading)
        if reading.faults:
            raise SettingsFault(tuple(reading.faults))
        return settings


def read_settings(today: str | None = None) -> Settings:
    """This process's settings: its environment over `.env` in the working folder; `today` is `--today`."""
    given = {} if today is None else {"KAIKAKU_TODAY": today}
    return Settings.from_environment({**os.environ, **given}, dotenv_values(".env"))


def is_loopback(host: str) -> bool:
    """Whether `host` can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _settings(reading: _Reading) -> Settings:
    settings = Settings(
        data=Path(reading.text("KAIKAKU_DATA") or "data"),
        today=reading.made("KAIKAKU_TODAY", _date, None),
        host=reading.text("KAIKAKU_HOST") or "127.0.0.1",
        port=reading.made("KAIKAKU_PORT", _port, 8000),
        public_url=reading.made("KAIKAKU_PUBLIC_URL", _origin, None),
        identity=cast(Identity, reading.one_of("KAIKAKU_IDENTITY", "none", "trial", "proxy")),
        proxy_user_header=reading.made("KAIKAKU_PROXY_USER_HEADER", _header, None),
        proxy_addresses=reading.made("KAIKAKU_PROXY_ADDRESSES", _networks, ()),
        slack=_slack(reading),
        mail=_mail(reading),
        retention=_retention(reading),
        unknown=reading.unknown(),
    )
    _check_identity(settings, reading)
    return settings


def _check_identity(settings: Settings, reading: _Reading) -> None:
    if settings.identity == "trial" and not is_loopback(settings.host):
        reading.fault("KAIKAKU_IDENTITY", "trial は KAIKAKU_HOST が 127.0.0.1 のときだけ使えます")
    if settings.identity != "proxy":
        return
    if "KAIKAKU_PROXY_USER_HEADER" not in reading.values:
        reading.fault("KAIKAKU_PROXY_USER_HEADER", "KAIKAKU_IDENTITY=proxy のときは必要です")
    if "KAIKAKU_PROXY_ADDRESSES" not in reading.values:
        reading.fault("KAIKAKU_PROXY_ADDRESSES", "KAIKAKU_IDENTITY=proxy のときは必要です")


def _slack(reading: _Reading) -> SlackSettings | None:
    bot_token, app_token = reading.secret("SLACK_BOT_TOKEN"), reading.secret("SLACK_APP_TOKEN")
    signing_secret = reading.secret("SLACK_SIGNING_SECRET")
    base_url = reading.made("SLACK_API_BASE_URL", _base_url, None)
    if bot_token is None:
        for name, value in (("SLACK_APP_TOKEN", app_token), ("SLACK_SIGNING_SECRET", signing_secret)):
            if value is not None:
                reading.fault(name, "SLACK_BOT_TOKEN も必要です")
        return None
    if app_token is None and signing_secret is None:
        reading.fault(
            "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN (Socket Mode) か SLACK_SIGNING_SECRET (HTTP) も必要です"
        )
    return SlackSettings(bot_token, app_token, signing_secret, base_url)


def _mail(reading: _Reading) -> MailSettings | None:
    host, sender = reading.text("SMTP_HOST"), reading.text("SMTP_FROM")
    user, password = reading.text("SMTP_USER"), reading.secret("SMTP_PASSWORD")
    security = cast(MailSecurity, reading.one_of("SMTP_SECURITY", "starttls", "tls", "none"))
    port = reading.made("SMTP_PORT", _port, {"starttls": 587, "tls": 465, "none": 25}[security])
    if host is None:
        for name in ("SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM"):
            if name in reading.values or f"{name}_FILE" in reading.values:
                reading.fault(name, "SMTP_HOST も必要です")
        return None
    if sender is None or "@" not in sender:
        reading.fault("SMTP_FROM", "差出人のメールアドレスを指定してください")
    if (user is None) != (password is None):
        reading.fault("SMTP_USER", "SMTP_USER と SMTP_PASSWORD は両方指定してください")
    if password is not None and security == "none" and not is_loopback(host):
        reading.fault("SMTP_SECURITY", "none ではパスワードを暗号化せずに送ることになるため使えません")
    return MailSettings(host, port, security, sender or "", user, password)


def _retention(reading: _Reading) -> Retention:
    kept = Retention()
    return Retention(
        inbox_days=reading.made("KAIKAKU_KEEP_INBOX_DAYS", _days, kept.inbox_days),
        questions_days=reading.made("KAIKAKU_KEEP_QUESTIONS_DAYS", _days, kept.questions_days),
        unanswered_days=reading.made("KAIKAKU_KEEP_UNANSWERED_DAYS", _days, kept.unanswered_days),
        letters_days=reading.made("KAIKAKU_KEEP_LETTERS_DAYS", _days, kept.letters_days),
    )


class _Reading:
    """The values as given, and the faults found so far."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: list[str] = []

    def fault(self, name: str, text: str) -> None:
        self.faults.append(f"{name}: {text}")

    def text(self, name: str) -> str | None:
        return self.values.get(name)

    def made(self, name: str, make: Callable[[str], T], otherwise: T) -> T:
        """The value through `make`, whose ValueError says in Japanese what is expected."""
        value = self.values.get(name)
        if value is None:
            return otherwise
        try:
            return make(value)
        except ValueError as fault:
            self.fault(name, f"{fault} (現在の値: {value})")
            return otherwise

    def one_of(self, name: str, *allowed: str) -> str:
        """The value, or the first of `allowed` where it is not set or not one of them."""
        value = self.values.get(name, allowed[0])
        if value in allowed:
            return value
        self.fault(name, f"{'、'.join(allowed)} のどれかにしてください (現在の値: {value})")
        return allowed[0]

    def secret(self, name: str) -> str | None:
        """The value, or the first line of the file that NAME_FILE names."""
        value, path = self.values.get(name), self.values.get(f"{name}_FILE")
        if path is None:
            return value
        if value is not None:
            self.fault(name, f"{name}_FILE と同時には指定できません")
            return None
        try:
            first_line = Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError):
            self.fault(f"{name}_FILE", f"ファイルを読めません (現在の値: {path})")
            return None
        if not first_line:
            self.fault(f"{name}_FILE", f"ファイルが空です (現在の値: {path})")
        return first_line or None

    def unknown(self) -> tuple[str, ...]:
        known = {*NAMES, *(f"{name}_FILE" for name in SECRETS)}
        return tuple(
            sorted(name for name in self.values if name.startswith("KAIKAKU_") and name not in known)
        )


def _merged(environ: Mapping[str, str], dotenv: Mapping[str, str | None]) -> dict[str, str]:
    """`environ` over `dotenv`; a secret given one way in `environ` hides the other way in `dotenv`."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    hidden = {f"{name}_FILE" for name in SECRETS if name in given}
    hidden |= {name for name in SECRETS if f"{name}_FILE" in given}
    beneath = {name: value.strip() for name, value in dotenv.items() if value and value.strip()}
    return {name: value for name, value in beneath.items() if name not in hidden} | given


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("日付は 2024-07-01 の形で書いてください") from None


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ValueError("1 から 65535 までの数にしてください")
    return int(value)


def _days(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= 36500):
        raise ValueError("1 以上の日数にしてください")
    return int(value)


def _header(value: str) -> str:
    if not all(one.isascii() and (one.isalnum() or one == "-") for one in value):
        raise ValueError("HTTP ヘッダーの名前にしてください")
    return value


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())
    except ValueError:
        raise ValueError("IP アドレスかネットワークをカンマで区切って書いてください") from None


def _origin(value: str) -> str:
    """Scheme and host, and a port where one is named: what a browser sends as Origin."""
    parts = _url(value, "https://bot.example.jp")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValueError("https://bot.example.jp の形で書いてください")
    return f"{parts.scheme}://{parts.netloc}"


def _base_url(value: str) -> str:
    parts = _url(value, "https://slack.com/api/")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError("この機械の外へは https で始まるアドレスだけが使えます")
    return value if value.endswith("/") else value + "/"


def _url(value: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise ValueError(f"{example} の形で書いてください")
