"""What the reader makes of the shipped plan: every part of the document, each with its printed page."""

import pytest

from knowledge.editions.edition import shipped
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.plan.plan import IndicatorKind, Initiative, MarkKind, Plan, ReformItem, State
from tests.small_plan import small_edition


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped().plan


@pytest.fixture(scope="module")
def small() -> Plan:
    return small_edition().plan


def initiative(plan: Plan, code: str) -> Initiative:
    found = plan.by_code[code]
    assert isinstance(found, Initiative)
    return found


def item(plan: Plan, code: str) -> ReformItem:
    found = plan.by_code[code]
    assert isinstance(found, ReformItem)
    return found


def test_the_front_says_whose_plan_it_is_and_for_which_years(plan: Plan) -> None:
    assert plan.title == "はだの行政サービス改革基本方針 実行計画"
    assert (plan.status, plan.established, plan.issuer) == ("案", "令和3年（2021年） 月策定", "秦野市")
    assert (plan.first_year, plan.last_year) == (FiscalYear.reiwa(3), FiscalYear.reiwa(7))


def test_every_item_and_initiative_has_the_page_of_its_heading(plan: Plan) -> None:
    pages = {"1-1": 7, "1-2": 8, "2-1": 9, "3-1": 10, "3-2": 11, "4-1": 12, "5-1": 13, "5-2": 14}
    assert {item.code: item.page for item in plan.items} == pages
    assert all(i.page == pages[i.code.rpartition("-")[0]] for i in plan.initiatives)
    assert [pillar.pages for pillar in plan.pillars] == [(7, 8), (9,), (10, 11), (12,), (13, 14)]


def test_every_chapter_has_its_page_even_where_the_contents_shorten_its_title(plan: Plan) -> None:
    assert [(s.number, s.page) for s in plan.sections] == [
        ("1", 1), ("2", 1), ("3", 2), ("4", 2), ("5", 3), ("6", 3), ("7", 4), ("8", 5), ("", 6),
    ]  # fmt: skip
    assert plan.sections[5].title == "Doを意識したPDCAサイクル"


def test_pictures_that_only_the_print_shows_are_named(plan: Plan) -> None:
    assert [picture for section in plan.sections for picture in section.pictures] == [
        "計画体系イメージ",
        "推進体制図",
        "ロジックモデルの構成",
        "PDCAサイクルの構成",
        "計画の体系",
        "改革項目におけるSDGs（持続可能な開発目標）との関連性について",
    ]


def test_the_table_of_the_period_reads_as_lines(plan: Plan) -> None:
    assert "新総合計画 基本計画：令和3年度～令和7年度" in plan.sections[1].paragraphs
    assert "個別事業実行計画：毎年度、検証等を行い、次の取組みに反映する。" in plan.sections[1].paragraphs


def test_emphasis_marks_and_gaps_of_the_extraction_are_gone(plan: Plan) -> None:
    purpose = item(plan, "3-2").purpose
    assert "認識し、多様な主体が" in purpose and "推進することで" in purpose
    assert not any("**" in p or "<" in p for section in plan.sections for p in section.paragraphs)


def test_terms_are_notes_styled_lines_and_definitions(plan: Plan) -> None:
    assert [(term.term, term.page) for term in plan.terms] == [
        ("合理的根拠に基づく政策立案（EBPM：Evidence-Based Policy Making）", 3),
        ("ロジックモデル", 3),
        ("投入", 3),
        ("活動", 3),
        ("産出", 3),
        ("効果", 3),
    ]
    assert plan.terms[2].text == "予算、人員など行政活動を実施するために投入する資源"


def test_notes_below_a_summary_belong_to_their_initiative(plan: Plan) -> None:
    (note,) = initiative(plan, "3-1-1").notes
    assert note.term == "サウンディング型市場調査"
    assert note.text.startswith("公有資産の有効活用に向けた") and note.text.endswith("把握するものです。")
    assert initiative(plan, "3-1-1").summary.endswith("令和4年度の指定管理者制度の導入を目指します。")
    assert [n.term for n in initiative(plan, "3-2-4").notes] == ["関係人口"]


def test_the_cycle_is_read_with_months_actors_and_numbered_steps(plan: Plan) -> None:
    assert [(p.stage, p.name, p.months, p.actors) for p in plan.phases] == [
        ("Plan", "計画策定", (3, 3), ("所管課等",)),
        ("Do", "実行", (4, 3), ("所管課等",)),
        ("Check", "自己評価", (7, 7), ("所管課等",)),
        ("Check", "内部評価", (8, 8), ("行財政経営最適化委員会（推進部会）",)),
        ("Check", "外部評価", (9, 9), ("行財政調査会",)),
        ("Action", "取組み見直し（予算反映）", (10, 2), ("所管課等", "行政経営課")),
        ("Plan", "計画策定", (3, 3), ()),
    ]
    assert {p.page for p in plan.phases} == {4}
    assert [step.number for step in plan.phases[2].steps] == [1, 2, 3, 4]
    assert [p.heading for p in plan.phases if p.heading] == [
        "引継ぎ", "取組みを実施", "取組みを見直し、予算に反映", "計画を改定し、公表",
    ]  # fmt: skip


