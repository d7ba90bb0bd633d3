import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.progress.papers import accepted
from bot.progress.report import report
from bot.progress.scope import Scope
from bot.progress.summary import summarise
from tests.bot.progress.invented import AUGUST, CALENDAR, R5, entries, known, roster

VOID = {"meta", "rect", "line", "br"}


def page(ref: str = "計画") -> str:
    return report(
        summarise(known(), roster(), accepted(entries()), Scope(ref), R5, AUGUST, CALENDAR), known()
    )


class Reader(HTMLParser):
    """Gathers the tags, and holds that each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


@pytest.mark.parametrize("ref", ["計画", "柱1", "柱5", "3-2", "5-1-1", "3-1-6"])
def test_the_page_is_whole_and_asks_nothing_of_the_outside(ref: str) -> None:
    text = page(ref)
    tags = read(text).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "a"}
    assert not [attrs for _, attrs in tags if "src" in attrs or "href" in attrs]
    assert "url(" not in text and "@import" not in text
    assert set(re.findall(r"https?://[^\"]+", text)) <= {"http://www.w3.org/2000/svg"}


def test_the_page_says_its_language_and_names_its_parts() -> None:
    text = page()
    tags = read(text).tags
    assert ("html", {"lang": "ja"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1 and [tag for tag, _ in tags].count("main") == 1
    tables = sum(tag == "table" for tag, _ in tags)
    assert tables == sum(tag == "caption" for tag, _ in tags) > 3
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    figures = [attrs for tag, attrs in tags if tag == "figure"]
    assert figures and all(attrs["role"] == "img" and attrs["aria-label"] for attrs in figures)
    assert "@page { size: A4" in text


def test_the_page_has_the_accepted_numbers_and_their_definition() -> None:
    text = page()
    sums = summarise(known(), roster(), accepted(entries()), Scope(), R5, AUGUST, CALENDAR).amounts.of(R5)
    assert sums.result == 205_960_500
    assert "205,960.5千円" in text and "269,800千円" in text
    assert "248,249.5千円" not in text
    assert "達成率 100.0%（目標のうち比べられる分 206,054千円に対して）" in text
    assert "達成率は、目標と実績（なければ見込み）の両方がある" in text


def test_nothing_internal_is_on_the_page() -> None:
    text = page()
    assert "報告なし" not in text and "公表する数値なし" in text
    for internal in ("内部の", "gyosei", "見本：", "差戻し", "未提出", "遅れ", "ヒアリング"):
        assert internal not in text


def test_what_a_department_wrote_is_shown_as_text() -> None:
    first = next(one for one in accepted(entries()) if (one.round, one.subject) == ("R5", "3-1-2"))
    figure = replace(first.forecast[0], value=None, written="<script>alert(1)</script>")
    several = (replace(first, forecast=(figure,)),)
    text = report(summarise(known(), roster(), several, Scope(), R5, AUGUST, CALENDAR), known())
    assert "<script>" not in text and "&lt;script&gt;" in text
