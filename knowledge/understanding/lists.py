"""Lists and counts: the parts of a pillar or item, and the initiatives that meet a condition."""

from __future__ import annotations

from knowledge.names import Kind
from knowledge.question import PLAN, Accounts, Ask, Facet, Question, Understood
from knowledge.understanding.aggregates import order_of, scopes_of
from knowledge.understanding.scene import Scene
from knowledge.understanding.subjects import Subject, find_subjects

_CONDITIONS = (
    "relisted", "under_adjustment", "negative", "without_figure", "with_figure", "constant", "falling", "rising", "starts",
)  # fmt: skip
_ANOTHER_ASPECT = (
    "indicators",
    "activity_indicators",
    "outcome_indicators",
    "purpose",
    "main_measures",
)
_BOUNDS = ("over", "at_least", "under", "at_most")
_ACCOUNTS = ("special_account", "enterprise_account")
_EVALUATION = {"評価", "進行", "管理"}
_PARTICLES = "のをはがにでと"
_OF_THE_APPENDIX = ("部会", "委員", "調査会", "会議")
_COUNTED = {"meetings": ("何回", "開催回数"), "members": ("何人", "何名", "人数")}


def count_of_document(scene: Scene) -> Understood | None:
    """How many meetings or members the appendix lists."""
    text = scene.mentions.text
    for what in ("members", "meetings"):
        if scene.says(what) and not scene.subjects.coded:
            return scene.asks(Ask.LIST, subjects=(), what=what)
    if not any(word in text for word in _OF_THE_APPENDIX):
        return None
    for what, words in _COUNTED.items():
        if any(word in text for word in words) and not scene.subjects.coded:
            return scene.asks(Ask.COUNT, subjects=(), what=what)
    return None


def facets(scene: Scene) -> Understood | None:
    """Initiatives that meet a condition, listed or counted."""
    if _names_one_initiative(scene) or scene.says("average", "share", "times", "difference", "negation"):
        return None
    if scene.says("sum") and not scene.says("count"):
        return None
    found = _facets(scene)
    if scene.wants_amount and all(facet.name in _ACCOUNTS for facet in found):
        return None
    wanted = scene.says("list", "initiative", "count", "code", "which", "mentions", "among")
    if not found or not (wanted or not (scene.refs or scene.wants_amount)):
        return None
    return _listed(scene, found)


def _names_one_initiative(scene: Scene) -> bool:
    return any(
        scene.known.initiative(ref) and not one.is_ambiguous for one in scene.subjects.all for ref in one.refs
    )


def _facets(scene: Scene) -> tuple[Facet, ...]:
    ranked = order_of(scene) is not None
    if scene.says("negative") and scene.years.single:
        return (Facet("negative", scene.years.single[0]),)
    ignored = ("starts", "relisted")
    found = [_facet(name, scene) for name in _CONDITIONS if name not in ignored and scene.says(name)]
    if scene.says("starts") and scene.years.single:
        found.append(Facet("starts", scene.years.single[0]))
    elif scene.says("starts"):
        return tuple(found)
    if ranked:
        return ()
    found += [
        Facet(one.noun.name, is_excluded=bool(one.is_left_out))
        for one in scene.conditions
        if one.is_left_out is not False
    ]
    year = scene.years.single[0] if scene.years.single else None
    bounds = [way.name for way in scene.mentions.ways if way.name in _BOUNDS]
    in_any_year = year is None and scene.says("any_year")
    found += [
        Facet(bound, year, yen=yen, in_any_year=in_any_year)
        for bound, yen in zip(bounds, scene.claimed, strict=False)
    ]
    return tuple(found) or _mentioned(scene)


def _facet(name: str, scene: Scene) -> Facet:
    """A condition; whether figures stand there may be asked of one year, or of any."""
    years = scene.years.single
    if name not in ("with_figure", "without_figure") or len(years) > 1:
        return Facet(name)
    return Facet(name, years[0] if years else None, in_any_year=not years and scene.says("any_year"))


