from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge.faults import RosterFaults
from knowledge.roster.roster import Channel, Department, ItemIndicator, Post, PostKind, Roster
from knowledge.sources.roster_sheets import roster_of, sheets_of
from knowledge.sources.sheets import Formula, Sheet
from tests.invented_roster import PLAN
from tests.knowledge.sources.roster_tables import GOOD, Row, Rows, sheets, with_more

ROSTER = roster_of(sheets(), PLAN)


def _faults(given: list[Sheet], previous: Roster | None = None) -> list[str]:
    with pytest.raises(RosterFaults) as refusal:
        roster_of(given, PLAN, previous)
    return [str(fault) for fault in refusal.value.faults]


class TestAGoodRoster:
    def test_is_read_as_it_says(self) -> None:
        a, b, c = ROSTER.persons
        assert (a.id, a.name, [address.channel for address in a.addresses]) == (
            "a",
            "公園 花子",
            [Channel.SLACK, Channel.MAIL],
        )
        assert [post.kind for post in c.posts] == [PostKind.HEAD, PostKind.DIRECTOR, PostKind.SECRETARIAT]
        assert b.posts[-1] == Post(PostKind.MANAGER)
        assert ROSTER.department("roads") == Department("roads", "道路課", "town")
        assert not ROSTER.is_sample

    def test_answers_for_initiatives_by_their_ids_and_for_indicators(self) -> None:
        assert [one.id for one in ROSTER.departments_for("lamps")] == ["roads", "parks"]
        assert [one.id for one in ROSTER.departments_for(ItemIndicator("1-1", "点灯率"))] == ["papers"]

    def test_changes_heads_in_april(self) -> None:
        for day, head in ((date(2025, 3, 31), "b"), (date(2025, 4, 1), "c")):
            assert [one.id for one in ROSTER.on(day).holders(PostKind.HEAD, "parks")] == [head]

    def test_may_leave_out_the_optional_sheets(self) -> None:
        needed = [sheet for sheet in sheets() if sheet.name not in ("宛先", "不在")]
        assert roster_of(needed, PLAN).absences == ()

    def test_may_carry_remarks_and_columns_for_people(self) -> None:
        rows = tuple((*row, "気づき", "まち部") for row in GOOD["人"][1:2])
        given = [
            Sheet("人", (("人ID", "氏名", "備考", "(参考)部名"), *rows, *GOOD["人"][2:]))
            if sheet.name == "人"
            else sheet
            for sheet in sheets()
        ]
        given.append(Sheet("説明", (("何でも",),)))
        assert roster_of(given, PLAN) == ROSTER

    def test_may_keep_a_post_that_nobody_holds(self) -> None:
        roster = roster_of(with_more(職=[("課長", "roads", None)]), PLAN)
        assert roster.vacancies == (Post(PostKind.HEAD, "roads"),)

    def test_reads_ids_and_codes_in_full_width(self) -> None:
        given = with_more(所管=[("１－２－１", None, "ｐａｒｋｓ")], 職=[("係長", " parks ", "ａ")])
        roster = roster_of(given, PLAN)
        assert [one.id for one in roster.departments_for("benches-again")] == ["parks"]
        assert [one.id for one in roster.holders(PostKind.DEPUTY_HEAD)] == ["a"]

    def test_reads_numbers_that_excel_made_of_ids(self) -> None:
        given = with_more(人=[(1024.0, "数 太郎")], 職=[("担当", "roads", 1024)])
        assert roster_of(given, PLAN).persons[-1].id == "1024"

    @pytest.mark.parametrize(
        "written",
        [
            "2025-04-01",
            "2025/4/1",
            "２０２５年４月１日",
            "令和7年4月1日",
            "R7.4.1",
            datetime(2025, 4, 1),
            date(2025, 4, 1),
        ],
    )
    def test_reads_a_day_in_the_ways_people_write_it(self, written: str | date) -> None:
        roster = roster_of(with_more(職=[("係長", "roads", "b", written)]), PLAN)
        assert roster.persons[1].posts[-1].days.first == date(2025, 4, 1)

    def test_is_written_and_read_back_the_same(self) -> None:
        assert roster_of(sheets_of(ROSTER, PLAN), PLAN) == ROSTER


