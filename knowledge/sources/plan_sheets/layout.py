"""How a plan is laid out on sheets: their names, columns and words, for writing, reading and comparing alike.

One value stands in a cell; what is not a number is said in a word, never left to be guessed from an empty cell.
"""

from __future__ import annotations

from knowledge.plan.plan import IndicatorKind, MarkKind, State

FRONT = "計画"
CONTENTS = "目次"
SECTIONS = "章"
PARAGRAPHS = "本文"
TERMS = "用語"
INDIVIDUAL_PLANS = "個別計画"
PHASES = "進行管理"
STEPS = "進行管理の手順"
RENEWAL = "新たな取組みの流れ"
PILLARS = "柱"
ITEMS = "改革項目"
INDICATORS = "指標"
INITIATIVES = "取組"
MAIN_MEASURES = "主な取組み"
MARKS = "印"
NOTES = "注"
TARGETS = "目標"
EVENTS = "策定経過"
MEETINGS = "審議経過"
TOPICS = "審議内容"
MEMBERS = "名簿"
OVERLAPS = "重なり"
TARGET_SCOPES = "目標の範囲"
ROUNDINGS = "端数"
MISREADINGS = "読み替え"
ASSUMPTIONS = "仮定"

CODE = "コード"
CHAPTER = "章"
TITLE = "名称"
PAGE = "ページ"
CONTINUES = "継続元"
TOTAL = "計"

HEADERS: dict[str, tuple[str, ...]] = {
    FRONT: ("項目", "内容"),
    CONTENTS: ("題", PAGE),
    SECTIONS: (CHAPTER, "番号", "題", PAGE),
    PARAGRAPHS: (CHAPTER, "種類", "文"),
    TERMS: ("用語", "説明", PAGE),
    INDIVIDUAL_PLANS: (TITLE, "説明", "評価する組織", PAGE),
    PHASES: ("順", "段階", TITLE, "始まりの月", "終わりの月", "月の記載", "図の月", "見出し", PAGE),
    STEPS: ("順", "番号", "主体", "内容"),
    RENEWAL: ("見出し", "内容"),
    PILLARS: ("柱", TITLE),
    ITEMS: (CODE, TITLE, "目的", PAGE, "前文", "位置付ける予定の文", "目標の見出し"),
    INDICATORS: (
        CODE,
        "種類",
        "名称",
        "計画の記載",
        "状態",
        "値",
        "目標の記載",
        "単位",
        "範囲",
        "時期",
        "累積",
    ),
    INITIATIVES: (CODE, CONTINUES, TITLE, "取組概要", "概要の状態", PAGE),
    MAIN_MEASURES: (CODE, "内容"),
    MARKS: (CODE, "種類", "記載", "参照先"),
    NOTES: (CODE, "用語", "説明"),
    TARGETS: (CODE, "種類", "指標名", "単位", "説明"),
    EVENTS: ("年月の記載", "年月", "内容"),
    MEETINGS: ("回", "年月の記載", "年月"),
    TOPICS: ("回", "内容"),
    MEMBERS: ("職名", "氏名", "区分"),
    OVERLAPS: ("全体", "内訳", "説明"),
    TARGET_SCOPES: ("除く印", "説明"),
    ROUNDINGS: (CODE, "記載の額", "合計の額", "説明"),
    MISREADINGS: ("箇所", "記載", "読み"),
    ASSUMPTIONS: ("事項", "説明"),
}
"""Every sheet in its order with its columns; the sheet of targets has a column more for each year, and the total."""

IDENTIFYING: dict[str, tuple[str, ...]] = {
    FRONT: ("項目",),
    CONTENTS: ("題",),
    SECTIONS: ("題",),
    PARAGRAPHS: (CHAPTER, "種類"),
    TERMS: ("用語",),
    INDIVIDUAL_PLANS: (TITLE,),
    PHASES: ("順",),
    STEPS: ("順",),
    RENEWAL: ("見出し",),
    PILLARS: ("柱",),
    ITEMS: (CODE,),
    INDICATORS: (CODE, "種類", "名称"),
    INITIATIVES: (CODE,),
    MAIN_MEASURES: (CODE,),
    MARKS: (CODE, "種類"),
    NOTES: (CODE, "用語"),
    TARGETS: (CODE,),
    EVENTS: ("内容",),
    MEETINGS: ("回",),
    TOPICS: ("回",),
    MEMBERS: ("氏名",),
    OVERLAPS: ("全体",),
    TARGET_SCOPES: ("除く印",),
    ROUNDINGS: (CODE,),
    MISREADINGS: ("箇所", "記載"),
    ASSUMPTIONS: ("事項",),
}
"""By which columns a row of one plan is found again in another; rows that agree in them are told apart by order."""

