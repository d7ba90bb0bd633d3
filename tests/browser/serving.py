"""The whole bot on a given day and an empty data folder, which also has a form to fill in when asked for one.

Run as a program with the folder and the kind of identity; prints its port, serves until told to stop.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.app import open_app
from bot.app.facade import AppFacade
from bot.channels.web.app import create_app
from bot.channels.web.server import listen, serve
from bot.conversation.conversation import Handled
from bot.message import Choice, Field, Form, Message, Reply
from bot.settings import Settings

TODAY = date(2024, 7, 1)
FORM = Form(
    "save",
    "3-1-2",
    "今年度の状況",
    (
        Field("state", "状況", "choice", "on", "", True, (("on", "計画どおり"), ("late", "遅れ"))),
        Field("amount", "実績見込み", "amount", "14.5", "千円でも万円でも書けます。", True, (), "単位がありません。"),
        Field("why", "原因", "long"),
    ),
    revision=3,
)  # fmt: skip
STOP = Choice("中止する", "3-1-2", "stop", 3, "danger")


def with_a_form(answer: Callable[[Message], Handled], message: Message) -> Handled:
    if message.text == "入力":
        return Reply(
            "三つの質問です。", heading="入力（1/1）", form=FORM, choices=(STOP,), notes=("見本です。",)
        )
    if message.press is not None and message.press.action in ("save", "stop"):
        filled = "、".join(f"{name}={value}" for name, value in message.press.fields)
        return Reply(f"{message.press.action}を受け付けました。{filled}", heading="受け付けました")
    return answer(message)


def main(folder: str, identity: str) -> None:
    settings = Settings(data=Path(folder), today=TODAY, identity="trial" if identity == "trial" else "none")
    app = open_app(settings)
    answer = app.conversation.answer
    conversation = replace(app.conversation, answer=lambda message: with_a_form(answer, message))
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    serve(create_app(AppFacade(replace(app, conversation=conversation)), settings), listening)


if __name__ == "__main__":
    main(*sys.argv[1:])
