"""A person at a browser without script: opens pages, fills in what they show, follows redirects."""

from html.parser import HTMLParser

from starlette.testclient import TestClient

from bot.channels.web.app import create_app
from bot.settings import Settings
from tests.bot.channels.web.fakes import FakeFacade

HOME = "http://127.0.0.1:8000"


def at_the_page(facade: FakeFacade, settings: Settings | None = None) -> TestClient:
    app = create_app(facade, settings or Settings())
    return TestClient(
        app,
        base_url=HOME,
        headers={"origin": HOME},
        raise_server_exceptions=False,
        client=("127.0.0.1", 50000),
    )


class Seen(HTMLParser):
    """What a page holds: every element with its attributes, every word outside of tags, every form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.forms: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag == "form":
            self.forms.append({"action": attributes["action"]})
        if tag in ("input", "button") and attributes.get("name") and self.forms:
            self.forms[-1].setdefault(attributes["name"], attributes.get("value", ""))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def form(self, action: str) -> dict[str, str]:
        """What the first form of that action would send, its buttons' first values included."""
        found = next(form for form in self.forms if form["action"] == action)
        return {name: value for name, value in found.items() if name != "action"}


def seen(client: TestClient, path: str = "/") -> Seen:
    return Seen(client.get(path).text)


def ask(client: TestClient, question: str) -> Seen:
    """Type a question, send it, and see the page it leads to."""
    form = seen(client).form("/ask") | {"question": question}
    return Seen(client.post("/ask", data=form).text)
