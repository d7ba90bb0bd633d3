"""Take every picture of a demonstration folder, with a real browser and the real commands."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.cli import main as kaikaku
from bot.progress.chart import png
from bot.progress.summary_charts import amounts_chart
from tests.bot.channels.web.served import Served, served
from tests.bot.progress.invented import summary
from tests.browser.conftest import FLAGS

HERE = Path(__file__).parent
TODAY = "2023-08-01"
PERSON = "jimukyoku"
OWNER, OPEN = "kodomo-ka-tanto", "/evaluations/R5/3-1-4"
DESK = {"viewport": {"width": 1100, "height": 840}}
PHONE = {"viewport": {"width": 360, "height": 760}, "is_mobile": True, "has_touch": True}
PAPER = {"viewport": {"width": 760, "height": 900}}


def main() -> int:
    """Take them all; prints each with its size."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        kaikaku(["demo", str(folder)])
        report = Path(scratch) / "report.html"
        os.environ["KAIKAKU_DATA"] = str(folder)
        kaikaku(["progress", "--fiscal-year", "R5", "--html", str(report), "--today", TODAY])
        settings = {"KAIKAKU_TODAY": TODAY, "KAIKAKU_IDENTITY": "trial"}
        with served(folder, **settings) as bot, browser() as chromium:
            for name, picture in taken(chromium, bot, report):
                (HERE / f"{name}.png").write_bytes(picture)
                print(f"{name}.png {len(picture) // 1024} KB")
    return 0


def taken(chromium: Any, bot: Served, report: Path) -> Iterator[tuple[str, bytes]]:
    """Each picture's name and content."""
    home = f"http://127.0.0.1:{bot.port}"
    page = opened(chromium, f"{home}/", DESK, home)
    page.fill("#question", "3-1-2の効果額は？")
    page.press("#question", "Enter")
    page.locator("#latest").wait_for()
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    yield "question", page.screenshot()
    yield "progress", opened(chromium, f"{home}/progress?year=R5", DESK, home).screenshot()
    phone = opened(chromium, f"{home}/progress?year=R5&scope=柱5", PHONE, home)
    yield "progress-phone", phone.screenshot()
    phone.goto(home + phone.locator("#lags ~ .scroll a").first.get_attribute("href"))
    yield "entry-phone", phone.screenshot()
    yield "evaluation", filled_in(chromium, home).screenshot()
    yield "report", opened(chromium, report.as_uri(), PAPER, home).screenshot()
    chart = amounts_chart(summary())
    assert chart is not None
    yield "chart", png(chart)


def filled_in(chromium: Any, home: str) -> Any:
    """The form of a self-evaluation with a figure that is asked back."""
    page = opened(chromium, f"{home}{OPEN}", DESK, home, OWNER)
    page.get_by_role("button", name="入力する").click()
    page.get_by_label("計画どおり").check()
    page.get_by_label("実績見込み").fill("695千円")
    page.get_by_label("課題と改善").focus()
    page.locator(".error").wait_for()
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    return page


def opened(chromium: Any, address: str, screen: dict[str, Any], home: str, person: str = PERSON) -> Any:
    """A page as the person sees it."""
    context = chromium.new_context(locale="ja-JP", color_scheme="light", **screen)
    context.add_cookies([{"name": "kaikaku-person", "value": person, "url": home}])
    page = context.new_page()
    page.goto(address)
    return page


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("chromium がありません（apt-get install chromium）")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


if __name__ == "__main__":
    sys.exit(main())
