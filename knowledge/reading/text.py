"""A text made ready to be read: folded once, cut into tokens once. Everything after it matches whole tokens.

A token's lemma is the dictionary's normal form (打合せ and 打ち合わせ are one), for Latin words a plain stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from knowledge.japanese import Folded, fold, morphemes
from knowledge.vocabulary import Vocabulary, ungrouped

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
    def is_place(self) -> bool:
        return "地名" in self.pos

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
    def read(
        cls,
        written: str,
        vocabulary: Vocabulary,
        is_known: Callable[[str], bool] = lambda _: True,
        readings: Mapping[str, str] = MappingProxyType({}),
    ) -> Text:
        """`is_known` tells words of the plan: other words in half-width katakana are read as hiragana (ﾄﾞﾚ is どれ). `readings`
        gives the plan's words by how they sound, for whoever leaves them in kana (とうしん is 答申).
        """
        written = _HALF_WIDTH.sub(lambda match: _in_hiragana(match[0], is_known), written)
        written = _ASKING_IN_KATAKANA.sub(lambda match: _hiragana(match[0]), written)
        folded = settled(written, vocabulary)
        folded = folded.replaced([(s, e, word) for s, e, word in _spelled_out(folded.text, readings)])
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


_KANA = re.compile(r"[ぁ-んー]{4,}")
_ASKING_IN_KATAKANA = re.compile(
    r"(?<![ァ-ヶー])(?:ダレ|ドレ|ナニ|ナンボ|ナン|イクラ|ドコ|イツ|ドッチ|ドチラ|ワカル)(?![ァ-ヶー])"
)
_KATAKANA = re.compile("[ァ-ヶー]+")
_HALF_WIDTH = re.compile(r"[ｦ-ﾟ]+")


def _in_hiragana(written: str, is_known: Callable[[str], bool]) -> str:
    word = unicodedata.normalize("NFKC", written)
    is_name = len(word) > 3 and is_known(word)
    return word if is_name or _is_loan_word(word) else _hiragana(word)


def _is_loan_word(word: str) -> bool:
    """Whether a word in katakana is usually written so (ページ, not ドレ)."""
    parts = [part for _, part in morphemes(word)]
    return len(parts) == 1 and not parts[0].is_oov() and bool(_KATAKANA.fullmatch(parts[0].normalized_form()))


def _hiragana(word: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in word)


def reading_of(word: str) -> str:
    """How a word sounds, in hiragana."""
    return _hiragana("".join(part.reading_form() for _, part in morphemes(word)))


def _spelled_out(text: str, readings: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Words of the plan that are left in kana."""
    if not readings:
        return
    for run in _KANA.finditer(text):
        at = run.start()
        while at < run.end():
            length = next(
                (n for n in range(min(12, run.end() - at), 3, -1) if text[at : at + n] in readings), 0
            )
            if length:
                yield at, at + length, readings[text[at : at + length]]
            at += length or 1


_HYPHENS = re.compile(r"(?<=[a-z])-(?=[a-z])")


def settled(written: str, vocabulary: Vocabulary) -> Folded:
    """The form in which texts are compared; English phrases for the plan's own words become these words."""
    folded = ungrouped(fold(written))
    if vocabulary.is_english(folded.text):
        words, meanings = vocabulary.english
        folded = folded.replaced([(*match.span(), " ") for match in _HYPHENS.finditer(folded.text)])
        places = list(words.in_turn(folded.text))
        folded = folded.replaced([(place.start, place.end, f" {meanings[place.word]} ") for place in places])
    return folded


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text that is folded already."""
    made = []
    for offset, part in morphemes(text):
        surface, known = part.surface(), part.part_of_speech_id()
        if known not in _PARTS_OF_SPEECH:
            _PARTS_OF_SPEECH[known] = part.part_of_speech()
        if (pos := _PARTS_OF_SPEECH[known])[0] != "空白":
            lemma = _lemma(surface, part.normalized_form().lower())
            made.append(Token(surface, lemma, pos, offset + part.begin(), offset + part.end()))
    return tuple(made)


_PARTS_OF_SPEECH: dict[int, tuple[str, ...]] = {}
"""The dictionary's few hundred, by its own numbers."""


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
