import json
import logging
import re

import pytest

from bot.channels.web.middleware import LARGEST_BODY, OwnAddress
from bot.settings import Settings
from tests.bot.channels.web.browser import HOME, Seen, at_the_page, seen
from tests.bot.channels.web.fakes import FakeFacade

PUBLIC = Settings(public_url="https://navi.example.jp")
PAGES = ["/", "/plan", "/plan/1-1-1", "/healthz", "/static/page.css", "/nowhere", "/ask"]
CHANGES = ["/ask", "/press", "/helpful", "/person"]
JAPANESE = re.compile(r"[ぁ-ん]")


@pytest.mark.parametrize("path", PAGES)
def test_every_response_is_strict_about_what_may_load(path: str) -> None:
    headers = at_the_page(FakeFacade()).get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_even_a_failure_is_strict_and_plain() -> None:
    facade = FakeFacade()
    facade.exchanges = lambda channel, conversation, limit: [][1 // 0]  # type: ignore[method-assign]
    response = at_the_page(facade).get("/")
    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "Traceback" not in response.text and "division" not in response.text
    assert "問題が起きました" in response.text


@pytest.mark.parametrize("path", ["/", "/plan", "/plan/1-1", "/plan/1-1-1", "/plan/柱1", "/nowhere"])
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: str) -> None:
    page = seen(at_the_page(FakeFacade()), path)
    for tag, attributes in page.elements:
        assert tag != "style"
        assert not any(name == "style" or name.startswith("on") for name in attributes), (tag, attributes)
        assert not (tag == "script" and "src" not in attributes)
        for name in ("src", "href", "action"):
            assert not re.match(r"[a-z]+:|//", attributes.get(name, "")), (tag, attributes)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "navi.example.jp", "", "[::1"])
def test_a_foreign_host_is_misdirected(host: str) -> None:
    response = at_the_page(FakeFacade()).get("/", headers={"host": host})
    assert response.status_code == 421
    assert "このアドレスでは開けません" in response.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "127.0.0.1:9"]
)
def test_this_machine_is_known_by_all_its_names(host: str) -> None:
    assert at_the_page(FakeFacade()).get("/", headers={"host": host}).status_code == 200


def test_the_public_address_is_known_and_still_no_other() -> None:
    client = at_the_page(FakeFacade(), PUBLIC)
    assert client.get("/", headers={"host": "navi.example.jp"}).status_code == 200
    assert client.get("/", headers={"host": "navi.example.jp:8443"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_a_foreign_page_is_refused(path: str, headers: dict[str, str]) -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋", "press": "x", "helpful": "helpful", "of": "x"}
    response = client.post(path, data=form, headers=headers)
    assert response.status_code == 403
    assert facade.messages == []


def test_the_public_address_may_change_through_a_proxy_that_keeps_or_rewrites_the_host() -> None:
    address = OwnAddress("https://navi.example.jp")
    assert address.may_ask("https://navi.example.jp", "navi.example.jp")
    assert address.may_ask("https://navi.example.jp", "127.0.0.1:8000")
    assert not address.may_ask("http://navi.example.jp", "navi.example.jp")
    assert not address.may_ask("https://navi.example.jp.evil.example", "navi.example.jp")


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("token", ["", "0" * 64, "あ"])
def test_no_change_without_the_token_of_the_page(path: str, token: str) -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋", "press": "x", "helpful": "helpful", "of": "x"}
    assert client.post(path, data=form | {"change": token}).status_code == 403
    del form["change"]
    assert client.post(path, data=form).status_code == 403
    assert facade.messages == []


def test_the_token_of_another_browser_is_no_token() -> None:
    facade = FakeFacade()
    ours, theirs = at_the_page(facade), at_the_page(facade)
    seen(ours)
    form = seen(theirs).form("/ask") | {"question": "橋"}
    assert ours.post("/ask", data=form).status_code == 403
    assert theirs.post("/ask", data=form).status_code == 200


def test_a_visitor_without_a_cookie_cannot_change_anything() -> None:
    client = at_the_page(FakeFacade())
    form = seen(client).form("/ask") | {"question": "橋"}
    client.cookies.clear()
    assert client.post("/ask", data=form).status_code == 403


def test_the_cookie_is_the_browsers_alone() -> None:
    cookie = at_the_page(FakeFacade()).get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie
    secure = at_the_page(FakeFacade(), PUBLIC).get("/").headers["set-cookie"]
    assert secure.startswith("__Host-kaikaku=") and "Secure" in secure


def test_a_body_said_to_be_too_large_is_refused() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋" * LARGEST_BODY}
    response = client.post("/ask", data=form)
    assert response.status_code == 413
    assert "長すぎます" in response.text
    assert facade.messages == []


def test_a_body_that_turns_out_too_large_is_refused() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    seen(client)
    chunks = (b"question=" + b"a" * 1000 for _ in range(100))
    response = client.post(
        "/ask", content=chunks, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 413
    assert "長すぎます" in response.text
    assert facade.messages == []


def test_only_plain_forms_are_read() -> None:
    client = at_the_page(FakeFacade())
    form = seen(client).form("/ask") | {"question": "橋"}
    assert client.post("/ask", json=form).status_code == 415
    assert client.post("/ask", data=form, files={"a": b"x"}).status_code == 415


def test_a_form_of_a_thousand_fields_is_refused() -> None:
    client = at_the_page(FakeFacade())
    form = seen(client).form("/ask") | {f"f{number}": "1" for number in range(1000)}
    assert client.post("/ask", data=form).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/plan/9-9-9", 404),
        ("GET", "/sources/nothing", 404),
        ("GET", "/files/nothing", 404),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/ask", 405),
        ("POST", "/plan", 405),
        ("DELETE", "/", 405),
    ],
)
def test_what_cannot_be_is_said_in_plain_japanese(method: str, path: str, status: int) -> None:
    response = at_the_page(FakeFacade()).request(method, path)
    assert response.status_code == status
    page = Seen(response.text)
    assert JAPANESE.search(page.words)
    assert {"href": "/", "class": "button"} in page.all("a")
    assert not re.search(r"Error|Not Found|Traceback|detail", page.words)


def test_each_request_leaves_one_line_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    client = at_the_page(FakeFacade())
    with caplog.at_level(logging.INFO, "kaikaku"):
        client.get("/?q=秘密の質問")
    (line,) = [record for record in caplog.records if record.getMessage() == "request"]
    assert line.facts["status"] == 200 and line.facts["path"] == "/"  # type: ignore[attr-defined]
    assert "秘密" not in json.dumps(line.facts, ensure_ascii=False)  # type: ignore[attr-defined]


def test_origin_of_the_page_itself_is_welcome() -> None:
    client = at_the_page(FakeFacade())
    form = seen(client).form("/ask") | {"question": "橋"}
    for headers in ({"origin": HOME}, {"origin": HOME, "sec-fetch-site": "same-origin"}):
        assert client.post("/ask", data=form, headers=headers).status_code == 200
