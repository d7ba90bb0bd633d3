from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.answer_intake import not_answered
from bot.evaluation.dialogue import evaluation_of, step
from bot.evaluation.outcome import DraftEnd, Given, TurnOutcome
from bot.evaluation.prompts import prompt
from bot.evaluation.sheet import EvaluationSheet
from bot.evaluation.whole_form import whole_reply
from bot.evaluation.whole_form_intake import fill
from bot.storage.draft import SUMMARY, Draft, FieldAnswer
from bot.storage.entry import EntryState, SignOff, SignOffStep
from tests.bot.conversation.floor import NOON
from tests.bot.evaluation.sheets import entry_on, sheet

MONEY = sheet("3-1-2")
FORECAST = "forecast/3-1-2/effect_amount"
ACTUAL = "actual/3-1-2/effect_amount"
PROBLEM = "文化振興課が9月までに案内を改める"
CAUSE = "工事で二か月休館したため"


def talk(made: EvaluationSheet, *said: str, draft: Draft | None = None) -> TurnOutcome:
    """What the inputs lead to; one that begins with ! is a pressed button."""
    begun = step(Draft(1, made.round.name, made.work.subject), made, Given(press="resume"))
    outcome = replace(begun, draft=draft or begun.draft)
    for one in said:
        given = Given(press=one[1:]) if one.startswith("!") else Given(text=one)
        outcome = step(outcome.draft, made, given)
    return outcome


def notes(outcome: TurnOutcome) -> list[str]:
    return [note.says for note in outcome.notes]


def test_a_full_dialogue_comes_to_an_evaluation() -> None:
    outcome = talk(MONEY, "遅れ", "12,000千円", "14,561", CAUSE, PROBLEM, "提出")
    assert outcome.end is DraftEnd.SUBMITTED
    made = evaluation_of(outcome.draft, MONEY)
    assert (made.state, made.causes, made.success, made.problems) == (EntryState.BEHIND, CAUSE, "", PROBLEM)
    assert [(one.year.short, one.value) for one in made.forecast] == [("R5", 12_000_000)]
    assert [(one.year.short, one.value, one.printed_target) for one in made.actual] == [
        ("R4", 14_561_000, "14,561千円")
    ]


def test_causes_are_asked_for_a_gap_or_another_state_and_else_what_went_well() -> None:
    assert talk(MONEY, "順調", "13,500千円", "14,561").draft.at == "success"
    assert talk(MONEY, "順調", "13,000千円", "14,561").draft.at == "causes"
    assert talk(MONEY, "前倒し", "14,561", "14,561").draft.at == "causes"


def test_an_answer_that_is_no_longer_asked_for_is_kept_and_left_out() -> None:
    outcome = talk(MONEY, "遅れ", "14,561", "14,561", CAUSE, "修正 1", "順調", "スキップ", PROBLEM)
    assert outcome.draft.at == SUMMARY
    assert evaluation_of(outcome.draft, MONEY).causes == ""
    again = talk(MONEY, "修正 1", "遅れ", draft=outcome.draft)
    assert evaluation_of(again.draft, MONEY).causes == CAUSE


def test_the_first_round_asks_for_no_actual_and_the_last_for_no_forecast() -> None:
    keys = {one: [step.key for step in sheet("5-1-1", one).steps(Draft(1, one, ""))] for one in ("R3", "R8")}
    assert keys["R3"] == ["state", "forecast/5-1-1/effect_amount", "success", "problems"]
    assert keys["R8"] == ["state", "actual/5-1-1/effect_amount", "success", "problems"]


def test_a_blank_cell_asks_for_nothing_and_one_under_adjustment_does() -> None:
    assert [figure.key for figure in sheet("3-1-3", "R4").figures] == []
    assert [figure.name for figure in sheet("3-1-3", "R5").figures] == ["forecast"]
    under_adjustment = sheet("3-1-6", "R5").figures
    assert [figure.shown_target for figure in under_adjustment] == ["調整中", "調整中"]
    assert sheet("1-1-1").figures == ()


def test_a_relisted_pair_is_asked_for_the_figures_of_both_rows() -> None:
    assert [(one.row.code, one.row.unit) for one in sheet("3-2-4", "R3").figures] == [
        ("3-2-4", "件"),
        ("5-1-3", "千円"),
    ]


