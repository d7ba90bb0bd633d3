"""The Home of the app, with examples and a place to ask, and the prompts of the assistant's pane."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.channels.slack import limits
from bot.channels.slack.elements import Block, actions, button, context, header, paragraph, plain
from bot.channels.slack.forms import PRESSED, pressed_value
from bot.channels.slack.incoming import SEARCH
from bot.channels.slack.writing import shortened
from bot.wording import say
from knowledge.editions import Edition

MOST_EXAMPLES = 10


def home_view(edition: Edition, examples: Sequence[str], today: date, asked: str = "") -> Block:
    """The Home; `asked` is what was just asked from it, whose answer comes elsewhere."""
    shown = list(dict.fromkeys([*examples, *seasonal(edition, today)]))[:MOST_EXAMPLES]
    return {
        "type": "home",
        "blocks": [
            header(say("slack/home_heading")),
            paragraph(say("slack/home_intro")),
            _search(shown),
            *([context(_asked(asked))] if asked else []),
            *([paragraph(say("slack/home_examples"), is_bold=True)] if shown else []),
            *(actions(f"example:{number}", [_example(one, number)]) for number, one in enumerate(shown)),
            context(shortened(say("slack/home_edition", edition=edition.title), limits.CONTEXT_TEXT)),
        ],
    }


def prompts(edition: Edition, examples: Sequence[str], today: date) -> list[dict[str, str]]:
    """What the pane suggests: what this season is about first, then other things one can ask."""
    questions = list(dict.fromkeys([*seasonal(edition, today)[:2], *examples]))[: limits.PROMPTS]
    return [{"title": question, "message": question} for question in questions]


def seasonal(edition: Edition, today: date) -> list[str]:
    """Questions about the phases of the yearly cycle that this month lies in."""
    now = [phase for phase in edition.plan.phases if phase.covers(today.month)]
    # A phase that runs the whole year says less about the season than a short one.
    by_length = sorted(now, key=lambda phase: (phase.months[1] - phase.months[0]) % 12)
    return [say("slack/prompt_phase", phase=phase.name) for phase in by_length]


def _asked(question: str) -> str:
    return shortened(say("slack/home_asked", question=question), limits.CONTEXT_TEXT)


def _search(examples: Sequence[str]) -> Block:
    words: Block = {
        "type": "plain_text_input",
        "action_id": SEARCH,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    if examples:
        words["placeholder"] = plain(say("slack/home_placeholder", question=examples[0]), limits.PLACEHOLDER)
    return {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "label": plain(say("slack/home_search"), limits.BUTTON_LABEL),
        "element": words,
    }


def _example(question: str, number: int) -> Block:
    value = pressed_value("ask", question, None)
    assert value is not None, "an example is short"
    return button(question, f"{PRESSED}:{number}", value)
