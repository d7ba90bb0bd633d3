from dataclasses import replace

from knowledge.roster.changes import changes
from knowledge.roster.roster import Roster
from knowledge.sources.roster_sheets import roster_of
from tests.invented_roster import PLAN
from tests.knowledge.sources.roster_tables import GOOD, Rows, sheets

BEFORE = roster_of(sheets(), PLAN)


def _told(after: Roster, before: Roster = BEFORE) -> list[str]:
    return [str(change) for change in changes(before, after, PLAN)]


def _after(**rows: Rows) -> Roster:
    return roster_of(sheets(**rows), PLAN, BEFORE)


PARKS, ROADS, PAPERS = GOOD["課等"][1:]


def test_the_same_roster_changes_nothing() -> None:
    assert _told(BEFORE) == []


def test_an_id_with_a_new_name_is_a_renaming_and_hands_nothing_over() -> None:
    after = _after(
        課等=[("parks", "公園緑地課", *PARKS[2:]), ROADS, PAPERS],
        職=[
            ("課長", "parks", "b", None, "2025-03-31") if row[1] == "公園課" else row
            for row in GOOD["職"][1:]
        ],
    )
    assert _told(after) == ["課等の改称: parks（公園課 → 公園緑地課）"]


def test_a_merger_is_told_as_one() -> None:
    after = _after(
        課等=[(*PARKS[:4], None, "roads"), PAPERS],
        所管=[("1-1-1", None, "parks"), *GOOD["所管"][3:]],
    )
    assert _told(after) == [
        "課等の統合: roads（道路課 → 公園課）",
        "所管の変更: 1-1-1（道路課・公園課（副） → 公園課）",
    ]


def test_what_a_merged_department_leads_alone_is_no_change() -> None:
    before = _after(所管=[("1-1-1", None, "roads")])
    after = roster_of(
        sheets(課等=[(*PARKS[:4], None, "roads"), PAPERS], 所管=[("1-1-1", None, "parks")]), PLAN, before
    )
    assert _told(after, before) == ["課等の統合: roads（道路課 → 公園課）"]


def test_several_into_a_new_one_are_mergers_and_an_addition() -> None:
    after = _after(
        課等=[("green", "みどり課", "town", None, None, "parks、roads"), PAPERS],
        職=[("事務局", "papers", "c"), ("管理職", None, "b"), ("担当", "green", "a")],
        所管=[("1-1-2", None, "green")],
    )
    told = _told(after)
    assert "課等の追加: みどり課" in told
    assert "課等の統合: parks（公園課 → みどり課）" in told
    assert "課等の統合: roads（道路課 → みどり課）" in told
    assert "所管の変更: 1-1 指標「点灯率」（文書課 → なし）" in told
    assert not any("1-1-2" in line for line in told)


def test_one_that_goes_on_under_a_new_id_is_renamed() -> None:
    after = _after(
        課等=[PARKS, ("streets", "みち課", None, None, None, "roads"), PAPERS],
        所管=[("1-1-1", None, "streets"), *GOOD["所管"][2:]],
    )
    assert _told(after) == ["課等の改称: streets（道路課 → みち課）"]


def test_closing_and_reopening_are_told() -> None:
    closed = _after(課等=[PARKS, PAPERS], 所管=GOOD["所管"][3:])
    assert _told(closed)[0] == "課等の廃止: 道路課"
    assert _told(roster_of(sheets(), PLAN, closed), closed)[0] == "課等の復活: 道路課"


def test_bureaus_and_mailboxes_are_told() -> None:
    after = _after(
        部=[("town", "都市部"), ("water", "水道局")],
        課等=[(*PARKS[:2], "water", "midori@city.example"), ("roads", "道路課", "town"), PAPERS[:2]],
    )
    assert _told(after)[:6] == [
        "部の改称: town（まち部 → 都市部）",
        "部の削除: 総務部",
        "部の追加: 水道局",
        "課等の変更: 公園課の部（まち部 → 水道局）",
        "課等の変更: 公園課の共用メール（parks@city.example → midori@city.example）",
        "課等の変更: 文書課の部（総務部 → なし）",
    ]


def test_people_are_told_and_marked_as_personal() -> None:
    after = _after(
        人=[("a", "公園 太郎"), ("c",), ("d", "新人 次郎")],
        職=[
            ("係長", "parks", "a", "2025-04-01", "2026-03-31"),
            ("担当", "roads", "d"),
            ("課長", "parks", None),
            *GOOD["職"][4:6],
        ],
        宛先=[("a", "Slack", "U0NEW")],
        不在=[("c", "2025-05-01", None)],
    )
    found = changes(BEFORE, after, PLAN)
    assert [str(change) for change in found] == [
        "人の削除: b",
        "人の変更: aの氏名（公園 花子 → 公園 太郎）",
        "職の変更: a 公園 太郎（公園課 担当 → 公園課 係長（2025-04-01～2026-03-31））",
        "宛先の変更: a 公園 太郎（U0A1・a@city.example → U0NEW）",
        "職の変更: c（公園課 課長（2025-04-01から）・まち部 部長・文書課 事務局 → まち部 部長・文書課 事務局）",
        "人の追加: d 新人 次郎（なし → 道路課 担当）",
        "欠員の追加: 公園課 課長",
        "不在の削除: b（2024-07-01～2024-07-05）",
        "不在の追加: c（2025-05-01から）",
    ]
    assert [change.part for change in found if not change.is_personal] == ["欠員"]


def test_a_duty_that_ends_is_told() -> None:
    ended = replace(BEFORE, responsibilities=BEFORE.responsibilities[:-1])
    assert _told(ended) == ["所管の変更: 1-1 指標「点灯率」（文書課 → なし）"]