def test_an_indicator_has_its_own_unit_and_one_in_words_no_figure() -> None:
    hours, words = sheet("1-1#2"), sheet("1-1#4")
    assert [(one.row.unit, one.shown_target) for one in hours.figures] == [
        ("時間", "7,350時間（令和7年度まで累積）")
    ] * 2
    assert words.figures == ()
    assert [one.key for one in words.steps(Draft(1, "R5", "1-1#4"))] == ["state", "success", "problems"]


def test_an_indicators_target_of_another_year_is_no_gap() -> None:
    assert talk(sheet("1-1#2"), "順調", "900時間", "500時間").draft.at == "success"
    assert talk(sheet("1-1#3", "R7"), "順調", "30%", "28%").draft.at == "causes"
    assert talk(sheet("1-1#3", "R7"), "順調", "80%", "48%").draft.at == "success"


@pytest.mark.parametrize("said", ["戻る", "!back"])
def test_going_back_and_forth_keeps_what_was_said(said: str) -> None:
    outcome = talk(MONEY, "順調", "14,561", said, said, "スキップ", "このまま")
    assert outcome.draft.at == ACTUAL
    assert outcome.draft.answer(FORECAST) == FieldAnswer(value=14_561_000)
    assert notes(talk(MONEY, said)) == ["at_the_first"]


def test_what_is_skipped_is_still_missing_at_the_end() -> None:
    outcome = talk(MONEY, "順調", "スキップ", "14,561", "スキップ", PROBLEM)
    assert outcome.draft.at == SUMMARY
    refused = talk(MONEY, "提出", draft=outcome.draft)
    assert refused.end is None and refused.draft.at == FORECAST and notes(refused) == ["missing"]


def test_nothing_is_submitted_before_the_summary_was_seen() -> None:
    complete = talk(MONEY, "順調", "14,561", "14,561", "スキップ", PROBLEM, "修正 2").draft
    outcome = talk(MONEY, "提出", draft=complete)
    assert outcome.end is None and outcome.draft.at == SUMMARY and notes(outcome) == ["look_first"]


def test_a_unit_that_is_said_afterwards_leaves_a_wrong_sign_in_doubt() -> None:
    outcome = talk(MONEY, "順調", "△14,561", "千円")
    assert outcome.draft.pending is not None and outcome.draft.pending.reason == "sign"
    assert talk(MONEY, "はい", draft=outcome.draft).draft.answer(FORECAST) == FieldAnswer(value=-14_561_000)
    assert talk(MONEY, "いいえ", draft=outcome.draft).draft.answer(FORECAST) is None


def test_a_remark_is_shown_back_before_it_is_taken() -> None:
    outcome = talk(MONEY, "遅れ", "14,561", "14,561", "ちょっと待って")
    assert outcome.draft.pending is not None and outcome.draft.answer("causes") is None
    assert talk(MONEY, "!option:0", draft=outcome.draft).draft.answer("causes") == FieldAnswer(
        "ちょっと待って"
    )
    assert talk(MONEY, CAUSE, draft=outcome.draft).draft.answer("causes") == FieldAnswer(CAUSE)


@pytest.mark.parametrize("said", ["", " 　"])
def test_nothing_said_is_nothing_answered(said: str) -> None:
    before = talk(MONEY, "遅れ", "14,561", "14,561").draft
    assert talk(MONEY, said, draft=before) == TurnOutcome(before)


def test_a_vague_comment_is_asked_back_once_and_then_taken_as_it_is() -> None:
    outcome = talk(MONEY, "順調", "14,561", "14,561", "スキップ", "利用の拡大を検討する")
    assert outcome.draft.pending is not None and outcome.draft.pending.reason == "vague"
    assert talk(MONEY, "広報の強化を検討する", draft=outcome.draft).draft.at == SUMMARY


@pytest.mark.parametrize("said", ["去年はいくら？", "EBPMって何", "遅れの理由を教えて"])
def test_a_question_in_the_middle_changes_nothing(said: str) -> None:
    before = talk(MONEY, "遅れ").draft
    outcome = talk(MONEY, said, draft=before)
    assert (outcome.draft, outcome.question, outcome.is_asked) == (before, said, True)


def test_what_was_no_question_after_all_can_be_the_comment() -> None:
    before = talk(MONEY, "遅れ", "14,561", "14,561").draft
    outcome = not_answered(talk(MONEY, "予約が増えたためではないでしょうか", draft=before), MONEY)
    assert outcome.draft.pending is not None and outcome.question == ""
    assert talk(MONEY, "はい", draft=outcome.draft).draft.answer("causes") is not None