def test_the_long_arrow_gives_the_months_and_the_box_what_is_drawn(plan: Plan) -> None:
    do = plan.phases[1]
    assert (do.months_printed, do.drawn) == ("4月～翌3月", "4～6月")
    assert do.covers(12) and do.covers(3)


def test_the_boxed_step_has_an_actor_of_its_own(plan: Plan) -> None:
    last = plan.phases[5].steps[-1]
    assert (last.actor, last.number) == ("行政経営課", None)
    assert last.text == "見直し結果等を行財政経営最適化委員会へ報告し、計画へ反映する。"


def test_the_stream_beside_the_table_is_renewal(plan: Plan) -> None:
    assert [step.split("\n")[0] for step in plan.renewal] == [
        "新たな取組み等を検討", "新たな取組み等を決定 → 予算へ反映", "計画へ反映",
    ]  # fmt: skip


def test_individual_plans_say_who_follows_them_up(plan: Plan) -> None:
    assert [(p.name, p.evaluated_by, p.page) for p in plan.individual_plans] == [
        ("はだのICT活用推進計画", "秦野市ICT推進会議", 2),
        ("秦野市職員づくり基本方針実施計画", "職員づくり基本方針等推進委員会", 2),
        ("公共施設再配置計画", "実行計画", 2),
        ("秦野市職員定員最適化計画", "", 2),
    ]


def test_marks_are_read_and_relistings_find_their_original(plan: Plan) -> None:
    marked = {i.code: (i.marks[0].kind, i.marks[0].refers_to) for i in plan.initiatives if i.marks}
    assert marked == {
        "3-1-6": (MarkKind.ENTERPRISE_ACCOUNT, None),
        "5-1-3": (MarkKind.RELISTED, "3-2-4"),
        "5-1-6": (MarkKind.SPECIAL_ACCOUNT, None),
        "5-2-3": (MarkKind.PARTLY_RELISTED, "はだのICT活用推進計画"),
        "5-2-6": (MarkKind.RELISTED, "3-2-5"),
        "5-2-7": (MarkKind.SPECIAL_ACCOUNT, None),
        "5-2-8": (MarkKind.SPECIAL_ACCOUNT, None),
    }
    assert initiative(plan, "5-1-3").title == "ふるさと寄附金制度の充実"


def test_main_measures_joined_by_commas_give_the_print(plan: Plan) -> None:
    measures = initiative(plan, "1-2-3").main_measures
    assert measures == ("ホームページの充実", "デジタル放送の活用", "公衆無線LAN（Wi-Fi）環境の整備・拡充")
    assert initiative(plan, "1-2-3").summary.endswith("環境づくりを目指します。")


def test_a_row_under_adjustment_is_so_in_every_cell(plan: Plan) -> None:
    row = initiative(plan, "3-1-6").targets
    assert row and {cell.state for cell in row.all_cells} == {State.UNDER_ADJUSTMENT}
    assert len(row.all_cells) == 6


def test_a_summary_under_adjustment_is_not_a_row_under_adjustment(plan: Plan) -> None:
    found = initiative(plan, "3-2-2")
    assert found.summary_state is State.UNDER_ADJUSTMENT
    assert found.targets and {cell.state for cell in found.targets.all_cells} == {State.BLANK}


def test_placeholders_in_indicators_are_no_figures(plan: Plan) -> None:
    unset = [i for i in item(plan, "1-2").indicators if i.target.state is State.PLACEHOLDER]
    assert [(i.name, i.target.printed, i.target.value) for i in unset] == [
        ("電子申請手続数（種別）", "〇〇〇手続数以上", None),
        ("電子申請年間利用件数", "年間〇万件以上", None),
    ]


@pytest.mark.parametrize(
    ("code", "kind", "name", "value", "unit", "bound", "when", "cumulative"),
    [
        (
            "1-1",
            IndicatorKind.ACTIVITY,
            "RPA導入による業務削減時間数",
            7350,
            "時間",
            "",
            "令和7年度まで累積",
            True,
        ),
        (
            "1-2",
            IndicatorKind.OUTCOME,
            "窓口・電話口での職員の対応に対する市民満足度割合",
            90,
            "%",
            "以上",
            "令和7年度",
            False,
        ),
        ("2-1", IndicatorKind.ACTIVITY, "職員研修の年間延べ受講者数", 2300, "人", "以上", "令和7年度", False),
        ("3-1", IndicatorKind.OUTCOME, "効果額達成状況", 298513, "千円", "", "令和7年度", False),
        ("5-2", IndicatorKind.OUTCOME, "効果額達成状況", 461390, "千円", "", "令和7年度", False),
    ],
)
def test_an_indicator_has_its_target_unit_and_bound(
    plan: Plan,
    code: str,
    kind: IndicatorKind,
    name: str,
    value: int,
    unit: str,
    bound: str,
    when: str,
    cumulative: bool,
) -> None:
    (found,) = [i for i in item(plan, code).indicators if (i.kind, i.name) == (kind, name)]
    assert (found.target.value, found.unit, found.bound, found.when) == (value, unit, bound, when)
    assert found.is_cumulative is cumulative


