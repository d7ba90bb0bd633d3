"""A small chart as a PNG, for channels that draw none themselves. The home of resvg."""

from __future__ import annotations

from pathlib import Path

from pylopdf_fonts_jp import sans_path
from resvg_py import svg_to_bytes

from bot.message import Chart
from bot.progress.bar_drawing import draw
from bot.wording.rendering import HtmlTemplates

_PAGES = HtmlTemplates(Path(__file__).with_name("templates"), {"draw": draw})
_PIXELS_WIDE = 990


def svg(chart: Chart, missing: str = "記載なし") -> str:
    """The chart as a picture of its own; `missing` is written where a row has no figure."""
    return _PAGES.page("chart.svg", chart=chart, missing=missing)


def png(chart: Chart, missing: str = "記載なし") -> bytes:
    """The same, drawn with the font that we bring along: servers have no Japanese one."""
    return bytes(
        svg_to_bytes(
            svg_string=svg(chart, missing),
            width=_PIXELS_WIDE,
            font_files=[str(sans_path())],
            font_family="Noto Sans JP",
            skip_system_fonts=True,
        )
    )