def _mentioned(scene: Scene) -> tuple[Facet, ...]:
    """A thing that the initiatives must mention: words left over, else what equally close names share."""
    shared = [one for one in scene.subjects.named if one.is_ambiguous or "#" in one.refs[0]]
    unnamed = bool(scene.left_over()) and not scene.subjects.all
    asked = (
        scene.says("list", "mentions", "code")
        or unnamed
        or (shared and not scene.says(*_ANOTHER_ASPECT, "summary"))
    )
    if not scene.says("initiative", "code") or not asked or scene.wants_amount:
        return ()
    if scene.left_over():
        return _mentioned_somewhere(scene)
    shared = [one for one in scene.subjects.named if one.is_ambiguous or _is_indicator(one, scene)]
    if shared and not scene.subjects.coded:
        runs = [scene.mentions.text[start:end].strip(_PARTICLES) for start, end in shared[0].found[0].runs]
        return (Facet("mentions", words=tuple(runs)),)
    return ()


def _mentioned_somewhere(scene: Scene) -> tuple[Facet, ...]:
    """The words left over, as they stand together (公民館) or, where no initiative has them so, one by one."""
    for words in (scene.mentions.left_over_phrases(scene.subjects.found), scene.left_over()):
        if any(all(word in text for word in words) for text in scene.known.text_of.values()):
            return (Facet("mentions", words=words),)
    return ()


def _is_indicator(subject: Subject, scene: Scene) -> bool:
    """Whether a word of an indicator is looked for in the initiatives (RPAに関する取組)."""
    return scene.says("mentions") and all("#" in ref for ref in subject.refs)


def _listed(scene: Scene, found: tuple[Facet, ...]) -> Question:
    asks = Ask.COUNT if scene.says("count") else Ask.LIST
    only_coded = any(facet.name == "mentions" for facet in found) and not scene.subjects.coded
    scopes = () if only_coded and scene.subjects.ambiguous else scopes_of(scene)
    if not scopes and scene.says("among") and scene.last is not None and scene.last.asks is Ask.LIST:
        scopes = scene.last.subjects
    return scene.asks(
        asks, subjects=scopes or (PLAN,), facets=found, what="initiatives", accounts=Accounts.DEFAULT
    )


def of_individual_plan(scene: Scene) -> Understood | None:
    """The initiatives that an individual plan brings into this one: those of the items that name it above their table."""
    named = find_subjects(scene.mentions, scene.known, (Kind.INDIVIDUAL_PLAN,)).named
    if not named or not scene.says("initiative") or scene.wants_amount or scene.says("who", "when"):
        return None
    name = scene.known.vocabulary.plain(named[0].found[0].named.name)
    items = tuple(one.code for one in scene.known.plan.items if _names(one.lead, name, scene))
    return scene.asks(Ask.LIST, subjects=items, what="initiatives") if items else None


def _names(lead: str, name: str, scene: Scene) -> bool:
    quoted = scene.known.vocabulary.plain(lead).partition("「")[2].partition("」")[0]
    return bool(quoted) and (quoted in name or name in quoted)


def individual_plans(scene: Scene) -> Understood | None:
    """The individual plans that are run together with this one."""
    if not scene.says("individual_plans") or set(scene.left_over()) - _EVALUATION or scene.says("when"):
        return None
    return scene.asks(Ask.LIST, subjects=(), what="individual_plans")


def parts(scene: Scene) -> Understood | None:
    """The pillars, the reform items, or the initiatives of a scope, listed or counted."""
    if not scene.says("list", "count", "initiative", "item", "pillar") or _names_one_initiative(scene):
        return None
    if any("#" in ref for ref in scene.subjects.refs) or scene.says(*_ANOTHER_ASPECT):
        return None
    if scene.says("sum") and not scene.says("count"):
        return None
    scopes, what = scopes_of(scene), _what(scene)
    if scene.wants_amount or scene.years.is_named or scene.says("negation"):
        return None
    if not scopes and (not what or scene.says("mentions") or scene.left_over()):
        return None
    asks = Ask.COUNT if scene.says("count") else Ask.LIST
    bare = asks is Ask.LIST and not scopes and what != "pillars" and not scene.says("list")
    return None if bare else scene.asks(asks, subjects=scopes or (PLAN,), what=what or "initiatives")


def _what(scene: Scene) -> str:
    if scene.says("item"):
        return "items"
    if scene.says("pillar") and not scene.subjects.coded:
        return "pillars"
    return "initiatives" if scene.says("initiative") else ""
