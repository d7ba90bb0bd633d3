"""What is said in words of what is named: contents, terms, pages, the yearly cycle."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.plan.plan import Phase
from knowledge.question import Accounts, Ask, OutOfPlan
from knowledge.reading.pieces import Pieces
from knowledge.reading.queries.candidate import ACCOUNT_CUES, OPERATIONS, Candidate, base, cues
from knowledge.reading.queries.named import refs_meant, wants_figure, wants_money
from knowledge.terms import Term


def descriptions(p: Pieces) -> Iterator[Candidate]:
    """What is done in what is named, its main measures, its purpose, its account."""
    refs = tuple(ref for ref in refs_meant(p) if "#" not in ref)
    if not refs or len(refs) > 5:
        return
    topic = p.text.text
    if not wants_figure(p) or p.says("summary"):
        yield Candidate(
            "desc",
            base(p, Ask.DESCRIBE, subjects=refs, topic=topic),
            cues("summary how list code meaning starts"),
            0.6 * p.says("summary"),
        )
    if p.says("main_measures"):
        yield Candidate(
            "meas", base(p, Ask.MAIN_MEASURES, subjects=refs), frozenset({"main_measures", "summary"}), 2.0
        )
    if p.says("purpose"):
        yield Candidate("purp", base(p, Ask.PURPOSE, subjects=refs), cues("purpose summary reason"), 1.5)
    if p.says("account", "special_account", "enterprise_account") and not p.says("sum", "money"):
        yield Candidate(
            "acct",
            base(p, Ask.ACCOUNT, subjects=refs, accounts=Accounts.DEFAULT),
            frozenset({"account", *ACCOUNT_CUES}),
            1.0,
        )


def unknown_codes(p: Pieces) -> Iterator[Candidate]:
    """A code that the plan does not hold."""
    unknown = tuple(dict.fromkeys(one.code for one in p.named_codes if one.code not in p.known.plan.by_code))
    if unknown and not any(one.code in p.known.plan.by_code for one in p.named_codes):
        near = tuple(code for code in p.known.plan.by_code if unknown[0].startswith(code))[-2:]
        yield Candidate(
            "out",
            OutOfPlan("code", unknown, near, language=p.language),
            OPERATIONS,
            6.0,
        )


def period(p: Pieces) -> Iterator[Candidate]:
    """From when to when the plan runs, in the sentence that says so."""
    if not p.says("plan_period") and not (p.says("whole_plan") and p.says("when") and not p.content):
        return
    plan = p.known.plan
    for passage in p.known.passages:
        if (
            passage.kind == "paragraph"
            and plan.first_year.label in passage.text
            and plan.last_year.label in passage.text
        ):
            yield Candidate(
                "text",
                base(p, Ask.PASSAGE, subjects=(passage.reference,)),
                cues("plan_period when how_many which_year five_year_total first_year last_year"),
                1.2 + 0.8 * (not p.content),
            )
            return


def pages(p: Pieces) -> Iterator[Candidate]:
    """Where in the document something stands."""
    if p.says("page"):
        yield Candidate(
            "page",
            base(p, Ask.PAGE, subjects=refs_meant(p), topic=p.text.text),
            cues("page count list"),
            2.5,
        )


def terms(p: Pieces) -> Iterator[Candidate]:
    """What a word means."""
    found = [term for term in p.known.terms if _is_said(term, p)]
    if found and not p.says("meaning", "summary") and not wants_money(p):
        acronyms = [
            term
            for term in found
            if any(
                name.isascii() and name.isupper() and p.spoken.fold(name) in p.text.text
                for name in (term.name, *term.also)
            )
        ]
        yield from (
            Candidate(
                "term",
                base(p, Ask.TERM, subjects=(f"term:{one.name}",)),
                cues("meaning summary how"),
                0.4,
            )
            for one in acronyms[:1]
        )
    if found and p.says("meaning", "summary"):
        best = max(found, key=lambda term: len(term.name))
        chosen = [term for term in found if term == best or not _overlap(term, best)]
        yield Candidate(
            "term",
            base(p, Ask.TERM, subjects=tuple(f"term:{one.name}" for one in chosen[:3])),
            frozenset({"meaning", "summary"}),
            1.2 + 1.4 * (len(chosen) > 1),
        )


def _overlap(one: Term, other: Term) -> bool:
    return (
        any(
            name in second or second in name
            for name in (one.name, *one.also)
            for second in (other.name, *other.also)
        )
        or one.reference == other.reference
    )


def _is_said(term: Term, p: Pieces) -> bool:
    text = p.text.text
    return any((at := text.find(name)) >= 0 and at in p.text.edges for name in p.spoken.names_of(term))


def cycle(p: Pieces) -> Iterator[Candidate]:
    """The yearly cycle: by month, by phase, as a whole."""
    phases = tuple(f"phase:{at}" for at, phase in enumerate(p.known.plan.phases, 1) if _names(phase, p))
    if phases and not wants_money(p):
        asked = p.says("who", "when", "both", "summary", "responsible", "which")
        bonus = 0.3 + 0.3 * asked + 0.8 * (len(phases) > 1) - 0.5 * len(p.unexplained) + 1.2 * bool(p.months)
        uses = cues("who when summary responsible how which")
        yield Candidate("proc", base(p, Ask.PROCESS, subjects=phases), uses, bonus)
    elif not phases:
        yield from _by_time(p)
    if p.says("whole_cycle"):
        every = tuple(f"phase:{at}" for at in range(1, len(p.known.plan.phases) + 1))
        uses = cues("whole_cycle summary when who how")
        yield Candidate("proc", base(p, Ask.PROCESS, subjects=every), uses, 0.8)


def _by_time(p: Pieces) -> Iterator[Candidate]:
    if p.says("next_step") and p.says("when", "who", "summary"):
        yield Candidate("proc", base(p, Ask.PROCESS, what="next"), cues("next_step when who summary"), 1.5)
    months = _months(p)
    likely = p.kinds.get("proc", -5.0) > (-3.0 if p.months else -1.6)
    if months and likely and not wants_money(p):
        uses = cues("this_month next_month last_month when who summary responsible starts")
        yield Candidate("proc", base(p, Ask.PROCESS, months=months), uses, 1.7)


def _months(p: Pieces) -> tuple[int, ...]:
    """The first and the last month asked about."""
    month = p.today.month
    if p.says("last_month"):
        return ((month - 2) % 12 + 1,) * 2
    if p.says("next_month"):
        return (month % 12 + 1,) * 2
    return p.months or ((month, month) if p.says("this_month") else ())


def _names(phase: Phase, p: Pieces) -> bool:
    names = [p.spoken.fold(name) for name in (phase.name, phase.heading) if name and len(name) > 1]
    text = p.text.text
    return any(
        (at := text.find(name)) >= 0 and at in p.text.edges and at + len(name) in p.text.edges
        for name in names
    )
