"""A Reply as messages for Slack, page by page: whatever does not fit goes onto a further page or is said to be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.channels.slack import limits
from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block, actions, button, context, feedback, header, paragraph, select
from bot.channels.slack.forms import choice_button, form_view
from bot.channels.slack.plain_text import escaped, fits, parts, shortened
from bot.channels.slack.tables import is_drawable, native_chart, table_parts
from bot.message import Chart, Choice, Form, Reply, Source
from bot.wording.wording import say
from knowledge.question import Language

OPEN_SOURCE = "source"
MARK = "mark"
OPEN_FORM = "form"
TURN_PAGE = "page"

CHART, DATA_TABLE, FEEDBACK = "data_visualization", "data_table", "context_actions"
REFUSABLE = (CHART, DATA_TABLE, FEEDBACK)
"""Types of blocks that not every workspace takes."""

NOTHING: frozenset[str] = frozenset()

Together = list[Block]
"""Blocks that stay on one page."""


@dataclass(frozen=True, slots=True)
class SlackPost:
    """One message: what notifications and plain clients show, already escaped, and the blocks."""

    text: str
    blocks: tuple[Block, ...]


def posts(reply: Reply, outgoing: int, without: frozenset[str] = NOTHING) -> tuple[SlackPost, ...]:
    """The pages of a reply; `outgoing` is what turning a page finds it again by.

    `without` are the types of blocks among REFUSABLE that the workspace does not take: a chart is then left to a
    picture beside it, the others are shown in an older way.
    """
    language = reply.language
    pages = list(_packed(_pieces(reply, outgoing, language, without)))
    text = fallback(reply)
    marks = _marks(reply, outgoing, language, without)
    return tuple(
        SlackPost(text, (*page, *marks, *_pager(outgoing, number, len(pages), language)))
        for number, page in enumerate(pages)
    )


def lesser_ways(reply: Reply, without: frozenset[str]) -> list[frozenset[str]]:
    """What else to do without when Slack refuses the reply's blocks: each that may be the cause, then all of them."""
    used = {block["type"] for block in posts(reply, 0, without)[0].blocks}
    causes = [one for one in REFUSABLE if one in used]
    ways = [without | {one} for one in causes]
    return [*ways, without | set(causes)] if len(causes) > 1 else ways


def fallback(reply: Reply) -> str:
    """The words alone, as notifications show them."""
    said = f"{reply.heading}\n{reply.text}" if reply.heading.strip() else reply.text
    words = list(parts(said, limits.FALLBACK))
    return escaped(words[0] if len(words) == 1 else words[0] + "…")


def picture_of(reply: Reply, without: frozenset[str] = NOTHING) -> Chart | None:
    """The chart that has to go beside the message as a picture, if any."""
    chart = reply.chart
    if chart is None or not is_drawable(chart):
        return None
    return None if CHART not in without and native_chart(chart) is not None else chart


def passage_buttons(sources: Iterable[Source], language: Language) -> list[Block]:
    """What opens the passages: a few buttons, or a list to choose from where there are more."""
    labels = {one.reference: one.label or one.reference for one in sources if one.reference.strip()}
    if len(labels) <= limits.BUTTONS:
        buttons = [
            button(label, f"{OPEN_SOURCE}:{number}", reference)
            for number, (reference, label) in enumerate(labels.items())
            if fits(reference, limits.BUTTON_VALUE)
        ]
        return [actions("sources", buttons)] if buttons else []
    options = [one for one in labels.items() if fits(one[0], limits.OPTION_VALUE)]
    groups = [options[start : start + limits.OPTIONS] for start in range(0, len(options), limits.OPTIONS)]
    return [
        actions(
            f"sources:{number}",
            [select(f"{OPEN_SOURCE}:{number}", say("slack/choose_source", language), group)],
        )
        for number, group in enumerate(groups)
    ]


