"""Everything that one text holds, found once: codes, years, amounts, cues, links, and which part of it asks.

Nothing is decided here. `Pieces` knows its text, the plan and what was said before; `compose` makes queries of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.amount import Amount
from knowledge.amount_mentions import find_amounts
from knowledge.fiscal_year import FiscalYear
from knowledge.known import Known
from knowledge.mentions import CodeMention, _blanked, _months, find_codes, without_issuer
from knowledge.question import Question, Years
from knowledge.reading.clauses import Clause, clauses
from knowledge.reading.cues import Cue, lexicon
from knowledge.reading.evidence import NAME
from knowledge.reading.knowing import Spoken
from knowledge.reading.linker import Link, link
from knowledge.reading.model import model
from knowledge.reading.text import Text, Token, compounds
from knowledge.year_mentions import YearMention, find_years

POLITE = "polite"
_UNITS = {"unit_yen": "円", "unit_thousand": "千円", "unit_man": "万円", "unit_million": "百万円", "unit_oku": "億円"}
_BETWEEN = frozenset({"と", "や", "、", ",", "・", "及び", "または", "又は", "並びに", "対", "and", "or", "v", "vs", "versus", "&", "/", "＋", "+", "plus"})
_CONTEXT_BY = 0.35
_STANDS_FOR = {"item": "ι", "initiative": "κ", "pillar": "π"}
_TOPIC = re.compile(r"(?:の件|の話|について|に関して|のやつ|ですが|なんですが|だけど|ですけど)[、。,]*$")


@dataclass(frozen=True)
class Pieces:
    """What a text holds. `focus` are the clauses that ask (all of them when nothing tells them apart)."""

    text: Text
    spoken: Spoken
    today: date
    history: tuple[Question, ...]
    codes: tuple[CodeMention, ...]
    year_mentions: tuple[YearMention, ...]
    months: tuple[int, int] | None
    months_at: tuple[int, int] | None
    amounts: tuple[tuple[int, int, int], ...]
    all_cues: tuple[Cue, ...]
    focus: tuple[Clause, ...]

    @property
    def known(self) -> Known:
        return self.spoken.known

    @property
    def last(self) -> Question | None:
        return self.history[-1] if self.history else None

    def in_focus(self, start: int, end: int) -> bool:
        return any(clause.start <= start and end <= clause.end for clause in self.focus)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the focus that mean something beside politeness."""
        return tuple(cue for cue in self.all_cues if cue.name != POLITE and self.in_focus(cue.start, cue.end))

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset(cue.name for cue in self.cues)

    def says(self, *names: str) -> bool:
        """Whether one of these cues stands in the focus."""
        return not self.said.isdisjoint(names)

    def cue(self, *names: str) -> Cue | None:
        return next((cue for cue in self.cues if cue.name in names), None)

    def is_negated(self, cue: Cue) -> bool:
        """Whether ない, ず or not stands right behind it."""
        behind = self.text.text[cue.end : cue.end + 6]
        return bool(re.match(r"(?:て|で|が|は|も|に|い|し|さ|れ|ら|っ|を)*(?:いない|ない|ません|ず|なく|ねえ|なかっ|てない)", behind))

    @cached_property
    def unit(self) -> str:
        named = [_UNITS[cue.name] for cue in self.cues if cue.name in _UNITS]
        return named[-1] if named else ""

    @cached_property
    def claimed(self) -> tuple[int, ...]:
        return tuple(yen for start, end, yen in self.amounts if self.in_focus(start, end))

    @cached_property
    def named_codes(self) -> tuple[CodeMention, ...]:
        return tuple(one for one in self.codes if self.in_focus(one.start, one.end))

    @cached_property
    def years(self) -> Years:
        return years_asked(self)

    @cached_property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """Spans that are codes, years, months or amounts."""
        spans = [(one.start, one.end) for one in (*self.codes, *self.year_mentions)]
        spans += [(start, end) for start, end, _ in self.amounts]
        return tuple(spans + ([self.months_at] if self.months_at else []))

    def is_taken(self, token: Token) -> bool:
        return any(start < token.end and token.start < end for start, end in self.taken)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The tokens of the focus that may name something: no figures, no way of asking, no politeness."""
        return tuple(self._content(self.focus))

    def _content(self, spans: Iterable[Clause]) -> Iterable[Token]:
        covered = [(cue.start, cue.end) for cue in self.all_cues]
        for clause in spans:
            tokens = [t for t in self.text.tokens_in(clause.start, clause.end) if not self.is_taken(t)]
            for group in compounds(tokens):
                bare = [t for t in group if not any(s <= t.start and t.end <= e for s, e in covered)]
                if not bare:
                    continue
                last = group.index(bare[-1])
                first = group.index(bare[0])
                yield from (t for t in group[first : last + 2 if self._is_light_tail(group, last) else last + 1] if not t.is_number)

    def _is_light_tail(self, group: Sequence[Token], last: int) -> bool:
        """Whether the token behind belongs to the name rather than to the asking (徴収率, but not 会館効果額)."""
        return last + 1 < len(group) and group[last + 1].text in ("率", "化", "業務", "者", "性", "用", "数")

    @cached_property
    def chunks(self) -> tuple[tuple[Token, ...], ...]:
        """The content in chunks, cut where the text joins several things."""
        made: list[list[Token]] = []
        content = set(map(id, self.content))
        apart = True
        following = [*self.text.tokens[1:], None]
        for token, after in zip(self.text.tokens, following, strict=True):
            if id(token) in content:
                if apart or not made:
                    made.append([])
                made[-1].append(token)
                apart = False
            elif (token.lemma in _BETWEEN or token.text in _BETWEEN) and not (after and token.text == "と" and after.text in ("か", "いう", "して", "し")):
                apart = True
        return tuple(tuple(chunk) for chunk in made)

    @cached_property
    def runs(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each named ref the runs of the text that stand letter for letter in its name."""
        text = without_issuer(_blanked(self.text.text, list(self.taken)), self.known.plan.issuer)
        least = self.known.names.rarest * 0.42
        return {one.ref: one.runs for one in self.known.names.find(text) if one.weight >= least and one.ref[0].isdigit()}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What the focus names, in order."""
        return tuple(self._linked(self.chunks))

    def _link(self, tokens: Sequence[Token]) -> Link | None:
        return link(tokens, self.text.text, self.spoken.parts, self.runs)

    def _linked(self, chunks: Sequence[Sequence[Token]]) -> list[Link]:
        whole = [token for chunk in chunks for token in chunk]
        together = self._link(whole)
        if len(chunks) < 2:
            return [together] if together else []
        apart = [one for chunk in chunks if (one := self._link(chunk)) and one.by_name]
        if together and together.by_name and not together.missing and not together.is_ambiguous and together.score > 0.75:
            return [together]
        different = {one.ref for one in apart}
        if len(different) > 1 or (apart and not together):
            return _merged(apart)
        return [together] if together else []

    @cached_property
    def unexplained(self) -> tuple[Token, ...]:
        """Nouns of the focus that no link explains and that are no ordinary talk."""
        explained = {id(t) for one in self.links for t in self.content if one.start <= t.start and t.end <= one.end}
        left = [t for t in self.content if id(t) not in explained]
        left += [t for one in self.links for t in one.missing]
        return tuple(t for t in left if t.is_noun and not self.spoken.is_ordinary(t.lemma))

    @cached_property
    def masked(self) -> str:
        """The focus with placeholders for what is the plan's own."""
        marks = [(c.start, c.end, _code_mark(c.code)) for c in self.codes]
        marks += [(y.start, y.end, "η") for y in self.year_mentions]
        marks += [(start, end, "α") for start, end, _ in self.amounts]
        marks += [(one.start, one.end, "ν") for one in self.links if one.by_name]
        return _masked(self.text.text, marks, self.focus)

    @cached_property
    def kinds(self) -> dict[str, float]:
        """How likely each kind of question is, as a logarithm."""
        return model("kinds").log_probabilities(self.masked)


