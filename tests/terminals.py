"""The real command as a process of its own: fed through a pipe, or typed at on a real pseudo-terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import PATIENCE

KAIKAKU = str(Path(sys.executable).with_name("kaikaku"))


def environment(folder: Path, **more: str) -> dict[str, str]:
    """No settings but the data folder; a locale that everybody has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"KAIKAKU_DATA": str(folder / "data"), "LC_ALL": "C.UTF-8", "TERM": "dumb"} | more


def piped(words: list[str], folder: Path, text: str | bytes) -> subprocess.CompletedProcess[str]:
    """Run `kaikaku` with these words, with `text` on its standard input."""
    run = subprocess.run(
        [KAIKAKU, *words],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        cwd=folder,
        env=environment(folder),
        timeout=PATIENCE,
        check=False,
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


class Terminal:
    """A pseudo-terminal with `kaikaku` in it."""

    def __init__(self, process: "subprocess.Popen[bytes]", master: int) -> None:
        self.process, self._master = process, master
        self._seen = b""

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def until(self, words: str) -> str:
        """What is shown up to and with these words; it fails with what was shown instead."""
        end = time.monotonic() + PATIENCE
        while not self._has(words, end - time.monotonic()):
            if time.monotonic() > end:
                raise AssertionError(f"「{words}」が出ません：{self._seen.decode(errors='replace')}")
        shown, found, self._seen = self._seen.partition(words.encode())
        return (shown + found).decode(errors="replace").replace("\r\n", "\n")

    def interrupt(self, words: str) -> str:
        """Ctrl+C, again while nothing comes of it: one that meets a key being read waits for the next key."""
        for _ in range(PATIENCE):
            self.type("\x03")
            if self._has(words, 1.0):
                break
        return self.until(words)

    def line(self, text: str) -> str:
        """Type a line at the prompt; what is shown until the next prompt."""
        self.type(f"{text}\r")
        self.until("\n")
        return self.until("\n> ")

    def end(self) -> int:
        """The exit status, once it has left."""
        return self.process.wait(PATIENCE)

    def _has(self, words: str, patience: float) -> bool:
        """Whether these words have been shown, or are while something more comes within that time."""
        while words.encode() not in self._seen:
            if not select.select([self._master], [], [], max(0.0, patience))[0]:
                return False
            self._seen += self._more()
        return True

    def _more(self) -> bytes:
        try:
            more = os.read(self._master, 65536)
        except OSError:  # the other end is gone
            more = b""
        if not more:
            raise AssertionError(f"終わりました：{self._seen.decode(errors='replace')}")
        return more


def _listen_to_ctrl_c() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background ignores it


@contextmanager
def typed(words: list[str], folder: Path, rows: int = 50, columns: int = 100) -> Iterator[Terminal]:
    """`kaikaku` with these words in a terminal of that size."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [KAIKAKU, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
        preexec_fn=_listen_to_ctrl_c,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