def _pieces(reply: Reply, outgoing: int, language: Language, without: frozenset[str]) -> Iterator[Together]:
    if reply.heading.strip():
        is_short = fits(reply.heading, limits.HEADER)
        yield from (
            [[header(reply.heading)]]
            if is_short
            else ([paragraph(part, is_bold=True)] for part in parts(reply.heading, limits.RICH_TEXT))
        )
    yield from ([paragraph(part)] for part in parts(reply.text, limits.RICH_TEXT))
    if reply.table is not None:
        yield from table_parts(reply.table, with_leaves=DATA_TABLE not in without)
    if CHART not in without and reply.chart is not None and (chart := native_chart(reply.chart)) is not None:
        yield [chart]
    for note in reply.notes:
        yield from ([context(part)] for part in parts(note, limits.CONTEXT_TEXT))
    if reply.file is not None:
        yield [context(shortened(say("slack/attached", language, file=reply.file.name), limits.CONTEXT_TEXT))]
    if reply.form is not None:
        yield [_form(reply.form, outgoing, language)]
    yield from _choices(reply.choices, language)
    yield from _sources(reply.sources, language)


def _form(form: Form, outgoing: int, language: Language) -> Block:
    """What opens the form; a word where Slack cannot show it."""
    if form_view(form, Destination(""), language) is None:
        return context(say("slack/form_too_large", language))
    opens = button(say("slack/open_form", language), f"{OPEN_FORM}:{outgoing}", str(outgoing), "primary")
    return actions("form", [opens])


def _choices(choices: tuple[Choice, ...], language: Language) -> Iterator[Together]:
    """Buttons in rows; before them in full what a button would cut short or cannot carry."""
    made = [(choice, choice_button(choice, number)) for number, choice in enumerate(choices)]
    for choice, one in made:
        if one is None:
            text = say("slack/type_this", language, words=choice.value or choice.label)
            yield from ([paragraph(part)] for part in parts(text, limits.RICH_TEXT))
        elif not fits(choice.label, limits.BUTTON_LABEL):
            yield from ([paragraph(part)] for part in parts(f"・{choice.label}", limits.RICH_TEXT))
    buttons = [one for _, one in made if one is not None]
    for start in range(0, len(buttons), limits.BUTTONS):
        yield [actions(f"choices:{start}", buttons[start : start + limits.BUTTONS])]


def _sources(sources: tuple[Source, ...], language: Language) -> Iterator[Together]:
    labels = list(dict.fromkeys(one.label or one.reference for one in sources))
    if not labels:
        return
    text = say("slack/sources", language, labels=labels)
    small_print = [[context(part)] for part in parts(text, limits.CONTEXT_TEXT)]
    yield from small_print[:-1]
    yield [*small_print[-1], *passage_buttons(sources, language)]


def _packed(pieces: Iterable[Together]) -> Iterator[list[Block]]:
    """Pieces in order onto as few pages as hold them."""
    page: list[Block] = []
    for piece in pieces:
        if page and not _has_room(page, piece):
            yield page
            page = []
        page = [*page, *piece]
    yield page


def _has_room(page: list[Block], piece: Together) -> bool:
    both = [*page, *piece]
    types = [block["type"] for block in both]
    return (
        # Two are left, for marking the answer and for turning the page.
        len(both) < limits.BLOCKS - 1
        and types.count("table") + types.count(DATA_TABLE) <= limits.TABLES
        and types.count(CHART) <= limits.CHARTS
        and sum(map(_weight, both)) <= limits.PAGE_CHARACTERS
    )


def _weight(block: Block) -> int:
    """How many characters a block brings to its page; a table's are limited by themselves."""
    if block["type"] in ("table", DATA_TABLE):
        return 0
    return _words(block)


def _words(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_words(one) for name, one in value.items() if name not in ("type", "value"))
    return sum(map(_words, value)) if isinstance(value, list) else 0


def _marks(reply: Reply, outgoing: int, language: Language, without: frozenset[str]) -> list[Block]:
    """Whether it helped, where it is an answer."""
    if not reply.answer:
        return []
    both = [(name, say(f"slack/{name}", language)) for name in ("helpful", "not_helpful")]
    if FEEDBACK not in without:
        return [feedback(f"{MARK}:{outgoing}", *both)]
    return [actions("marks", [button(label, f"{MARK}:{outgoing}:{name}", name) for name, label in both])]


def _pager(outgoing: int, number: int, count: int, language: Language) -> list[Block]:
    turns = [
        button(
            say(f"slack/{name}_page", language, page=page + 1, pages=count),
            f"{TURN_PAGE}:{outgoing}:{page}",
            str(page),
        )
        for name, page in (("previous", number - 1), ("next", number + 1))
        if 0 <= page < count
    ]
    return [actions("pages", turns)] if turns else []
