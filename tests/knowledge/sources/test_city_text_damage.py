"""A damaged text is refused with every fault and its line, and with nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.editions.edition import SHIPPED, shipped
from knowledge.faults import PlanFaults
from knowledge.plan.plan import Plan
from knowledge.sources.city_text import read_city_text
from tests.small_plan import small_edition, small_text

TEXT = small_text()
LINES = TEXT.split("\n")


def faults_of(text: str) -> list[str]:
    with pytest.raises(PlanFaults) as refused:
        read_city_text(text)
    return [str(fault) for fault in refused.value.faults]


def number_of(start: str, text: str = TEXT) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, f"{old}: {TEXT.count(old)}"
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "1,000\t1,000\t1,000\t3,000",
            "1,000\t1,000\t3,000",
            "3-1-2",
            "3-1-2の行は6欄のはずですが、5欄あります",
        ),
        (
            "1,000\t1,000\t1,000\t3,000",
            "1,000\t1,000\t1,000\t1,000\t3,000",
            "3-1-2",
            "3-1-2の行は6欄のはずですが、7欄あります",
        ),
        (
            "100\t200\t300\t600",
            "100\t二百\t300\t600",
            "3-1-1",
            "3-1-1に数値でも既知の状態でもない欄があります: 二百",
        ),
        (
            "1,000\t1,000\t1,000\t3,000",
            "1,00\t1,000\t1,000\t3,000",
            "3-1-2",
            "3-1-2に数値でも既知の状態でもない欄があります: 1,00",
        ),
        ("100\t200\t300\t600", "100\t200\t300\t601", "3-1-1", "3-1-1の各年度の合計600が計601と合いません"),
        ("100\t200\t300\t600", "100\t200\t300\t", "3-1-1", "3-1-1に各年度の数値があるのに計がありません"),
        ("100\t200\t300\t600", "\t\t\t600", "3-1-1", "3-1-1の各年度の合計0が計600と合いません"),
        ("3-1-3. ", "3-1-2. ", "3-1-2. 介護", "3-1-2が二度あります"),
        ("3-1-3. ", "3-1-7. ", "3-1-7", "3-1-3のはずですが、3-1-7とあります"),
        ("【特別会計】", "【別会計】", "3-1-3", "3-1-3に知らない印があります: 【別会計】"),
        ("使用料を見直します。", "", "3-1-2", "3-1-2の取組概要がありません"),
        ("3-1 収入の確保", "3-2 収入の確保", "3-2 収入", "改革項目3-1のはずですが、3-2とあります"),
        (
            "1,430千円（令和8年度）",
            "約1,430千円（令和8年度）",
            "自主財源",
            "成果指標「効果額達成状況」の目標が読み取れません",
        ),
        ("指標：アプリの登録（世帯）", "指標：アプリの登録", "指標：アプリ", "指標の単位が読み取れません"),
        (
            "「柱3 財源の確保」\n\n",
            "「柱4 財源の確保」\n\n",
            "「柱4",
            "見出し「「柱4 財源の確保」」が目次になく",
        ),
        (
            "・「柱2 施設を活かす」②\t5",
            "・「柱2 施設を活かす」②\t2",
            "・「柱2 施設を活かす」②",
            "目次のページが前の行より小さくなっています",
        ),
        ("2 計画の期間\t1", "2 計画の期間", "2 計画の期間", "目次の行に題とページがありません"),
        (
            "令和6年度（2024年度）～",
            "令和6年度（2023年度）～",
            "令和6年度（",
            "令和6年度と西暦2023年度が合いません",
        ),
        (
            "\t令和6年度\t令和7年度\t令和8年度",
            "\t令和5年度\t令和6年度\t令和7年度",
            "\t令和5年度",
            "計画期間の表の年度が計画の年度と合いません",
        ),
        ("Check 1月", "Check 13月", "Check 13月", "月が読み取れません: Check 13月"),
        ("Check 1月", "Check 12月", "Check 12月", "前の段階（5～12月）から月が続きません: 12月"),
        ("第2回\t", "第3回\t", "第3回", "第2回のはずですが、第3回とあります"),
        (
            "委員\t山田花子\t公募市民",
            "委員\t山田花子",
            "委員\t山田花子",
            "附属資料の表の行として読み取れません",
        ),
        ("待たない窓口にします。", "待たない<b>窓口</b>にします。", "<p>待たない", "読めないタグがあります"),
        ("暮らしやすさ", "暮らし\0やすさ", "このプランは", "文章に使えない制御文字が混じっています"),
        ("暮らしやすさ", "暮" * 10_001, "このプランは", "1行が10,000文字を超えています"),
        ("予定に沿って進める。", "", "<p>【各課】", "進行管理の表の列に名称か内容がありません: 実行"),
    ],
)
def test_a_damage_is_named_with_its_line(old: str, new: str, line: str, message: str) -> None:
    text = changed(old, new)
    faults = faults_of(text)
    assert any(f.startswith(f"{number_of(line, text)}行目") and message in f for f in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "・利用率 → 40%以上（令和8年度まで累積）",
            "利用が増える",
            ["成果指標に「・」で始まる行がありません"],
        ),
        ("・電子化した手続 → 〇〇手続以上（令和8年度）", "", ["活動指標に「・」で始まる行がありません"]),
        ("「柱1 便利な窓口」\n\n", "", ["目次の「・「柱1 便利な窓口」」が本文にありません"]),
        (
            "\t\t6年度\t7年度\t8年度\t3年計\n1-2-1",
            "\n1-2-1",
            ["年度の列は6年度、7年度、8年度、3年計のはずですが"],
        ),
        (
            "取組内容\t取組概要\t目標（指標）\t\t\t\n\t\t6年度",
            "\t\t6年度",
            ["表の見出しに「取組内容」と「取組概要」がありません"],
        ),
        (
            "点検\t見直し\n",
            "点検\n",
            ["進行管理の表の見出し（3列）、内容（4列）、図の段階（4個）の数が合いません"],
        ),
        ("目次\n", "", ["「目次」の行がありません"]),
        ("青 葉 野 市\n", "", ["計画の名称と策定者（市町村名）の2行が読み取れません"]),
        (
            "指標：申請できる手続数\n指標の説明：ウェブで終わる手続の数\n",
            "",
            ["数値のある行が2行、その下に「指標：」が1個あり"],
        ),
        (
            "\n「柱2 施設を活かす」②\n\n2-2",
            "\n指標：件数\n\n「柱2 施設を活かす」②\n\n2-2",
            ["2-1の表は行ごとの指標を持たないのに、指標の注があります"],
        ),
        ("新しい取組みを探す\n\n", "", ["見出しのない説明があります: 各課の提案を集める。"]),
        (
            "青葉野市デジタル計画\n\n庁内組織である「デジタル推進本部」において、毎年度、評価を行います。",
            "青葉野市デジタル計画",
            ["「青葉野市デジタル計画」の説明は1段落のはずですが、0段落あります"],
        ),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, messages: list[str]) -> None:
    faults = faults_of(changed(old, new))
    assert all(any(message in fault for fault in faults) for message in messages), faults


def test_a_missing_pillar_is_one_fault_and_not_a_cascade() -> None:
    start = TEXT.index("「柱2 施設を活かす」①\n\n2-1")
    text = TEXT[:start] + TEXT[TEXT.index("「柱3 財源の確保」\n\n3-1") :]
    listed = re.sub(r"・「柱2 施設を活かす」[①②]\t\d\n", "", text)
    assert faults_of(listed) == [f"{number_of('「柱3', listed)}行目: 柱2がなく、柱3があります"]


def test_every_fault_is_reported_at_once() -> None:
    text = TEXT.replace("100\t200\t300\t600", "100\t200\t300\t601").replace("【特別会計】", "【別会計】")
    text = text.replace("利用率 → 40%以上", "利用率 → 四割")
    faults = faults_of(text)
    assert len(faults) == 3
    assert all(re.match(r"\d+行目", fault) for fault in faults)


def test_an_empty_text_is_refused_with_what_it_lacks() -> None:
    faults = faults_of("")
    assert any("目次" in fault for fault in faults) and any("計画期間" in fault for fault in faults)


def test_line_ends_of_another_system_change_nothing() -> None:
    assert read_city_text("\ufeff" + TEXT.replace("\n", "\r\n")) == small_edition().plan


def figures(plan: Plan) -> dict[str, list[int | None]]:
    return {initiative.code: [cell.value for cell in row.all_cells] for initiative, row in plan.rows()}


def holds_nothing_new(text: str, whole: Plan) -> None:
    """A text with a line too few or too many is refused, or says no figure that the whole plan does not."""
    try:
        plan = read_city_text(text)
    except PlanFaults as refused:
        assert refused.faults and all(fault.message for fault in refused.faults)
        return
    assert figures(plan).items() <= figures(whole).items()
    pages = {initiative.code: initiative.page for initiative in whole.initiatives}
    assert all(pages[initiative.code] == initiative.page for initiative in plan.initiatives)


@given(st.integers(0, len(LINES) - 1), st.booleans())
def test_a_line_lost_or_doubled_never_makes_another_figure(at: int, is_lost: bool) -> None:
    lines = [*LINES[:at], *([] if is_lost else [LINES[at]] * 2), *LINES[at + 1 :]]
    holds_nothing_new("\n".join(lines), small_edition().plan)


@given(st.text(alphabet="\t\n 1-【】<p>柱「」目次年度令和令月①・→（）,△第回", max_size=400))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with pytest.raises(PlanFaults):
        read_city_text(text)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from(["", "\t", "\n", "-", "<", "→", "9"]))
def test_one_character_changed_is_read_or_refused(at: int, character: str) -> None:
    try:
        read_city_text(TEXT[:at] + character + TEXT[at + 1 :])
    except PlanFaults as refused:
        assert refused.faults


@pytest.mark.slow
def test_no_line_of_the_shipped_text_can_be_lost_or_doubled_unnoticed_in_its_figures() -> None:
    lines = (SHIPPED / "jikko-keikaku-r3-r7.txt").read_text("utf-8").split("\n")
    whole = shipped().plan
    for at in range(len(lines)):
        for times in (0, 2):
            holds_nothing_new("\n".join([*lines[:at], *[lines[at]] * times, *lines[at + 1 :]]), whole)
