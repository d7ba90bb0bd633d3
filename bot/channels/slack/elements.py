"""The pieces that messages and views are built of; words are given as plain words and never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.plain_text import clean, shortened

Block = dict[str, Any]
"""A block or an element of one, as it goes over the line."""


def plain(text: str, most: int) -> Block:
    """Plain words, cut with … where they are too long."""
    return {"type": "plain_text", "text": shortened(text, most), "emoji": False}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, limits.HEADER)}


def paragraph(text: str, *, is_bold: bool = False) -> Block:
    """Words as they are, lines and all."""
    element: Block = {"type": "text", "text": clean(text)}
    if is_bold:
        element["style"] = {"bold": True}
    return _rich_text({"type": "rich_text_section", "elements": [element]})


def preformatted(text: str) -> Block:
    """Words in columns of equal characters."""
    elements = [{"type": "text", "text": clean(text)}]
    return _rich_text({"type": "rich_text_preformatted", "elements": elements})


def context(text: str) -> Block:
    """Small print; at most `limits.CONTEXT_TEXT` characters."""
    words = {"type": "plain_text", "text": clean(text), "emoji": False}
    return {"type": "context", "elements": [words]}


def button(label: str, action: str, value: str, style: str = "") -> Block:
    """A button; `action` is unique in its message."""
    made: Block = {
        "type": "button",
        "text": plain(label, limits.BUTTON_LABEL),
        "action_id": action,
        "value": value,
    }
    if style in ("primary", "danger"):
        made["style"] = style
    return made


def actions(block: str, elements: Sequence[Block]) -> Block:
    """A row of buttons or a choice."""
    return {"type": "actions", "block_id": block, "elements": list(elements)}


def feedback(action: str, positive: tuple[str, str], negative: tuple[str, str]) -> Block:
    """Two small buttons side by side, each a (value, label)."""
    made: Block = {"type": "feedback_buttons", "action_id": action}
    for name, (value, label) in (("positive_button", positive), ("negative_button", negative)):
        made[name] = {"text": plain(label, limits.BUTTON_LABEL), "value": value}
    return {"type": "context_actions", "block_id": action, "elements": [made]}


def select(action: str, placeholder: str, options: Iterable[tuple[str, str]]) -> Block:
    """A choice of (value, label)."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": [option(value, label) for value, label in options],
    }


def option(value: str, label: str) -> Block:
    """One of a choice."""
    return {"text": plain(label, limits.OPTION_LABEL), "value": value}


def _rich_text(section: Block) -> Block:
    return {"type": "rich_text", "elements": [section]}
