"""The sheets of a roster file and their headers, the same in a workbook and in CSV."""

from __future__ import annotations

from knowledge.roster.roster import Channel, PostKind
from knowledge.sources.table_rows import FIRST_DAY, FOR_REFERENCE, LAST_DAY

BUREAUS = "部"
DEPARTMENTS = "課等"
PERSONS = "人"
POSTS = "職"
ADDRESSES = "宛先"
RESPONSIBILITIES = "所管"
ABSENCES = "不在"
GUIDE = "説明"

BUREAU_ID = "部ID"
BUREAU_NAME = "部名"
DEPARTMENT_ID = "課ID"
DEPARTMENT_NAME = "課名"
MAILBOX = "共用メール"
FORMER_NAMES = "旧名称"
CONTINUES = "継続元"
STANDING = "状態"
PERSON_ID = "人ID"
PERSON_NAME = "氏名"
POST = "職"
PLACE = "所属"
CHANNEL = "種類"
ADDRESS = "宛先"
CODE = "番号"
INDICATOR = "指標"
LEADS = "主副"

HEADERS: dict[str, tuple[str, ...]] = {
    BUREAUS: (BUREAU_ID, BUREAU_NAME),
    DEPARTMENTS: (
        DEPARTMENT_ID,
        DEPARTMENT_NAME,
        BUREAU_ID,
        MAILBOX,
        FORMER_NAMES,
        CONTINUES,
        STANDING,
    ),
    PERSONS: (PERSON_ID, PERSON_NAME),
    POSTS: (POST, PLACE, PERSON_ID, FIRST_DAY, LAST_DAY),
    ADDRESSES: (PERSON_ID, CHANNEL, ADDRESS),
    RESPONSIBILITIES: (CODE, INDICATOR, DEPARTMENT_ID, LEADS, FIRST_DAY, LAST_DAY),
    ABSENCES: (PERSON_ID, FIRST_DAY, LAST_DAY),
}

NEEDED = (DEPARTMENTS, PERSONS, POSTS, RESPONSIBILITIES)
"""The sheets without which a file is no roster."""

GONE = "廃止"
LEADING = "主"
TAKING_PART = "副"

POST_KINDS = {kind.label: kind for kind in PostKind}
CHANNELS = {"Slack": Channel.SLACK, "メール": Channel.MAIL, "画面": Channel.PAGE}

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    (POSTS, POST): tuple(POST_KINDS),
    (ADDRESSES, CHANNEL): tuple(CHANNELS),
    (RESPONSIBILITIES, LEADS): (LEADING, TAKING_PART),
    (DEPARTMENTS, STANDING): (GONE,),
}
"""The columns of which each cell is one of a few words."""

SAMPLE = "見本"
"""A roster in which a department's name begins so is invented, and nobody is ever written to by it."""

GUIDE_ROWS = (
    ("シート", "書くこと"),
    (BUREAUS, "部の一覧。部IDは部名が変わっても変えない"),
    (DEPARTMENTS, "課等の一覧。課IDは課名が変わっても変えない"),
    (
        DEPARTMENTS,
        f"統合: 残る課の{CONTINUES}に、なくなる課の課IDを書き（複数は「、」）、なくなる課の行を除く",
    ),
    (DEPARTMENTS, f"廃止: 行を除くか、{STANDING}に「{GONE}」と書く。過去の記録は残る"),
    (PERSONS, f"職を持つ人の一覧。{PERSON_NAME}は空でもよい"),
    (POSTS, f"{POST}は {'、'.join(POST_KINDS)} のどれか。1人が複数の職を持つときは行を分ける"),
    (
        POSTS,
        f"{PLACE}は課ID、部長は部ID。管理職・事務局・管理者は空にすると市全体。欠員は{PERSON_ID}を空にする",
    ),
    (ADDRESSES, f"{CHANNEL}は {'、'.join(CHANNELS)} のどれか。SlackはメンバーID（Uで始まる）"),
    (RESPONSIBILITIES, f"取組は{CODE}（3-1-2）、改革項目の指標は{CODE}（3-1）と{INDICATOR}の名前"),
    (RESPONSIBILITIES, f"共管は課ごとに行を分け、1つを「{LEADING}」、ほかを「{TAKING_PART}」にする"),
    (ABSENCES, "不在の期間。課長が不在のあいだは係長が代わって確認できる"),
    (
        "共通",
        f"{FIRST_DAY}・{LAST_DAY}は 2026-04-01 の形。空は期限なし。「{FOR_REFERENCE}」の列は取り込まない",
    ),
)
"""What an officer reads in the workbook before filling it in."""
