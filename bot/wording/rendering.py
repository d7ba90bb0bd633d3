"""Templates made ready to be filled in, as plain text or as HTML. The home of Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined


def text_templates(folder: Path, sentence: Callable[[str], str | None] = lambda _name: None) -> Environment:
    """Sentences by name, and the templates of a folder, as plain text.

    Nothing is escaped here: the channels escape what they show.
    """
    loader = ChoiceLoader([FunctionLoader(sentence), FileSystemLoader(folder)])
    return _environment(loader, autoescape=False)


class HtmlTemplates:
    """The templates of a folder as HTML: everything is escaped. `words` are what a template may call by name."""

    def __init__(self, folder: Path, words: Mapping[str, Callable[..., Any]]) -> None:
        self._environment = _environment(FileSystemLoader(folder), autoescape=True)
        self._environment.globals.update(words)

    def page(self, template: str, /, **facts: Any) -> str:
        """That template with these facts."""
        return self._environment.get_template(template).render(**facts)


def _environment(loader: BaseLoader, *, autoescape: bool) -> Environment:
    return Environment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=autoescape,
    )
