import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.identity.asker import Asker
from bot.message import Message, Press, Reply
from bot.progress import workbook_files
from bot.progress.handler import progress_handler
from bot.progress.request import View
from bot.storage import entry_store as kept
from bot.storage.entry import SignOff, SignOffStep
from knowledge.roster.roster import Person, Post, PostKind
from knowledge.sources.safe_workbook import read_workbook
from reminders.moment import TOKYO
from tests.bot.conversation.floor import fresh_database
from tests.bot.progress.invented import AUGUST, CALENDAR, SUBMITTED_AT, entries, known, roster

NOW = datetime(2023, 8, 1, 9, 0, tzinfo=TOKYO)
SECRETARIAT = Person("s", posts=(Post(PostKind.SECRETARIAT),))
MANAGER = Person("m", posts=(Post(PostKind.MANAGER),))
DIRECTOR = Person("d", posts=(Post(PostKind.DIRECTOR, bureau="somu"),))
OWNER = Person("o", posts=(Post(PostKind.OWNER, department="kodomo-ka"),))
ADMINISTRATOR = Person("a", posts=(Post(PostKind.ADMINISTRATOR),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with fresh_database(tmp_path).writing() as inside:
        for one in entries():
            made = kept.submit(inside, one, by="owner", now=SUBMITTED_AT, is_late=one.is_late)
            for step in one.sign_offs:
                reason = step.reason if step.step is SignOffStep.RETURNED else ""
                kept.sign(inside, made.number, SignOff(step.step, "s", NOW, reason), SignOffStep.SUBMITTED)
    return tmp_path


def said(folder: Path, text: str, person: Person | None, press: Press | None = None) -> Reply:
    handle = progress_handler(fresh_database(folder), known, lambda: CALENDAR)
    message = Message("terminal", "1", "p", "c", text, "x", press)
    handled = handle(message, Asker(person, roster(), NOW))
    assert isinstance(handled, Reply)
    return handled


def test_the_secretariat_and_managers_of_the_city_see_all(folder: Path) -> None:
    for person in (SECRETARIAT, MANAGER):
        reply = said(folder, "進捗", person)
        assert "計画全体の進捗（令和5年度）" in reply.text
        assert "248,249.5千円" in reply.text and "99.7%" in reply.text
        assert reply.is_confidential and len(reply.text) < 500
        assert reply.chart is not None and reply.chart.series[0].values == (94.7, 101.4)
        amounts = said(folder, "効果額の達成率は？", person)
        assert amounts.chart is not None and amounts.chart.series[0].values[2] == 269_800


def test_a_department_sees_its_own_work_alone(folder: Path) -> None:
    for text in ("進捗", "うちの課の状況", "未提出は？", "遅れているのは？"):
        reply = said(folder, text, OWNER)
        assert "見本：こども育成課の分" in reply.text
        rows = reply.table.rows if reply.table else ()
        assert "5-1-1" not in reply.text + str(rows)
    assert "5-2-5" in said(folder, "未提出は？", OWNER).text


def test_a_director_sees_the_bureau(folder: Path) -> None:
    reply = said(folder, "進捗", DIRECTOR)
    assert "財産管理課" in said(folder, "未提出は？", DIRECTOR).to_json() and "の分" in reply.text
    assert "こども育成課" not in said(folder, "未提出は？", DIRECTOR).to_json()


def test_another_departments_progress_is_refused_and_it_is_said_who_can_help(folder: Path) -> None:
    for text in ("情報システム課の進捗", "情報システム課の未提出"):
        reply = said(folder, text, OWNER)
        assert reply.kind == "refused" and "ご相談ください" in reply.text and reply.table is None
    forged = Press("progress", "overview;計画;;joho;ja")
    assert said(folder, "まとめ", OWNER, forged).kind == "refused"


def test_administrators_and_strangers_see_no_progress(folder: Path) -> None:
    for person in (ADMINISTRATOR, None):
        for text in ("進捗", "うちの課の状況", "柱5の進捗"):
            assert said(folder, text, person).kind == "refused"


def test_the_rest_is_one_tap_away(folder: Path) -> None:
    reply = said(folder, "柱5の進捗", SECRETARIAT)
    assert len(reply.choices) == len(View) - 1
    for choice in reply.choices:
        shown = said(folder, choice.label, SECRETARIAT, Press(choice.action, choice.value))
        assert "柱5" in shown.text and shown.kind == "command"


def test_a_scrap_of_several_titles_is_asked_back_and_answered_by_a_tap(folder: Path) -> None:
    reply = said(folder, "指定管理の進捗", SECRETARIAT)
    assert reply.kind == "unclear" and len(reply.choices) == 4
    choice = next(one for one in reply.choices if one.label.startswith("3-1-2"))
    shown = said(folder, choice.label, SECRETARIAT, Press(choice.action, choice.value))
    assert "3-1-2「" in shown.text and "11,000千円" in shown.text
    assert said(folder, "指定管理の進捗", ADMINISTRATOR).kind == "refused"


def test_an_english_question_gets_an_english_answer_and_english_buttons(folder: Path) -> None:
    reply = said(folder, "progress of pillar 5", SECRETARIAT)
    assert reply.language == "en" and "Progress of 柱5「" in reply.text
    assert "185,470.5 thousand yen (185,470.5千円)" in reply.text
    for choice in (*reply.choices, *said(folder, "progress", SECRETARIAT).choices):
        shown = said(folder, choice.label, SECRETARIAT, Press(choice.action, choice.value))
        assert shown.language == "en" and choice.label.isascii()
        assert shown.text.partition("\n")[0].split()[0].isascii() and shown.table is None
    late = said(folder, "Which are late?", SECRETARIAT)
    assert "3-1-2" in late.text and "short of its target" in late.text


def test_every_figure_in_chat_names_the_entry_and_version_it_stands_in(folder: Path) -> None:
    for text in ("取組別の進捗", "柱3の指標の状況", "遅れているのは？"):
        reply = said(folder, text, SECRETARIAT)
        assert reply.table is not None and reply.table.columns[-1] == "もとの自己評価"
    table = said(folder, "取組別の進捗", SECRETARIAT).table
    assert table is not None
    origins = {row[0]: (row[3], row[-1]) for row in table.rows}
    assert origins["5-1-1"] == ("48,000千円（見込み）", "R5 第1版（受理）")
    assert origins["3-1-5"] == ("報告なし", "－")
    assert {"3-1-6", "5-1-6"} <= set(origins), "those that the sums leave out are named too"


def test_a_workbook_comes_as_a_file_of_what_one_may_see(folder: Path) -> None:
    for text, person in (("進捗のExcelをください", OWNER), ("progress as Excel", OWNER)):
        reply = said(folder, text, person)
        assert (
            reply.file is not None
            and reply.is_confidential
            and reply.file.name == "進捗_令和5年度_2023-08-01.xlsx"
        )
        sheets = read_workbook((folder / reply.file.path).read_bytes())
        assert "5-1-1" not in str(sheets) and "5-2-5" in str(sheets)
    again = said(folder, "進捗のExcelをください", OWNER)
    assert again.file == reply.file, "a repeated message makes no second file"
    assert said(folder, "進捗のエクセル", ADMINISTRATOR).kind == "refused"
    button = next(one for one in said(folder, "柱5の進捗", SECRETARIAT).choices if "Excel" in one.label)
    pressed = said(folder, button.label, SECRETARIAT, Press(button.action, button.value))
    assert pressed.file is not None and "柱5「" in pressed.text


def test_workbooks_are_forgotten_in_time(folder: Path) -> None:
    reply = said(folder, "進捗のExcel", SECRETARIAT)
    assert reply.file is not None
    made = folder / reply.file.path
    moment = datetime.fromtimestamp(made.stat().st_mtime, TOKYO)
    workbook_files.forget(folder, moment - timedelta(seconds=1))
    assert made.exists()
    workbook_files.forget(folder, moment + timedelta(seconds=1))
    assert not made.exists()
    workbook_files.forget(folder / "none", moment)


def test_a_part_or_year_that_the_plan_has_not_is_said(folder: Path) -> None:
    assert "柱9は計画にありません" in said(folder, "柱9の進捗", SECRETARIAT).text
    assert "令和3年度から" in said(folder, "令和2年度の進捗", SECRETARIAT).text


def test_other_talk_is_left_alone(folder: Path) -> None:
    handle = progress_handler(fresh_database(folder), known, lambda: CALENDAR)
    for message in (
        Message("terminal", "1", "p", "c", "3-1-2の効果額は？", "x"),
        Message("terminal", "1", "p", "c", "x", "x", Press("enter", "3-1-2")),
    ):
        assert handle(message, Asker(SECRETARIAT, roster(), NOW)) is None


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("KAIKAKU_DATA", str(folder))
    monkeypatch.delenv("KAIKAKU_TODAY", raising=False)
    return main(["progress", *words, "--today", AUGUST.isoformat()])


def test_the_command_line_says_the_same_numbers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, monkeypatch) == 0
    text = capsys.readouterr().out
    assert run(folder, monkeypatch, "--json", "--fiscal-year", "R5") == 0
    found = json.loads(capsys.readouterr().out)
    year = next(one for one in found["effect_amounts"]["years"] if one["fiscal_year"] == "R5")
    assert (year["target"], year["result"], year["rate_percent"]) == (269_800_000, 248_249_500, "99.7")
    assert "248,249.5千円" in text and said(folder, "進捗", SECRETARIAT).text in text
    figures = [cell["forecast"] for one in found["effect_amounts"]["initiatives"] for cell in one["years"]]
    assert all(one["entry"]["version"] == 1 for one in figures if one)


@pytest.mark.parametrize("words", [["柱9"], ["なにか"], ["--fiscal-year", "R2"], ["--fiscal-year", "X"]])
def test_the_command_line_refuses_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(folder, monkeypatch, *words) == 1
    assert capsys.readouterr().err.strip()


def test_without_a_database_there_is_a_summary_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none", monkeypatch, "5-1") == 0
    assert "報告はまだありません" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_papers_are_written_and_say_what_they_hold(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    public, internal = tmp_path / "公表.xlsx", tmp_path / "個票.xlsx"
    assert run(folder, monkeypatch, "--xlsx", str(public), "--hearing", str(internal)) == 0
    assert "まだ受理されていないもの：11件" in capsys.readouterr().out
    assert next(sheet.name for sheet in read_workbook(public.read_bytes())) == "公表一覧"
    assert len(read_workbook(internal.read_bytes())) == 61
    assert run(folder, monkeypatch, "--xlsx", str(tmp_path / "no" / "such.xlsx")) == 1
    assert "書けません" in capsys.readouterr().err
