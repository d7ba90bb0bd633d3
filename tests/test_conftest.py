import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_a_test_cannot_reach_another_machine(host: str) -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match=host):
        outward.connect((host, 80))


def test_loopback_stays_open_for_the_fakes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
