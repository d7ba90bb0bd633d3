"""What the judge accepts, what it does not, and the log of first contacts."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.fresh.cases import TODAY, Case, cases, set_names
from tests.fresh.judge import REFUSALS, Verdict, lacks, plain, verdict, ways_to_write
from tests.fresh.score import phi
from tests.written_questions import FOLDER

LOG = FOLDER / "first_contact.toml"
_COUNTS = ("right", "wrong_or_lacking", "needless_refusal", "asked_back", "stranger_answered")
_ASKED = Case("x", "mail", "figure", ("3-1-2の令和5年度は",), TODAY, (("¥14561",),), ("¥19779",), ("3-1-2",))


def contacts() -> list[dict[str, Any]]:
    logged: list[dict[str, Any]] = tomllib.loads(LOG.read_text(encoding="utf-8"))["contact"]
    return logged


def answer(text: str, kind: str = "fact", codes: tuple[str, ...] = ("3-1-2",)) -> dict[str, Any]:
    return {
        "text": text,
        "kind": kind,
        "candidates": [],
        "citations": [{"code": code, "page": 10} for code in codes],
        "facts": [{"code": code, "state": "set"} for code in codes if kind == "fact"],
    }


def test_every_set_stands_in_the_log_once() -> None:
    assert sorted(one["set"] for one in contacts()) == set_names()


@pytest.mark.parametrize("contact", contacts(), ids=lambda one: str(one["set"]))
def test_a_contact_accounts_for_every_question(contact: dict[str, Any]) -> None:
    assert contact.keys() - {"old_reading"} == {"set", "date", "size", *_COUNTS}
    assert isinstance(contact["date"], date)
    assert contact["size"] == sum(contact[name] for name in _COUNTS) == len(list(cases(contact["set"])))
    assert 0 <= contact.get("old_reading", 0) <= 1


def test_no_question_stands_in_two_sets() -> None:
    asked = Counter(one.texts for name in set_names() for one in cases(name) if len(one.texts) == 1)
    assert [texts for texts, times in asked.items() if times > 1] == []


def test_every_question_can_be_judged() -> None:
    assert [one.name for name in set_names() for one in cases(name) if not one.says and not one.cites] == []


@pytest.mark.parametrize(
    "text",
    ["14,561千円です", "14561 千円", "1,456万1千円", "14,561,000円", "14.561 million yen", "1,456.1万円"],
)
def test_an_amount_may_be_written_in_any_usual_way(text: str) -> None:
    assert verdict(_ASKED, answer(text)) is Verdict.RIGHT


def test_every_way_to_write_an_amount_is_in_the_form_of_comparison() -> None:
    assert [one for one in ways_to_write(-2413) if not plain(one).startswith(("-", "¥-"))] == []
    assert "2億6,307万円".replace(",", "") in set(ways_to_write(263_070))


@pytest.mark.parametrize("text", ["114,561千円", "0.14561千円", "14,5614千円"])
def test_a_figure_counts_only_as_a_whole(text: str) -> None:
    assert lacks(_ASKED, answer(text)) == ["needs ¥14561"]


def test_a_forbidden_figure_is_a_wrong_one() -> None:
    assert verdict(_ASKED, answer("14,561千円、19,779千円")) is Verdict.WRONG_FIGURE


def test_a_figure_of_another_part_is_a_wrong_one() -> None:
    assert verdict(_ASKED, answer("31,919千円", codes=("3-1-1",))) is Verdict.WRONG_FIGURE
    assert verdict(_ASKED, answer("内容", "passage", ("3-1-1",))) is Verdict.BESIDE_THE_POINT


def test_a_refusal_is_needless_unless_the_plan_does_not_hold_it() -> None:
    refused = answer("計画にはありません", "out_of_plan", ())
    stranger = replace(_ASKED, category="stranger", says=(("REFUSE",),), cites=(), never=())
    assert verdict(_ASKED, refused) is Verdict.NEEDLESS_REFUSAL
    assert verdict(stranger, refused) is Verdict.RIGHT
    assert verdict(stranger, answer("14,561千円")) is Verdict.STRANGER_ANSWERED


def test_an_offer_is_no_answer_and_no_error() -> None:
    offered = answer("どちらですか", "unclear", ()) | {"candidates": [{"label": "3-1-2"}]}
    assert verdict(_ASKED, offered) is Verdict.OFFERED
    assert verdict(_ASKED, offered | {"candidates": []}) is Verdict.ASKED_BACK


def test_phi_takes_off_for_what_is_wrong_alone() -> None:
    counted = Counter({Verdict.RIGHT: 7, Verdict.ASKED_BACK: 2, Verdict.WRONG_FIGURE: 1})
    assert (phi(counted, 0), phi(counted, 10)) == (0.7, -0.3)


def test_ways_to_refuse_are_written_as_they_are_compared() -> None:
    assert len([one for one in REFUSALS if one]) == len({plain(one) for one in REFUSALS if one})


def test_the_folder_holds_nothing_but_what_the_format_names() -> None:
    here = Path(__file__).parent
    assert (here / "format.md").exists()
    assert {path.suffix for path in (here / "sets").iterdir()} == {".jsonl"}
