import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.channels.terminal.receive import Leave, Say, Send, Shown, Typed, read
from bot.channels.terminal.render import clean, drawn, field_asked, wrapped
from bot.channels.terminal.session import TerminalSession, talk
from bot.message import Chart, Choice, Field, File, Form, Message, Press, Reply, Series, Source, Table
from bot.storage import inbox
from bot.storage.database import DatabaseFile
from bot.storage.feedback import Mark
from reminders.storage import outbox
from tests.bot.conversation.floor import Clock, conversation, fresh_database, said
from tests.conversation_files import CONVERSATIONS, Turn, read_sittings
from tests.terminals import piped, typed

BETWEEN = "/区切り"
"""The terminal itself answers it and forgets it, so that it shows where a reply ends."""
ENDS = "その指示はありません。/help で使い方、/quit で終わりです。"


@pytest.mark.parametrize("path", sorted(CONVERSATIONS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written(path: Path, tmp_path: Path) -> None:
    for sitting in read_sittings(path):
        assert sitting.turns
        run = piped(sitting.words, tmp_path, "".join(f"{turn.line}\n{BETWEEN}\n" for turn in sitting.turns))
        assert (run.returncode, run.stderr) == (0, "")
        replies = run.stdout.split(ENDS)
        assert len(replies) == len(sitting.turns) + 1
        for turn, reply in zip(sitting.turns, replies, strict=False):
            turn.check(reply)


def test_a_written_conversation_is_really_held_against_the_replies() -> None:
    with pytest.raises(AssertionError, match="14,562"):
        Turn("効果額", ["14,562"]).check("効果額は14,561千円です")
    with pytest.raises(AssertionError, match="千円」があります"):
        Turn("効果額", [], ["千円"]).check("効果額は14,561千円です")
    with pytest.raises(AssertionError):
        Turn("効果額", ["千円", "14,561"]).check("効果額は14,561千円です")


def test_the_same_conversation_goes_the_same_at_a_real_terminal(tmp_path: Path) -> None:
    (sitting,) = read_sittings(CONVERSATIONS / "choosing.txt")
    with typed(sitting.words, tmp_path) as terminal:
        greeting = terminal.until("\n> ")
        assert "事務局としてお話しします" in greeting and "名簿は見本です" in greeting
        for turn in sitting.turns:
            turn.check(terminal.line(turn.line))
        terminal.type("/quit\r")
        assert terminal.end() == 0


def test_a_typed_line_can_be_edited_and_called_back(tmp_path: Path) -> None:
    with typed(["chat"], tmp_path) as terminal:
        terminal.until("\n> ")
        terminal.type("3-1-2の目標額は\x7f\x7f\x7f\x7f効果額\r")
        assert "効果額目標は" in terminal.until("\n> ")
        terminal.type("\x1b[A\r")
        assert "14,561千円" in terminal.until("\n> ").partition("\n")[2]
        terminal.type("\x04")
        assert terminal.end() == 0
    assert not [file for file in tmp_path.rglob("*") if "history" in file.name]


def test_ctrl_c_throws_the_line_away_and_not_the_conversation(tmp_path: Path) -> None:
    with typed(["chat"], tmp_path) as terminal:
        terminal.until("\n> ")
        terminal.type("これはやめて")
        terminal.until("やめて")
        terminal.interrupt("\n> ")
        assert "14,561千円" in terminal.line("3-1-2の効果額は？")


def test_what_is_long_is_shown_in_pages_on_a_terminal_only(tmp_path: Path) -> None:
    with typed(["chat"], tmp_path, rows=6) as terminal:
        terminal.until("\n> ")
        terminal.type("柱5の取組一覧\r")
        first = terminal.until("ここまでは q --")
        assert "5-1-1" in first and "5-2-8" not in first
        terminal.type("\r")
        terminal.until("ここまでは q --")
        terminal.type("q\r")
        assert "5-2-8" not in terminal.until("\n> ")
    assert "5-2-8" in piped(["chat"], tmp_path, "柱5の取組一覧\n").stdout


def test_an_unknown_person_is_refused_with_who_there_is(tmp_path: Path) -> None:
    run = piped(["chat", "--as", "gyosei-tnto"], tmp_path, "3-1-2の効果額は？\n")
    assert run.returncode == 1 and run.stdout == ""
    assert "「gyosei-tnto」は名簿にありません" in run.stderr
    assert run.stderr.index("gyosei-tanto") < run.stderr.index("jimukyoku")


def test_a_pipe_may_hold_anything_and_end_anywhere(tmp_path: Path) -> None:
    run = piped(
        ["chat"], tmp_path, b"\xff\xfe\x00\n\n   \n3-1-2\xe3\x81\xae\xe5\x8a\xb9\xe6\x9e\x9c\xe9\xa1\x8d"
    )
    assert run.returncode == 0 and run.stderr == ""
    assert "14,561千円" in run.stdout


def test_what_a_killed_process_had_received_is_handled_at_the_next_start(tmp_path: Path) -> None:
    database = fresh_database(tmp_path / "data")
    clock = Clock()
    conversation(database, clock=clock).receive(said("3-1-2の効果額は？", channel="terminal"))
    assert piped(["chat"], tmp_path, "").returncode == 0
    with database.reading() as inside:
        assert inbox.waiting(inside) == []
        (outgoing,) = outbox.outgoing_in(inside, "sent")
    assert "14,561" in Reply.from_json(outgoing.body or "").text


class Typist:
    """A screen with a typist: gives the lines, keeps what was shown."""

    columns = 80

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)
        self.shown: list[str] = []

    def next_line(self) -> str | None:
        return self._lines.pop(0) if self._lines else None

    def show(self, lines: Sequence[str]) -> None:
        self.shown += lines


class Bot:
    """Answers with the given replies in turn, and keeps what it was told."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.heard: list[Message] = []

    def __call__(self, message: Message) -> Reply:
        self.heard.append(message)
        return self._replies.pop(0) if self._replies else Reply("はい。")


FORM = Form(
    action="enter",
    value="draft-1",
    title="自己評価",
    revision=4,
    submit="保存",
    fields=(
        Field(
            "pace", "進み具合", kind="choice", options=(("late", "遅れ"), ("fine", "順調")), is_required=True
        ),
        Field("cause", "要因", kind="long", value="昨年度と同じ", hint="短くてかまいません"),
        Field("note", "備考", error="長すぎます"),
    ),
)


def no_mark(_key: str, _value: Mark) -> str:
    raise AssertionError("nothing was marked")


def test_the_last_answer_is_marked_and_nothing_else_is() -> None:
    marks: list[tuple[str, str]] = []

    def mark(key: str, value: Mark) -> str:
        marks.append((key, value))
        return "記録しました"

    bot = Bot(Reply("14,561千円です。", answer="{}"), Reply("案内です。"))
    lines = ("/役に立った", "3-1-2は？", "/helpful", "/役に立たなかった", "ヘルプ", "/unhelpful")
    typist = Typist(*lines)
    talk(bot, mark, typist, TerminalSession("owner", "c-1"))
    assert marks == [("c-1-2", "helpful"), ("c-1-2", "not_helpful")] and bot.heard[0].key == "c-1-2"
    assert [line for line in typist.shown if "答えがありません" in line or "記録しました" in line] == [
        "直前に、計画についての答えがありません。",
        "記録しました",
        "記録しました",
        "直前に、計画についての答えがありません。",
    ]


def test_a_mark_in_the_terminal_is_kept(tmp_path: Path) -> None:
    run = piped(["chat"], tmp_path, "3-1-2の効果額は？\n/役に立たなかった\n/役に立った\n")
    assert "「役に立った」と記録しました" in run.stdout
    with DatabaseFile(tmp_path / "data" / "kaikaku.db").reading() as inside:
        assert [row["mark"] for row in inside["feedback"].rows] == ["helpful"]


def test_each_line_is_a_message_of_its_own_even_when_it_repeats() -> None:
    bot = Bot()
    talk(bot, no_mark, Typist("R6は？", "R6は？", "", "/quit", "R7は？"), TerminalSession("owner", "c-1"))
    assert [message.text for message in bot.heard] == ["R6は？", "R6は？"]
    assert len({message.key for message in bot.heard}) == 2
    assert {(one.channel, one.sender, one.conversation) for one in bot.heard} == {
        ("terminal", "owner", "c-1")
    }


def test_a_number_presses_the_button_that_stands_there_at_its_revision() -> None:
    bot = Bot(
        Reply(
            "どれですか。",
            choices=(Choice("戻る", "draft-1", "back", 7), Choice("中断", "draft-1", "pause", 7)),
        )
    )
    talk(bot, no_mark, Typist("はい", "２", "2"), TerminalSession(None, "c-1"))
    assert bot.heard[1].press == Press("pause", "draft-1", revision=7) and bot.heard[1].text == "中断"
    assert bot.heard[2].press is None and bot.heard[2].text == "2"


@pytest.mark.parametrize("number", ["0", "3", "-1", "1.5", "99999999999999999999999", "1つめ"])
def test_what_is_no_choices_number_is_said_and_not_pressed(number: str) -> None:
    shown = Shown(choices=(Choice("甲", "a"), Choice("乙", "b")))
    assert read(number, shown) == (Send(number), shown)


def test_a_form_is_filled_in_field_by_field_and_sent_once_with_its_revision() -> None:
    bot, typist = Bot(Reply("入力してください。", form=FORM)), Typist("はじめる", "2", "", "なし")
    talk(bot, no_mark, typist, TerminalSession("owner", "c-1"))
    pressed = Press("enter", "draft-1", (("pace", "fine"), ("cause", "昨年度と同じ"), ("note", "なし")), 4)
    assert [message.press for message in bot.heard] == [None, pressed]
    whole = "\n".join(typist.shown)
    assert "［1/3］進み具合（必須）\n　1. 遅れ\n　2. 順調" in whole
    assert "短くてかまいません" in whole and "今の内容：昨年度と同じ" in whole and "！長すぎます" in whole


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["順調", "-", ""], ["fine", "", ""]),
        (["", "3", "はやい", "１", "雨", "以上"], ["late", "雨", "以上"]),
        (["-", "late", "2", "雨", "以上"], ["fine", "雨", "以上"]),
    ],
)
def test_a_field_takes_an_option_by_number_or_words_and_asks_again_for_anything_else(
    lines: list[str], values: list[str]
) -> None:
    bot = Bot(Reply("入力してください。", form=FORM))
    talk(bot, no_mark, Typist("はじめる", *lines), TerminalSession("owner", "c-1"))
    press = bot.heard[-1].press
    assert press is not None and [value for _, value in press.fields] == values


def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on() -> None:
    bot = Bot(
        Reply("入力してください。", form=FORM), Reply("14,561千円です。", choices=(Choice("ほか", "x"),))
    )
    talk(
        bot,
        no_mark,
        Typist("はじめる", "順調", "？3-1-2の効果額は", "雨", "-"),
        TerminalSession("owner", "c-1"),
    )
    assert bot.heard[1].text == "3-1-2の効果額は" and bot.heard[1].press is None
    press = bot.heard[2].press
    assert press is not None and press.fields == (("pace", "fine"), ("cause", "雨"), ("note", ""))


def test_a_form_can_be_left_and_its_buttons_need_a_slash() -> None:
    buttons = (Choice("中断", "draft-1", "pause", 4),)
    bot = Bot(Reply("入力してください。", form=FORM, choices=buttons))
    talk(bot, no_mark, Typist("はじめる", "順調", "/1"), TerminalSession("owner", "c-1"))
    assert bot.heard[1].press == Press("pause", "draft-1", revision=4)
    bot = Bot(Reply("入力してください。", form=FORM))
    talk(bot, no_mark, Typist("はじめる", "順調", "/cancel", "こんにちは"), TerminalSession("owner", "c-1"))
    assert [message.text for message in bot.heard] == ["はじめる", "こんにちは"]


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("/quit", Leave()),
        ("／ｑｕｉｔ", Leave()),
        ("/終了", Leave()),
        ("exit", Leave()),
        ("", Say()),
        ("/cancel", Say("その指示はありません。/help で使い方、/quit で終わりです。")),
        ("/1", Say("その指示はありません。/help で使い方、/quit で終わりです。")),
        (" 3-1-2\tの\x1b[31m効果額\x1b[0m\x07 ", Send("3-1-2 の効果額")),
    ],
)
def test_a_line_is_read(line: str, typed: Typed) -> None:
    assert read(line, Shown())[0] == typed


YEARS = ("令和5年度", "令和6年度", "令和7年度")


def test_columns_line_up_with_wide_and_narrow_characters() -> None:
    table = Table(
        ("取組", "R6", "５年計"),
        (("施設", "△1,200", "0"), ("ab（千円）", "記載なし", "12")),
        "",
        (False, True, True),
    )
    assert drawn(Reply("表です。", table=table))[2:] == [
        "取組              R6  ５年計",
        "----------  --------  ------",
        "施設          △1,200       0",
        "ab（千円）  記載なし      12",
    ]


def test_years_get_a_bar_each_and_what_has_no_figure_gets_none() -> None:
    table = Table(
        ("取組", *YEARS, "5年計"),
        (("5-2-2（千円）", "調整中", "△600", "1,200", "600"),),
        "",
        (False, *[True] * 4),
    )
    chart = Chart("5-2-2", YEARS, (Series("効果額", (None, -600, 1200)),), "千円")
    assert drawn(Reply("表です。", table=table, chart=chart))[2:] == [
        "5-2-2（千円）",
        "令和5年度  調整中",
        "令和6年度    △600  ░░░░░░░░░░░░",
        "令和7年度   1,200  ████████████████████████",
        "5年計         600",
    ]


def test_nothing_but_zeros_has_no_bar() -> None:
    table = Table(("取組", *YEARS), (("甲", "0", "0", "記載なし"),))
    chart = Chart("甲", YEARS, (Series("件数", (0, 0, None)),), "件")
    assert "█" not in "".join(drawn(Reply("表です。", table=table, chart=chart)))


def test_a_table_too_wide_for_the_terminal_is_shown_downwards() -> None:
    table = Table(
        ("取組", *YEARS), (("甲", "1", "2", "3"), ("乙", "4", "5", "6")), "", (False, True, True, True)
    )
    reply = Reply("表です。", table=table)
    assert drawn(reply, columns=38)[3].startswith("----")
    assert drawn(reply, columns=30)[1:] == [
        *("", "甲", "令和5年度  1", "令和6年度  2", "令和7年度  3"),
        *("", "乙", "令和5年度  4", "令和6年度  5", "令和7年度  6"),
    ]


def test_everything_that_a_reply_holds_is_shown() -> None:
    reply = Reply(
        "二つあります。",
        heading="進捗",
        notes=("見本の名簿です",),
        choices=(Choice("甲", "a"), Choice("乙", "b")),
        file=File("進捗.xlsx", "files/p.xlsx", "application/x"),
        sources=tuple(Source("3-1-2", f"3-1-{number}、p.10", 10, "") for number in (1, 1, *range(2, 9))),
    )
    assert drawn(reply) == [
        *(
            "進捗",
            "二つあります。",
            "※ 見本の名簿です",
            "1. 甲",
            "2. 乙",
            "ファイル：進捗.xlsx（files/p.xlsx）",
        ),
        *(f"出典：3-1-{number}、p.10" for number in range(1, 7)),
        "（ほか2件）",
    ]


def test_what_is_said_in_english_has_its_sources_named_in_english() -> None:
    sources = tuple(Source("", f"{number}, p.1", 1, "") for number in range(8))
    assert drawn(Reply("It is 5.", sources=sources, language="en"))[-2:] == ["Source: 5, p.1", "(and 2 more)"]


def test_candidates_that_the_text_lists_already_are_not_listed_twice() -> None:
    reply = Reply("どれですか。\n1. 甲\n2. 乙", choices=(Choice("甲", "a"), Choice("乙", "b")))
    assert drawn(reply) == ["どれですか。", "1. 甲", "2. 乙"]


def test_no_part_of_a_reply_can_steer_the_terminal() -> None:
    bad = "甲\x1b]0;題\x07乙\x1b[2J\x9b1m\u202e丙\r\n丁\x00"
    reply = Reply(
        bad,
        heading=bad,
        table=Table((bad, bad), ((bad, bad),), bad),
        notes=(bad,),
        choices=(Choice(bad, bad),),
        file=File(bad, bad, ""),
        sources=(Source("", bad, 1, bad),),
    )
    form = Form("a", "", bad, (Field("f", bad, hint=bad, value=bad, options=(("x", bad),), error=bad),))
    whole = "".join([*drawn(reply), *drawn(reply, columns=5), *field_asked(form, 0)])
    assert "甲乙1m丙" in whole
    assert [char for char in whole if unicodedata.category(char) in ("Cc", "Cf")] == []


def test_a_line_is_cleaned_to_one_line() -> None:
    assert clean("甲\n乙\u2028丙\x1b(B") == "甲 乙 丙(B"


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("", [""]),
        ("1234567890", ["1234567890"]),
        ("あいうえおか", ["あいうえお", "か"]),
        ("令和7年度は26,090千円", ["令和7年度", "は26,090千", "円"]),
        ("減額は、　　△2,413千円", ["減額は、　", "　△2,413千", "円"]),
        ("あいうえお、（か）", ["あいうえ", "お、（か）"]),
        ("abcdefghijklmn", ["abcdefghij", "klmn"]),
    ],
)
def test_a_long_line_is_wrapped_and_no_figure_broken(line: str, rows: list[str]) -> None:
    assert wrapped(line, 10) == rows
