"""People of the sample roster at browsers without script, over the whole bot: they fill in what the page shows."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from bot.app import App, open_app
from bot.app.facade import AppFacade
from bot.channels.web.app import create_app
from bot.channels.web.receive import PERSON_COOKIE
from bot.settings import Settings
from tests.bot.channels.web.browser import HOME

JULY = date(2023, 7, 10)
OWNER, DEPUTY, HEAD = "bunka-tanto", "bunka-kakaricho", "bunka-kacho"
OTHER, OTHER_HEAD, SECRETARIAT = "kanko-tanto", "kanko-kacho", "jimukyoku"
HALL = "/evaluations/R5/3-1-2"


@dataclass
class Form:
    """What a form would send, by names; `buttons` by their words."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What came back: the words of its main part, its links and forms, its ids and what refers to them."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status, self.path = response.status_code, response.url.raw_path.decode()
        self.words, self.forms, self.links = "", list[Form](), list[str]()
        self.ids, self.described = list[str](), list[str]()
        self._is_main = False
        self._inside, self._button, self._textarea = False, None, ""
        self.feed(response.text)

    _button: dict[str, str] | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.described += given.get("aria-describedby", "").split()
        if tag == "a":
            self.links.append(given["href"])
        if tag == "main":
            self._is_main = True
        if tag == "form":
            self._inside = True
            self.forms.append(Form(given["action"]))
        if not self._inside:
            return
        name = given.get("name", "")
        is_set = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and name and is_set:
            self.forms[-1].fields[name] = given.get("value", "")
        if tag == "textarea":
            self._textarea = name
            self.forms[-1].fields[name] = ""
        if tag == "button" and given.get("type") != "button":
            self._button = {name: given.get("value", "")} if name else {}

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._textarea = ""
        if tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._is_main:
            self.words += data
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data.removeprefix("\n")
        if self._button is not None and data.strip():
            self.forms[-1].buttons.setdefault(data.strip(), self._button)

    def form(self, action: str) -> Form:
        return next(one for one in self.forms if one.action == action)

    def field(self, name: str) -> str:
        """What stands in the field of the self-evaluation whose name begins so."""
        fields = self.form(self.path.partition("?")[0]).fields
        return next(value for key, value in fields.items() if key.startswith(f"field.{name}"))


def open_bot(folder: Path, today: date = JULY, identity: str = "trial") -> App:
    settings = Settings(data=folder, today=today, identity="trial" if identity == "trial" else "none")
    return open_app(settings)


class Staff:
    """One person at one browser; `None` has chosen nobody."""

    def __init__(self, app: App, person: str | None) -> None:
        self.client = TestClient(
            create_app(AppFacade(app), app.settings),
            base_url=HOME,
            headers={"origin": HOME},
            client=("127.0.0.1", 50000),
            cookies={PERSON_COOKIE: person} if person else {},
        )

    def open(self, path: str) -> Page:
        return Page(self.client.get(path))

    def press(self, page: Page, button: str, **fields: str) -> Page:
        """Press the button with these words in the form that has it, fields by the beginnings of their names."""
        form = next(one for one in page.forms if button in one.buttons)
        return Page(self.client.post(form.action, data=filled(form, fields) | form.buttons[button]))

    def begin(self) -> Page:
        return self.press(self.open(HALL), "入力する")

    def enter(self) -> Page:
        """A whole self-evaluation of the hall, submitted."""
        page = self.press(self.begin(), "内容を確認する", **WHOLE)
        return self.press(page, "提出する")


WHOLE = {
    "state": "on_track",
    "forecast": "14,561千円",
    "actual": "14,561千円",
    "problems": "文化振興課が9月までに案内を改める",
}
"""A self-evaluation as targeted."""


def filled(form: Form, fields: dict[str, str]) -> dict[str, str]:
    """What the form sends with these fields filled in; a radio that was not set has no name to be found by."""
    sent = dict(form.fields)
    for beginning, value in fields.items():
        names = [name for name in sent if name.startswith(f"field.{beginning}") or name == beginning]
        sent |= dict.fromkeys(names or [f"field.{beginning}"], value)
    return sent
