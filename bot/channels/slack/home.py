"""The Home of the app, with examples and a place to ask, and the prompts of the assistant's pane."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from bot.channels.slack import limits
from bot.channels.slack.elements import Block, actions, button, context, header, paragraph, plain
from bot.channels.slack.forms import PRESSED, choice_button, pressed_value
from bot.channels.slack.plain_text import parts, shortened
from bot.channels.slack.receive import SEARCH
from bot.notices.personal_overview import PersonalOverview
from bot.wording.wording import say
from knowledge.editions.edition import Edition

MOST_EXAMPLES = 10
MOST_OWN = 60
"""Blocks of a Home's hundred for what there is to do."""


def home_view(
    edition: Edition,
    examples: Sequence[str],
    today: date,
    asked: str = "",
    own: PersonalOverview | None = None,
) -> Block:
    """The Home; `asked` is what was just asked from it, whose answer comes elsewhere; `own` what there is to do."""
    shown = list(dict.fromkeys([*examples, *seasonal(edition, today)]))[:MOST_EXAMPLES]
    return {
        "type": "home",
        "blocks": [
            header(say("slack/home_heading")),
            *(_own(own) if own else []),
            paragraph(say("slack/home_intro")),
            _search(shown),
            *([context(_asked(asked))] if asked else []),
            *([paragraph(say("slack/home_examples"), is_bold=True)] if shown else []),
            *(actions(f"example:{number}", [_example(one, number)]) for number, one in enumerate(shown)),
            context(shortened(say("slack/home_edition", edition=edition.title), limits.CONTEXT_TEXT)),
        ],
    }


def _own(own: PersonalOverview) -> list[Block]:
    """What there is to do, each with the buttons that begin it, and the deadlines ahead."""
    choices = [choice for reply in own.said for choice in reply.choices]
    numbered = dict(zip(map(id, choices), count(MOST_EXAMPLES), strict=False))
    blocks = []
    for place, reply in enumerate(own.said):
        blocks += [paragraph(part) for part in parts(reply.text, limits.RICH_TEXT)]
        made = [choice_button(choice, numbered[id(choice)]) for choice in reply.choices]
        buttons = [one for one in made if one is not None]
        for start in range(0, len(buttons), limits.BUTTONS):
            row = buttons[start : start + limits.BUTTONS]
            blocks.append(actions(f"own:{place}:{start}", row))
    if own.due:
        text = say("slack/home_due", due=own.due)
        blocks += [paragraph(part) for part in parts(text, limits.RICH_TEXT)]
    return blocks[:MOST_OWN]


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
