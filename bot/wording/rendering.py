"""Templates made ready to be filled in, as plain text or as HTML. The home of Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateSyntaxError,
    meta,
    nodes,
)


def text_templates(folder: Path, sentence: Callable[[str], str | None] = lambda _name: None) -> Environment:
    """Sentences by name, and the templates of a folder, as plain text.

    Nothing is escaped here: the channels escape what they show.
    """
    loader = ChoiceLoader([FunctionLoader(sentence), FileSystemLoader(folder)])
    return _environment(loader, autoescape=False)


class Unreadable(ValueError):
    """A template that Jinja2 cannot read; `line` is where."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(f"line {line}: {fault}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What a template is made of: the names that it wants filled in, whether it loops, whether it reckons."""

    wants: frozenset[str]
    loops: bool
    reckons: bool


_RECKONING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)


def anatomy(environment: Environment, template: str) -> Anatomy:
    """The template taken apart without filling it in. Raises Unreadable, as for a filter that there is not."""
    try:
        environment.compile(template)
        tree = environment.parse(template)
    except TemplateSyntaxError as fault:
        raise Unreadable(fault.lineno, fault.message or "") from fault
    wants = meta.find_undeclared_variables(tree) - environment.globals.keys()
    return Anatomy(frozenset(wants), bool(_first(tree, nodes.For)), bool(_first(tree, _RECKONING)))


def _first(tree: nodes.Node, kinds: type[nodes.Node] | tuple[type[nodes.Node], ...]) -> nodes.Node | None:
    return next(iter(tree.find_all(kinds)), None)


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
