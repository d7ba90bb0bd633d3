"""What is to become of the things that a text names: counted or left out, alone or too; and of the accounts."""

from __future__ import annotations

import re

from knowledge.question import Accounts
from knowledge.reading.pieces import Pieces, once

_JOINED = re.compile(
    r"[)」】]*"
    r"(?:等|など|関連|関係|金?分|の分|の[0-9](?:行|本|件|つ|取組)|の取組|取組|の効果額|の額|だけ|ばかり|丸ごと| )*"
    r"(?:は|を|も|が|の|については)?、?"
    r"(?:最初から|すべて|全部|全て|双方とも|両方とも|どちらも|いずれも)?[「(【]?"
)
_IS_NOT = re.compile(r"(?:等|の取組|の分|分)?(?:で|では|じゃ)(?:は)?(?:ない|なく)")
_WITHOUT_IT = re.compile(
    r"(?:excluding|without|except|not counting|other than|leave out|leaving out)[a-z ]*$"
)
_LEFT_OUT = re.compile(r"[a-z ]{0,12}\bout\b")
_WITH_IT = re.compile(r"(?:including|counting|with)[a-z ]*$")
_REACH = 26


@once
def attached(p: Pieces, end: int, start: int = -1) -> str:
    """What is to become of something that ends there: excluded, included, only that, or nothing said."""
    for cue in p.cues:
        if cue.start >= end and cue.name in _FATES and _JOINED.fullmatch(p.text.text[end : cue.start]):
            return (
                "excluded"
                if cue.name in ("including", "included") and p.is_negated(cue)
                else _FATES[cue.name]
            )
    if _IS_NOT.match(p.text.text, end):
        return "excluded"
    return _attached_before(p.text.text, start, end) if p.text.english and start >= 0 else ""


_FATES = {"excluding": "excluded", "including": "included", "included": "included", "only": "only"}


def _attached_before(text: str, start: int, end: int) -> str:
    """In English what is to become of a thing stands before it."""
    before = text[max(0, start - _REACH) : start]
    if _WITHOUT_IT.search(before) or _LEFT_OUT.match(text, end):
        return "excluded"
    return "included" if _WITH_IT.search(before) else ""


@once
def accounts_meant(p: Pieces) -> Accounts:
    """Which accounts are to be counted."""
    named = [
        cue for cue in p.cues if cue.name in ("special_account", "enterprise_account", "general_account")
    ]
    if not named:
        return Accounts.DEFAULT
    if any(cue.name == "general_account" for cue in named):
        return Accounts.EXCLUDED
    fates = [attached(p, cue.end, cue.start) for cue in named]
    if "excluded" in fates:
        return Accounts.EXCLUDED if "included" not in fates else Accounts.DEFAULT
    if "included" in fates:
        return Accounts.INCLUDED
    return Accounts.ONLY_ENTERPRISE if named[0].name == "enterprise_account" else Accounts.ONLY_SPECIAL


@once
def mixed_accounts(p: Pieces) -> tuple[tuple[str, str], ...]:
    """Accounts with what is to become of each, where they differ (企業会計は含めず、特別会計は含めた)."""
    named = [
        (cue.name, attached(p, cue.end, cue.start))
        for cue in p.cues
        if cue.name in ("special_account", "enterprise_account")
    ]
    return tuple(named) if {fate for _, fate in named} >= {"excluded", "included"} else ()
