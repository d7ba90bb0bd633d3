import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
PICTURES = sorted((TOP / "tests" / "pictures").glob("*.png"))
LARGEST = 150 * 1024


@pytest.mark.parametrize("name", ["README.md", "README.en.md", "docs/staff.md"])
def test_the_pictures_that_a_document_shows_are_there_and_are_described(name: str) -> None:
    document = TOP / name
    shown = re.findall(r"<img src=\"([^\"]+)\" alt=\"([^\"]+)\"", document.read_text(encoding="utf-8"))
    assert shown and all((document.parent / path).is_file() and words for path, words in shown)


def test_every_picture_is_shown_and_small() -> None:
    said = "".join((TOP / name).read_text(encoding="utf-8") for name in ("README.md", "docs/staff.md"))
    assert PICTURES
    for picture in PICTURES:
        assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size < LARGEST
        assert f"tests/pictures/{picture.name}" in said
