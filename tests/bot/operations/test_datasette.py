"""What Datasette is told about the database: a Japanese label for everything, and nothing unpublished by oversight."""

import json
from pathlib import Path
from typing import Any

import bot
from bot.storage.backup import contents
from tests.bot.conversation.floor import fresh_database

DATABASE: dict[str, Any] = json.loads(
    (Path(bot.__file__).parent / "operations" / "datasette.json").read_text(encoding="utf-8")
)["databases"]["kaikaku"]
PUBLISHED = {"editions"}


def test_every_table_and_column_has_a_japanese_label(tmp_path: Path) -> None:
    with fresh_database(tmp_path).reading() as inside:
        names = [*contents(inside.conn), "sqlite_sequence"]
        tables = {table: {column.name for column in inside[table].columns} for table in names}
    labelled = DATABASE["tables"]
    assert {table: set(one["columns"]) for table, one in labelled.items()} == tables
    labels = [one["title"] for one in labelled.values()]
    labels += [label for one in labelled.values() for label in one["columns"].values()]
    assert not [label for label in labels if label.isascii()]


def test_only_what_is_published_is_open_to_everybody() -> None:
    assert {table for table, one in DATABASE["tables"].items() if one["allow"] is True} == PUBLISHED
    closed = [one["allow"] for table, one in DATABASE["tables"].items() if table not in PUBLISHED]
    closed += [one["allow"] for one in DATABASE["queries"].values()] + [DATABASE["allow_sql"]]
    assert all(allow == {"id": "root"} for allow in closed)


def test_every_query_runs_and_has_japanese_headings(tmp_path: Path) -> None:
    with fresh_database(tmp_path).reading() as inside:
        for query in DATABASE["queries"].values():
            headings = [column[0] for column in inside.conn.execute(query["sql"]).description]
            assert not [heading for heading in headings if heading.isascii()]
