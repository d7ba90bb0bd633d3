"""The manager's page and the report for the city's site, in a real browser at both widths, by day and by night."""

from pathlib import Path
from typing import Any

import pytest

from bot.progress.papers import accepted
from bot.progress.report import report
from bot.progress.scope import Scope
from bot.progress.summary import summarise
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, entries, known, roster
from tests.browser.conftest import Open
from tests.browser.test_accessibility import WIDTHS, violations

pytestmark = pytest.mark.browser

PERSON = "jimukyoku"
PATHS = [
    "?year=R5",
    "?year=R5&scope=柱1",
    "?year=R5&scope=5-1",
    "?year=R4&scope=3-1-2",
    "?department=own",
]


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")], ids="-".join)
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    width, scheme = request.param
    return {"viewport": WIDTHS[width], "color_scheme": scheme}


def as_person(page: Any, home: str, person: str = PERSON) -> Any:
    page.get_by_label("誰として試しますか").select_option(person)
    page.get_by_role("button", name="切り替える").click()
    page.get_by_role("link", name="進捗", exact=True).wait_for()
    return page


def opened_up(page: Any) -> Any:
    page.locator("details").evaluate_all("several => several.forEach(one => { one.open = true })")
    return page


def too_wide(page: Any) -> bool:
    return bool(page.evaluate("document.scrollingElement.scrollWidth > document.documentElement.clientWidth"))


def test_the_page_is_open_to_everybody(opened: Open, filled_home: str, look: dict[str, Any]) -> None:
    page = as_person(opened(filled_home, **look), filled_home)
    found = {}
    for path in PATHS:
        page.goto(f"{filled_home}/progress{path}")
        found[path] = violations(opened_up(page))
        assert not too_wide(page), path
    page.goto(f"{filled_home}/progress?year=R5")
    page.goto(filled_home + page.locator("#lags ~ .scroll a").first.get_attribute("href"))
    found["entry"] = violations(page)
    assert not too_wide(page)
    assert found == {path: [] for path in (*PATHS, "entry")}


def test_from_a_sum_to_its_figures_to_the_entry_and_back(opened: Open, filled_home: str) -> None:
    page = as_person(opened(filled_home, viewport=WIDTHS["narrow"]), filled_home)
    page.get_by_role("link", name="進捗", exact=True).click()
    page.locator("#year").select_option("R5")
    page.get_by_role("button", name="表示する").click()
    page.get_by_role("link", name="令和4年度").click()
    page.wait_for_url("**/progress?year=R4#initiatives")
    figure = page.locator("#initiatives td a").first
    figure.wait_for()
    words = figure.inner_text().partition("（")[0]
    figure.click()
    page.wait_for_url("**/progress/entries/*")
    assert words in page.locator("main").inner_text() and "R5の自己評価" in page.locator("main").inner_text()
    page.get_by_role("link", name="の進捗を見る").click()
    page.wait_for_url("**/progress?scope=*")


def test_bars_differ_by_more_than_their_colour(opened: Open, filled_home: str) -> None:
    page = as_person(opened(filled_home, **{"viewport": WIDTHS["wide"]}), filled_home)
    page.goto(f"{filled_home}/progress?year=R5")
    looks = [
        page.locator(f".several > svg .series-{number}").first.evaluate(
            "bar => { const one = getComputedStyle(bar); return [one.strokeDasharray, one.fill === one.stroke] }"
        )
        for number in range(3)
    ]
    assert len({str(one) for one in looks}) == 3
    assert page.locator(".legend").first.inner_text().split() == ["目標", "見込み", "実績", "なし"]


def test_the_page_needs_no_script(opened: Open, filled_home: str) -> None:
    page = as_person(opened(filled_home, java_script_enabled=False), filled_home)
    page.goto(f"{filled_home}/progress?year=R5&scope=柱5")
    page.locator("summary", has_text="取組別に見る").click()
    page.locator("#initiatives td a").first.click()
    assert "自己評価" in page.title()


def test_on_paper_nothing_is_left_folded(opened: Open, filled_home: str) -> None:
    page = as_person(opened(filled_home, viewport=WIDTHS["wide"]), filled_home)
    page.goto(f"{filled_home}/progress?year=R5")
    folded = page.locator("#initiatives")
    assert not folded.evaluate("one => one.checkVisibility()")
    page.emulate_media(media="print")
    assert folded.evaluate("one => one.checkVisibility()")
    assert not page.locator(".scope").is_visible()


@pytest.fixture
def report_file(tmp_path: Path) -> str:
    public = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR)
    path = tmp_path / "report.html"
    path.write_text(report(public, known()), encoding="utf-8")
    return path.as_uri()


def test_the_report_for_the_citys_site_is_open_to_everybody(
    opened: Open, report_file: str, look: dict[str, Any]
) -> None:
    page = opened(report_file, **look)
    assert violations(page) == []
    assert not too_wide(page)


def test_the_report_prints_on_a4(opened: Open, report_file: str) -> None:
    page = opened(report_file)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") >= 1
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    assert not too_wide(page)
