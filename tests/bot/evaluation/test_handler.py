import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from bot.message import Message, Press, Reply
from bot.storage import audit
from bot.storage.draft import FieldAnswer
from bot.storage.entry import EntryState, SignOffStep
from knowledge.roster.roster import Post, PostKind
from reminders.calendar import Moved
from reminders.storage import deadlines
from tests.bot.conversation.floor import Clock
from tests.bot.evaluation.sheets import KNOWN
from tests.bot.evaluation.town_hall import DEPUTY, HEAD, JULY, OTHER, OWNER, SECRETARIAT, TownHall

FORECAST = "forecast/3-1-2/effect_amount"


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return TownHall(tmp_path)


def answers(hall: TownHall) -> dict[str, FieldAnswer]:
    kept = hall.draft()
    return dict(kept.draft.answers) if kept else {}


def test_an_entry_is_submitted_with_who_when_and_what_stood(hall: TownHall) -> None:
    assert "第1版" in hall.enter(OWNER).text
    (entry,) = hall.entries()
    assert (entry.state, entry.department, entry.submitted_by) == (EntryState.ON_TRACK, "bunka", OWNER)
    assert (entry.submitted_at, entry.is_late, entry.edition) == (JULY, False, KNOWN.edition.id)
    assert [figure.target.value for figure in entry.figures] == [14_561, 14_561]
    assert hall.draft() is None
    with hall.database.reading() as inside:
        assert [(line.who, line.what) for line in audit.lines(inside)] == [(OWNER, "自己評価の提出")]


def test_an_unchanged_initiative_takes_four_taps(hall: TownHall) -> None:
    hall.clock.moment = JULY.replace(year=2022)
    hall.say(
        OWNER,
        "3-1-2の自己評価",
        "順調",
        "目標どおり",
        "スキップ",
        "文化振興課が9月までに案内を改める",
        "提出",
    )
    hall.clock.moment = JULY
    offered = hall.say(OWNER, "自己評価")
    reply = hall.press(OWNER, offered, "3-1-2")
    reply = hall.press(OWNER, reply, "計画どおり")
    reply = hall.press(OWNER, reply, "残りは昨年・目標のとおり")
    assert "14,561千円" in reply.text and "文化振興課が9月までに案内を改める" in reply.text
    reply = hall.press(OWNER, reply, "提出")
    assert "提出しました" in reply.text
    assert [one.subject for one in hall.entries()] == ["3-1-2"]


def test_a_draft_goes_on_days_later_after_a_restart_and_in_another_place(tmp_path: Path) -> None:
    clock = Clock(JULY)
    TownHall(tmp_path, clock).say(OWNER, "3-1-2の自己評価", "順調", "12,000千円")
    clock.pass_by(days=9)
    later = TownHall(tmp_path, clock)
    later.said = 100
    reply = later.say(OWNER, "14,000千円", at="desk")
    assert "ほかの場所で続いています" in reply.text and "［3/5］" in reply.text
    assert set(answers(later)) == {"state", FORECAST}
    assert "14,000千円（記録しました）" in later.say(OWNER, "14,000千円", at="desk").text
    # What was typed where the old step still stands is not taken there.
    assert "ほかの場所で続いています" in later.say(OWNER, "工事で二か月休館したため").text


def test_a_stale_button_changes_nothing_and_shows_what_is(hall: TownHall) -> None:
    first = hall.say(OWNER, "3-1-2の自己評価")
    hall.say(OWNER, "順調")
    before = hall.draft()
    reply = hall.press(OWNER, first, "遅れ")
    assert "古くなっています" in reply.text and "［2/5］" in reply.text
    assert hall.draft() == before


