"""What Slack takes at most, from its reference; where it names no number, a cautious one of ours."""

from __future__ import annotations

BLOCKS = 50
TABLES = 1
CHARTS = 2
TABLE_ROWS = 100
TABLE_COLUMNS = 20
ROWS_AT_SIGHT = 15
"""A longer table is leafed through where the workspace can show it so."""

TABLE_CHARACTERS = 10_000
CHART_SERIES = 6
CHART_LABELS = 20
CHART_LABEL = 20
CHART_TITLE = 50
HEADER = 150
CONTEXT_TEXT = 2_000
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
BUTTONS = 5
"""In one row; Slack takes 25, which nobody reads."""

OPTIONS = 100
OPTION_LABEL = 75
OPTION_VALUE = 75
INPUT_LABEL = 2_000
INPUT_VALUE = 3_000
ID = 255
FALLBACK = 3_000
RICH_TEXT = 2_500
PAGE_CHARACTERS = 8_000
"""Slack names no limit for all the words of a message's blocks and refuses at about 13,000."""

MODAL_TITLE = 24
PRIVATE_METADATA = 3_000
FORM_BLOCKS = 90
"""Of a modal's 100, the rest being left for its title and buttons."""

FIELD_ERROR = 500
PLACEHOLDER = 150
PROMPTS = 4
THREAD_TITLE = 60
