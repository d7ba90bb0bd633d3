"""What 含めて and 除いて belong to: the account or mark named before them (in English: behind them).

A condition that belongs to anything else, or two that contradict each other, is nobody's: it is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.mentions import Mentions
from knowledge.question import Accounts
from knowledge.vocabulary import Way

ACCOUNTS = ("special_account", "enterprise_account")
NOUNS = (*ACCOUNTS, "relisted")
_ADDED = re.compile("[をも](?:足し|合わせ|加え)")
# 特別会計を引いて, 特別会計じゃなく; but not 特別会計を教えて, 特別会計を合計して
_HANDLED = re.compile(
    "(?:を|も)(?!教え|見せ|知り|示し|出し|一覧|リスト|合計|集計)|じゃ|では?な|以外|抜|引|外"
)
_CONDITIONS = ("including", "included", "excluding")


@dataclass(frozen=True, slots=True)
class Condition:
    """An account or a mark that was named, and whether it is to be left out; None where nothing is said of that."""

    noun: Way
    by: Way | None
    is_left_out: bool | None


def conditions(mentions: Mentions, named: tuple[tuple[int, int], ...] = ()) -> tuple[Condition, ...]:
    """Each account and mark with what is said of it; `named` are the places of other things, which part them."""
    return tuple(_conditions(mentions, named))


def _conditions(mentions: Mentions, named: tuple[tuple[int, int], ...]) -> Iterator[Condition]:
    said = [way for way in mentions.ways if way.name in _CONDITIONS]
    for noun in (way for way in mentions.ways if way.name in NOUNS):
        if mentions.english:
            before = [way for way in said if way.end <= noun.start]
            by = before[-1] if before and not _between(named, before[-1].end, noun.start) else None
        else:
            after = [way for way in said if way.start >= noun.end]
            by = after[0] if after and not _between(named, noun.end, after[0].start) else None
        is_added = by is None and _ADDED.match(mentions.text, noun.end)
        yield Condition(noun, by, by.name == "excluding" if by else (False if is_added else None))


def _between(named: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(start <= at < end for at, _ in named)


def accounts_of(found: tuple[Condition, ...]) -> Accounts:
    """Which accounts are wanted counted: the accounts named alone, unless they are to be left out or added."""
    of_accounts = [one for one in found if one.noun.name in ACCOUNTS]
    if not of_accounts:
        return Accounts.DEFAULT
    first = next((one for one in of_accounts if one.is_left_out is not None), of_accounts[0])
    if first.is_left_out is None:
        return Accounts.ONLY_SPECIAL if first.noun.name == ACCOUNTS[0] else Accounts.ONLY_ENTERPRISE
    return Accounts.EXCLUDED if first.is_left_out else Accounts.INCLUDED


def unclear_nouns(found: tuple[Condition, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Accounts with which something is done that is no way of saying known here (特別会計を差し引いて)."""
    return tuple(
        (one.noun.start, one.noun.end)
        for one in found
        if one.is_left_out is None and one.noun.name in ACCOUNTS and _HANDLED.match(text, one.noun.end)
    )


def are_at_odds(found: tuple[Condition, ...]) -> bool:
    """Whether one account is to be counted and another left out, which no sum here can do."""
    return len({one.is_left_out for one in found if one.noun.name in ACCOUNTS}) > 1
