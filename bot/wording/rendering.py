"""Templates made ready to be filled in, as plain text or as HTML. The home of Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def text_templates(folder: Path) -> Environment:
    """The templates of a folder as plain text: nothing is escaped here, the channels escape what they show."""
    return _environment(folder, autoescape=False)


class HtmlTemplates:
    """The templates of a folder as HTML: everything is escaped. `words` are what a template may call by name."""

    def __init__(self, folder: Path, words: Mapping[str, Callable[..., Any]]) -> None:
        self._environment = _environment(folder, autoescape=True)
        self._environment.globals.update(words)

    def page(self, template: str, /, **facts: Any) -> str:
        """That template with these facts."""
        return self._environment.get_template(template).render(**facts)


def _environment(folder: Path, *, autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=autoescape,
    )
