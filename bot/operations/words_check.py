"""The doctor's look at what questions are read by: the files of words, and the search by meaning where it is set."""

from __future__ import annotations

from bot.conversation.semantic_search import MISSING, is_missing
from bot.operations.doctor import DoctorFinding
from bot.settings import Settings
from bot.wording import english
from bot.wording.catalogue_check import refuse_faulty
from knowledge.language_files import LanguageFaults, faults_raised_by
from knowledge.reading.cues import read_cues
from knowledge.vocabulary import vocabulary

WORDS = "言葉"
MEANING = "意味の検索"


def words_faults() -> tuple[str, ...]:
    """Everything that is wrong with any file of words, in which people ask or are answered."""
    return faults_raised_by(vocabulary, read_cues, english.words, refuse_faulty)


def refuse_faulty_words() -> None:
    """Raises LanguageFaults with all of them: better at the start than when it is first to be said."""
    if faults := words_faults():
        raise LanguageFaults(*faults)


def words_findings() -> list[DoctorFinding]:
    """Whether questions can be read."""
    faults = [DoctorFinding("wrong", WORDS, fault) for fault in words_faults()]
    return faults or [DoctorFinding("ok", WORDS, "言葉のファイルに誤りはありません")]


def meaning_findings(settings: Settings) -> list[DoctorFinding]:
    """Whether the search by meaning is wanted, and can be had."""
    if not settings.semantic:
        return [DoctorFinding("ok", MEANING, "使いません (KAIKAKU_SEMANTIC=on で使います)")]
    if is_missing():
        return [DoctorFinding("wrong", MEANING, MISSING)]
    return [DoctorFinding("ok", MEANING, "使います")]
