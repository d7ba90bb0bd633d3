"""A server for the browser tests: real answers on the shipped plan, and a form to fill in when asked for one.

Run as a program with the kind of identity; prints its port and serves until it is told to stop.
"""

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.asking import ask
from bot.channels.web.app import create_app
from bot.channels.web.desk import Example
from bot.channels.web.serve import listen, serve
from bot.message import Choice, Field, Form, Message, Reply
from bot.settings import Settings
from knowledge.editions import shipped
from knowledge.known import Known
from tests.bot.channels.web.fakes import FakeDesk

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


class Desk(FakeDesk):
    def examples(self) -> Sequence[Example]:
        return (Example("3-1-2の効果額は？", "番号で聞く"), Example("ふるさと寄附金の目標は？", "名前で聞く"))


def answer(known: Known, message: Message) -> Reply:
    if message.press is not None:
        filled = "、".join(f"{name}={value}" for name, value in message.press.fields)
        return Reply(f"{message.press.action}を受け付けました。{filled}", heading="受け付けました")
    if message.text == "入力":
        return Reply(
            "三つの質問です。", heading="入力（1/1）", form=FORM, choices=(STOP,), notes=("見本です。",)
        )
    return ask([message.text], known, TODAY)


def main(identity: str) -> None:
    edition = shipped()
    desk = Desk(answer=partial(answer, Known(edition)), plan_edition=edition)
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    serve(create_app(desk, Settings(identity="trial" if identity == "trial" else "none")), listening)


if __name__ == "__main__":
    main(sys.argv[1])