def test_a_draft_is_thrown_away_only_after_asking() -> None:
    assert talk(MONEY, "順調", "!discard").end is None
    asked = talk(MONEY, "順調", "中止")
    assert asked.end is None and asked.draft.pending is not None
    assert talk(MONEY, "!discard", draft=asked.draft).end is DraftEnd.DISCARDED
    assert talk(MONEY, "!no", draft=asked.draft).draft.at == FORECAST
    assert talk(MONEY, "!pause", draft=asked.draft).end is DraftEnd.PAUSED


def test_an_unchanged_initiative_takes_two_presses_between_beginning_and_submitting() -> None:
    made = sheet("3-1-2", last=entry_on("3-1-2", "R4"))
    outcome = talk(made, "!state:on_track", "!rest", "!submit")
    assert outcome.end is DraftEnd.SUBMITTED
    done = evaluation_of(outcome.draft, made)
    assert [one.value for one in done.figures] == [14_561_000, 14_561_000]
    assert done.problems == "所管課が9月までに案内を改める"


def test_last_years_forecast_is_offered_as_this_years_actual() -> None:
    made = sheet("3-1-2", last=entry_on("3-1-2", "R4", value=9_000_000))
    outcome = talk(made, "順調", "目標どおり", "見込みのまま")
    assert outcome.draft.answer(ACTUAL) == FieldAnswer(value=9_000_000)
    assert outcome.draft.at == "causes"


def test_a_correction_asks_why() -> None:
    before = entry_on("3-1-2", "R5")
    returned = replace(before, sign_offs=(SignOff(SignOffStep.RETURNED, "head", NOON, "短い"),))
    steps = sheet("3-1-2", corrects=returned).steps(Draft(1, "R5", "3-1-2"))
    assert steps[-1].key == "why"


def test_a_step_that_is_gone_is_not_stood_at() -> None:
    lost = Draft(
        1, "R5", "3-1-2", at="forecast/9-9-9/effect_amount", answers={"state": FieldAnswer("on_track")}
    )
    assert talk(MONEY, "ヘルプ", draft=lost).draft.at == FORECAST


SHEETS = [
    sheet("3-1-2"),
    sheet("3-2-4", last=entry_on("3-2-4", "R4")),
    sheet("1-1#2"),
    sheet("1-1#4"),
    sheet("1-1-1", "R3"),
    sheet("5-2-2", "R8"),
    sheet("3-1-2", corrects=entry_on("3-1-2", "R5")),
]
WORDS = [
    *(
        "順調",
        "遅れ",
        "完了",
        "14,561",
        "△2,413",
        "52,614千円",
        "100件",
        "100",
        "900時間",
        "未定",
        "なし",
        "0",
    ),
    *(
        "1",
        "2",
        "7",
        "千円",
        "はい",
        "いいえ",
        "検討する",
        "戻る",
        "スキップ",
        "修正",
        "修正1",
        "修正3",
        "修正99",
    ),
    *(
        "修正(要因",
        "中断",
        "再開",
        "中止",
        "提出",
        "このまま",
        "目標どおり",
        "あとは同じ",
        "ヘルプ",
        "去年はいくら？",
    ),
    "第3四半期",
]
LONGER = ["", "　", "x" * 1001, CAUSE, PROBLEM, "修正 4", "修正 課題"]
TYPED = st.sampled_from([*WORDS, *LONGER]).map(lambda text: Given(text=text))
PRESSED = st.sampled_from(
    [
        *("back", "skip", "pause", "cancel", "discard", "resume", "help", "submit", "keep"),
        *("target", "unset", "rest", "yes", "no", "whole", "option:0", "option:1", "option:99"),
        *("option:x", "state:behind", "state:nothing", "step:state", "step:problems"),
        *("step:nothing", "step:", ":", "x"),
    ]
).map(lambda word: Given(press=word))