def find_pieces(written: str, spoken: Spoken, today: date, history: Sequence[Question]) -> Pieces:
    """Everything that the text holds."""
    known = spoken.known
    text = Text.read(written, known.vocabulary)
    folded = text.text
    codes = tuple(find_codes(folded))
    rest = _blanked(folded, [(one.start, one.end) for one in codes])
    years = tuple(find_years(rest, today))
    rest = _blanked(rest, [(one.start, one.end) for one in years])
    months, months_at = _months(rest)
    amounts = tuple(
        (one.start, one.end, one.reading.yen) for one in find_amounts(rest) if isinstance(one.reading, Amount)
    )
    cues = lexicon().find(text)
    marks = [(c.start, c.end, _code_mark(c.code)) for c in codes] + [(y.start, y.end, "η") for y in years]
    focus = _focus(folded, marks)
    return Pieces(text, spoken, today, tuple(history), codes, years, months, months_at, amounts, cues, focus)


def _code_mark(code: str) -> str:
    return "π" if code.startswith("柱") else ("ι" if code.count("-") == 1 else "κ")


def _masked(text: str, marks: Sequence[tuple[int, int, str]], spans: Sequence[Clause]) -> str:
    made = []
    for span in spans:
        at = span.start
        for start, end, mark in sorted(marks):
            if span.start <= start and end <= span.end and start >= at:
                made += [text[at:start], mark]
                at = end
        made.append(text[at : span.end])
    return re.sub(r"[νκιπ]{2,}", "ν", "".join(made)).strip()


