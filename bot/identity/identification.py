"""Who is behind a request to the page: decided from settings, the peer's address and the raw headers alone.

`none` knows nobody, `trial` believes what was chosen on this machine, `proxy` one header of certain peers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Protocol

from bot.identity.rights import Refused
from knowledge.roster.roster import Channel, Person, Roster

Headers = Sequence[tuple[bytes, bytes]]
"""As they came in: names in any case, a name as often as it was sent."""

_FORWARDING = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
_FORWARDING_PREFIXES = ("x-forwarded", "x-original-")
_LONGEST_USER = 256

_ASK_ADMINISTRATOR = "管理者にご相談ください。"


class IdentitySettings(Protocol):
    """The settings that identity depends on."""

    @property
    def identity(self) -> str: ...
    @property
    def proxy_user_header(self) -> str | None: ...
    @property
    def proxy_addresses(self) -> Sequence[IPv4Network | IPv6Network]: ...


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom the request speaks for: a person's id (trial) or a user's name (proxy). Neither: anybody."""

    person: str | None = None
    user: str | None = None


ANYBODY = Identified()


def identify(
    settings: IdentitySettings, peer: str | None, headers: Headers, chosen: str | None = None
) -> Identified | Refused:
    """Whom a request speaks for, or why it is turned away.

    `peer` is the address at the connection's other end; `chosen` is the id that the visitor picked in trial.
    """
    match settings.identity:
        case "trial":
            return _tried(peer, headers, chosen)
        case "proxy":
            return _proxied(settings, peer, headers)
        case _:
            return ANYBODY


def person_behind(identified: Identified, roster: Roster) -> Person | None:
    """The person of the roster; None for anybody and for a user that the roster does not know."""
    if identified.person is not None:
        return roster.person(identified.person)
    if identified.user is not None:
        return roster.person_at(Channel.PAGE, identified.user)
    return None


PersonOf = Callable[[Roster, str, str | None], Person | None]
"""The person whom a channel (by its name) calls so (None: nobody it knows), as far as the roster knows them."""


def by_id(roster: Roster, _channel: str, sender: str | None) -> Person | None:
    """Where people are called by the roster's id: their channel has found them already."""
    return roster.person(sender) if sender is not None else None


def _tried(peer: str | None, headers: Headers, chosen: str | None) -> Identified | Refused:
    address = _address(peer)
    if address is None or not address.is_loopback:
        return Refused("お試しの画面は、動かしている機械からだけ使えます。", _ASK_ADMINISTRATOR)
    if any(map(_is_forwarding, headers)):
        return Refused("お試しの画面は、ほかのサーバーを経由しては使えません。", _ASK_ADMINISTRATOR)
    return Identified(person=chosen or None)


def _proxied(settings: IdentitySettings, peer: str | None, headers: Headers) -> Identified | Refused:
    address = _address(peer)
    if address is None or not any(address in network for network in settings.proxy_addresses):
        return Refused("この画面は、決められた入口からだけ使えます。", _ASK_ADMINISTRATOR)
    name = (settings.proxy_user_header or "").lower().encode()
    values = [value for header, value in headers if header.lower() == name]
    if not values:
        return ANYBODY
    user = _user(values[0]) if len(values) == 1 else None
    if user is None:
        return Refused("入口から伝えられた利用者の名前を確かめられません。", _ASK_ADMINISTRATOR)
    return Identified(user=user) if user else ANYBODY


def _user(value: bytes) -> str | None:
    """The header as a user's name, "" for nobody; None where it cannot be one."""
    try:
        user = value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    is_plain = not any(unicodedata.category(char).startswith("C") for char in user)
    return user if is_plain and len(user) <= _LONGEST_USER else None


def _is_forwarding(header: tuple[bytes, bytes]) -> bool:
    name = header[0].lower().decode("latin-1").replace("_", "-")
    return name in _FORWARDING or name.startswith(_FORWARDING_PREFIXES)


def _address(peer: str | None) -> IPv4Address | IPv6Address | None:
    """The peer's address, an IPv4 one also where it came in over an IPv6 socket; None for a local socket."""
    try:
        address = ip_address((peer or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