def test_an_indicator_in_words_has_no_target(plan: Plan) -> None:
    words = [i.name for i in plan.items[4].indicators if i.is_in_words]
    assert words == ["多様な主体が市と役割等を分担し、 地域で主体的に活動している"]


def test_an_item_to_be_placed_keeps_the_words_of_the_plan(plan: Plan) -> None:
    found = item(plan, "4-1")
    assert found.initiatives == ()
    assert found.to_be_placed == (
        "公共施設再配置計画実行計画の取組みを位置付ける予定です。（令和4年度中に策定予定。）"
    )
    effect = found.effect_target
    assert effect and effect.target.state is State.BLANK


def test_indicators_below_a_table_belong_to_the_rows_with_figures(plan: Plan) -> None:
    measures = {i.code: (r.measure.name, r.measure.unit) for i, r in plan.rows() if i.code.startswith("3-2")}
    assert measures["3-2-3"] == ("施設利用団体数", "団体")
    assert measures["3-2-4"] == ("電子感謝券寄附件数", "件")
    assert measures["3-2-1"] == ("指標", "")
    row = initiative(plan, "3-2-3").targets
    assert row and row.measure.definition == "市民活動サポートセンターを利用している団体数"


def test_a_sentence_that_slipped_into_a_heading_is_still_the_lead(plan: Plan) -> None:
    assert item(plan, "5-2").lead == "次の取組みを進めます。"
    assert item(plan, "5-2").measure_heading == "効果額目標（千円）"


def test_dates_of_the_appendix_are_completed_from_the_rows_above(plan: Plan) -> None:
    assert plan.appendix
    assert [(e.printed_when, e.when) for e in plan.appendix.events] == [
        ("令和2年7月", "令和2年7月"),
        ("令和3年1月", "令和3年1月"),
        ("2月", "令和3年2月"),
        ("3月", "令和3年3月"),
        ("月", ""),
    ]
    assert [(m.name, m.when) for m in plan.appendix.meetings] == [
        ("第1回", "令和2年9月4日"),
        ("第2回", "令和2年10月23日"),
        ("第3回", "令和2年11月25日"),
        ("第4回", "令和3年1月13日"),
        ("第5回", "令和3年2月24日"),
        ("第6回", "令和3年3月16日"),
        ("答申", "令和3年3月25日"),
    ]
    assert len(plan.appendix.meetings[5].topics) == 2


def test_members_are_read_with_the_body_and_the_day(plan: Plan) -> None:
    assert plan.appendix
    assert plan.appendix.body == "秦野市行財政調査会【行革推進専門部会】"
    assert plan.appendix.members_as_of == "令和3年3月31日現在"
    assert [m.name for m in plan.appendix.members] == [
        "齊藤進", "茅野英一", "石塚拓雄", "佐々木陽一", "大屋崇", "西尾真治",
    ]  # fmt: skip
    assert plan.appendix.page == 15


def test_another_citys_plan_goes_through_the_same_reader(small: Plan) -> None:
    assert (small.issuer, small.years) == ("青葉野市", tuple(map(FiscalYear.reiwa, (6, 7, 8))))
    assert [i.code for i in small.items] == ["1-1", "1-2", "2-1", "2-2", "3-1"]
    assert [p.months for p in small.phases] == [(4, 4), (4, 3), (1, 1), (2, 3)]
    row = initiative(small, "3-1-3").targets
    assert row and [cell.value for cell in row.all_cells] == [50, 50, -20, 80]


def test_units_may_stand_in_parentheses_behind_an_indicator(small: Plan) -> None:
    row = initiative(small, "1-2-2").targets
    assert row and (row.measure.name, row.measure.unit) == ("アプリの登録", "世帯")


def test_a_comma_within_parentheses_parts_no_measures(small: Plan) -> None:
    assert initiative(small, "1-1-1").main_measures == (
        "窓口の統合", "案内係（フロアマネージャー、通訳）の配置",
    )  # fmt: skip


def test_a_date_that_would_go_back_in_time_stays_as_printed(small: Plan) -> None:
    assert small.appendix and small.appendix.meetings[-1].when == "1月15日"