FRONT_TITLE = "名称"
FRONT_STATUS = "状態"
FRONT_ESTABLISHED = "策定"
FRONT_ISSUER = "策定者"
FRONT_FIRST_YEAR = "開始年度"
FRONT_LAST_YEAR = "終了年度"
FRONT_CITED_AS = "引用名"
FRONT_EFFECTIVE = "施行日"
FRONT_IS_ASSUMED = "施行日は仮定"
FRONT_APPENDIX_PAGE = "附属資料のページ"
FRONT_BODY = "審議した組織"
FRONT_MEMBERS_AS_OF = "名簿の時点"
FRONT_ITEMS = (
    FRONT_TITLE,
    FRONT_STATUS,
    FRONT_ESTABLISHED,
    FRONT_ISSUER,
    FRONT_FIRST_YEAR,
    FRONT_LAST_YEAR,
    FRONT_CITED_AS,
    FRONT_EFFECTIVE,
    FRONT_IS_ASSUMED,
    FRONT_APPENDIX_PAGE,
    FRONT_BODY,
    FRONT_MEMBERS_AS_OF,
)

STATES: dict[State, str] = {
    State.SET: "設定",
    State.BLANK: "空欄",
    State.UNDER_ADJUSTMENT: "調整中",
    State.PLACEHOLDER: "仮の記載",
    State.TO_BE_PLACED: "位置付ける予定",
}
INDICATOR_KINDS: dict[IndicatorKind, str] = {
    IndicatorKind.ACTIVITY: "活動指標",
    IndicatorKind.OUTCOME: "成果指標",
}
MARK_KINDS: dict[MarkKind, str] = {
    MarkKind.RELISTED: "再掲",
    MarkKind.PARTLY_RELISTED: "一部再掲",
    MarkKind.SPECIAL_ACCOUNT: "特別会計",
    MarkKind.ENTERPRISE_ACCOUNT: "企業会計",
}
PARAGRAPH = "段落"
PICTURE = "図"
EFFECT = "効果額"
INDICATOR = "指標"
YES = "はい"
NO = "いいえ"
"""Words of the columns that offer a choice."""

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    (PARAGRAPHS, "種類"): (PARAGRAPH, PICTURE),
    (INDICATORS, "種類"): tuple(INDICATOR_KINDS.values()),
    (INDICATORS, "状態"): tuple(STATES.values()),
    (INDICATORS, "累積"): (YES, NO),
    (INITIATIVES, "概要の状態"): tuple(STATES.values()),
    (MARKS, "種類"): tuple(MARK_KINDS.values()),
    (TARGETS, "種類"): (EFFECT, INDICATOR),
    (TARGET_SCOPES, "除く印"): tuple(MARK_KINDS.values()),
}

GUIDE = "説明"
GUIDE_ROWS = (
    ("シート", "書くこと"),
    ("共通", "1つのセルに1つの値。セルの結合、数式、色分けは使わない。シートと見出しの名前は変えない"),
    (
        FRONT,
        f"{FRONT_EFFECTIVE}からこの版が使われる。計画に書かれていない日は{FRONT_IS_ASSUMED}を「{YES}」に",
    ),
    (INITIATIVES, f"{CONTINUES}は、前の版で続けてきた取組のコード。統合は「3-1-1、3-1-2」、新しい取組は空"),
    (INITIATIVES, f"{CONTINUES}を書けば、コードが変わっても自己評価や実績とつながったままになる"),
    (
        TARGETS,
        "数値（負の数は -2413）か、数値がない理由（空欄、調整中、位置付ける予定、〇〇）。空のセルは不可",
    ),
    (TARGETS, "単位は「単位」の列のとおり（千円など）。年度の列は計画の年度と同じだけ並べる"),
    (INDICATORS, "状態が「設定」のときだけ値を書く。「計画の記載」は計画の行をそのまま写す"),
    (OVERLAPS, "全体の額が内訳の合計と毎年度等しいとき。内訳ごとに行を分ける"),
    (TARGET_SCOPES, "改革項目の効果額が、どの印の取組を除いた合計か"),
    (ROUNDINGS, "改革項目の効果額の記載と、取組の合計との差"),
    (MISREADINGS, "計画の誤記と思われる箇所と、その読み。表示は計画のまま"),
    ("注記", "重なりから仮定までは計画に書かれていない注記。計画の数値や文と合わないものは取り込めない"),
)
"""What an officer reads in the workbook before changing it."""
