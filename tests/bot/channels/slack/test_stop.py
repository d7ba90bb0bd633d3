"""Slack ended in the very moment in which its line is taken up."""

import threading
from pathlib import Path
from unittest.mock import patch

from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.channels.slack import connection
from tests.bot.channels.slack.town import town
from tests.waiting import PATIENCE, until


def test_a_line_given_up_as_its_reading_begins_is_not_read_for_ever(tmp_path: Path) -> None:
    read, states = Connection.run_until_completion, list[ConnectionState]()
    begins = threading.Event()

    def forgetful(self: Connection, state: ConnectionState) -> None:
        begins.set()
        until(lambda: not self.is_active())
        states.append(state)
        state.terminated = False
        read(self, state)

    with (
        patch.object(connection, "ENDS_WITHIN", 0.2),
        patch.object(Connection, "run_until_completion", forgetful),
        town(tmp_path) as office,
    ):
        assert begins.wait(PATIENCE)
        stopping = threading.Thread(target=office.running.stop)
        stopping.start()
        stopping.join(PATIENCE)
        has_stopped = not stopping.is_alive()
        for state in states:
            state.terminated = True
        assert has_stopped
