"""What is refused or cannot be done, in words for the person who wanted it."""

from __future__ import annotations


class Refusal(Exception):
    """str() is Japanese and says what is wrong and what to do; nothing has been changed."""
