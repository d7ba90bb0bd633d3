"""Every page held against axe-core, at both widths, by day and by night: JIS X 8341-3 AA and its best practices."""

from typing import Any

import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

WIDTHS = {"wide": {"width": 1280, "height": 860}, "narrow": {"width": 360, "height": 760}}
PATHS = [
    "/",
    "/plan",
    "/plan/柱3",
    "/plan/1-1",
    "/plan/3-2",
    "/plan/4-1",
    "/plan/5-2",
    "/plan/3-1-2",
    "/plan/3-1-6",
    "/plan/3-2-4",
    "/sources/3-1-2",
    "/sources/section%3A1%3A1",
    "/nowhere",
]
TALK = [
    "3-1-2の効果額は？",
    "指定管理者制度の導入は達成できた？",
    "天気は？",
    "What is the target of 3-1-2?",
    "入力",
]


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")], ids="-".join)
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    width, scheme = request.param
    return {"viewport": WIDTHS[width], "color_scheme": scheme}


def test_every_page_is_open_to_everybody(opened: Open, home: str, look: dict[str, Any]) -> None:
    page = opened(home, **look)
    found = {}
    for path in PATHS:
        page.goto(home + path)
        found[path] = violations(page)
    opened.trouble[:] = [line for line in opened.trouble if "404" not in line]  # type: ignore[attr-defined]
    assert found == {path: [] for path in PATHS}


def test_a_conversation_is_open_to_everybody(opened: Open, home: str, look: dict[str, Any]) -> None:
    page = opened(home, **look)
    for number, question in enumerate(TALK):
        page.fill("#question", question)
        page.press("#question", "Enter")
        page.locator("article.card").nth(number).wait_for()
        assert violations(page) == []
    page.locator("[data-beside]").first.click()
    page.locator("#beside .passage").wait_for()
    assert violations(page) == []


def test_choosing_whom_to_be_is_open_to_everybody(
    opened: Open, trial_home: str, look: dict[str, Any]
) -> None:
    assert violations(opened(trial_home, **look)) == []


def test_a_fault_would_be_seen(opened: Open, home: str) -> None:
    page = opened(home)
    page.evaluate("document.querySelector('label[for=question]').remove()")
    page.evaluate("document.querySelector('#question').removeAttribute('placeholder')")
    assert any(line.startswith("label:") for line in violations(page))
