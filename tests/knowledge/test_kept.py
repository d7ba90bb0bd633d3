import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.editions import shipped
from knowledge.kept import kept
from knowledge.known import Known, shipped_known


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "ways.toml").write_text("いくら", encoding="utf-8")
    return tmp_path


def counting(package: Path) -> tuple[Callable[[], str], list[str]]:
    """Something slow to make, and how often it was made."""
    made: list[str] = []

    def make() -> str:
        made.append((package / "words" / "ways.toml").read_text(encoding="utf-8"))
        return made[-1]

    return make, made


def the_file(package: Path) -> Path:
    (file,) = (package / "__pycache__").iterdir()
    return file


def test_it_is_made_once(package: Path) -> None:
    make, made = counting(package)
    assert [kept("words", make, package) for _ in range(3)] == ["いくら"] * 3
    assert len(made) == 1


@pytest.mark.parametrize("change", ["written", "touched", "added", "taken away"])
def test_it_is_made_anew_when_any_file_is_another_one(package: Path, change: str) -> None:
    make, made = counting(package)
    (package / "other.py").touch()
    kept("words", make, package)
    match change:
        case "written":
            (package / "words" / "ways.toml").write_text("何円", encoding="utf-8")
        case "touched":
            os.utime(package / "other.py", (1, 1))
        case "added":
            (package / "words" / "more.toml").touch()
        case "taken away":
            (package / "other.py").unlink()
    assert kept("words", make, package) == ("何円" if change == "written" else "いくら")
    assert len(made) == 2


@pytest.mark.parametrize("keep", [0, 10, 40, -1])
def test_what_was_cut_short_or_altered_is_not_believed(package: Path, keep: int) -> None:
    make, made = counting(package)
    kept("words", make, package)
    content = the_file(package).read_bytes()
    the_file(package).write_bytes(content[:keep])
    assert kept("words", make, package) == "いくら"
    the_file(package).write_bytes(content[:-3] + b"xxx")
    assert kept("words", make, package) == "いくら"
    assert len(made) == 3


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept("words", counting(package)[0], package)
    assert not (package / "__pycache__").exists()


def test_a_place_that_cannot_be_written_is_no_fault(package: Path) -> None:
    (package / "__pycache__").write_text("a file in the way of the folder", encoding="utf-8")
    make, made = counting(package)
    assert [kept("words", make, package) for _ in range(2)] == ["いくら"] * 2
    assert len(made) == 2


def test_a_full_disk_leaves_nothing_behind(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert kept("words", counting(package)[0], package) == "いくら"
    assert list((package / "__pycache__").iterdir()) == []


def test_the_shipped_edition_comes_back_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    fresh = Known(shipped())
    fresh.make_ready()
    for known in (shipped_known(), shipped_known()):
        assert known.edition == fresh.edition
        assert known.passages == fresh.passages
        assert known.text_of == fresh.text_of
        assert known.vocabulary.name_of == fresh.vocabulary.name_of
        assert known.search("防災の取組") == fresh.search("防災の取組")
        assert known.names.find("文化会館の指定管理") == fresh.names.find("文化会館の指定管理")
