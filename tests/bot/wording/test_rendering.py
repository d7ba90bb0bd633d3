from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.wording.rendering import HtmlTemplates, text_templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "said.txt").write_text("{{ words }}", encoding="utf-8")
    return tmp_path


def said(folder: Path) -> str:
    return text_templates(folder).get_template("said.txt").render(words="<b>")


def test_a_changed_template_is_seen(folder: Path) -> None:
    assert said(folder) == "<b>"
    (folder / "said.txt").write_text("新しい{{ words }}", encoding="utf-8")
    assert said(folder) == "新しい<b>"


def test_a_page_escapes_what_a_text_shows_as_it_is(folder: Path) -> None:
    assert said(folder) == "<b>"
    assert HtmlTemplates(folder, {}).page("said.txt", words="<b>") == "&lt;b&gt;"


def test_a_word_that_is_not_given_is_a_fault(folder: Path) -> None:
    with pytest.raises(UndefinedError):
        HtmlTemplates(folder, {}).page("said.txt")
