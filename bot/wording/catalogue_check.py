"""Reads every catalogue as an officer may have left it, and names what is wrong in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.wording.catalogue import CATALOGUES, LANGUAGES, areas, sentences
from bot.wording.rendering import Anatomy, Unreadable, anatomy
from bot.wording.wording import environment_in
from knowledge.language_files import LanguageFaults


def refuse_faulty(folder: Path = CATALOGUES) -> None:
    """Raises LanguageFaults with everything that is wrong with the sentences, in Japanese."""
    if faults := tuple(fault for area in areas(folder) for fault in _faults(area, folder)):
        raise LanguageFaults(*faults)


def _faults(area: str, folder: Path) -> Iterator[str]:
    """The faults of an area; where a file cannot be read at all, that alone."""
    try:
        japanese, english = (sentences(area, language, folder) for language in LANGUAGES)
    except LanguageFaults as fault:
        yield from fault.faults
        return
    for key in [*japanese, *(key for key in english if key not in japanese)]:
        yield from _faults_of(f"{area}/{key}", {"ja": japanese.get(key), "en": english.get(key)})


def _faults_of(name: str, said: Mapping[str, str | None]) -> Iterator[str]:
    found: dict[str, Anatomy] = {}
    for language, sentence in said.items():
        if sentence is None:
            yield f"言葉「{name}」の {language} の文がありません"
            continue
        try:
            found[language] = anatomy(environment_in(language), sentence)
        except Unreadable as fault:
            yield f"言葉「{name}」の {language} の文を読めません: {fault}"
            continue
        if found[language].reckons:
            yield f"言葉「{name}」の {language} の文では計算できません"
    if len({one.wants for one in found.values()}) > 1:
        differing = found["ja"].wants ^ found["en"].wants
        yield f"言葉「{name}」の穴埋めが ja と en で違います: {'、'.join(sorted(differing))}"
