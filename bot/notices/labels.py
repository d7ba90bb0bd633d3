"""What steps and outbox messages are called in tables and logs."""

from __future__ import annotations

STATES: dict[str, str] = {
    "waiting": "送信待ち",
    "sending": "送信中",
    "sent": "送信済み",
    "failed": "届かなかった",
    "doubtful": "届いたか不明",
    "lapsed": "送らずに終わった",
}

_STEPS = {
    "opening": "開始",
    "the_day": "締切の当日",
    "moved": "締切の変更",
    "again": "再通知",
    "later": "「あとで」の日",
    "returned": "差戻し",
    "thanks": "お礼",
    "unreachable": "届け先のない課等",
    "digest": "状況のまとめ",
    "not_ours": "「担当が違います」",
    "consult": "相談",
    "to_head": "課長へ",
    "to_director": "部長へ",
    "to_secretariat": "事務局へ",
}


def step_label(step: str) -> str:
    """開始, 締切の14日前, 締切後3日目, 差戻し 3-1-2."""
    name, _, about = step.partition(" ")
    if name in _STEPS:
        return f"{_STEPS[name]} {about}" if name == "returned" else _STEPS[name]
    kind, _, days = name.partition("_")
    return f"締切の{days}日前" if kind == "before" else f"締切後{days}開庁日目"
