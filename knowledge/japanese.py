"""One form for text to be compared by, and tokens.

`fold` brings every writing of the same words to one text and remembers where each character came
from, so that an answer can show the person's own words. The home of SudachiPy, loaded when first asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.language_files import read_light_words, read_pairs

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in the form for comparing, and where it came from.

    `origin[i]` and `until[i]` are the first and the one-past-last index in `source` of what became `text[i]`.
    """

    text: str
    origin: tuple[int, ...]
    until: tuple[int, ...]
    source: str

    def span_in_source(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the source; an empty span stays empty."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.source)
            return at, at
        return self.origin[start], self.until[end - 1]

    def as_written(self, start: int, end: int) -> str:
        """The person's own words for `text[start:end]`."""
        first, last = self.span_in_source(start, end)
        return self.source[first:last]

    def replaced(self, changes: Sequence[tuple[int, int, str]]) -> Folded:
        """The same text with [start, end) exchanged for new words, which come from where the old ones came from."""
        return _replaced(self, list(changes)) if changes else self


_DROPPED = re.compile(
    r"[\u00ad\u0300-\u036f\u3099\u309a\u200b-\u200f\u202a-\u202e\u2060\ufe00-\ufe0f\ufeff]+"
)
# What is narrow already, as much of it as stands together; then any character with what is written onto it.
_CLUSTER = re.compile(
    r"(?P<narrow>[ -@\[-~ぁ-ゖァ-ヺー一-鿿、。「」・]+(?![\u0300-\u036f\u3099\u309a\uff9e\uff9f]))"
    r"|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*",
    re.DOTALL,
)

_SPACES_BESIDE_JAPANESE = re.compile(r"(?<![!-~\s])\s+|\s+(?![!-~\s])")
# In this order; where a pattern has groups only these are replaced.
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_DROPPED, ""),
    (re.compile(r"[‐‑‒–—―−─━⁃➖]"), "-"),
    (re.compile(r"[〜～∼˜〰]"), "~"),
    (_SPACES_BESIDE_JAPANESE, ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<![ぁ-ゖァ-ヺー])ー+"), "-"),
    (re.compile(r"(?<=[0-9])一(?=[0-9])"), "-"),
    (re.compile(r"(?<=[0-9]) ?-+ ?(?=[0-9])"), "-"),
    (re.compile(r"(?<![0-9~])[0-9]{1,2}(~)[0-9]{1,2}(~)[0-9]{1,2}(?![0-9~年])"), "-"),
    (re.compile(r"(?<=[ァ-ヺー])[-一]+(?=[ァ-ヺ])"), "ー"),
    (re.compile(r"(?<=[ァ-ヺー]{2})-[- ]*(?![-0-9a-z ])"), "ー"),
    (_SPACES_BESIDE_JAPANESE, ""),
)
# Most texts hold nothing that any of them would change.
_TO_REWRITE = re.compile(
    rf"{_DROPPED.pattern}|[‐‑‒–—―−─━⁃➖〜～∼˜〰~\s-]|(?<![ぁ-ゖァ-ヺー])ー|(?<=[0-9ァ-ヺー])一"
)
_FINAL_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺー]{2}[ァ-ヺ])ー+(?![ァ-ヺー])")
_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


def fold(text: str, *, kana: bool = False) -> Folded:
    """The form in which text is compared; `kana` also makes katakana and hiragana one.

    Narrow digits and Latin letters in lower case, whole kana, one dash `-` in codes, one `~`, no spaces
    except one between Latin words or numbers, one form of words that staff write in several
    (language/variants.toml), and no long vowel at the end of a katakana word.
    """
    folded = _rewritten(_settled(text), _FINAL_LONG_VOWEL, "")
    if kana:
        folded = Folded(folded.text.translate(_TO_HIRAGANA), folded.origin, folded.until, text)
    return folded


def _settled(text: str) -> Folded:
    folded = narrow(text)
    if _TO_REWRITE.search(folded.text):
        for pattern, replacement in _REWRITES:
            folded = _rewritten(folded, pattern, replacement)
    return _with_variants(folded)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Only the text of `fold(text)`."""
    return fold(text).text


def narrow(text: str) -> Folded:
    """NFKC and lower case alone, with origins: for reading figures, where each character still counts."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and text == text.lower()):
        return Folded(text.lower(), tuple(range(len(text))), tuple(range(1, len(text) + 1)), text)
    chars: list[str] = []
    origin: list[int] = []
    until: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        if cluster.lastgroup == "narrow":
            chars.append(cluster[0])
            origin += range(start, end)
            until += range(start + 1, end + 1)
            continue
        made = _narrow_cluster(cluster[0])
        chars.append(made)
        origin += [start] * len(made)
        until += [end] * len(made)
    return Folded("".join(chars), tuple(origin), tuple(until), text)


