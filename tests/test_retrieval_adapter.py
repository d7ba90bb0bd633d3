import io
import json
import sys

import pytest

from knowledge.meaning import encoder
from tests.bench.retrieval_adapter import main

SAID = (
    {"op": "add", "id": "p0", "title": "防災", "text": "各地区に防災倉庫を置きます。"},
    {"op": "add", "id": "p1", "title": "給食", "text": "給食費を市の会計で扱います。"},
    {"op": "index"},
    {"op": "query", "id": "q0", "query": "給食費は？", "k": 1},
    {"op": "query", "id": "q1", "query": "……", "k": 10},
    {"op": "stop"},
    {"op": "query", "id": "q2", "query": "給食費は？", "k": 1},
)


@pytest.mark.parametrize("arguments", [[], ["--plain-bm25"]])
def test_each_line_that_wants_an_answer_gets_one_until_the_stop(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in SAID)))
    assert main(arguments) == 0
    ready, found, nothing = map(json.loads, capsys.readouterr().out.splitlines())
    assert ready == {"ready": True}
    assert (found["id"], found["ids"]) == ("q0", ["p1"])
    assert nothing == {"id": "q1", "ids": [], "confidence": 0}
    assert found["confidence"] > 0


@pytest.mark.skipif(encoder() is not None, reason="the extra `semantic` is installed")
def test_meaning_without_its_extra_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--semantic"]) == 1
    assert "semantic" in capsys.readouterr().err
