"""A Form as input fields inside a message, and what was filled in read back. Choices and forms are pressed alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.elements import Block, actions, button, context, option, plain
from bot.channels.slack.writing import clean, fits, parts
from bot.message import Choice, Field, Form, Press
from bot.wording import say

PRESSED = "do"
"""What the action ids of all buttons begin with that lead to a Press."""

_FIELD = "field:"
_VALUE = "field"
MOST_BLOCKS = 40
MOST_CHARACTERS = 12_000


def choice_button(choice: Choice, number: int) -> Block | None:
    """The choice as a button; None where it carries more than a button can."""
    value = pressed_value(choice.action, choice.value, choice.revision)
    if value is None:
        return None
    return button(choice.label or choice.value, f"{PRESSED}:{number}", value, choice.style)


def pressed_value(action: str, value: str, revision: int | None) -> str | None:
    """What a button carries, or None where that is too long."""
    carried = json.dumps({"a": action, "v": value, "r": revision}, ensure_ascii=False)
    return carried if fits(carried, limits.BUTTON_VALUE) else None


def press_of(action: Mapping[str, Any], state: Mapping[str, Any]) -> Press | None:
    """What was pressed, with what stood in the fields; None for what no button of ours carries."""
    try:
        carried = json.loads(action.get("value") or "")
        made = Press(str(carried["a"]), str(carried["v"]), _filled_in(state), carried["r"])
    except (ValueError, KeyError, TypeError):
        return None
    return made if made.revision is None or isinstance(made.revision, int) else None


def form_blocks(form: Form, language: str) -> list[Block]:
    """The whole form; where Slack cannot show it, words that say so."""
    value = pressed_value(form.action, form.value, form.revision)
    blocks = [block for number, field in enumerate(form.fields) for block in _field(field, number, language)]
    weight = sum(len(field.value) + len(field.label) + len(field.hint) for field in form.fields)
    names = [field.name for field in form.fields]
    if (
        value is None
        or len(blocks) > MOST_BLOCKS
        or weight > MOST_CHARACTERS
        or len(set(names)) < len(names)
        or any(len(name) > limits.ID - len(_FIELD) or not name for name in names)
    ):
        return [context(say("slack/form_too_large", language))]
    title = [context(part) for part in parts(form.title, limits.CONTEXT_TEXT)] if form.title.strip() else []
    send = button(form.submit, f"{PRESSED}:form", value, "primary")
    return [*title, *blocks, actions("form", [send])]


def _field(field: Field, number: int, language: str) -> list[Block]:
    element = _choice(field) if field.kind == "choice" else _line(field)
    if element is None or not all(fits(words, limits.INPUT_LABEL) for words in (field.label, field.hint)):
        words = say("slack/field_too_large", language, label=field.label[: limits.HEADER])
        return [context(clean(words))]
    block: Block = {
        "type": "input",
        "block_id": f"{_FIELD}{field.name}",
        "label": plain(field.label, limits.INPUT_LABEL),
        "element": element | {"action_id": f"{_VALUE}:{number}"},
        "optional": not field.is_required,
    }
    if field.hint.strip():
        block["hint"] = plain(field.hint, limits.INPUT_LABEL)
    errors = [context(part) for part in parts(f"⚠ {field.error}", limits.CONTEXT_TEXT)] if field.error else []
    return [block, *errors]


def _line(field: Field) -> Block | None:
    # A field that showed less than the draft holds would cut the draft when it is sent.
    if field.value and (clean(field.value) != field.value or not fits(field.value, limits.INPUT_VALUE)):
        return None
    element: Block = {"type": "plain_text_input", "multiline": field.kind == "long"}
    return element | {"initial_value": field.value} if field.value else element


def _choice(field: Field) -> Block | None:
    values = [value for value, _ in field.options]
    if (
        not 1 <= len(values) <= limits.OPTIONS
        or len(set(values)) < len(values)
        or any(not value or not fits(value, limits.OPTION_VALUE) for value in values)
        or any(not fits(label, limits.OPTION_LABEL) for _, label in field.options)
    ):
        return None
    element: Block = {
        "type": "static_select",
        "placeholder": plain(field.label, limits.PLACEHOLDER),
        "options": [option(value, label) for value, label in field.options],
    }
    chosen = next((option(value, label) for value, label in field.options if value == field.value), None)
    return element | {"initial_option": chosen} if chosen else element


def _filled_in(state: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(name, value) of every field of the message; an empty string for one left empty."""
    return tuple(
        (block.removeprefix(_FIELD), _given(element))
        for block, elements in state.items()
        if block.startswith(_FIELD)
        for element in elements.values()
    )


def _given(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    return str((chosen or {}).get("value") or element.get("value") or "")