def _focus(text: str, marks: Sequence[tuple[int, int, str]]) -> tuple[Clause, ...]:
    """The clauses that ask; a clause that names a topic (〜の件ですが) stays with them."""
    every = tuple(clauses(text))
    if len(every) < 2:
        return every
    known = model("clauses")
    asking = []
    for clause in every:
        scores = known.log_probabilities(_masked(text, marks, [clause]))
        if scores["asks"] >= scores["context"] - _CONTEXT_BY or _TOPIC.search(text[clause.start : clause.end]):
            asking.append(clause)
    return tuple(asking) or every


def _merged(links: Sequence[Link]) -> list[Link]:
    made: list[Link] = []
    for one in links:
        if not any(one.ref == other.ref for other in made):
            made.append(one)
    return made


def years_asked(pieces: Pieces) -> Years:
    """The years of the focus; 次の年 and 前年 are counted from the last question's year, where there is one."""
    plan = pieces.known.plan
    mentions = [one for one in pieces.year_mentions if pieces.in_focus(one.start, one.end) and not one.calendar]
    used = [one for one in mentions if not one.relative] or mentions
    spoken_of = pieces.last.years.single if pieces.last else ()
    years = [year for one in used for year in _meant(one, pieces, spoken_of)]
    years += _by_position(pieces)
    if not years and spoken_of and pieces.says("next_of_last"):
        years = [spoken_of[-1].next]
    elif not years and spoken_of and pieces.says("previous_of_last"):
        years = [spoken_of[0].previous]
    inside = set(plan.years)
    return Years(
        single=tuple(dict.fromkeys(year for year in years if year in inside)),
        total=pieces.says("five_year_total") or bool(re.search(rf"{len(plan.years)}(?:年|か年|ヵ年|カ年)(?:間)?(?:計|合計|トータル|累計)", pieces.text.text)),
        every=pieces.says("every_year"),
        outside=tuple(dict.fromkeys(year for year in years if year not in inside)),
        is_span=any(one.is_range or one.beyond for one in used) or pieces.says("first_half", "second_half"),
    )


def _meant(mention: YearMention, pieces: Pieces, spoken_of: tuple[FiscalYear, ...]) -> tuple[FiscalYear, ...]:
    if mention.shift and spoken_of:
        return (spoken_of[-1 if mention.shift > 0 else 0] + mention.shift,)
    if mention.beyond and mention.year is not None:
        later = mention.beyond == "later"
        return tuple(y for y in pieces.known.plan.years if (y >= mention.year if later else y <= mention.year))
    return mention.years


def _by_position(pieces: Pieces) -> list[FiscalYear]:
    plan, found = pieces.known.plan, list[FiscalYear]()
    half = (len(plan.years) + 1) // 2
    if pieces.says("first_year") and not pieces.says("every_year"):
        found.append(plan.first_year)
    if pieces.says("last_year"):
        found.append(plan.last_year)
    if (cue := pieces.cue("nth_year")) and cue.number:
        found.append(plan.first_year + (cue.number - 1))
    if pieces.says("first_half") and not pieces.year_mentions:
        found += plan.years[:half]
    if pieces.says("second_half") and not pieces.year_mentions:
        found += plan.years[-(len(plan.years) - half) :]
    return found


__all__ = ["NAME", "Pieces", "find_pieces"]