def _spoilt_rows() -> list[tuple[str, Row, str]]:
    text = Path(__file__).with_name("roster_faults.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(*_spoilt_row(row), fault.strip()) for row, fault in zip(lines[::2], lines[1::2], strict=True)]


def _spoilt_row(line: str) -> tuple[str, Row]:
    sheet, *cells = (cell.strip() for cell in line.split("|"))
    return sheet, tuple(cell or None for cell in cells)


@pytest.mark.parametrize(("sheet", "row", "fault"), _spoilt_rows())
def test_a_fault_is_named_with_its_sheet_and_row(sheet: str, row: Row, fault: str) -> None:
    assert _faults(with_more(**{sheet: [row]})) == [fault]


@pytest.mark.parametrize(
    ("sheet", "row", "fault"),
    [
        ("職", (Formula("=A1"), "roads", "a"), "職 8行目: 職が数式（=A1）です。値を書いてください"),
        (
            "宛先",
            ("b", "メール", "b@x.example\nBcc: c@x.example"),
            "宛先 4行目: 宛先に改行などの制御文字が含まれています",
        ),
        (
            "所管",
            (datetime(2003, 1, 2), None, "parks"),
            "所管 7行目: 番号が文字ではありません（2003/01/02）。セルの書式を文字列にして書き直してください",
        ),
    ],
)
def test_so_is_one_that_no_text_file_can_show(sheet: str, row: Row, fault: str) -> None:
    assert _faults(with_more(**{sheet: [row]})) == [fault]


class TestEveryFaultAtOnce:
    def test_of_several_rows(self) -> None:
        found = _faults(
            with_more(人=[("a",)], 職=[("課長", "nowhere", "b")], 所管=[("9-9-9", None, None, "正")])
        )
        assert found == [
            "人 5行目: 人ID「a」は人 2行目にもあります",
            "職 8行目: 所属「nowhere」は「課等」にありません",
            "所管 7行目: 番号「9-9-9」は計画にありません",
            "所管 7行目: 課IDが空です",
            "所管 7行目: 主副「正」は使えません。「主」か「副」にしてください",
        ]

    def test_of_sheets_and_headers_before_any_row(self) -> None:
        given = [sheet for sheet in with_more(所管=[("9-9-9",)]) if sheet.name not in ("人", "部")]
        given[1] = Sheet("職", (("職", "所属", "人ID", "開始日", "終わり", "職"), ("課長",)))
        given.append(Sheet("その他", (("x",),)))
        assert _faults(given) == [
            "職 1行目: 見出しがありません: 終了日",
            "職 1行目: 知らない見出しです: 終わり",
            "職 1行目: 見出しが重複しています: 職",
            "その他: 知らないシートです（部、課等、人、職、宛先、所管、不在）",
            "人: シートがありません",
        ]

    def test_of_no_sheets(self) -> None:
        assert _faults([]) == [f"{name}: シートがありません" for name in ("課等", "人", "職", "所管")]


def _departments(*rows: tuple[str | None, ...]) -> list[Sheet]:
    """The good roster with other departments, none of whom has posts or answers for anything."""
    person: Rows = [("c",)]
    return sheets(課等=list(rows), 人=person, 職=[("管理職", None, "c")], 宛先=[], 所管=[], 不在=[])


PARKS_ROW = ("parks", "公園課", "town")
PAPERS_ROW = ("papers", "文書課", "office")


class TestWhatBecomesOfDepartments:
    def test_a_new_name_leaves_the_id_and_is_remembered(self) -> None:
        renamed = roster_of(
            _departments(("parks", "公園緑地課"), PAPERS_ROW, ("roads", "道路課")), PLAN, ROSTER
        )
        assert renamed.department("parks").former_names == ("公園課",)
        again = roster_of(_departments(("parks", "みどり課"), PAPERS_ROW, ("roads", "道路課")), PLAN, renamed)
        assert again.department("parks").former_names == ("公園緑地課", "公園課")

    def test_a_merged_one_goes_on_as_the_one_that_names_it(self) -> None:
        merged = roster_of(
            _departments(("parks", "公園道路課", "town", None, None, "roads"), PAPERS_ROW), PLAN, ROSTER
        )
        assert merged.department("roads") == Department("roads", "道路課", "town", merged_into="parks")
        assert merged.current("roads").name == "公園道路課"

    def test_several_may_merge_into_a_new_one(self) -> None:
        merged = roster_of(
            _departments(("green", "みどり課", "town", None, None, "parks、roads"), PAPERS_ROW), PLAN, ROSTER
        )
        gone_on_with = {one.id for one in merged.departments if merged.current(one.id).id == "green"}
        assert gone_on_with == {"green", "parks", "roads"}

    def test_a_new_id_with_a_former_name_goes_on_with_that_one(self) -> None:
        renamed = roster_of(
            _departments(("green", "みどり課", "town", None, "公園課"), PAPERS_ROW), PLAN, ROSTER
        )
        assert renamed.current("parks").id == "green"
        assert renamed.department("roads").is_closed

    def test_one_that_is_named_no_more_is_closed_and_stays(self) -> None:
        without = roster_of(_departments(PARKS_ROW, PAPERS_ROW), PLAN, ROSTER)
        assert without.department("roads") == replace(ROSTER.department("roads"), is_closed=True)
        assert without.current("roads").id == "roads"

    def test_a_closed_one_may_come_back(self) -> None:
        without = roster_of(_departments(PARKS_ROW, PAPERS_ROW), PLAN, ROSTER)
        assert (
            roster_of(_departments(PARKS_ROW, ("roads", "道路課")), PLAN, without)
            .department("roads")
            .is_current
        )

    def test_mergers_in_a_row_are_followed(self) -> None:
        first = roster_of(_departments(("green", "みどり課", None, None, None, "parks")), PLAN, ROSTER)
        second = roster_of(_departments(("build", "建設課", None, None, None, "green")), PLAN, first)
        assert second.current("parks").id == "build"

    def test_what_is_gone_is_written_and_read_back_the_same(self) -> None:
        merged = roster_of(_departments(("parks", "公園道路課", "town", None, None, "roads")), PLAN, ROSTER)
        assert not merged.department("papers").is_current
        assert roster_of(sheets_of(merged, PLAN), PLAN) == merged
        assert roster_of(sheets_of(merged, PLAN), PLAN, merged) == merged

    def test_one_cannot_go_on_as_two(self) -> None:
        given = _departments(
            ("x", "あ課", None, None, None, "roads"), ("y", "い課", None, None, None, "roads"), PARKS_ROW
        )
        assert _faults(given, ROSTER) == [
            "課等 3行目: 継続元「roads」は「x」も継続元にしています。1つにしてください"
        ]

    def test_none_goes_on_in_a_circle(self) -> None:
        given = _departments(
            ("x", "あ課", None, None, None, "y", "廃止"), ("y", "い課", None, None, None, "x", "廃止")
        )
        assert "課等 2行目: 継続元をたどると「x」に戻ってしまいます" in _faults(given)

    def test_nobody_works_in_one_that_is_gone(self) -> None:
        given = sheets(
            課等=[
                PARKS_ROW,
                ("roads", "道路課"),
                ("papers", "文書課", "office", None, None, "lawns"),
                ("old", "古い課", None, None, None, None, "廃止"),
                ("lawns", "芝生課", None, None, None, None, "廃止"),
            ],
            職=[("担当", "old", "a"), *GOOD["職"][1:]],
            所管=[("1-2-1", None, "lawns")],
        )
        assert _faults(given) == [
            "職 2行目: 所属「古い課」は廃止されています",
            "所管 2行目: 課ID「芝生課」は廃止されています（「文書課」が引き継いでいます）",
        ]
