"""A small invented city beside the real plan: two bureaus, three departments, one of every post.

The plan has a relisted pair (1-1-2 stands again at 1-2-1) and an indicator of its own for the first item.
"""

from datetime import date

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import (
    BLANK,
    Indicator,
    IndicatorKind,
    Initiative,
    Mark,
    MarkKind,
    Pillar,
    Plan,
    ReformItem,
)
from knowledge.roster.roster import (
    Absence,
    Address,
    Bureau,
    Channel,
    Days,
    Department,
    ItemIndicator,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)

PARKS = Department("parks", "公園課", "town", mailbox="parks@city.example")
ROADS = Department("roads", "道路課", "town")
PAPERS = Department("papers", "文書課", "office")
GARDENS = Department("gardens", "緑地課", "town", merged_into="parks")

TOWN = Bureau("town", "まち部")
OFFICE = Bureau("office", "総務部")

OWNER = Person(
    "owner",
    "公園 花子",
    (Post(PostKind.OWNER, department="parks"),),
    (Address(Channel.SLACK, "U0OWNER"), Address(Channel.MAIL, "Hanako@city.example")),
)
DEPUTY_HEAD = Person("deputy", posts=(Post(PostKind.DEPUTY_HEAD, department="parks"),))
HEAD = Person(
    "head",
    posts=(Post(PostKind.HEAD, department="parks"),),
    addresses=(Address(Channel.PAGE, "head"),),
)
DIRECTOR = Person("director", posts=(Post(PostKind.DIRECTOR, bureau="town"),))
MANAGER = Person("manager", posts=(Post(PostKind.MANAGER),))
SECRETARIAT = Person("secretariat", posts=(Post(PostKind.SECRETARIAT, department="papers"),))
ADMINISTRATOR = Person("administrator", posts=(Post(PostKind.ADMINISTRATOR),))
ROADS_OWNER = Person("roads-owner", posts=(Post(PostKind.OWNER, department="roads"),))
ROADS_HEAD = Person("roads-head", posts=(Post(PostKind.HEAD, department="roads"),))
PAPERS_HEAD = Person("papers-head", posts=(Post(PostKind.HEAD, department="papers"),))

CAST = (
    OWNER,
    DEPUTY_HEAD,
    HEAD,
    DIRECTOR,
    MANAGER,
    SECRETARIAT,
    ADMINISTRATOR,
    ROADS_OWNER,
    ROADS_HEAD,
    PAPERS_HEAD,
)

ROSTER = Roster(
    bureaus=(TOWN, OFFICE),
    departments=(PARKS, ROADS, PAPERS, GARDENS),
    persons=CAST,
    responsibilities=(
        Responsibility("gardens", "benches"),
        Responsibility("roads", "lamps"),
        Responsibility("parks", "lamps", leads=False),
        Responsibility("papers", "forms", days=Days(last=date(2024, 3, 31))),
        Responsibility("roads", "forms", days=Days(first=date(2024, 4, 1))),
        Responsibility("papers", ItemIndicator("1-1", "点灯率")),
    ),
    absences=(Absence("head", Days(date(2024, 7, 1), date(2024, 7, 5))),),
)

LAMPS = Initiative("lamps", "1-1-1", "街灯の見直し", "", 1)
BENCHES = Initiative("benches", "1-1-2", "ベンチの設置", "", 1)
BENCHES_AGAIN = Initiative(
    "benches-again", "1-2-1", "ベンチの設置", "", 2, marks=(Mark(MarkKind.RELISTED, "【再掲】", "1-1-2"),)
)
FORMS = Initiative("forms", "1-2-2", "様式の削減", "", 2)
LIT = Indicator(IndicatorKind.OUTCOME, "点灯率", "点灯率 → 90%", BLANK)

PLAN = Plan(
    title="見本市改革計画",
    status="",
    established="",
    issuer="見本市",
    first_year=FiscalYear(2023),
    last_year=FiscalYear(2025),
    pillars=(
        Pillar(
            1,
            "見本",
            (
                ReformItem("1-1", "明るいまち", "", 1, (LIT,), (LAMPS, BENCHES)),
                ReformItem("1-2", "身軽な役所", "", 2, (), (BENCHES_AGAIN, FORMS)),
            ),
        ),
    ),
)