@lru_cache(maxsize=8192)
def _narrow_cluster(cluster: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).lower())


def _rewritten(folded: Folded, pattern: re.Pattern[str], replacement: str) -> Folded:
    groups = range(1, pattern.groups + 1) or (0,)
    spans = [match.span(group) for match in pattern.finditer(folded.text) for group in groups]
    return _replaced(folded, [(start, end, replacement) for start, end in spans])


def _replaced(folded: Folded, changes: list[tuple[int, int, str]]) -> Folded:
    if not changes:
        return folded
    text, origin, until = [], list[int](), list[int]()
    done = 0
    for start, end, new in [*changes, (len(folded.text), len(folded.text), "")]:
        text.append(folded.text[done:start] + new)
        first, last = folded.span_in_source(start, end)
        origin += [*folded.origin[done:start], *[first] * len(new)]
        until += [*folded.until[done:start], *[last] * len(new)]
        done = end
    return Folded("".join(text), tuple(origin), tuple(until), folded.source)


def _with_variants(folded: Folded) -> Folded:
    pattern, forms = _variants()
    changes = [(match.start(), match.end(), forms[match[0]]) for match in pattern.finditer(folded.text)]
    return _replaced(folded, changes)


@lru_cache(maxsize=1)
def _variants() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = read_pairs("variants.toml", "variants")
    forms = {narrow(form).text: narrow(form).text for _, form in pairs}
    forms |= {narrow(written).text: narrow(form).text for written, form in pairs}
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"), forms


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text at [start, end), its normal form, and its part of speech (名詞, 普通名詞 ...)."""

    written: str
    normal: str
    part_of_speech: tuple[str, ...]
    start: int
    end: int
    synonyms: tuple[int, ...] = ()


_tokenizer_lock = Lock()
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Sudachi refuses more than 49,149 bytes at once.
_PIECE = re.compile(r"[^。]{0,9999}。|[^。]{1,10000}")


def words(text: str) -> list[Word]:
    """The words of the text in Sudachi's short units (mode A), alike for all writings that `fold` makes one.

    Places are those in the text given. Threads may share it.
    """
    return _words(text, lambda kind: kind[0] != "空白")


def content_words(text: str, *, numbers: bool = False) -> list[Word]:
    """The nouns, verbs and adjectives that carry meaning; language/light_words.toml says which do not."""
    kinds, dependent, light = _light_words()
    if numbers:
        dependent -= {"数詞"}
    content = _words(text, lambda kind: kind[0] in kinds and dependent.isdisjoint(kind))
    return [word for word in content if word.normal not in light]


def morphemes(text: str) -> list[tuple[int, Morpheme]]:
    """The morphemes of a text that is folded already, each with the place from which its own places count."""
    readable = _LONE_SURROGATE.sub("?", text)
    with _tokenizer_lock:
        return [
            (piece.start(), part)
            for piece in _PIECE.finditer(readable)
            for part in _tokenizer().tokenize(piece[0])
        ]


def _words(text: str, counts: Callable[[tuple[str, ...]], bool]) -> list[Word]:
    settled = _settled(text)
    readable = _LONE_SURROGATE.sub("?", settled.text)
    with _tokenizer_lock:
        return [
            _word(settled, piece.start(), part)
            for piece in _PIECE.finditer(readable)
            for part in _tokenizer().tokenize(piece[0])
            if counts(part.part_of_speech())
        ]


def _word(settled: Folded, offset: int, part: Morpheme) -> Word:
    start, end = settled.span_in_source(offset + part.begin(), offset + part.end())
    written, normal = settled.source[start:end], part.normalized_form().lower()
    return Word(written, normal, part.part_of_speech(), start, end, tuple(part.synonym_group_ids()))


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    import sudachipy  # a tenth of a second and 100 MB that many questions never need

    return sudachipy.Dictionary(dict="core").tokenizer(mode=sudachipy.SplitMode.A)


@lru_cache(maxsize=1)
def _light_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    known = read_light_words()
    return known["kinds"], known["dependent"], known["light"]
