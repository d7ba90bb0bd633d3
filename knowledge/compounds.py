"""Compounds: nouns that stand together and name one thing (図書館, 会計年度任用職員), and whether a text speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.japanese import Word, asking_words, content_words, words

_AFFIXES = ("接頭辞", "接尾辞")
_NOT_NAMING = frozenset({"数詞", "助数詞可能", "副詞可能", "形状詞的"})
_NAMES_A_THING = re.compile("[一-龠々ァ-ヺa-z]")
_LATIN = re.compile("[a-z]+")


def compounds(text: str) -> Iterator[tuple[Word, ...]]:
    """The compounds of a folded text, without words at their edges that only go with a question (財政状況など)."""
    light = {word.start for word in words(text)} - {word.start for word in content_words(text)}
    run: list[Word] = []
    for word in words(text):
        if run and (word.start != run[-1].end or not _is_part(word)):
            yield from _named(run, light)
            run = []
        if _is_part(word):
            run.append(word)
    yield from _named(run, light)


def _is_part(word: Word) -> bool:
    kind = word.part_of_speech
    return kind[0] in ("名詞", "接頭辞") or kind[:2] == ("接尾辞", "名詞的")


def _named(run: list[Word], light: set[int]) -> Iterator[tuple[Word, ...]]:
    """The run as a compound, unless nothing of it names a thing."""

    def only_asks(word: Word) -> bool:
        asks = asking_words().intersection((word.written, word.normal))
        says_nothing = word.part_of_speech[0] == "名詞" and word.start in light
        return bool(asks or says_nothing or _NOT_NAMING.intersection(word.part_of_speech))

    while run and only_asks(run[-1]):
        run = run[:-1]
    while run and only_asks(run[0]):
        run = run[1:]
    written = "".join(word.written for word in run)
    if len(written) > 1 and _NAMES_A_THING.search(written):
        yield tuple(run)


def speaks_of(compound: tuple[Word, ...], text: str, elsewhere: str) -> bool:
    """Whether a text speaks of the compound: as it is, `elsewhere` in the document, or in pieces.

    A word and what is joined to it (図書+館, 副+部会) are one piece: the halves alone name other things.
    """
    written = "".join(word.written for word in compound)
    if _LATIN.fullmatch(written):
        return written in _LATIN.findall(elsewhere)
    return written in elsewhere or (len(compound) > 1 and all(piece in text for piece in _pieces(compound)))


def _pieces(compound: tuple[Word, ...]) -> list[str]:
    pieces = [compound[0].written]
    for before, word in pairwise(compound):
        if word.part_of_speech[0] == "接尾辞" or before.part_of_speech[0] == "接頭辞":
            pieces[-1] += word.written
        else:
            pieces.append(word.written)
    return pieces
