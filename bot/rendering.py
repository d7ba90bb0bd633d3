"""Templates made ready to be filled in, as plain text or as HTML. The home of Jinja2.

What a template compiles to is kept as Python keeps its own bytecode. Jinja works out constants at once, like the
word in `{{ "効果額目標" | named }}`: so it is of no worth once any file of ours has changed, not only the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from knowledge.kept import PACKAGE as KNOWLEDGE
from knowledge.kept import Keeping

_KEEPING = Keeping(Path(__file__).parent, KNOWLEDGE)


class _Compiled(BytecodeCache):
    """Compiled templates; whether they escape is compiled in, so that `form` is part of their name."""

    def __init__(self, form: str, keeping: Keeping) -> None:
        self._form, self._keeping = form, keeping

    def load_bytecode(self, bucket: Bucket) -> None:
        body = self._keeping.read(self._name(bucket))
        if body is not None:
            bucket.bytecode_from_string(body)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._keeping.write(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return f"{self._form}-{bucket.key}"


def text_templates(folder: Path, keeping: Keeping = _KEEPING) -> Environment:
    """The templates of a folder as plain text: nothing is escaped here, the channels escape what they show."""
    return _environment(folder, _Compiled("text", keeping), autoescape=False)


class Pages:
    """The templates of a folder as HTML: everything is escaped. `words` are what a template may call by name."""

    def __init__(
        self, folder: Path, words: Mapping[str, Callable[..., Any]], keeping: Keeping = _KEEPING
    ) -> None:
        self._environment = _environment(folder, _Compiled("html", keeping), autoescape=True)
        self._environment.globals.update(words)

    def page(self, template: str, /, **facts: Any) -> str:
        """That template with these facts."""
        return self._environment.get_template(template).render(**facts)


def _environment(folder: Path, compiled: BytecodeCache, *, autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=autoescape,
        bytecode_cache=compiled,
    )
