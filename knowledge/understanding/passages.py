"""Which passage answers a text, if any does: near enough, nothing unheard, and holding the date or number asked for."""

from __future__ import annotations

import re

from knowledge.compounds import compounds, speaks_of
from knowledge.mentions import without_issuer
from knowledge.search.index import Hit, confidence
from knowledge.understanding.scene import Scene

_LATIN = re.compile("[a-z]+")
_JAPANESE = re.compile("[ぁ-ヺ一-龠]")
_QUANTITY = re.compile(
    r"何(時(?!期|点)|人|名|館|台|校|件|団体|時間|日|回|か所|箇所|倍|割|円|週|本|%|パーセント|割合)"
)
_SAME_COUNTER = {
    "割": "割|%",
    "人": "人|名",
    "名": "人|名",
    "パーセント": "%|パーセント",
    "件": "件|つ|個",
    "か所": "か所|箇所",
    "箇所": "か所|箇所",
}
_HOW_MUCH = re.compile(r"いくら|何円|何千円|how much")
_DATE = re.compile(r"[0-9]月|[0-9元]年|毎年|年度")
ORDINAL = re.compile(r"第[0-9]+[回条号]")
_ONLY_ASKS = frozenset(
    {
        "polite",
        "connecting",
        "when",
        "who",
        "list",
        "count",
        "summary",
        "meaning",
        "carry",
        "which",
        "equal",
        "how",
    }
)
_PERSON_NAME = re.compile(r"(部会長|委員|市長|会長|さん|人|者)の(?:名前|お名前|氏名)")
_ROLE = re.compile("副?(?:部会長|委員長|会長|市長|議長)")
_ANYBODY = ("さん", "人", "者")


def best_passage(scene: Scene) -> str | None:
    """The passage that surely enough answers the text, and holds what it asks for (a date, a number, a name)."""
    text = looked_for(scene)
    hits = scene.known.search(text, 6) if _has_words(text) else []
    for at, hit in enumerate(hits):
        if confidence(hits[at:]) >= scene.known.sure_enough and _answers(scene, hit):
            return hit.passage.key
    return None


def looked_for(scene: Scene) -> str:
    """The text without the words that only ask."""
    text = without_issuer(scene.mentions.text, scene.known.plan.issuer)
    for way in scene.mentions.ways:
        if way.name in _ONLY_ASKS or _LATIN.match(text, way.start):
            text = text[: way.start] + " " * (way.end - way.start) + text[way.end :]
    return text


def _answers(scene: Scene, hit: Hit) -> bool:
    found = scene.known.passage[hit.passage.key]
    text = scene.known.vocabulary.plain(f"{found.title} {found.text}")
    if found.kind == "member" and (role := _ROLE.search(scene.mentions.text)) and role[0] not in text:
        return False
    if person := _PERSON_NAME.search(scene.mentions.text):
        return found.kind == "member" and (person[1] in text or person[1] in _ANYBODY)
    if found.kind == "contents" or not _shares_a_word(looked_for(scene), text):
        return False
    if scene.says("when") and not _DATE.search(text) and not found.remark:
        return False
    if any(ordinal not in text for ordinal in ORDINAL.findall(scene.mentions.text)):
        return False
    if not _speaks_of_everything(scene, text):
        return False
    return not asks_quantity(scene) or holds_what_is_asked(scene, text)


def _speaks_of_everything(scene: Scene, text: str) -> bool:
    """Whether no thing is named that neither the passage nor the document knows (図書館, whose 図書 and 館 it does)."""
    left = looked_for(scene)
    spans = [(one.start, one.end) for one in scene.mentions.years]
    spans += [(one.start, one.end) for one in scene.mentions.codes]
    for start, end in spans:
        left = left[:start] + " " * (end - start) + left[end:]
    return all(speaks_of(one, text, scene.known.all_text) for one in compounds(left))


def _has_words(text: str) -> bool:
    return bool(_LATIN.search(text) or _JAPANESE.search(text))


def _shares_a_word(looked_for: str, text: str) -> bool:
    """Latin letters alone are no likeness: one of their words must stand in the passage as a whole."""
    return bool(_JAPANESE.search(looked_for)) or not set(_LATIN.findall(text)).isdisjoint(
        _LATIN.findall(looked_for)
    )


def asks_quantity(scene: Scene) -> bool:
    """Whether a number of something is asked for."""
    return bool(_QUANTITY.search(scene.mentions.text) or _HOW_MUCH.search(scene.mentions.text))


def holds_what_is_asked(scene: Scene, text: str) -> bool:
    """Whether a text holds a number with the counter that is asked for."""
    if _HOW_MUCH.search(scene.mentions.text):
        return bool(re.search(r"[0-9]万?千?円", text))
    for match in _QUANTITY.finditer(scene.mentions.text):
        counter = _SAME_COUNTER.get(match[1], match[1])
        if not re.search(rf"[0-9一二三四五六七八九十〇]\s*(?:{counter})", text):
            return False
    return True
