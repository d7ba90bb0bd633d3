"""What can be pressed and filled in: choices as buttons, a Form as a modal, and what came of either read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.destination import Destination
from bot.channels.slack.elements import Block, actions, button, context, option, plain
from bot.channels.slack.plain_text import clean, fits, parts, shortened
from bot.message import Choice, Field, Form, Press
from bot.wording.wording import say
from knowledge.question import Language

PRESSED = "do"
"""What the action ids of all buttons begin with that lead to a Press."""

FORM = "form"
"""The callback id of a modal that holds a form."""

_FIELD = "field:"
_VALUE = "field"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form that was sent, and where it was opened."""

    press: Press
    place: Destination


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
        made = Press(str(carried["a"]), str(carried["v"]), filled_in(state), carried["r"])
    except (ValueError, KeyError, TypeError):
        return None
    return made if made.revision is None or isinstance(made.revision, int) else None


def form_view(form: Form, place: Destination, language: Language) -> Block | None:
    """The whole form as a modal whose sending belongs to `place`; None where Slack cannot show it."""
    carried = json.dumps([form.action, form.value, form.revision, place.address], ensure_ascii=False)
    fields = [block for number, field in enumerate(form.fields) for block in _field(field, number, language)]
    others = _others(form)
    names = [field.name for field in form.fields]
    if (
        others is None
        or not fits(carried, limits.PRIVATE_METADATA)
        or not 1 <= len(fields) <= limits.FORM_BLOCKS
        or len(set(names)) < len(names)
        or any(not name or not fits(name, limits.ID - len(_FIELD)) for name in names)
    ):
        return None
    title = [context(part) for part in parts(form.title, limits.CONTEXT_TEXT)] if form.title.strip() else []
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(say("slack/form_title", language), limits.MODAL_TITLE),
        "submit": plain(form.submit, limits.MODAL_TITLE),
        "close": plain(say("slack/close", language), limits.MODAL_TITLE),
        "private_metadata": carried,
        "blocks": [*title, *fields, *others],
    }


def submitted(view: Mapping[str, Any]) -> Submitted | None:
    """What a sent modal says; None for one that is no form of ours."""
    try:
        action, value, revision, address = json.loads(view.get("private_metadata") or "")
    except (ValueError, TypeError):
        return None
    fields = filled_in(view.get("state", {}).get("values", {}))
    return Submitted(Press(action, value, fields, revision), Destination.at(address))


def faults_of(form: Form, view: Mapping[str, Any]) -> dict[str, str] | None:
    """What is wrong, by the view's input blocks; None where the view has none for a field that is wrong."""
    shown = {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}
    faults = {
        f"{_FIELD}{field.name}": shortened(field.error, limits.FIELD_ERROR)
        for field in form.fields
        if field.error
    }
    return faults if shown.issuperset(faults) else None


def _others(form: Form) -> list[Block] | None:
    """The form's further buttons; None where one carries more than a button can."""
    made = []
    for number, choice in enumerate(form.others):
        value = pressed_value(choice.action, choice.value, form.revision)
        if value is None:
            return None
        made.append(button(choice.label, f"{PRESSED}:other:{number}", value, choice.style))
    return [actions("others", made)] if made else []


def _field(field: Field, number: int, language: Language) -> list[Block]:
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


def filled_in(state: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(name, value) of every field by a view's state; an empty string for one left empty."""
    return tuple(
        (block.removeprefix(_FIELD), _given(element))
        for block, elements in state.items()
        if block.startswith(_FIELD)
        for element in elements.values()
    )


def _given(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    return str((chosen or {}).get("value") or element.get("value") or "")
