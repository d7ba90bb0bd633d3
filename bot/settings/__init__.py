"""Every setting, read once from the environment and `.env`; no other module reads either.

All faults are reported together by the variable's name, and no secret is ever part of a message or a repr.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar, cast

from bot.refusal import Refusal
from bot.settings import values as form
from bot.settings.values import Network, Values, is_loopback

Identity = Literal["none", "trial", "proxy"]
T = TypeVar("T")

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
)


@dataclass(frozen=True, slots=True)
class SettingsSection:
    """Settings beside the bot's own, as a channel has them: their names, and which of those are secret.

    `read` makes one value of them, and names every fault; None: they are not set.
    """

    names: tuple[str, ...]
    read: Callable[[Values], object | None]
    secrets: tuple[str, ...] = ()


class SettingsFault(Refusal):
    """The settings cannot be used; `faults` has a line for each in Japanese, its variable first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("設定に誤りがあります。\n" + "\n".join(f"・{fault}" for fault in faults))
        self.faults = faults


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

    `channels` are those of the channels that are set; `of` finds a channel's own by its type.

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
    channels: tuple[object, ...] = ()
    retention: Retention = field(default_factory=Retention)
    semantic: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def database_path(self) -> Path:
        return self.data / "kaikaku.db"

    def of(self, kind: type[T]) -> T | None:
        """The settings of that type; None where that channel is not set."""
        return next((one for one in self.channels if isinstance(one, kind)), None)

    def file(self, path: str) -> Path | None:
        """A file of the data folder; a path that leads out of it is none."""
        folder = self.data.resolve()
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder) and found.is_file() else None

    def may_reach(self, host: str) -> bool:
        """With a given today nothing is ever sent outside loopback."""
        return self.today is None or is_loopback(host)

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        dotenv: Mapping[str, str | None],
        sections: Sequence[SettingsSection] = (),
    ) -> Settings:
        """The settings of `environ` over those of `dotenv`; an empty value counts as not set.

        Raises SettingsFault naming every fault, those of the sections too.
        """
        values = Values(_merged(environ, dotenv, _secrets(sections)))
        settings = _settings(values, sections)
        if values.faults:
            raise SettingsFault(tuple(values.faults))
        return settings


def read_settings(today: str | None = None, sections: Sequence[SettingsSection] = ()) -> Settings:
    """This process's settings: its environment over `.env` in the working folder; `today` is `--today`."""
    given = {} if today is None else {"KAIKAKU_TODAY": today}
    return Settings.from_environment({**os.environ, **given}, _written_in(Path(".env")), sections)


def _written_in(file: Path) -> Mapping[str, str | None]:
    if not file.exists():
        return {}
    from dotenv import dotenv_values  # most commands run in a folder that has no such file

    return dotenv_values(file)


def _settings(values: Values, sections: Sequence[SettingsSection]) -> Settings:
    settings = Settings(
        data=Path(values.text("KAIKAKU_DATA") or "data"),
        today=values.made("KAIKAKU_TODAY", form.day, None),
        host=values.text("KAIKAKU_HOST") or "127.0.0.1",
        port=values.made("KAIKAKU_PORT", form.port, 8000),
        public_url=values.made("KAIKAKU_PUBLIC_URL", form.origin, None),
        identity=cast(Identity, values.one_of("KAIKAKU_IDENTITY", "none", "trial", "proxy")),
        proxy_user_header=values.made("KAIKAKU_PROXY_USER_HEADER", form.header, None),
        proxy_addresses=values.made("KAIKAKU_PROXY_ADDRESSES", form.networks, ()),
        channels=tuple(found for one in sections if (found := one.read(values)) is not None),
        retention=_retention(values),
        semantic=values.one_of("KAIKAKU_SEMANTIC", "off", "on") == "on",
        unknown=_unknown(values, sections),
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


def _retention(values: Values) -> Retention:
    kept = Retention()
    return Retention(
        inbox_days=values.made("KAIKAKU_KEEP_INBOX_DAYS", form.days, kept.inbox_days),
        questions_days=values.made("KAIKAKU_KEEP_QUESTIONS_DAYS", form.days, kept.questions_days),
        unanswered_days=values.made("KAIKAKU_KEEP_UNANSWERED_DAYS", form.days, kept.unanswered_days),
        letters_days=values.made("KAIKAKU_KEEP_LETTERS_DAYS", form.days, kept.letters_days),
    )


def _unknown(values: Values, sections: Sequence[SettingsSection]) -> tuple[str, ...]:
    known = {*NAMES, *(name for one in sections for name in one.names)}
    known |= {f"{name}_FILE" for name in _secrets(sections)}
    return tuple(sorted(name for name in values.given if name.startswith("KAIKAKU_") and name not in known))


def _secrets(sections: Sequence[SettingsSection]) -> tuple[str, ...]:
    return tuple(name for one in sections for name in one.secrets)


def _merged(
    environ: Mapping[str, str], dotenv: Mapping[str, str | None], secrets: Sequence[str]
) -> dict[str, str]:
    """`environ` over `dotenv`; a secret given one way in `environ` hides the other way in `dotenv`."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    hidden = {f"{name}_FILE" for name in secrets if name in given}
    hidden |= {name for name in secrets if f"{name}_FILE" in given}
    beneath = {name: value.strip() for name, value in dotenv.items() if value and value.strip()}
    return {name: value for name, value in beneath.items() if name not in hidden} | given
