"""`kaikaku ask`: one question and its answer, as text or JSON, or many as JSON Lines. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from bot.app import known_in_force, read_settings, today_of
from bot.cli import CommandRefused
from bot.conversation.plan_reply import ask, explain
from bot.message import Reply
from bot.wording.wording import say
from knowledge.known import Known


def arguments(parser: argparse.ArgumentParser, _name: str) -> None:
    """The arguments of `ask`."""
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="質問（例：3-1-2の効果額は？）")
    parser.add_argument("--json", action="store_true", help="答えを JSON で出す")
    parser.add_argument("--explain", action="store_true", help="どの言葉から何を読み取ったかも出す")
    parser.add_argument("--jsonl", action="store_true", help="標準入力の JSON Lines に一行ずつ答える")


def run(given: argparse.Namespace) -> int:
    """Answer on standard output."""
    settings = read_settings(given.today)
    today = today_of(settings)
    known = known_in_force(settings, today)
    if given.jsonl:
        for line in answers(sys.stdin, known, today):
            print(line, flush=True)
        return 0
    if not given.question:
        raise CommandRefused("質問を書いてください（例：kaikaku ask '3-1-2の効果額は？'）。")
    reply = ask([given.question], known, today)
    if given.json:
        print(_as_line("", reply, indent=1))
    else:
        print(_as_text(reply))
    if given.explain:
        print(explain([given.question], known, today))
    return 0


def answers(lines: TextIO, known: Known, today: date) -> Iterator[str]:
    """An answer a line for each line, in order; a line that is no question gets an answer that says so."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _asked(json.loads(line))
        except (ValueError, TypeError, RecursionError) as fault:
            refusal = {"id": None, "kind": "unclear", "text": f"{number}行目を読めません：{fault}"}
            yield json.dumps({**refusal, "citations": [], "facts": [], "candidates": []}, ensure_ascii=False)
            continue
        when = date.fromisoformat(asked["today"]) if asked["today"] else today
        yield _as_line(asked["id"], ask([*asked["history"], asked["question"]], known, when))


def _asked(line: Any) -> dict[str, Any]:
    if not isinstance(line, dict) or not isinstance(line.get("question"), str):
        raise ValueError("question がありません")
    history, today = line.get("history") or [], line.get("today")
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise ValueError("history は質問の並びにしてください")
    if today is not None:
        date.fromisoformat(today)
    return {"id": line.get("id"), "question": line["question"], "history": history, "today": today}


def _as_line(name: object, reply: Reply, indent: int | None = None) -> str:
    return json.dumps({"id": name, **json.loads(reply.answer)}, ensure_ascii=False, indent=indent)


def _as_text(reply: Reply) -> str:
    sources = [say("terminal/source", reply.language, label=source.label) for source in reply.sources[:6]]
    more = len(reply.sources) - len(sources)
    rest = [say("terminal/more_sources", reply.language, count=more)] if more > 0 else []
    return "\n".join([reply.text, *sources, *rest])
