"""A Reply on a slip of paper."""

from bot.message import Reply


def slip(reply: Reply) -> str:
    """The words, and below them where they stand."""
    return "\n".join([reply.text, *(f"出典：{one.label}" for one in reply.sources)])
