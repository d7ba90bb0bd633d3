from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block
from bot.channels.slack.forms import Submitted, faults_of, form_view, submitted
from bot.channels.slack.home import home_view, prompts, seasonal
from bot.channels.slack.plain_text import clean
from bot.channels.slack.views import codes_in, codes_view, passage_view
from bot.message import Field, Form, Press
from knowledge.editions.edition import shipped
from knowledge.known import Known
from tests.bot.channels.slack.block_kit import built
from tests.bot.channels.slack.test_render import FIELDS, FORM, SHORT, shown, squeezed
from tests.fakes.slack_rules import faults_in_view

EDITION = shipped()


def check(view: Block) -> None:
    assert faults_in_view(view) == []
    built(view)


def test_every_passage_of_the_plan_opens() -> None:
    for passage in Known(EDITION).passages:
        check(passage_view(passage, EDITION))
    check(passage_view(None, EDITION))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3-1-2と３−１−２、5-1-3", ["3-1-2", "5-1-3"]),
        ("3-1-1～3-1-3", ["3-1-1", "3-1-2", "3-1-3"]),
        ("柱3と9-9-9と令和6年7月1日", ["柱3"]),
        ("電話 0463-82-5111", []),
        ("", []),
    ],
)
def test_codes_are_found_however_they_are_written(text: str, codes: list[str]) -> None:
    assert codes_in(text, EDITION) == codes
    check(codes_view(text, EDITION))


def test_more_codes_than_fit_are_counted() -> None:
    text = "、".join(one.code for one in EDITION.plan.initiatives)
    view = codes_view(text, EDITION)
    check(view)
    assert "ほかに 19 件" in str(view["blocks"][-1])


@pytest.mark.parametrize("month", range(1, 13))
def test_the_home_and_the_prompts_fit_every_month(month: int) -> None:
    today = date(2024, month, 15)
    check(home_view(EDITION, ["3-1-2の効果額は？"], today, "長い質問" * 900))
    check(home_view(EDITION, [], today))
    assert 1 <= len(prompts(EDITION, ["a", "b", "c", "d", "e"], today)) <= 4


def test_the_season_changes_what_is_suggested() -> None:
    assert "自己評価" in seasonal(EDITION, date(2024, 7, 1))[0]
    assert "外部評価" in seasonal(EDITION, date(2024, 9, 1))[0]


PLACE = Destination("D0CLERK", user="U0CLERK")


def opened(form: Form) -> Block:
    view = form_view(form, PLACE, "ja")
    assert view is not None
    check(view)
    return view


def test_a_form_opens_with_what_is_already_there_and_what_is_wrong_with_it() -> None:
    view = opened(FORM)
    inputs = {one["block_id"]: one for one in view["blocks"] if one["type"] == "input"}
    assert inputs["field:amount"]["element"]["initial_value"] == "14561"
    assert inputs["field:result"]["element"]["initial_option"]["value"] == "b"
    assert "数で入力してください" in str(view["blocks"])


def test_a_sent_form_brings_back_every_field_its_revision_and_its_place() -> None:
    state = {
        "field:amount": {"field:0": {"type": "plain_text_input", "value": None}},
        "field:result": {"field:1": {"type": "static_select", "selected_option": {"value": "a"}}},
        "field:words": {"field:2": {"type": "plain_text_input", "value": "新しい理由"}},
    }
    fields = (("amount", ""), ("result", "a"), ("words", "新しい理由"))
    sent = {**opened(FORM), "state": {"values": state}}
    assert submitted(sent) == Submitted(Press("draft.save", "3-1-2", fields, 3), PLACE)


def test_a_field_that_would_cut_the_draft_is_named_instead() -> None:
    view = opened(Form("x", "", "", (Field("a", "理由", "long", "あ" * 3001),)))
    assert "input" not in [one["type"] for one in view["blocks"]] and "「理由」の欄は" in str(view)


def test_faults_stand_at_their_fields_or_nowhere() -> None:
    view = opened(FORM)
    assert faults_of(FORM, view) == {"field:amount": "数で入力してください"}
    assert faults_of(replace(FORM, fields=(replace(FORM.fields[0], name="other"),)), view) is None


@settings(max_examples=60, deadline=None)
@given(st.builds(Form, SHORT, SHORT, SHORT, st.lists(FIELDS, max_size=8).map(tuple)))
def test_any_form_opens_or_is_known_not_to(form: Form) -> None:
    view = form_view(form, PLACE, "ja")
    if view is not None:
        check(view)
        said = shown(view["blocks"])
        assert all(squeezed(clean(field.label)) in squeezed(said) for field in form.fields)
