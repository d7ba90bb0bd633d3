"""What the documents say of settings, commands, files and one another, against what there is.

Reads text and runs nothing itself. A command counts where it is written as code; prose may speak of kaikaku.
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
# Capitals, an option, a quote or a file's name end the command's own words.
_COMMAND = re.compile(r"(?<![\w.-])kaikaku((?: [a-z][a-z-]*)+)(?![\w.@-])")
_SETTING = re.compile(r"\b(?:(?:KAIKAKU|SLACK|SMTP)_[A-Z][A-Z_]*[A-Z]|(?:HTTPS?|NO)_PROXY)\b")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_ASSIGNED = re.compile(r"([A-Z_]+)=(.*)")
_ENDS_A_COMMAND = ("&&", "||", "|", ";", ">", "<")
_OURS = re.compile(r"(?:bot|knowledge|reminders|tests|docs)/[\w./*-]*")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CHOICES = re.compile(r"\{([a-z][a-z,-]*)\}")

Commands = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class ShownCommand:
    """A line of a block that calls kaikaku: the settings before it, its words, and what is printed below it.

    `printed` is None where the block shows no output.
    """

    settings: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    printed: str | None = None


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


def shown_commands(text: str) -> Iterator[ShownCommand]:
    """The kaikaku commands of the sh and console blocks, in order; those of other users and services are not ours."""
    for language, block in _BLOCK.findall(text):
        if language == "console":
            for said in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                line, _, printed = said.partition("\n")
                yield from _shown(line, printed.rstrip("\n"))
        elif language == "sh":
            for line in block.replace("\\\n", " ").splitlines():
                yield from _shown(line, None)


def _shown(line: str, printed: str | None) -> Iterator[ShownCommand]:
    words = shlex.split(line, comments=True)
    while words:
        ends = next((at for at, word in enumerate(words) if word in _ENDS_A_COMMAND), len(words))
        here, words = words[:ends], words[ends + 1 :]
        settings = []
        while here and (assigned := _ASSIGNED.fullmatch(here[0])):
            settings.append((assigned[1], assigned[2]))
            here = here[1:]
        if here and here[0].removeprefix(".venv/bin/") == "kaikaku":
            yield ShownCommand(tuple(settings), tuple(here[1:]), printed)


def missing_files(text: str, top: Path) -> list[str]:
    """Files and folders of ours that a text names in code and that are not there; * stands for any."""
    named = {span for span in _SPAN.findall(text) if _OURS.fullmatch(span)}
    return sorted(name for name in named if not any(top.glob(name.rstrip("/"))))


def dead_links(text: str, file: Path) -> list[str]:
    """Links of a document to files that are not there, or to headings that the files do not have."""
    found = [first or second for first, second in _LINK.findall(_BLOCK.sub("", text))]
    return [link for link in found if not link.startswith("http") and _is_dead(link, file)]


def _is_dead(link: str, file: Path) -> bool:
    name, _, heading = link.partition("#")
    target = file.parent / name if name else file
    if not target.exists():
        return True
    return bool(heading) and heading not in anchors(target.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """What the headings of a document are linked by."""
    headings = _HEADING.findall(_BLOCK.sub("", text))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
