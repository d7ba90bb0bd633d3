"""What Slack refuses in a message or a view: its SDK's own checks, and rules of ours for what these let through."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]

# Younger than the SDK's models.
_UNKNOWN_TO_THE_SDK = {"data_table", "data_visualization"}
_IN_MESSAGES_ONLY = {"table", "data_table", "data_visualization", "context_actions"}


def faults_in_message(message: Json) -> list[str]:
    """Why Slack would refuse a message; empty when it takes it."""
    blocks = message.get("blocks") or []
    return [
        *(["no_text"] if not message.get("text", "").strip() and not blocks else []),
        *(["text is needed for notifications"] if not message.get("text", "").strip() else []),
        *(["msg_too_long"] if len(message.get("text", "")) > 40_000 else []),
        *(["more than 50 blocks"] if len(blocks) > 50 else []),
        *(["only one table"] if sum(one["type"] in ("table", "data_table") for one in blocks) > 1 else []),
        *(["msg_blocks_too_long"] if _words(blocks) > 13_000 + 10_000 else []),
        *_faults_in_blocks(blocks),
    ]


def faults_in_view(view: Json) -> list[str]:
    """Why Slack would refuse a modal or a Home."""
    blocks = view.get("blocks") or []
    faults = list(_faults_in_blocks(blocks))
    faults += [f"{one['type']} in a view" for one in blocks if one["type"] in _IN_MESSAGES_ONLY]
    faults += ["more than 100 blocks"] if len(blocks) > 100 else []
    if view["type"] == "modal":
        has_input = any(one["type"] == "input" for one in blocks)
        faults += ["input without submit"] if has_input and "submit" not in view else []
        faults += ["title"] if not 1 <= len(view.get("title", {}).get("text", "")) <= 24 else []
    faults += ["private_metadata"] if len(view.get("private_metadata", "")) > 3000 else []
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as fault:
        faults.append(str(fault))
    return faults


def _faults_in_blocks(blocks: list[Json]) -> Iterator[str]:
    ids = Counter(one["block_id"] for one in blocks if "block_id" in one)
    yield from (f"duplicate block_id {one}" for one, count in ids.items() if count > 1)
    yield from (f"long block_id {one}" for one in ids if len(one) > 255)
    action_ids = Counter(one["action_id"] for one in _all(blocks) if "action_id" in one)
    yield from (f"duplicate action_id {one}" for one, count in action_ids.items() if count > 1)
    yield from (f"long action_id {one}" for one in action_ids if len(one) > 255)
    for one in _all(blocks):
        yield from _faults_in(one)
    for block in blocks:
        yield from _faults_for_the_sdk(block)


def _faults_for_the_sdk(block: Json) -> Iterator[str]:
    if block["type"] in _UNKNOWN_TO_THE_SDK:
        return
    try:
        parsed = Block.parse(block)
        if parsed is None or type(parsed) is Block:
            yield f"unknown block {block['type']}"
        else:
            parsed.to_dict()
    except (SlackObjectFormationError, TypeError) as fault:
        yield f"{block['type']}: {fault}"


def _faults_in(one: Json) -> Iterator[str]:
    """Of one object anywhere in a message."""
    kind = one.get("type")
    if isinstance(one.get("text"), str) and not one["text"]:
        yield f"empty {kind}"
    if kind in _CHECKS:
        yield from _CHECKS[kind](one)


def _faults_in_section(section: Json) -> Iterator[str]:
    yield from ("field > 2000" for field in section.get("fields", []) if len(field["text"]) > 2000)


def _faults_in_context(block: Json) -> Iterator[str]:
    yield from ("context > 2000" for part in block["elements"] if len(part.get("text", "")) > 2000)


def _faults_in_button(button: Json) -> Iterator[str]:
    yield from ["value > 2000"] if len(button.get("value", "")) > 2000 else []


def _faults_in_feedback(buttons: Json) -> Iterator[str]:
    yield from [] if buttons.get("action_id") else ["action_id"]
    for name in ("positive_button", "negative_button"):
        yield from [] if 1 <= len(buttons[name]["text"]["text"]) <= 75 else ["feedback text"]
        yield from [] if 1 <= len(buttons[name]["value"]) <= 2000 else ["feedback value"]


def _faults_in_select(select: Json) -> Iterator[str]:
    options = select["options"]
    yield from ["options"] if not 1 <= len(options) <= 100 else []
    yield from ("option text" for each in options if not 1 <= len(each["text"]["text"]) <= 75)
    yield from ("option value" for each in options if not 1 <= len(each["value"]) <= 150)
    if "initial_option" in select and select["initial_option"] not in options:
        yield "initial_option"


def _faults_in_line(field: Json) -> Iterator[str]:
    yield from ["initial_value > 3000"] if len(field.get("initial_value", "")) > 3000 else []


def _faults_in_table(table: Json) -> Iterator[str]:
    rows = table["rows"]
    yield from ["table rows"] if not 1 <= len(rows) <= 100 else []
    yield from ["ragged table"] if len({len(row) for row in rows}) > 1 else []
    yield from ["table columns"] if any(not 1 <= len(row) <= 20 for row in rows) else []
    yield from ["column settings"] if len(table.get("column_settings", [])) > 20 else []
    yield from ["table characters"] if sum(len(cell["text"]) for row in rows for cell in row) > 10_000 else []


def _faults_in_data_table(table: Json) -> Iterator[str]:
    rows = table["rows"]
    yield from ["data table caption"] if not table.get("caption") else []
    yield from ["data table rows"] if not 2 <= len(rows) <= 101 else []
    yield from ["ragged table"] if len({len(row) for row in rows}) > 1 else []
    yield from ["table columns"] if any(not 1 <= len(row) <= 20 for row in rows) else []
    yield from ["page size"] if not 1 <= table.get("page_size", 5) <= 100 else []
    yield from ["table characters"] if sum(len(cell["text"]) for row in rows for cell in row) > 10_000 else []
    yield from ["table head"] if any(cell["type"] != "raw_text" for cell in rows[0]) else []
    for cell in (cell for row in rows for cell in row if cell["type"] == "raw_number"):
        yield from ["cell value"] if not isinstance(cell["value"], int | float) else []


def _faults_in_chart(block: Json) -> Iterator[str]:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    names = [row["name"] for row in chart["series"]]
    yield from ["chart title"] if not 1 <= len(block["title"]) <= 50 else []
    yield from ["chart series"] if not 1 <= len(names) <= 6 or len(set(names)) < len(names) else []
    yield from ["chart categories"] if not 1 <= len(categories) <= 20 else []
    yield from ("chart label" for label in [*categories, *names] if not 1 <= len(label) <= 20)
    for row in chart["series"]:
        yield from ["chart data"] if [one["label"] for one in row["data"]] != categories else []
        yield from ("chart value" for one in row["data"] if not isinstance(one["value"], int | float))


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _faults_in_section,
    "context": _faults_in_context,
    "button": _faults_in_button,
    "feedback_buttons": _faults_in_feedback,
    "static_select": _faults_in_select,
    "plain_text_input": _faults_in_line,
    "table": _faults_in_table,
    "data_table": _faults_in_data_table,
    "data_visualization": _faults_in_chart,
}


def _all(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _all(one)
    elif isinstance(value, list):
        for one in value:
            yield from _all(one)


def _words(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_words(one) for name, one in value.items() if name not in ("type", "value", "block_id"))
    return sum(map(_words, value)) if isinstance(value, list) else 0
