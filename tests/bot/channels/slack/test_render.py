import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.forms import press_of
from bot.channels.slack.plain_text import clean
from bot.channels.slack.render import REFUSABLE, SlackPost, fallback, picture_of, posts
from bot.message import Chart, Choice, Field, File, Form, Reply, Series, Source, Table
from tests.bot.channels.slack.block_kit import faults_by_blockkit
from tests.fakes.slack_rules import faults_in_message

YEARS = ("R3", "R4", "R5", "R6", "R7")


def faults(post: SlackPost) -> list[str]:
    message = {"text": post.text, "blocks": list(post.blocks)}
    return [*faults_in_message(message), *faults_by_blockkit(list(post.blocks))]


def shown(value: Any) -> str:
    """Every word of the blocks."""
    if isinstance(value, dict):
        return "\n".join(shown(one) for name, one in value.items() if name in _WORDS)
    if isinstance(value, list | tuple):
        return "\n".join(map(shown, value))
    return value if isinstance(value, str) else ""


_WORDS = (
    "text",
    "elements",
    "rows",
    "element",
    "label",
    "hint",
    "options",
    "initial_value",
    "title",
    "chart",
    "caption",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def types(post: SlackPost) -> list[str]:
    return [block["type"] for block in post.blocks]


FIGURES = Reply(
    "令和3年度から令和7年度まで各14,561千円です。",
    heading="3-1-2 文化会館",
    table=Table(("", *YEARS), (("目標", *["14,561"] * 5),), "効果額（千円）", (False, *[True] * 5)),
    chart=Chart("効果額", YEARS, (Series("目標", (14561,) * 5),), "千円"),
    sources=(Source("3-1-2", "3-1-2、p.10", 10, "…"),),
    choices=(Choice("R6だけ", "3-1-2のR6は？"),),
    notes=("計画に明記はありません。",),
)


def test_a_figure_is_shown_with_its_table_chart_source_and_choices() -> None:
    (post,) = posts(FIGURES, 7)
    assert faults(post) == []
    assert types(post) == [
        "header",
        "rich_text",
        "rich_text",
        "table",
        "data_visualization",
        "context",
        "actions",
        "context",
        "actions",
    ]
    assert "14,561千円" in post.text


def test_a_missing_year_is_left_to_a_picture_since_slack_knows_no_gap() -> None:
    gap = Chart("効果額", YEARS, (Series("目標", (1, None, 3, 4, 5)),), "千円")
    reply = Reply("一部は調整中です。", chart=gap)
    (post,) = posts(reply, 7)
    assert types(post) == ["rich_text"] and picture_of(reply) == gap
    assert picture_of(FIGURES) is None and picture_of(FIGURES, frozenset({"data_visualization"}))


def test_what_somebody_wrote_never_becomes_markup() -> None:
    typed = "<!channel> *太字* _x_ <https://example.jp|押して> <@U1> & :smile:"
    reply = Reply(typed, heading=typed, table=Table((typed,), ((typed,),), typed), notes=(typed,))
    (post,) = posts(reply, 7)
    assert post.text.count("&lt;!channel&gt;") == 2 and "<" not in post.text
    assert '"mrkdwn"' not in str(post.blocks).replace("'", '"')
    assert shown(post.blocks).count(typed) == 6


def test_a_long_list_goes_on_over_pages_with_all_its_rows() -> None:
    rows = tuple((f"{number}", "とても長い題名" * 5) for number in range(250))
    reply = Reply("取組の一覧です。", table=Table(("番号", "取組"), rows))
    pages = posts(reply, 7, frozenset({"data_table"}))
    assert len(pages) >= 3 and all(faults(page) == [] for page in pages)
    found = [
        row[0]["text"]
        for page in pages
        for one in page.blocks
        if one["type"] == "table"
        for row in one["rows"][1:]
    ]
    assert found == [row[0] for row in rows]
    assert [one["action_id"] for one in pages[1].blocks[-1]["elements"]] == ["page:7:0", "page:7:2"]


def test_a_long_table_is_leafed_through_and_sorted_by_its_figures() -> None:
    amounts = ("14,561", "△2,413", "調整中", "0")
    rows = tuple((f"取組{number}", amounts[number % 4]) for number in range(16))
    table = Table(("取組", "効果額"), rows, "効果額（千円）", (False, True))
    (post,) = posts(Reply("一覧です。", table=table), 7)
    assert faults(post) == [] and types(post) == ["rich_text", "data_table"]
    shown_rows = post.blocks[1]["rows"]
    assert [cell["text"] for cell in shown_rows[0]] == ["取組", "効果額"]
    assert [row[1].get("value") for row in shown_rows[1:5]] == [14561, -2413, None, 0]
    short = replace(table, rows=rows[:15])
    assert types(posts(Reply("一覧です。", table=short), 7)[0]) == ["rich_text", "rich_text", "table"]


def test_a_table_too_wide_for_slack_is_still_shown_in_full() -> None:
    cells = tuple(f"c{number}" for number in range(30))
    (post,) = posts(Reply("広い表", table=Table(cells, (cells,))), 7)
    assert "table" not in types(post) and all(shown(post.blocks).count(cell) >= 2 for cell in cells)


def test_a_choice_that_a_button_would_cut_is_written_out() -> None:
    label = "長い名前の取組" * 20
    (post,) = posts(Reply("どれですか", choices=(Choice(label, "x"), Choice("短い", "長い質問" * 600))), 7)
    assert faults(post) == [] and label in shown(post.blocks)
    assert squeezed("長い質問" * 600) in squeezed(shown(post.blocks))


def test_many_sources_are_chosen_from_a_list() -> None:
    sources = tuple(Source(f"3-1-{number}", f"3-1-{number}、p.{number}", number, "") for number in range(130))
    (post,) = posts(Reply("39件", sources=sources), 7)
    assert faults(post) == []
    assert sum(len(one["elements"][0]["options"]) for one in post.blocks if one["type"] == "actions") == 130


FORM = Form(
    "draft.save",
    "3-1-2",
    "自己評価",
    (
        Field(
            "amount", "実績見込み（千円）", "amount", "14561", "千円で", True, error="数で入力してください"
        ),
        Field("result", "評価", "choice", "b", options=(("a", "順調"), ("b", "遅れ"))),
        Field("words", "理由", "long", "一行目\n二行目"),
    ),
    revision=3,
)


@pytest.mark.parametrize("value", ["", "x", "[]", "{}", '{"a": "x", "v": "y", "r": "z"}', '{"a": 1}'])
def test_what_no_button_of_ours_carries_is_no_press(value: str) -> None:
    assert press_of({"value": value}, {}) is None


def test_a_form_stands_in_the_message_as_what_opens_it() -> None:
    (post,) = posts(Reply("入力してください", form=FORM), 7)
    assert faults(post) == []
    (opens,) = post.blocks[-1]["elements"]
    assert (opens["action_id"], opens["text"]["text"]) == ("form:7", "入力欄を開く")


def test_a_form_that_slack_cannot_show_is_said_to_be_elsewhere() -> None:
    form = Form("x", "", "", tuple(Field(str(number), "理由") for number in range(91)))
    (post,) = posts(Reply("入力", form=form), 7)
    assert "actions" not in types(post) and "ブラウザーの画面" in shown(post.blocks)


def test_an_english_reply_is_paged_in_english() -> None:
    pages = posts(Reply("A long answer.\n" * 1500, language="en"), 7)
    assert "More (2/" in shown(pages[0].blocks)


def test_a_long_text_is_cut_in_notifications_alone_and_says_so() -> None:
    assert fallback(Reply("あ" * 5000)).endswith("…")


WORDS = st.text(max_size=300) | st.text(
    alphabet=string.printable + "<>&*_~`漢字😀", min_size=1, max_size=4000
)
SHORT = st.text(max_size=120)
TABLES = st.builds(
    Table,
    st.lists(SHORT, max_size=25).map(tuple),
    st.lists(st.lists(SHORT, max_size=25).map(tuple), max_size=130).map(tuple),
    SHORT,
    st.lists(st.booleans(), max_size=30).map(tuple),
)
CHARTS = st.integers(0, 25).flatmap(
    lambda count: st.builds(
        Chart,
        SHORT,
        st.lists(st.text(max_size=25), min_size=count, max_size=count).map(tuple),
        st.lists(
            st.builds(
                Series,
                st.text(max_size=25),
                st.lists(st.none() | st.integers(-(10**9), 10**9), min_size=count, max_size=count).map(tuple),
            ),
            max_size=8,
        ).map(tuple),
        st.text(max_size=10),
    )
)
FIELDS = st.builds(
    Field,
    st.text(max_size=40),
    SHORT,
    st.sampled_from(["text", "long", "amount", "choice"]),
    WORDS,
    SHORT,
    st.booleans(),
    st.lists(st.tuples(SHORT, SHORT), max_size=5).map(tuple),
    SHORT,
)
REPLIES = st.builds(
    Reply,
    text=WORDS.filter(lambda text: bool(text.strip())),
    heading=WORDS,
    table=st.none() | TABLES,
    chart=st.none() | CHARTS,
    sources=st.lists(st.builds(Source, SHORT, SHORT, st.integers(0, 99), SHORT), max_size=12).map(tuple),
    choices=st.lists(
        st.builds(Choice, SHORT, WORDS, SHORT, st.none() | st.integers(0, 99), SHORT), max_size=12
    ).map(tuple),
    form=st.none() | st.builds(Form, SHORT, SHORT, SHORT, st.lists(FIELDS, max_size=8).map(tuple)),
    file=st.none() | st.builds(File, SHORT, SHORT, SHORT),
    notes=st.lists(WORDS, max_size=4).map(tuple),
)


def said_by(reply: Reply) -> list[str]:
    """Everything that must be found again on the pages, in full."""
    table = reply.table or Table((), ())
    return [
        reply.heading,
        reply.text,
        *reply.notes,
        *(cell for row in (table.columns, *table.rows) for cell in row),
        *(source.label for source in reply.sources),
        *(choice.label for choice in reply.choices if choice.label != ""),
    ]


@settings(max_examples=60, deadline=None)
@given(REPLIES, st.frozensets(st.sampled_from(REFUSABLE)))
def test_any_reply_makes_valid_messages_in_which_nothing_is_missing(
    reply: Reply, without: frozenset[str]
) -> None:
    pages = posts(reply, 7, without)
    assert not {block["type"] for page in pages for block in page.blocks} & without
    assert pages
    everything = ""
    for page in pages:
        assert faults(page) == []
        assert page.blocks and page.text.strip()
        everything += squeezed(shown(page.blocks))
    for words in said_by(reply):
        assert squeezed(clean(words)) in everything, words
