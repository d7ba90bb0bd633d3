"""A small mail server on loopback that answers, hangs up or falls silent as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    answers: dict[str, str]
    taken: list[str]
    heard: list[str]


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper()[:4] if line.strip() else ""
            self.server.heard.append(verb)
            answer = self.server.answers.get(verb, "250 well")
            if verb == "DATA" and answer.startswith("250"):
                self.say("354 go on")
                self.take()
                answer = self.server.answers.get("END", "250 taken")
            if answer == "hang up":
                return
            if answer != "say nothing":
                self.say(answer)
            if verb == "QUIT":
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        self.server.taken.append("".join(lines))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(**answers: str) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Talk) as server:
        server.answers, server.taken, server.heard = answers, [], []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
