"""Blocks held against `blockkit`, an independent reading of Slack's limits: JSON is built again from its classes."""

from collections.abc import Callable
from typing import Any

import blockkit

Json = dict[str, Any]


def faults_by_blockkit(blocks: list[Json]) -> list[str]:
    """What `blockkit` refuses to build."""
    found = []
    for block in blocks:
        if block["type"] in _UNKNOWN_TO_BLOCKKIT:
            continue
        try:
            built(block)
        except (ValueError, TypeError) as fault:
            found.append(f"{block['type']}: {fault}")
    return found


_CLASSES: dict[str, Callable[..., Any]] = {
    "header": blockkit.Header,
    "context": blockkit.Context,
    "actions": blockkit.Actions,
    "input": blockkit.Input,
    "section": blockkit.Section,
    "divider": blockkit.Divider,
    "rich_text": blockkit.RichText,
    "rich_text_section": blockkit.RichTextSection,
    "rich_text_preformatted": blockkit.RichTextPreformatted,
    "text": blockkit.RichTextEl,
    "button": blockkit.Button,
    "static_select": blockkit.StaticSelect,
    "plain_text_input": blockkit.PlainTextInput,
    "plain_text": lambda **named: blockkit.Text(type="plain_text", **named),
    "modal": blockkit.Modal,
    "home": blockkit.Home,
}

_UNKNOWN_TO_BLOCKKIT = {"table", "data_table", "data_visualization", "context_actions"}


def built(one: Json) -> Any:
    """The object again from its JSON, with everything in it; raises what `blockkit` refuses."""
    made = _built(one)
    made.build()
    return made


def _built(one: Any) -> Any:
    if isinstance(one, list):
        return [_built(each) for each in one]
    if not isinstance(one, dict):
        return one
    named = {name: _built(value) for name, value in one.items() if name not in ("type", "style")}
    match one.get("type"):
        case None if "bold" in one:
            return blockkit.RichStyle(**one)
        case None if "value" in one:
            return blockkit.Option(**named)
        case None:
            return blockkit.DispatchActionConfig(**named)
        case "text" if "style" in one:
            return blockkit.RichTextEl(style=blockkit.RichStyle(**one["style"]), **named)
        case "button" if "style" in one:
            return blockkit.Button(style=one["style"], **named)
        case kind:
            return _CLASSES[kind](**named)
