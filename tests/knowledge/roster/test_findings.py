from dataclasses import replace
from datetime import date

from knowledge.editions.edition import shipped
from knowledge.roster.findings import findings
from knowledge.roster.roster import Channel, Post, PostKind, Responsibility, Roster
from knowledge.sources.sample_roster import sample_roster
from tests.invented_roster import OWNER, PARKS, PLAN, ROSTER

JUNE = ROSTER.on(date(2024, 6, 3))


def _told(roster: Roster, *channels: Channel) -> list[str]:
    given = findings(roster, PLAN, channels) if channels else findings(roster, PLAN)
    return [str(finding) for finding in given]


def test_what_is_left_open_is_told() -> None:
    assert _told(JUNE) == [
        "連絡できる人がいない課等: 道路課、文書課",
        "入力できる人（担当・係長）がいない課等: 文書課",
    ]


def test_without_a_channel_that_delivers_nobody_is_reached() -> None:
    assert _told(JUNE, Channel.SLACK)[0] == "連絡できる人がいない課等: 道路課、文書課"
    assert _told(JUNE, Channel.PAGE)[0] == "連絡できる人がいない課等: 道路課、文書課"


def test_missing_posts_and_duties_are_told() -> None:
    bare = Roster(
        departments=(PARKS,),
        persons=(OWNER,),
        responsibilities=(Responsibility("parks", "benches"), Responsibility("parks", "benches-again")),
        vacancies=(Post(PostKind.HEAD, "parks"),),
    )
    assert _told(bare) == [
        "事務局の職にある人がいません",
        "管理者の職にある人がいません",
        "確認できる人（課長・係長）がいない課等: 公園課",
        "人のいない職: 公園課 課長",
        "所管が決まっていないもの: 1-1-1 「街灯の見直し」、1-2-2 「様式の削減」、1-1 指標「点灯率」",
    ]


def test_divided_listings_are_told() -> None:
    divided = replace(
        JUNE, responsibilities=(*JUNE.responsibilities, Responsibility("roads", "benches-again"))
    )
    assert "再掲の組で所管が分かれているもの: 1-1-2と1-2-1" in _told(divided)


def test_the_sample_says_that_it_is_one() -> None:
    plan = shipped().plan
    told = [str(finding) for finding in findings(sample_roster(plan), plan)]
    assert told[0] == "見本の名簿です。実際の名簿を取り込むまで、通知は送られません"
    assert len(told) == 2
    assert told[1].startswith("連絡できる人がいない課等: 見本：")