def test_a_button_of_a_draft_that_is_over_changes_nothing(hall: TownHall) -> None:
    shown = hall.say(OWNER, "3-1-2の自己評価")
    hall.say(OWNER, "中止")
    hall.press(OWNER, hall.say(OWNER, "中止"), "下書きを消す")
    assert "もう入力できません" in hall.press(OWNER, shown, "遅れ").text
    # A new draft is another one, even at the same revision.
    hall.say(OWNER, "3-1-2の自己評価")
    assert "もう入力できません" in hall.press(OWNER, shown, "遅れ").text
    assert answers(hall) == {}


def test_the_second_at_an_initiative_is_told_who_is_at_it_and_sees_the_draft(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "12,000千円")
    seen = hall.say(DEPUTY, "3-1-2の自己評価")
    assert "文化振興課 担当が入力しています（7月10日09:00から）" in seen.text and "12,000千円" in seen.text
    before = hall.draft()
    taken = hall.press(DEPUTY, seen, "引き継いで入力する")
    assert "文化振興課 担当の入力を引き継ぎました" in taken.text and "［3/5］" in taken.text
    lost = hall.say(OWNER, "14,561千円")
    assert "係長が、この入力を引き継ぎました。「14,561千円」は記録していません" in lost.text
    assert before is not None and answers(hall) == dict(before.draft.answers)
    assert "14,561千円（記録しました）" in hall.say(DEPUTY, "14,561千円").text
    # Having been told, the first one talks to the bot as before.
    assert "14,561千円" in hall.say(OWNER, "3-1-2のR6の効果額は？").text


def test_the_first_ones_button_no_longer_counts_after_it_was_taken_over(hall: TownHall) -> None:
    shown = hall.say(OWNER, "3-1-2の自己評価")
    hall.press(DEPUTY, hall.say(DEPUTY, "3-1-2の自己評価"), "引き継いで入力する")
    assert "係長が入力しています" in hall.press(OWNER, shown, "遅れ").text
    assert answers(hall) == {}


def test_a_draft_that_was_left_is_free_for_the_next(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "中断")
    assert "続きから始めます" in hall.say(DEPUTY, "3-1-2の自己評価").text
    assert "係長が入力中" in hall.say(OWNER, "自己評価").text


def test_whoever_turns_to_another_initiative_leaves_the_first_one_saved(hall: TownHall) -> None:
    hall.say("kodomo-ka-tanto", "3-1-4の自己評価", "順調")
    reply = hall.say("kodomo-ka-tanto", "5-2-5の自己評価")
    assert "3-1-4" in reply.text and "中断し、保存しました" in reply.text
    hall.say("kodomo-ka-tanto", "中断")
    reply = hall.say("kodomo-ka-tanto", "再開")
    assert "どれを入力しますか" in reply.text and len(reply.choices) == 2


def test_nobody_of_another_department_gets_in(hall: TownHall) -> None:
    reply = hall.say(OTHER, "3-1-2の自己評価")
    assert reply.kind == "refused" and "文化振興課の担当・係長にご相談ください" in reply.text
    shown = hall.say(OWNER, "3-1-2の自己評価")
    assert hall.press(OTHER, shown, "遅れ").kind == "refused"
    assert answers(hall) == {}


def test_one_who_was_transferred_meanwhile_can_change_nothing(hall: TownHall) -> None:
    shown = hall.say(OWNER, "3-1-2の自己評価")
    moved = tuple(
        replace(one, posts=(Post(PostKind.OWNER, department="kanko"),)) if one.id == OWNER else one
        for one in hall.roster.persons
    )
    hall.roster = replace(hall.roster, persons=moved)
    assert hall.press(OWNER, shown, "遅れ").kind == "refused"
    hall.say(OWNER, "順調")
    assert answers(hall) == {}


def test_a_joint_department_may_enter_but_is_not_asked(hall: TownHall) -> None:
    assert "5-1-6" not in hall.say("saiken-tanto", "自己評価").text
    assert "［1/" in hall.say("saiken-tanto", "5-1-6の自己評価").text


