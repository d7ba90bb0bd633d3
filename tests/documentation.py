"""What the READMEs say of settings and commands, against what there is.

Reads text and runs nothing itself. A command counts where it is written as code; prose may speak of kaikaku.
"""

import re
from collections.abc import Callable, Iterable, Iterator

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
# Capitals, an option, a quote or a file's name end the command's own words.
_COMMAND = re.compile(r"(?<![\w.-])kaikaku((?: [a-z][a-z-]*)+)(?![\w.@-])")
_SETTING = re.compile(r"\b(?:(?:KAIKAKU|SLACK|SMTP)_[A-Z][A-Z_]*[A-Z]|(?:HTTPS?|NO)_PROXY)\b")
_CHOICES = re.compile(r"\{([a-z][a-z,-]*)\}")

Commands = frozenset[tuple[str, ...]]


def commands(help_of: Callable[[tuple[str, ...]], str], under: tuple[str, ...] = ()) -> Commands:
    """Every command that `--help` offers, with those under it: ("plan", "check")."""
    found: set[tuple[str, ...]] = set()
    for name in _offered(help_of(under)):
        found |= commands(help_of, (*under, name)) or {(*under, name)}
    return frozenset(found)


def settings_in(text: str) -> set[str]:
    """The names of settings that a text mentions."""
    return set(_SETTING.findall(text))


def commands_in(text: str, known: Commands) -> set[tuple[str, ...]]:
    """The commands that a text mentions: as much of one as is known, or all of its words where nothing is."""
    return {_known_part(words, known) for words in _mentioned(text)}


def undocumented(names: Iterable[str], text: str) -> list[str]:
    """Settings that a text does not mention."""
    return sorted(set(names) - settings_in(text))


def unsaid(known: Commands, text: str) -> list[str]:
    """Commands that a text does not mention."""
    return sorted(" ".join(words) for words in known - commands_in(text, known))


def unknown_settings(names: Iterable[str], secrets: Iterable[str], text: str) -> list[str]:
    """Settings that a text mentions and nobody reads; a secret may come from a NAME_FILE."""
    return sorted(settings_in(text) - set(names) - {f"{name}_FILE" for name in secrets})


def unknown_commands(known: Commands, text: str) -> list[str]:
    """Commands that a text mentions and that do not exist; a group (kaikaku plan) may be named by itself."""
    groups = {words[:end] for words in known for end in range(1, len(words))}
    return sorted(" ".join(words) for words in commands_in(text, known) - known - groups)


def _offered(help_text: str) -> list[str]:
    found = _CHOICES.search(help_text)
    return found[1].split(",") if found else []


def _mentioned(text: str) -> Iterator[tuple[str, ...]]:
    for code in _CODE.findall(text):
        for found in _COMMAND.finditer(code):
            yield tuple(found[1].split())


def _known_part(words: tuple[str, ...], known: Commands) -> tuple[str, ...]:
    starts = [words[:end] for end in range(len(words), 0, -1)]
    return next((start for start in starts if start in known), words)
