import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
PICTURES = sorted((TOP / "tests" / "pictures").glob("*.png"))
LARGEST = 150 * 1024


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_the_pictures_that_a_readme_shows_are_there_and_are_described(readme: str) -> None:
    shown = re.findall(r"<img src=\"([^\"]+)\" alt=\"([^\"]+)\"", (TOP / readme).read_text(encoding="utf-8"))
    assert shown and all((TOP / path).is_file() and words for path, words in shown)


def test_every_picture_is_shown_and_small() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert PICTURES
    for picture in PICTURES:
        assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size < LARGEST
        assert f"tests/pictures/{picture.name}" in readme