def test_where_others_read_along_nothing_is_taken_as_an_answer(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価")
    said = hall.message(OWNER, "順調")
    open_one = replace(said, is_private=False)
    assert hall.conversation.take(open_one).kind != "evaluation"
    assert answers(hall) == {}


def test_every_reply_of_a_dialogue_is_confidential(hall: TownHall) -> None:
    for text in ("自己評価", "3-1-2の自己評価", "順調", "EBPMって？", "戻る", "中断", "9-9-9の自己評価"):
        assert hall.say(OWNER, text).is_confidential, text


def test_a_message_that_comes_twice_counts_once(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価")
    message = hall.message(OWNER, "順調")
    first = hall.conversation.take(message)
    assert hall.conversation.take(message) == first
    kept = hall.draft()
    assert kept is not None and kept.draft.revision == 1


def test_a_question_in_the_middle_brings_its_sources_along(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    reply = hall.say(OWNER, "去年はいくら？")
    assert "令和4年度は14,561千円" in reply.text and "［2/5］" in reply.text
    assert reply.sources and json.loads(reply.answer)["facts"][0]["value"] == 14_561
    assert [one.action for one in reply.choices] == ["evaluate"] * len(reply.choices)


def test_a_question_for_last_year_is_answered_from_the_entries_too(hall: TownHall) -> None:
    hall.clock.moment = JULY.replace(year=2022)
    hall.say(OWNER, "3-1-2の自己評価", "順調", "13,500千円", "スキップ")
    hall.say(OWNER, "文化振興課が9月までに案内を改める", "提出")
    hall.clock.moment = JULY
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    reply = hall.say(OWNER, "去年はいくら？")
    assert "令和4年度は14,561千円" in reply.text
    assert "令和4年度の効果額の実績見込み：13,500千円（目標 14,561千円）　R4の自己評価 第1版" in reply.text
    assert "13,500千円" in hall.say(OWNER, "去年の実績は？").text
    assert "13,500千円" not in hall.say(OWNER, "去年の目標は？").text
    assert "13,500千円" not in hall.say(OWNER, "3-1-1の去年の効果額は？").text
    assert "［2/5］" in hall.say(OWNER, "いまどこ？").text


def test_a_question_typed_elsewhere_is_no_answer_and_is_answered_as_ever(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    for said in ("3-1-2のR6の効果額は？", "進捗", "使い方", "EBPMって？", "文化会館の指定管理の効果額"):
        reply = hall.say(OWNER, said, at="desk")
        assert "ほかの場所で続いています" not in reply.text, said
    assert "ほかの場所で続いています" in hall.say(OWNER, "14,000千円", at="desk").text


def test_what_is_asked_about_the_entering_itself_is_answered(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    reply = hall.say(OWNER, "締切はいつですか")
    assert "令和5年度 自己評価の締切は7月31日（月）です" in reply.text and "［2/5］" in reply.text
    assert "事務局（見本：行政経営課 事務局）にお尋ねください" in hall.say(OWNER, "誰に聞けばいいですか").text


def test_work_is_found_by_its_title_among_ones_own(hall: TownHall) -> None:
    assert "［1/5］" in hall.say(OWNER, "文化会館の自己評価をしたい").text
    assert "［1/5］" not in hall.say(OTHER, "文化会館の自己評価").text


def test_who_enters_nothing_sees_how_theirs_stands(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "中断")
    assert "1件のうち、提出0件、下書き1件、未入力0件" in hall.say(HEAD, "自己評価").text
    assert hall.say(HEAD, "3-1-2の自己評価").kind == "refused"
    hall.enter(OWNER)
    seen = hall.say(HEAD, "3-1-2の自己評価")
    assert "状況：計画どおり" in seen.text and seen.choices[0].label == "確認する"
    assert "文化振興課：1件のうち提出1件" in hall.say(SECRETARIAT, "自己評価").text
    assert hall.say("kanrisha", "自己評価").kind == "refused"


def test_no_round_is_begun_before_it_opens(hall: TownHall) -> None:
    early = Press("evaluate", "begin:R6:3-1-2")
    assert "まだ始まっていません" in hall.conversation.take(hall.message(OWNER, "x", early)).text
    late = Press("evaluate", "begin:R4:3-1-2")
    assert "［1/4］" in hall.conversation.take(hall.message(OWNER, "x", late)).text


def test_what_is_said_while_leaving_is_no_answer(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "遅れ", "12,000千円", "12,000千円", "中止")
    before = answers(hall)
    assert "入力をやめますか" in hall.say(OWNER, "やっぱりもう少し考えさせてください").text
    assert answers(hall) == before
    assert "［4/5］差の要因\n計画や見込み" in hall.say(OWNER, "続ける").text
    hall.say(OWNER, "下書きを消す")
    assert "下書きを消しました" in hall.say(OWNER, "下書きを消す").text


def test_the_answer_to_another_step_is_no_comment(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "遅れ", "12,000千円", "12,000千円")
    for said in ("１４５６１千円", "計画どおりです", "進捗"):
        assert "この項目の内容として記録しますか" in hall.say(OWNER, said).text, said
    assert "causes" not in answers(hall)


def test_a_sign_alone_is_no_figure(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "遅れ")
    assert "マイナスいくらですか" in hall.say(OWNER, "マイナス").text


def test_late_entries_are_taken_and_marked(hall: TownHall) -> None:
    hall.clock.moment = JULY.replace(month=9)
    assert "締切後" in hall.enter(OWNER).text
    assert hall.entries()[0].is_late


def test_a_draft_of_the_last_round_is_submitted_into_that_round(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調", "目標どおり", "14,561千円", "スキップ")
    hall.clock.moment = JULY.replace(year=2024)
    hall.say(OWNER, "文化振興課が9月までに案内を改める", "提出")
    assert [entry.is_late for entry in hall.entries("R5")] == [True] and hall.entries("R6") == ()


def test_before_the_first_round_there_is_nothing_to_enter(hall: TownHall) -> None:
    hall.clock.moment = JULY.replace(year=2021, month=6)
    assert "まだ始まっていません" in hall.say(OWNER, "自己評価").text


def test_the_whole_form_is_filled_in_corrected_and_submitted(hall: TownHall) -> None:
    reply = hall.press(OWNER, hall.say(OWNER, "3-1-2の自己評価"), "まとめて入力")
    assert reply.form is not None
    assert [one.kind for one in reply.form.fields] == ["choice", "amount", "amount", "long", "long", "long"]
    reply = hall.send(OWNER, reply, state="on_track", forecast="1,456千円", actual="未定")
    assert reply.form is not None
    faults = {one.name.partition("/")[0]: one.error for one in reply.form.fields if one.error}
    assert "桁が大きく違います" in faults["forecast"] and "入力してください" in faults["problems"]
    assert answers(hall)["actual/3-1-2/effect_amount"] == FieldAnswer("未定")
    stale = reply
    reply = hall.send(OWNER, reply, forecast="14,561千円", problems="文化振興課が9月までに案内を改める")
    assert reply.form is None and "提出" in reply.choices[0].label
    assert "古くなっています" in hall.send(OWNER, stale, forecast="9,999千円").text
    hall.press(OWNER, reply, "提出")
    assert hall.entries()[0].forecast[0].value == 14_561_000
    assert hall.entries()[0].actual[0].value is None


def test_a_button_may_lead_straight_to_the_whole_form_of_a_new_or_a_left_draft(hall: TownHall) -> None:
    straight = Press("evaluate", "form:R5:3-1-2")
    reply = hall.conversation.take(hall.message(OWNER, "開く", straight))
    assert reply.form is not None and reply.form.revision == 0
    hall.say(OWNER, "順調", "中断")
    reply = hall.conversation.take(hall.message(OWNER, "開く", straight))
    assert reply.form is not None and reply.form.fields[0].value == "on_track"
    assert hall.conversation.take(hall.message(DEPUTY, "開く", straight)).form is None
    assert hall.conversation.take(hall.message(OTHER, "開く", straight)).kind == "refused"


def test_the_whole_form_comes_at_a_word_too(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    form = hall.say(OWNER, "まとめて入力").form
    assert form is not None and form.fields[0].value == "on_track"


def test_a_form_half_filled_is_left_for_later_unless_that_would_lose_what_was_written(hall: TownHall) -> None:
    reply = hall.say(OWNER, "3-1-2の自己評価", "まとめて入力")
    reply = hall.send(OWNER, reply, another="下書き", state="behind", forecast="いろいろ")
    assert reply.form is not None and "読み取れません" in reply.form.fields[1].error
    assert not any(one.error for one in reply.form.fields[2:])
    reply = hall.send(OWNER, reply, another="下書き", forecast="12,000千円")
    assert reply.form is None and "中断しました" in reply.text
    kept = hall.draft()
    assert kept is not None and kept.at_it is None and kept.draft.answers[FORECAST].value == 12_000_000


def saved(hall: TownHall, person: str, number: int, revision: int, **fields: str) -> Reply:
    """The page's form, sent to be saved."""
    press = Press("evaluate_whole", f"{number}:saved", tuple(fields.items()), revision)
    return hall.conversation.take(hall.message(person, "", press, "form", "form"))


def test_the_pages_form_keeps_what_it_can_and_comes_back_with_the_rest(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    doubtful = {FORECAST: "1,456千円", "problems": "文化振興課が9月までに案内を改める"}
    reply = saved(hall, OWNER, 1, 1, **doubtful)
    assert reply.form is not None and reply.form.revision == 2
    assert "桁が大きく違います" in reply.form.fields[1].error and reply.form.fields[1].value == "1,456千円"
    assert set(answers(hall)) == {"state", "problems"}
    again = saved(hall, OWNER, 1, 2, **doubtful)
    assert again.form is not None and again.form.revision == 2 and again.form.fields[1].error
    meant = saved(hall, OWNER, 1, 2, **doubtful, **{f"meant.{FORECAST}": "1,456千円"})
    assert meant.form is not None and not meant.form.fields[1].error
    assert answers(hall)[FORECAST] == FieldAnswer(value=1_456_000)


def test_a_stale_form_of_the_page_changes_nothing(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価", "順調")
    reply = saved(hall, OWNER, 1, 0, state="behind")
    assert reply.form is None and "古くなっています" in reply.text
    assert answers(hall)["state"] == FieldAnswer("on_track")


def test_who_fills_in_the_pages_form_can_ask_in_chat_and_go_on_there_when_they_say_so(hall: TownHall) -> None:
    hall.say(OWNER, "3-1-2の自己評価")
    saved(hall, OWNER, 1, 0, state="on_track")
    asked = hall.say(OWNER, "3-1-3の効果額は？")
    assert asked.kind == "fact" and "［" not in asked.text
    kept = hall.draft()
    assert kept is not None and kept.at_it == OWNER
    assert "［2/5］" in hall.say(OWNER, "再開").text
    assert "12,000千円（記録しました）" in hall.say(OWNER, "12,000千円").text


def test_the_form_shows_last_years_forecast_in_the_field_of_the_actual(hall: TownHall) -> None:
    hall.clock.moment = JULY.replace(year=2022)
    hall.say(OWNER, "3-1-2の自己評価", "順調", "13,500千円", "スキップ")
    hall.say(OWNER, "文化振興課が9月までに案内を改める", "提出")
    hall.clock.moment = JULY
    form = hall.say(OWNER, "3-1-2の自己評価", "まとめて入力").form
    assert form is not None
    actual, problems = form.fields[2], form.fields[5]
    assert actual.value == "13,500千円" and "昨年の見込み：13,500千円" in actual.hint
    assert problems.value == "" and "昨年の内容：文化振興課が9月まで" in problems.hint


def test_a_correction_is_a_new_version_with_its_reason(hall: TownHall) -> None:
    hall.enter(OWNER)
    shown = hall.say(OWNER, "3-1-2の自己評価")
    assert "第1版" in shown.text and shown.choices[0].label == "訂正する"
    hall.press(OWNER, shown, "訂正する")
    hall.say(OWNER, "修正 2", "14,000千円", "桁の確認をしたため", "提出")
    (entry,) = hall.entries()
    assert (entry.version, entry.why, entry.forecast[0].value) == (2, "桁の確認をしたため", 14_000_000)


def test_two_corrections_at_once_become_one(tmp_path: Path) -> None:
    """Two people of the department, each in a process of their own, press at the same moment."""
    halls = [TownHall(tmp_path), TownHall(tmp_path)]
    halls[0].say(OWNER, "3-1-2の自己評価", "中断")
    replies: list[Reply] = []

    def begin(hall: TownHall, person: str) -> None:
        replies.append(hall.say(person, "3-1-2の自己評価"))

    threads = [Thread(target=begin, args=pair) for pair in zip(halls, (OWNER, DEPUTY), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("が入力しています" in reply.text for reply in replies) == [False, True]


@pytest.mark.parametrize(
    "press",
    [
        Press("evaluate", "x:back", revision=0),
        Press("evaluate", "99:back", revision=0),
        Press("evaluate", "1:back"),
        Press("evaluate", "1:nonsense", revision=0),
        Press("evaluate", "1:step:nowhere", revision=0),
        Press("evaluate", "1:option:5", revision=0),
        Press("evaluate", "1:fill", (("state", "nonsense"), ("other", "x")), 0),
        Press("evaluate", "begin:R99:3-1-2"),
        Press("evaluate", "begin:R5:9-9-9"),
        Press("evaluate", "begin"),
        Press("evaluate", "correct:R5:3-1-2"),
        Press("evaluate_whole", "1", (("state", "nonsense"),), 0),
        Press("sign_off", "1:confirm", revision=0),
        Press("sign_off", "x"),
    ],
)
def test_a_made_up_button_breaks_nothing(hall: TownHall, press: Press) -> None:
    hall.say(OWNER, "3-1-2の自己評価")
    assert hall.conversation.take(hall.message(OWNER, "x", press)).kind in (
        "evaluation",
        "not_taken",
        "refused",
    )
    assert all(answer.is_skipped for answer in answers(hall).values())


def test_a_stranger_is_asked_for_nothing(hall: TownHall) -> None:
    message = Message("page", "k", "p", "c", "自己評価", sender=None)
    assert hall.conversation.take(message).kind != "evaluation"


def test_a_department_sees_what_became_of_its_entry(hall: TownHall) -> None:
    hall.enter(OWNER)
    hall.press(HEAD, hall.press(HEAD, hall.say(HEAD, "確認一覧"), "3-1-2"), "確認する")
    assert "事務局の受理待ち" in hall.say(OWNER, "自己評価").text
    hall.say(SECRETARIAT, "3-1-2を差戻し 要因を詳しく")
    reply = hall.say(OWNER, "自己評価")
    assert "差戻し：要因を詳しく" in reply.text
    reply = hall.press(OWNER, hall.press(OWNER, reply, "3-1-2"), "差戻しを受けて")
    hall.press(OWNER, reply, "提出")
    (entry,) = hall.entries()
    assert (entry.version, entry.sign_off.step) == (2, SignOffStep.SUBMITTED)
    assert entry.why == "差戻しを受けて見直したため"


def test_a_deadline_that_was_moved_is_the_one_that_counts(hall: TownHall) -> None:
    moved = Moved(date(2023, 8, 10), date(2023, 7, 31), JULY, 1)
    with hall.database.writing() as inside:
        deadlines.move(inside, "R5", "self_evaluation", moved, SECRETARIAT)
    hall.clock.moment = JULY.replace(month=8, day=9)
    assert "締切 8月10日" in hall.say(OWNER, "自己評価").text
    hall.enter(OWNER)
    assert not hall.entries()[0].is_late
