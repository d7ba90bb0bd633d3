"""A proxy on loopback as a city's network has one: CONNECT only, and no other way to where it leads."""

import base64
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Proxy:
    """Leads every tunnel to `port` of this machine. `asked` is for where; with a `login` it wants to be shown it."""

    def __init__(self, port: int, login: str = "") -> None:
        self.asked: list[str] = []
        self.port, self.login = port, login
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"proxy": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True, args=(0.05,)).start()

    @property
    def url(self) -> str:
        login = f"{self.login}@" if self.login else ""
        return f"http://{login}127.0.0.1:{self._server.server_address[1]}"

    def lets_in(self, shown: str) -> bool:
        return not self.login or shown == f"Basic {base64.b64encode(self.login.encode()).decode()}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Door(BaseHTTPRequestHandler):
    proxy: Proxy

    def do_CONNECT(self) -> None:
        self.close_connection = True
        if not self.proxy.lets_in(self.headers.get("Proxy-Authorization") or ""):
            self.send_error(407)
            return
        self.proxy.asked.append(self.path)
        with socket.create_connection(("127.0.0.1", self.proxy.port)) as beyond:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pass_on, args=(beyond, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, beyond)
            back.join()

    def log_message(self, *_arguments: Any) -> None:
        pass


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    try:
        while some := here.recv(65536):
            there.sendall(some)
        there.shutdown(socket.SHUT_WR)
    except OSError:
        return
