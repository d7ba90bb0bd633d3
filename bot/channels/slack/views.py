"""What opens over a conversation: the passage of a source, the codes of a message."""

from __future__ import annotations

from bot.channels.slack import limits
from bot.channels.slack.elements import Block, actions, button, context, header, paragraph, plain
from bot.channels.slack.forms import PRESSED, pressed_value
from bot.channels.slack.plain_text import parts
from bot.wording.wording import say
from knowledge.code_mentions import find_codes
from knowledge.editions.edition import Edition
from knowledge.japanese import plain as plain_text
from knowledge.plan.plan import Initiative, ReformItem
from knowledge.search.passages import DocumentPassage

MOST_CODES = 20
_MOST_PARTS = 10


def passage_view(passage: DocumentPassage | None, edition: Edition) -> Block:
    """The passage as it is printed, with where it stands."""
    if passage is None:
        return modal(say("slack/passage_title"), [paragraph(say("slack/passage_gone"))])
    where = f"{edition.title}　{passage.section}" + (f"　p.{passage.page}" if passage.page else "")
    text = list(parts(passage.text, limits.RICH_TEXT))
    blocks = [
        header(f"{passage.code} {passage.title}".strip()),
        *(paragraph(part) for part in text[:_MOST_PARTS]),
        *([context(say("slack/passage_cut"))] if len(text) > _MOST_PARTS else []),
        *(context(part) for part in parts(passage.remark, limits.CONTEXT_TEXT) if passage.remark),
        *(context(part) for part in parts(where, limits.CONTEXT_TEXT)),
    ]
    return modal(say("slack/passage_title"), blocks)


def codes_in(text: str, edition: Edition) -> list[str]:
    """The codes of the edition that a text names, in order, each once."""
    found = dict.fromkeys(mention.code for mention in find_codes(plain_text(text)))
    return [code for code in found if code in edition.plan.by_code]


def codes_view(text: str, edition: Edition) -> Block:
    """What the codes in a text stand for, each with a button that asks about it."""
    codes = codes_in(text, edition)
    if not codes:
        return modal(say("slack/codes_title"), [paragraph(say("slack/no_codes"))])
    blocks = [
        block for number, code in enumerate(codes[:MOST_CODES]) for block in _code(code, number, edition)
    ]
    left = codes[MOST_CODES:]
    if left:
        words = say("slack/more_codes", count=len(left), codes=left)
        blocks += [context(part) for part in parts(words, limits.CONTEXT_TEXT)]
    return modal(say("slack/codes_title"), blocks)


def _code(code: str, number: int, edition: Edition) -> list[Block]:
    part = edition.plan.by_code[code]
    label = code if code.startswith("柱") else f"{code}　"
    line = f"{label}{part.title}"
    if isinstance(part, Initiative | ReformItem):
        line += f"（p.{part.page}）"
    value = pressed_value("ask", f"{code}とは", None)
    assert value is not None
    ask = button(say("slack/ask_about", code=code), f"{PRESSED}:{number}", value)
    return [paragraph(line, is_bold=True), actions(f"code:{number}", [ask])]


def modal(title: str, blocks: list[Block]) -> Block:
    """What is only looked at."""
    return {
        "type": "modal",
        "title": plain(title, limits.MODAL_TITLE),
        "close": plain(say("slack/close"), limits.MODAL_TITLE),
        "blocks": blocks,
    }
