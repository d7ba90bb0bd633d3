"""Everything that one text holds, found once: codes, years, amounts, cues, links, and which part of it asks.

Nothing is decided here. `Pieces` knows its text, the plan and what was said before; the queries are made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from knowledge.amount_mentions import find_amounts, unit_asked
from knowledge.code_mentions import CodeMention, find_codes
from knowledge.kansuji import kansuji
from knowledge.known import Known
from knowledge.month_mentions import find_months
from knowledge.plan.amount import Amount
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.question import Question, Years
from knowledge.reading.clauses import Clause, asking_clauses, clauses, masked
from knowledge.reading.cues import Cue, lexicon
from knowledge.reading.knowing import Spoken
from knowledge.reading.linker import Link, link
from knowledge.reading.model import model
from knowledge.reading.text import Text, Token, compounds
from knowledge.year_mentions import YearMention, find_years

POLITE = "polite"
BESIDE = frozenset({"cost", "contact", "company", "procedure", "opening"})
_PARTICLES = frozenset({"は", "が", "を", "で", "に", "も", "から", "まで", "って", "へ"})
PART_BY = 1.0
_MEASURES = frozenset(
    {"数", "率", "費", "料", "代", "賃", "枠", "面積", "人口", "件数", "人数", "者数", "価格", "点数"}
)
_NOT_THE_TARGET = re.compile(r"目標[額値]?(?:じゃ|では)な")
_EACH_COSTS = re.compile(
    r"(?:1|一|ひと)(?:通|台|枚|回|人|名|本|個|冊|時間|日|件)(?:あたり|当たり|につき|で)?(?:は|って|、)?(?:なん円|何円|いくら|なんぼ)"
)
_ASKED = re.compile(
    r"(?:って|は|を|が|も|と|や|、|など|等|の総額|の額|の合計|額|に|で|の)*(?:[?。!]|$|教え|おしえ|知り|いくら|なんぼ|どこ|何|なん|どう|いつ|だれ|誰|必要|かか|払|出せ|ですか|でしょ|お願|示)"
)
_BETWEEN = frozenset(
    {
        "と",
        "や",
        "、",
        ",",
        "・",
        "及び",
        "または",
        "又は",
        "並びに",
        "対",
        "and",
        "or",
        "v",
        "vs",
        "versus",
        "&",
        "/",
        "＋",
        "+",
        "plus",
        "。",
        "?",
        "!",
        "(",
        ")",
        "「",
        "」",
        ".",
    }
)


P = ParamSpec("P")
R = TypeVar("R")


def once(make: Callable[Concatenate[Pieces, P], R]) -> Callable[Concatenate[Pieces, P], R]:
    """A function of pieces, and of plain values besides, that is worked out once for each."""

    @wraps(make)
    def kept(pieces: Pieces, *given: P.args, **named: P.kwargs) -> R:
        key = (make, given, *named.items())
        if key not in pieces.made:
            pieces.made[key] = make(pieces, *given, **named)
        return pieces.made[key]  # type: ignore[no-any-return]

    return kept  # type: ignore[return-value]  # mypy takes the first parameter's name for a part of the type


@dataclass
class _Shared:
    """What is the same for all clauses of a text: its runs of names, and what chunks of it name."""

    runs: dict[str, tuple[tuple[int, int], ...]] | None = None
    links: dict[tuple[int, ...], Link | None] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Pieces:
    """What a text holds. `focus` are the clauses that ask (all of them when nothing tells them apart).

    `made` keeps what was made of these pieces, `shared` what holds of the text whatever its focus.
    """

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
    shared: _Shared = field(default_factory=_Shared, repr=False)
    made: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def known(self) -> Known:
        return self.spoken.known

    @property
    def language(self) -> Literal["ja", "en"]:
        return "en" if self.text.english else "ja"

    @property
    def last(self) -> Question | None:
        return self.history[-1] if self.history else None

    def in_focus(self, start: int, end: int) -> bool:
        return any(clause.start <= start and end <= clause.end for clause in self.focus)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the focus that mean something beside politeness and are no piece of a name (開館時間の見直し)."""
        runs = [run for spans in self.runs.values() for run in spans]
        return tuple(
            cue
            for cue in self.all_cues
            if cue.name != POLITE
            and self.in_focus(cue.start, cue.end)
            and not any(
                start < cue.end and cue.start < end for start, end in self.taken if cue.name != "money"
            )
            and not any(s <= cue.start and cue.end <= e and e - s >= cue.end - cue.start + 2 for s, e in runs)
        )

    @cached_property
    def said(self) -> frozenset[str]:
        """The names of the cues; a bound (以上) says nothing without an amount."""
        named = {id(token) for one in self.links if one.by_name for token in one.titled}
        names = frozenset(
            cue.name
            for cue in self.cues
            if cue.name not in BESIDE
            or (
                self.is_asked(cue.end)
                and not all(id(t) in named for t in self.text.tokens_in(cue.start, cue.end))
            )
        )
        if _NOT_THE_TARGET.search(self.text.text):
            names |= {"actual"}
        if _EACH_COSTS.search(self.text.text):
            names |= {"cost"}
        if any(
            self._is_a_charge(group)
            for group in compounds(self.content)
            if not all(id(t) in named for t in group)
        ):
            names |= {"cost"}
        return names if self.claimed else names - {"over", "at_least", "under", "at_most"}

    def says(self, *names: str) -> bool:
        """Whether one of these cues stands in the focus."""
        return not self.said.isdisjoint(names)

    def is_asked(self, end: int) -> bool:
        """Whether what ends there is what is asked for, and not what modifies it."""
        return self.text.english or bool(_ASKED.match(self.text.text[end:]))

    @cached_property
    def foreign_city(self) -> str:
        """Another city than the plan's, wherever in the text it is named and no title of the plan names it."""
        titled = {
            id(token) for one in self.links if one.by_name and len(one.titled) > 2 for token in one.titled
        }
        tokens = self.text.tokens
        for token, behind in pairwise(tokens):
            said = self.text.text[token.start : behind.end]
            if (
                token.is_place
                and behind.text in ("市", "町", "村")
                and id(token) not in titled
                and said not in self.known.plan.issuer
            ):
                return said
        return ""

    def as_said(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The person's own words for tokens, each with the compound that it belongs to."""
        groups = compounds(self.text.tokens)
        spans = dict.fromkeys(
            next(((g[0].start, g[-1].end) for g in groups if t in g), (t.start, t.end)) for t in tokens
        )
        return tuple(self.text.folded.as_written(start, end) for start, end in spans)

    @cached_property
    def foreign_measure(self) -> str:
        """A measure that is asked for and that the plan does not print (利用者数, 経費率); empty when there is none."""
        for clause in self.focus:
            tokens = [t for t in self.text.tokens_in(clause.start, clause.end) if not self.is_taken(t)]
            for group in compounds(tokens):
                said = self.text.text[group[0].start : group[-1].end]
                if (
                    len(group) > 1
                    and group[-1].text in _MEASURES
                    and said not in self.spoken.measured
                    and not self._is_way_of_asking(group)
                ):
                    return said
        return ""

    def _is_way_of_asking(self, group: Sequence[Token]) -> bool:
        return any(cue.start <= group[0].start and group[-1].end <= cue.end for cue in self.all_cues)

    def _is_a_charge(self, group: Sequence[Token]) -> bool:
        """整備費, 使用料: a compound that ends in what things cost."""
        return (
            len(group) > 1
            and group[-1].text in ("費", "料", "代", "賃", "料金")
            and self.is_asked(group[-1].end)
        )

    def cue(self, *names: str) -> Cue | None:
        return next((cue for cue in self.cues if cue.name in names), None)

    def is_negated(self, cue: Cue) -> bool:
        """Whether ない, ず or not stands right behind it."""
        behind = self.text.text[cue.end : cue.end + 6]
        if re.match(r"な(?:[。!！、]|$)", behind):
            return True
        return bool(
            re.match(
                r"(?:て|で|が|は|も|に|い|し|さ|れ|ら|っ|を)*(?:いない|ない|ません|ず|なく|ねえ|なかっ|てない)",
                behind,
            )
        )

    @cached_property
    def unit(self) -> str:
        return unit_asked(self.text.text)

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
        spans = [(one.start, one.end) for one in self.codes]
        spans += [(one.start, one.end) for one in self.year_mentions]
        spans += [(start, end) for start, end, _ in self.amounts]
        return tuple(spans + ([self.months_at] if self.months_at else []))

    def is_taken(self, token: Token) -> bool:
        return any(start < token.end and token.start < end for start, end in self.taken)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The tokens of the focus that may name something: no figures, no way of asking, no politeness."""
        return tuple(self._content(self.focus))

    def _content(self, spans: Iterable[Clause]) -> Iterable[Token]:
        kept = set(map(id, self.cues))
        covered = [
            (cue.start, cue.end)
            for cue in self.all_cues
            if cue.name == POLITE or (id(cue) in kept and cue.name not in BESIDE)
        ]
        for clause in spans:
            tokens = [t for t in self.text.tokens_in(clause.start, clause.end) if not self.is_taken(t)]
            for group in compounds(tokens):
                bare = [t for t in group if not any(s <= t.start and t.end <= e for s, e in covered)]
                if bare and bare[-1].pos[0] == "接頭辞":
                    bare.pop()  # the お of お願いします
                if not bare:
                    continue
                last = group.index(bare[-1])
                first = group.index(bare[0])
                while first and self._in_one_run(group[first - 1], group[first]):
                    first -= 1
                while last + 1 < len(group) and (
                    self._in_one_run(group[last], group[last + 1]) or self._is_light_tail(group, last)
                ):
                    last += 1
                yield from (t for t in group[first : last + 1] if not t.is_number)

    def _in_one_run(self, one: Token, other: Token) -> bool:
        """Whether two tokens stand together in a name (表 in 表丹沢, 改革 in 歳入改革)."""
        return any(s <= one.start and other.end <= e for spans in self.runs.values() for s, e in spans)

    def _is_light_tail(self, group: Sequence[Token], last: int) -> bool:
        """Whether the token behind belongs to the name rather than to the asking (徴収率, but not 会館効果額)."""
        return last + 1 < len(group) and group[last + 1].text in ("率", "化", "業務", "者", "性", "用", "数")

    @cached_property
    def chunks(self) -> tuple[tuple[Token, ...], ...]:
        """The content in chunks, cut where the text joins several things."""
        made: list[list[Token]] = []
        content = set(map(id, self.content))
        apart = True
        following = [*self.text.tokens[1:], None][: len(self.text.tokens)]
        for token, after in zip(self.text.tokens, following, strict=True):
            if id(token) in content:
                if apart or not made:
                    made.append([])
                made[-1].append(token)
                apart = False
            elif (token.lemma in _BETWEEN or token.text in _BETWEEN) and not (
                after and token.text == "と" and after.text in ("か", "いう", "して", "し")
            ):
                apart = True
        return tuple(tuple(chunk) for chunk in made)

    @property
    def runs(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each named ref the runs of the text that stand letter for letter in its name."""
        if self.shared.runs is None:
            self.shared.runs = self._runs()
        return self.shared.runs

    def _runs(self) -> dict[str, tuple[tuple[int, int], ...]]:
        text = _without_issuer(_blanked(self.text.text, list(self.taken)), self.known.plan.issuer)
        least = self.known.names.rarest * 0.42
        return {
            one.ref: one.runs
            for one in self.known.names.find(text)
            if one.weight >= least and one.ref[0].isdigit()
        }

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What the focus names, in order."""
        return tuple(self._linked(self.chunks))

    def _link(self, tokens: Sequence[Token]) -> Link | None:
        """What the tokens name: as a whole, or the part of them between two particles that names it best."""
        telling = [t for t in tokens if t.is_noun or t.joins or not self.spoken.is_ordinary(t.lemma)]
        whole = self._link_once(telling)
        parts = self._between_particles(telling)
        if len(parts) < 2:
            return whole
        found = [one for part in parts if (one := self._link_once(part)) and one.by_name]
        best = max(found, key=self._tells, default=None)
        if best and (whole is None or not whole.by_name or self._tells(best) > self._tells(whole) * PART_BY):
            rest = tuple(t for t in telling if t not in best.tokens and t not in best.missing)
            return replace(best, missing=(*best.missing, *rest))
        return whole

    def _link_once(self, tokens: Sequence[Token]) -> Link | None:
        at = tuple(token.start for token in tokens)
        if at not in self.shared.links:
            self.shared.links[at] = link(tokens, self.text.text, self.spoken.parts, self.runs)
        return self.shared.links[at]

    def _tells(self, one: Link) -> float:
        """How well a link explains: its score, and how much of what was said it explains."""
        weight = sum(self.spoken.parts.weight(token.lemma) for token in one.tokens)
        return float(one.score * weight**0.5)

    def _between_particles(self, tokens: Sequence[Token]) -> list[list[Token]]:
        parts: list[list[Token]] = [[]]
        ends = {t.start for t in self.text.tokens if t.text in _PARTICLES and t.pos[0] == "助詞"}
        for token in tokens:
            if parts[-1] and any(parts[-1][-1].end <= at < token.start for at in ends):
                parts.append([])
            parts[-1].append(token)
        return parts

    def _linked(self, chunks: Sequence[Sequence[Token]]) -> list[Link]:
        whole = [token for chunk in chunks for token in chunk]
        together = self._link(whole)
        if len(chunks) < 2:
            return [together] if together else []
        apart = [one for chunk in chunks if (one := self._link(chunk)) and one.by_name]
        different = {one.ref for one in apart}
        sure_apart = len(different) > 1 and all(
            one.whole_run or (one.score >= 0.9 and not one.is_ambiguous) for one in apart
        )
        if together and together.in_title and not together.is_ambiguous and not sure_apart:
            return [together]
        if len(different) > 1 or (apart and not together):
            return _merged(apart)
        return [together] if together else _merged(apart)

    @property
    def names_something(self) -> bool:
        return bool(self.named_codes or self.links)

    @property
    def names_clearly(self) -> bool:
        """Whether a code stands there, or a name that leaves nothing of its chunk over."""
        return bool(self.named_codes) or any(one.by_name and one.score > 0.6 for one in self.links)

    @cached_property
    def unexplained(self) -> tuple[Token, ...]:
        """Nouns of the focus that no link explains and that are no ordinary talk."""
        explained = {id(t) for one in self.links if one.by_name for t in one.tokens}
        named = {ref for one in self.links if one.by_name for ref in one.refs}
        left = [t for t in self.content if id(t) not in explained and t.is_noun]
        beside = [
            (cue.start, cue.end) for cue in self.cues if cue.name in BESIDE and not self.is_asked(cue.end)
        ]
        left = [
            t
            for t in left
            if self._is_beside_a_name(t) or named.isdisjoint(self.spoken.parts.holders(t.lemma))
        ]
        left = [t for t in left if not any(start <= t.start and t.end <= end for start, end in beside)]
        return tuple(
            t
            for t in left
            if not self.spoken.is_ordinary(t.lemma) or self._is_beside_a_name(t) or self._is_of_a_measure(t)
        )

    def _is_of_a_measure(self, token: Token) -> bool:
        """図書館の効果額: whatever stands so before a measure is meant, however ordinary the word."""
        group = next((g for g in compounds(self.text.tokens) if token in g), (token,))
        starts = {cue.start for cue in self.cues if cue.name in ("money", "target")}
        return (
            not self.text.english
            and self.text.text[group[-1].end : group[-1].end + 1] == "の"
            and group[-1].end + 1 in starts
        )

    def _is_beside_a_name(self, token: Token) -> bool:
        """Whether a token makes a compound with a name, or modifies it (図書館の指定管理)."""
        names = [t for one in self.links if one.by_name for t in one.titled]
        if not names or self.text.english:
            return False
        group = next((g for g in compounds(self.text.tokens) if token in g), (token,))
        text = self.text.text
        inside = any(t in group for t in names)
        before = any(t.start == group[-1].end + 1 and text[group[-1].end] == "の" for t in names)
        return inside or before

    @cached_property
    def unheard(self) -> tuple[Token, ...]:
        """The nouns of the whole text, context included, that are no ordinary talk."""
        tokens = self._content(tuple(clauses(self.text.text)))
        return tuple(t for t in tokens if t.is_noun and not self.spoken.is_ordinary(t.lemma))

    @cached_property
    def bound(self) -> tuple[Token, ...]:
        """Of the unexplained those that say what is asked for, or of what: joined by の to a name, a code or a measure."""
        return tuple(token for token in self.unexplained if self._is_bound(token))

    def _is_bound(self, token: Token) -> bool:
        text = self.text.text
        if self.text.english:
            return not self.named_codes and not any(link.by_name for link in self.links)
        group = next((g for g in compounds(self.text.tokens) if token in g), (token,))
        names = [(t.start, t.end) for link in self.links if link.by_name for t in link.titled or link.tokens]
        names += [(c.start, c.end) for c in self.codes]
        if any(start < group[-1].end and group[0].start < end for start, end in names):
            return True
        before, behind = text[: group[0].start], text[group[-1].end :]
        measured = self.says("money", "target", "sum", "share", "average", "indicators")
        after_name = not measured and any(
            before.endswith("の") and end == group[0].start - 1 for _, end in names
        )
        measures = [cue.start for cue in self.cues if cue.name in ("money", "target", "sum", "share")]
        before_measure = behind.startswith("の") and any(at == group[-1].end + 1 for at in measures)
        before_name = behind.startswith("の") and any(start == group[-1].end + 1 for start, _ in names)
        if (
            re.match(r"(?:する|される|した|された|です|なの|でしょう)?か?(?:[?。]|$)", behind)
            and not measured
        ):
            return True
        return after_name or before_measure or before_name or not names

    @cached_property
    def masked(self) -> str:
        """The focus with placeholders for what is the plan's own."""
        marks = [(c.start, c.end, _code_mark(c.code)) for c in self.codes]
        marks += [(y.start, y.end, "η") for y in self.year_mentions]
        marks += [(start, end, "α") for start, end, _ in self.amounts]
        marks += [
            (group[0].start, group[-1].end, "ν")
            for one in self.links
            if one.by_name
            for group in compounds(one.tokens)
        ]
        return masked(self.text.text, marks, self.focus)

    @cached_property
    def kinds(self) -> dict[str, float]:
        """How likely each kind of question is, as a logarithm."""
        return model("kinds").log_probabilities(self.masked)


_NO_MONTH = (
    r"[0-9]{1,2}月(?=(?:に|から|の)[^。、]{0,9}"
    r"(?:異動|着任|配属|来た|来て|来まし|来たば|なった|なりまし|入った|入り|採用|転職|者です|係|担当)"
    r"|定例|議会|補正|号|期|市議会|[0-9]{1,2}日)"
)
"""Made a pattern when the first month is spoken of: that takes longer than reading a question."""


def find_pieces(written: str, spoken: Spoken, today: date, history: Sequence[Question]) -> Pieces:
    """Everything that the text holds."""
    known = spoken.known
    text = Text.read(written, known.vocabulary, spoken.knows, spoken.readings)
    folded = text.text
    codes = tuple(one for one in find_codes(folded) if not _is_years(folded, one))
    codes = codes or tuple(_run_together(folded, known)) or tuple(_counted_pillars(folded, known))
    rest = _blanked(folded, [(one.start, one.end) for one in codes])
    years = tuple(find_years(rest, today))
    rest = _blanked(rest, [(one.start, one.end) for one in years])
    without = re.sub(_NO_MONTH, lambda match: "\n" * len(match[0]), rest) if "月" in rest else rest
    months, months_at = find_months(without) or (None, None)
    amounts = tuple(
        (one.start, one.end, one.reading.yen) for one in find_amounts(rest) if isinstance(one.reading, Amount)
    )
    cues = lexicon().find(text)
    marks = [(c.start, c.end, _code_mark(c.code)) for c in codes] + [(y.start, y.end, "η") for y in years]
    focus = asking_clauses(folded, marks)
    pieces = Pieces(
        text, spoken, today, tuple(history), codes, years, months, months_at, amounts, cues, focus
    )
    points_back = any(_POINTS_BACK.search(folded[clause.start : clause.end]) for clause in focus)
    return pieces if pieces.names_something and not points_back else _widened(pieces)


_POINTS_BACK = re.compile(r"(?:この|その|上記|両|同じ|当該|二|2つの?)(?:二|2|両|取組|事業|施設|件|者|計画)")


def _widened(pieces: Pieces) -> Pieces:
    """With the clauses that name something, where those that ask name nothing (3-1-2ですが、令和5年度は？)."""
    left = [clause for clause in clauses(pieces.text.text) if clause not in pieces.focus]
    naming = [clause for clause in left if replace(pieces, focus=(clause,)).names_clearly]
    if not naming:
        return pieces
    return replace(pieces, focus=tuple(sorted((*pieces.focus, *naming), key=lambda clause: clause.start)))


def _run_together(text: str, known: Known) -> Iterator[CodeMention]:
    """511の令和7年度: a code without its dashes, where the plan has such a one."""
    for match in re.finditer(r"(?<![0-9-])([1-9])([1-9])([1-9])(?=の|は|って| |$)(?! ?[年千万円])", text):
        code = "-".join(match.groups())
        if code in known.plan.by_code:
            yield CodeMention(code, match.start(), match.end())


def _counted_pillars(text: str, known: Known) -> Iterator[CodeMention]:
    """五つ目の柱: a pillar by its place."""
    for match in re.finditer(r"([一二三四五六七八九1-9])(?:つ目|番目|本目)の柱", text):
        code = f"柱{int(match[1]) if match[1].isdigit() else kansuji(match[1])}"
        if code in known.plan.by_code:
            yield CodeMention(code, match.start(), match.end())


def _is_years(text: str, code: CodeMention) -> bool:
    """令和3・4・5年度 is no code."""
    return bool(re.search(r"(?:令和|平成|r|h)$", text[: code.start])) and "・" in text[code.start : code.end]


def _code_mark(code: str) -> str:
    return "π" if code.startswith("柱") else ("ι" if code.count("-") == 1 else "κ")


def _merged(links: Sequence[Link]) -> list[Link]:
    made: list[Link] = []
    for one in links:
        if not any(one.ref == other.ref for other in made):
            made.append(one)
    return made


_FIVE_YEARS_WORTH = re.compile(r"[0-9]年(?:分|ぶん)")
_EXCEPT = re.compile(r"(?:を|は|だけ)?(?:除|抜|以外|外し)")


def years_asked(pieces: Pieces) -> Years:
    """The years of the focus; 次の年 and 前年 are counted from the last question's year, where there is one."""
    plan = pieces.known.plan
    mentions = [
        one for one in pieces.year_mentions if pieces.in_focus(one.start, one.end) and not one.calendar
    ]
    used = [one for one in mentions if not one.relative] or mentions
    left_out = [y for one in used if _EXCEPT.match(pieces.text.text[one.end :]) for y in one.years]
    used = [one for one in used if not _EXCEPT.match(pieces.text.text[one.end :])]
    if left_out and not used:
        return Years(single=tuple(year for year in plan.years if year not in left_out))
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
        total=pieces.says("five_year_total")
        or bool(
            _FIVE_YEARS_WORTH.search(pieces.text.text)
            and pieces.says("sum", "difference", "which", "share", "over", "at_least", "under")
        )
        or bool(
            re.search(
                rf"{len(plan.years)}(?:年|か年|ヵ年|カ年)(?:間)?(?:計|合計|トータル|累計)", pieces.text.text
            )
        ),
        every=pieces.says("every_year")
        and not (
            pieces.says("sum", "difference", "which", "share", "over", "at_least", "under")
            and _FIVE_YEARS_WORTH.search(pieces.text.text)
        ),
        outside=tuple(dict.fromkeys(year for year in years if year not in inside)),
        is_span=any(one.is_range or one.beyond for one in used) or pieces.says("first_half", "second_half"),
    )


def _meant(mention: YearMention, pieces: Pieces, spoken_of: tuple[FiscalYear, ...]) -> tuple[FiscalYear, ...]:
    if mention.shift and spoken_of:
        return (spoken_of[-1 if mention.shift > 0 else 0] + mention.shift,)
    if mention.beyond and mention.year is not None:
        later = mention.beyond == "later"
        return tuple(
            y for y in pieces.known.plan.years if (y >= mention.year if later else y <= mention.year)
        )
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


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _without_issuer(text: str, issuer: str) -> str:
    """The text without the issuing city's own name where it only says whose."""
    return (
        re.sub(rf"{re.escape(issuer)}(?=の|は|が|で|って|では)", "\n" * len(issuer), text) if issuer else text
    )
