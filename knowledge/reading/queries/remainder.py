"""What is left to count when a text leaves something out."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.plan.plan import MarkKind
from knowledge.question import Accounts
from knowledge.reading.pieces import Pieces, once
from knowledge.reading.queries.conditions import accounts_meant, attached, mixed_accounts
from knowledge.reading.queries.named import has_amounts, left_out


@once
def minus_codes(p: Pieces) -> tuple[str, ...]:
    """The codes that are not to be counted: named ones, those of a mark or of an account among several."""
    made = [one.code for ref in left_out(p) for one in p.known.initiatives_in(ref)]
    for cue in p.cues:
        if cue.name == "relisted" and attached(p, cue.end, cue.start) == "excluded":
            made += [one.code for one in p.known.plan.initiatives if one.has(MarkKind.RELISTED)]
    marks = {"special_account": MarkKind.SPECIAL_ACCOUNT, "enterprise_account": MarkKind.ENTERPRISE_ACCOUNT}
    for name, fate in mixed_accounts(p):
        if fate == "excluded":
            made += [one.code for one in p.known.plan.initiatives if one.has(marks[name])]
    return tuple(dict.fromkeys(made))


def remaining_codes(p: Pieces, scopes: Sequence[str]) -> tuple[str, ...]:
    """The initiatives with amounts that are counted when what is to be left out is left out."""
    minus, counted = minus_codes(p), accounts_meant(p)
    everything = counted is Accounts.INCLUDED or bool(mixed_accounts(p))
    return tuple(
        one.code
        for ref in scopes
        for one in p.known.initiatives_in(ref)
        if one.code not in minus and (everything or not one.is_special_account) and has_amounts(one)
    )
