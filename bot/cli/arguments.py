"""What commands with subcommands share: days as arguments, --today behind either word, one line after another."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date


def day(text: str) -> date:
    """A day as YYYY-MM-DD, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"YYYY-MM-DD の形で指定してください: {text}") from fault


def take_today(*parsers: argparse.ArgumentParser) -> None:
    """Let --today be said behind the second word too; left out there, what was said before stays."""
    for one in parsers:
        one.add_argument(
            "--today", metavar="YYYY-MM-DD", default=argparse.SUPPRESS, help="この日を今日とする"
        )


def say(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        print(line)
