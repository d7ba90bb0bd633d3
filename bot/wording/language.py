"""In which language a person who typed something is answered."""

from __future__ import annotations

from knowledge.question import Language


def language_of(text: str) -> Language:
    """English where somebody wrote Latin letters and nothing Japanese; a code, a figure or a button's label says nothing."""
    letters = [one for one in text if one.isalpha()]
    return "en" if letters and all(one.isascii() for one in letters) else "ja"
