import sys
from pathlib import Path

import pytest

from bot.rendering import Pages, text_templates
from knowledge.kept import Keeping


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "said.txt").write_text("{{ words }}", encoding="utf-8")
    return tmp_path / "templates"


def said(folder: Path) -> str:
    return text_templates(folder, Keeping(folder.parent)).get_template("said.txt").render(words="<b>")


def test_what_a_template_compiles_to_is_kept(folder: Path) -> None:
    assert said(folder) == "<b>"
    (file,) = (folder.parent / "__pycache__").iterdir()
    before = file.stat().st_mtime_ns
    assert said(folder) == "<b>"
    assert file.stat().st_mtime_ns == before


def test_a_changed_template_is_seen(folder: Path) -> None:
    said(folder)
    (folder / "said.txt").write_text("新しい{{ words }}", encoding="utf-8")
    assert said(folder) == "新しい<b>"


def test_a_page_escapes_what_was_compiled_as_text_before(folder: Path) -> None:
    said(folder)
    assert Pages(folder, {}, Keeping(folder.parent)).page("said.txt", words="<b>") == "&lt;b&gt;"
    assert said(folder) == "<b>"


def test_words_that_were_worked_out_at_once_are_so_anew_when_they_change(folder: Path) -> None:
    (folder / "named.txt").write_text('{{ "効果額目標" | english }}', encoding="utf-8")
    for word in ("target", "goal"):
        (folder.parent / "english.toml").write_text(word, encoding="utf-8")
        templates = text_templates(folder, Keeping(folder.parent))
        templates.filters["english"] = lambda _japanese, word=word: word
        assert templates.get_template("named.txt").render() == word