@given(
    made=st.sampled_from(SHEETS), said=st.lists(TYPED | PRESSED | st.text(max_size=8).map(Given), max_size=40)
)
def test_in_any_order_nothing_is_lost_and_what_is_submitted_is_complete(
    made: EvaluationSheet, said: list[Given]
) -> None:
    draft = Draft(1, made.round.name, made.work.subject)
    for one in said:
        outcome = step(draft, made, one)
        assert set(draft.answers) <= set(outcome.draft.answers)
        changed = {key for key, answer in draft.answers.items() if outcome.draft.answers[key] != answer}
        assert len(changed) <= 1
        assert not (changed and outcome.draft.answers[changed.pop()].is_skipped)
        assert prompt(outcome.draft, made, outcome.notes).text
        if outcome.end is DraftEnd.SUBMITTED:
            _is_whole(outcome.draft, made)
        draft = outcome.draft
    # However it stands: with all answered it can be submitted.
    while missing := made.missing(draft):
        answer = {
            "state": FieldAnswer("on_track"),
            "figure": FieldAnswer(value=1),
            "comment": FieldAnswer(CAUSE),
        }[missing[0].kind]
        draft = draft.answered(missing[0].key, answer)
    _is_whole(draft, made)
    assert step(draft.moved(SUMMARY), made, Given(press="submit")).end is DraftEnd.SUBMITTED


def _is_whole(draft: Draft, made: EvaluationSheet) -> None:
    done = evaluation_of(draft, made)
    assert {(one.row, one.year) for one in done.figures} == {(one.row, one.year) for one in made.figures}
    assert all((one.value is None) == bool(one.written) for one in done.figures)
    assert bool(done.causes) is made.asks_causes(draft) and (not done.causes or not done.success)
    assert (
        done.problems
        and max(map(len, (done.causes, done.success, done.problems))) <= made.form.longest_comment
    )
    assert bool(draft.answer("why")) is bool(made.corrects)


@given(made=st.sampled_from(SHEETS), typed=st.lists(TYPED, min_size=12, max_size=12), sent=st.integers(1, 3))
def test_a_whole_form_in_any_filling_is_complete_or_says_where_not(
    made: EvaluationSheet, typed: list[Given], sent: int
) -> None:
    draft = Draft(1, made.round.name, made.work.subject)
    form = whole_reply(draft, made).form
    assert form is not None
    fields = {field.name: given.text for field, given in zip(form.fields, typed, strict=False)}
    for _ in range(sent):
        filled = fill(draft, made, fields)
        assert whole_reply(filled.draft, made, filled.errors, fields).text
        assert bool(filled.errors) or filled.draft.at == SUMMARY
        if not filled.errors:
            _is_whole(filled.draft, made)
        draft = filled.draft


def test_a_doubtful_field_sent_again_is_taken_as_meant() -> None:
    fields = {
        "state": "on_track",
        FORECAST: "1,456千円",
        ACTUAL: "14,561千円",
        "causes": CAUSE,
        "problems": "検討する",
    }
    first = fill(Draft(1, "R5", "3-1-2"), MONEY, fields)
    assert dict(first.errors) == {FORECAST: "times", "problems": "vague"}
    again = fill(first.draft, MONEY, fields)
    assert dict(again.errors) == {} and again.draft.answer(FORECAST) == FieldAnswer(value=1_456_000)
    other = fill(first.draft, MONEY, fields | {FORECAST: "1,400千円"})
    assert dict(other.errors) == {FORECAST: "times"}


def test_where_meaning_is_asked_for_only_what_is_repeated_word_for_word_is_taken() -> None:
    fields = {"state": "on_track", FORECAST: "1,456千円", ACTUAL: "14,561千円", "causes": CAUSE}
    fields["problems"] = "検討する"
    first = fill(Draft(1, "R5", "3-1-2"), MONEY, fields, {})
    again = fill(first.draft, MONEY, fields, {FORECAST: "1,455千円", "problems": "努める"})
    assert dict(first.errors) == dict(again.errors) == {FORECAST: "times", "problems": "vague"}
    meant = fill(again.draft, MONEY, fields, {FORECAST: "1,456千円", "problems": "検討する"})
    assert not meant.errors and meant.draft.answer(FORECAST) == FieldAnswer(value=1_456_000)
    as_shown = fill(meant.draft, MONEY, fields | {FORECAST: "1,456千円"}, {})
    assert not as_shown.errors


def test_vague_words_are_asked_back_once_for_each_comment() -> None:
    first = fill(Draft(1, "R5", "3-1-2"), MONEY, {"problems": "検討する"}, {})
    other = fill(first.draft, MONEY, {"problems": "運用の見直しを検討する"}, {})
    assert first.errors["problems"] == "vague" and "problems" not in other.errors
