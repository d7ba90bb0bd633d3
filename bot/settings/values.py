"""Setting values as they are written: read, checked and turned into what they mean, every fault collected.

Knows the forms of values (a port, a date, a secret in a file), not which settings there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

Network = IPv4Network | IPv6Network
T = TypeVar("T")


class Values:
    """The values as given, and the faults found so far."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.faults: list[str] = []

    def fault(self, name: str, text: str) -> None:
        """Remember what is wrong with a variable."""
        self.faults.append(f"{name}: {text}")

    def text(self, name: str) -> str | None:
        """The value as it is."""
        return self.given.get(name)

    def made(self, name: str, make: Callable[[str], T], otherwise: T) -> T:
        """The value through `make`, whose ValueError says in Japanese what is expected."""
        value = self.given.get(name)
        if value is None:
            return otherwise
        try:
            return make(value)
        except ValueError as fault:
            # An address with an @ may carry a password.
            shown = "" if "@" in value else f" (現在の値: {value})"
            self.fault(name, f"{fault}{shown}")
            return otherwise

    def one_of(self, name: str, *allowed: str) -> str:
        """The value, or the first of `allowed` where it is not set or not one of them."""
        value = self.given.get(name, allowed[0])
        if value in allowed:
            return value
        self.fault(name, f"{'、'.join(allowed)} のどれかにしてください (現在の値: {value})")
        return allowed[0]

    def secret(self, name: str) -> str | None:
        """The value, or the first line of the file that NAME_FILE names."""
        value, path = self.given.get(name), self.given.get(f"{name}_FILE")
        if path is None:
            return value
        if value is not None:
            self.fault(name, f"{name}_FILE と同時には指定できません")
            return None
        try:
            first_line = Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError):
            self.fault(f"{name}_FILE", "ファイルを読めません")
            return None
        if not first_line:
            self.fault(f"{name}_FILE", "ファイルが空です")
        return first_line or None


def day(value: str) -> date:
    """A date as 2024-07-01."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("日付は 2024-07-01 の形で書いてください") from None


def port(value: str) -> int:
    """A port's number."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ValueError("1 から 65535 までの数にしてください")
    return int(value)


def days(value: str) -> int:
    """A number of days, at least one."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= 36500):
        raise ValueError("1 以上の日数にしてください")
    return int(value)


def certificates(value: str) -> str:
    """The path of a file of certificates (PEM) to trust."""
    import ssl  # only who sets this waits for it

    try:
        ssl.create_default_context(cafile=value)
    except OSError:
        raise ValueError("信頼する証明書（PEM）のファイルを指定してください") from None
    return value


def header(value: str) -> str:
    """The name of an HTTP header."""
    if not all(one.isascii() and (one.isalnum() or one == "-") for one in value):
        raise ValueError("HTTP ヘッダーの名前にしてください")
    return value


def networks(value: str) -> tuple[Network, ...]:
    """Addresses and networks, with commas between them."""
    try:
        return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())
    except ValueError:
        raise ValueError("IP アドレスかネットワークをカンマで区切って書いてください") from None


def origin(value: str) -> str:
    """Scheme and host, and a port where one is named: what a browser sends as Origin."""
    parts = _url(value, "https://bot.example.jp")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValueError("https://bot.example.jp の形で書いてください")
    return f"{parts.scheme}://{parts.netloc}"


def base_url(value: str) -> str:
    """The address of a web API, with its closing slash; beyond this machine only https."""
    parts = _url(value, "https://slack.com/api/")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError("この機械の外へは https で始まるアドレスだけが使えます")
    return value if value.endswith("/") else value + "/"


def proxy(value: str) -> str:
    """The address of a proxy, with a user and password where it wants them. The way to the proxy itself is http."""
    example = "http://proxy.example.jp:8080"
    parts = _url(value if "://" in value else f"http://{value}", example)
    if parts.scheme != "http" or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{example} の形で書いてください")
    return f"http://{parts.netloc}"


def _url(value: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise ValueError(f"{example} の形で書いてください")


def is_excepted(host: str, exceptions: str) -> bool:
    """Whether `host`, or a domain that it is in, stands in that list with commas; * stands for all."""
    names = [one.strip().lstrip(".").lower() for one in exceptions.split(",") if one.strip()]
    return "*" in names or any(host == one or host.endswith(f".{one}") for one in names)


def is_loopback(host: str) -> bool:
    """Whether `host` can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
