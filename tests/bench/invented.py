"""Invented plans of one shape and any size, every title in them different: how answers grow with a plan."""

from itertools import count

from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import (
    BLANK,
    EFFECT_AMOUNT,
    Indicator,
    IndicatorKind,
    Initiative,
    Measure,
    Pillar,
    Plan,
    ReformItem,
    Section,
    State,
    Target,
    TargetRow,
)

FIRST, LAST = FiscalYear.reiwa(3), FiscalYear.reiwa(7)
YEARS = tuple(FiscalYear(start) for start in range(FIRST.start, LAST.start + 1))

# Initiatives in each item of five pillars, as many as a city's plan has; pillars 3 and 5 stand in tables.
SHAPE = ((5, 5), (5,), (6, 5), (0,), (5, 8))
_WITH_TABLES = (3, 0)
INITIATIVES = sum(sum(pillar) for pillar in SHAPE)

_PLACES = (
    "北野", "南浜", "東原", "西谷", "上町", "下町", "中島", "本郷", "若葉", "青葉",
    "桜台", "松ケ丘", "梅園", "竹田", "大橋", "小川", "港", "山手", "新町", "旧市街",
)  # fmt: skip
_THINGS = (
    "図書館", "公民館", "体育館", "浄水場", "斎場", "給食", "保育所", "駐輪場", "防災倉庫", "児童館",
    "市営住宅", "美術館", "プール", "キャンプ場", "霊園", "街路灯", "窓口", "広報紙", "収納",
)  # fmt: skip
_ACTIONS = (
    "の使用料の見直し", "の業務委託の拡大", "の予約の電子化", "の広告収入の確保", "の省エネルギー化",
    "の共同運営", "の開館時間の延長", "の維持補修の平準化", "の名称使用権の導入", "の利用者負担の適正化",
    "の統合",
)  # fmt: skip
DISTINCT_TITLES = len(_PLACES) * len(_THINGS) * len(_ACTIONS)


def invented_plan(times: int) -> Plan:
    """A plan of `times` times 39 initiatives, 8 items and 7 sections; at most 107 times."""
    if not 1 <= times * INITIATIVES <= DISTINCT_TITLES:
        raise ValueError(f"作れるのは1倍から{DISTINCT_TITLES // INITIATIVES}倍までです: {times}")
    numbers = count()
    pillars = tuple(_pillar(number, numbers) for number in range(1, 5 * times + 1))
    sections = tuple(_section(number) for number in range(1, 7 * times + 1))
    return Plan(f"架空の計画 {times}倍", "(案)", "", "架空市", FIRST, LAST, pillars, sections)


def title_of(number: int) -> str:
    """A different title for each number below DISTINCT_TITLES."""
    rest, place = divmod(number, len(_PLACES))
    action, thing = divmod(rest, len(_THINGS))
    return f"{_PLACES[place]}{_THINGS[thing]}{_ACTIONS[action]}"


def _pillar(number: int, numbers: "count[int]") -> Pillar:
    shape = SHAPE[(number - 1) % len(SHAPE)]
    items = tuple(_item(f"{number}-{place}", size, numbers) for place, size in enumerate(shape, start=1))
    return Pillar(number, f"第{number}の改革", items)


def _item(code: str, size: int, numbers: "count[int]") -> ReformItem:
    initiatives = tuple(_initiative(f"{code}-{place}", next(numbers)) for place in range(1, size + 1))
    indicator = Indicator(IndicatorKind.ACTIVITY, f"{code}の検討回数", f"{code}の検討回数→5回", _set(5), "回")
    return ReformItem(code, f"改革項目{code}", f"{code}を進めます。", 1, (indicator,), initiatives)


def _initiative(code: str, number: int) -> Initiative:
    title = title_of(number)
    targets = _row(number) if int(code.partition("-")[0]) % 5 in _WITH_TABLES else None
    summary = f"{title}を進め、令和7年度までに年間{number}件の利用を目指します。"
    return Initiative(f"i{number}", code, title, summary, 1 + number // 5, targets=targets)


def _row(number: int) -> TargetRow:
    amounts = [1_000 + number * 7 + step for step in range(1, len(YEARS))]
    cells = (BLANK, *(_set(amount) for amount in amounts))
    measure = Measure(EFFECT_AMOUNT, "効果額目標", "千円")
    return TargetRow(measure, tuple(zip(YEARS, cells, strict=True)), _set(sum(amounts)))


def _set(value: int) -> Target:
    return Target(State.SET, value, f"{value:,}")


def _section(number: int) -> Section:
    words = title_of(number * 5)
    paragraphs = tuple(f"{words}の第{place}の考え方を、ここに定めます。" for place in range(1, 6))
    return Section(str(number), f"{words}について", number, paragraphs)
