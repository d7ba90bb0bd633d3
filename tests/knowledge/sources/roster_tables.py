"""A small good roster as sheets, which each test spoils in one place."""

from knowledge.sources.sheets import Sheet, Value

Row = tuple[Value, ...]
Rows = list[Row]

GOOD: dict[str, Rows] = {
    "部": [("部ID", "部名"), ("town", "まち部"), ("office", "総務部")],
    "課等": [
        ("課ID", "課名", "部ID", "共用メール", "旧名称", "継続元", "状態"),
        ("parks", "公園課", "town", "parks@city.example"),
        ("roads", "道路課", "まち部"),
        ("papers", "文書課", "office"),
    ],
    "人": [("人ID", "氏名"), ("a", "公園 花子"), ("b",), ("c",)],
    "職": [
        ("職", "所属", "人ID", "開始日", "終了日"),
        ("担当", "parks", "a"),
        ("課長", "公園課", "b", None, "2025-03-31"),
        ("課長", "parks", "c", "2025-04-01"),
        ("部長", "town", "c"),
        ("事務局", "papers", "c"),
        ("管理職", None, "b"),
    ],
    "宛先": [("人ID", "種類", "宛先"), ("a", "Slack", "U0A1"), ("a", "メール", "a@city.example")],
    "所管": [
        ("番号", "指標", "課ID", "主副", "開始日", "終了日"),
        ("1-1-1", None, "roads", "主"),
        ("1-1-1", None, "parks", "副"),
        ("1-1-2", None, "parks"),
        ("1-2-2", None, "papers"),
        ("1-1", "点灯率", "papers"),
    ],
    "不在": [("人ID", "開始日", "終了日"), ("b", "2024-07-01", "2024-07-05")],
}


def sheets(**rows: Rows) -> list[Sheet]:
    """The good sheets with the rows of some put in place of theirs below the header."""
    return [Sheet(name, (good[0], *rows.get(name, good[1:]))) for name, good in GOOD.items()]


def with_more(**rows: Rows) -> list[Sheet]:
    """The good sheets with rows added at the end of some."""
    return [Sheet(name, (*good, *rows.get(name, []))) for name, good in GOOD.items()]
