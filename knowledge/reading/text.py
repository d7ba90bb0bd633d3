"""A text made ready to be read: folded once, cut into tokens once. Everything after it matches whole tokens.

A token's lemma is the dictionary's normal form (打合せ and 打ち合わせ are one), for Latin words a plain stem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.japanese import Folded, words
from knowledge.vocabulary import Vocabulary

_LATIN = re.compile(r"[a-z][a-z'’]*")
_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:'s|’s|(?<!s)s)$")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞"})
_JOINING = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_DEPENDENT = frozenset({"非自立可能", "助動詞語幹"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word at [start, end) of the folded text."""

    text: str
    lemma: str
    pos: tuple[str, ...]
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return len(self.pos) > 1 and self.pos[1] == "数詞" and not self.text.startswith(("何", "幾"))

    @property
    def is_noun(self) -> bool:
        return self.pos[0] in ("名詞", "代名詞", "形状詞") or bool(_LATIN.fullmatch(self.text))

    @property
    def joins(self) -> bool:
        """Whether it makes one compound with a noun beside it (市民 + 税)."""
        return self.pos[0] in _JOINING and not (len(self.pos) > 1 and self.pos[1] == "数詞")

    @property
    def carries_meaning(self) -> bool:
        return self.pos[0] in _CONTENT and _DEPENDENT.isdisjoint(self.pos)


@dataclass(frozen=True)
class Text:
    """A folded text and its tokens; `english` decides in which language the answer is given."""

    folded: Folded
    tokens: tuple[Token, ...]
    english: bool

    @classmethod
    def read(cls, written: str, vocabulary: Vocabulary) -> Text:
        folded = vocabulary.fold(written)
        return cls(folded, tokens_of(folded.text), vocabulary.is_english(folded.source))

    @property
    def text(self) -> str:
        return self.folded.text

    @cached_property
    def edges(self) -> frozenset[int]:
        """Where a token begins or ends."""
        return frozenset(at for token in self.tokens for at in (token.start, token.end))

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that lie within a span."""
        return tuple(one for one in self.tokens if start <= one.start and one.end <= end)


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text that is folded already."""
    return tuple(
        Token(word.written, _lemma(word.written, word.normal), word.part_of_speech, word.start, word.end)
        for word in words(text)
    )


@lru_cache(maxsize=8192)
def lemmas_of(phrase: str) -> tuple[str, ...]:
    """The lemmas of a phrase of the lexicon."""
    return tuple(token.lemma for token in tokens_of(phrase) if token.pos[0] not in ("空白", "補助記号"))


def _lemma(written: str, normal: str) -> str:
    return _ENDINGS.sub("", written.lower()) if _LATIN.fullmatch(written.lower()) else normal


def compounds(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Content tokens in groups: nouns that stand side by side are one compound, each other word is alone."""
    groups: list[list[Token]] = []
    for token in tokens:
        beside = groups and groups[-1][-1].end == token.start and groups[-1][-1].joins and token.joins
        if beside:
            groups[-1].append(token)
        elif token.carries_meaning or token.joins:
            groups.append([token])
    return [tuple(group) for group in groups]
