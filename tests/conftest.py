"""What every test stands on: no settings of the developer's, no way out of this machine."""

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run: a red test is red for everybody. Slow machines are not failures.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

SETTING_PREFIXES = ("KAIKAKU_", "SLACK_", "SMTP_")


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(SETTING_PREFIXES)]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine() -> Iterator[None]:
    """Refuse every connection of this process to an address that is not loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_loopback(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _only_loopback(socket.socket.connect_ex))
        yield


def _only_loopback(connect: Any) -> Any:
    def connect_within(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return connect_within


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
