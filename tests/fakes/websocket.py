"""The server's side of a WebSocket, as far as Socket Mode speaks it: text, ping, pong, close (RFC 6455)."""

import base64
import hashlib
import struct
import threading
from collections.abc import Callable
from typing import BinaryIO

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def accept_key(key: str) -> str:
    """What the server proves with that it speaks WebSocket."""
    return base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()


class WebSocket:
    """One connection after its handshake."""

    def __init__(self, read: BinaryIO, write: Callable[[bytes], None], hang_up: Callable[[], None]) -> None:
        self._read, self._write, self._hang_up = read, write, hang_up
        self._lock = threading.Lock()
        self.is_open = True

    def send(self, text: str) -> None:
        self._frame(TEXT, text.encode())

    def drop(self) -> None:
        """As when a network goes away: no goodbye."""
        self.is_open = False
        self._hang_up()

    def listen(self, hear: Callable[[str], None]) -> None:
        """Give each text to `hear` until the connection ends."""
        try:
            while (frame := self._next()) is not None:
                kind, payload = frame
                if kind == TEXT:
                    hear(payload.decode())
                elif kind == PING:
                    self._frame(PONG, payload)
                elif kind == CLOSE:
                    self._frame(CLOSE, b"")
                    return
        except (OSError, ValueError, struct.error):
            return
        finally:
            self.is_open = False

    def _frame(self, kind: int, payload: bytes) -> None:
        length = len(payload)
        head = bytes([0x80 | kind])
        if length < 126:
            head += bytes([length])
        elif length < 65536:
            head += bytes([126]) + struct.pack("!H", length)
        else:
            head += bytes([127]) + struct.pack("!Q", length)
        with self._lock:
            self._write(head + payload)

    def _next(self) -> tuple[int, bytes] | None:
        head = self._read.read(2)
        if len(head) < 2:
            return None
        length = head[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._read.read(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._read.read(8))
        if not head[1] & 0x80:
            raise ValueError("a client's frame is masked")
        mask = self._read.read(4)
        payload = bytes(one ^ mask[place % 4] for place, one in enumerate(self._read.read(length)))
        return head[0] & 0x0F, payload
