"""An outbox message as it waits to leave by mail."""

from dataclasses import replace
from datetime import date, datetime

from bot.message import Deadline, Reply
from reminders.moment import TOKYO
from reminders.storage.outbox_message import OutboxMessage

TO_SUBMIT = Deadline(
    "R5-self_evaluation-parks",
    "【締切】令和5年度 自己評価",
    date(2023, 7, 31).isoformat(),
    "・1-1-2 「ベンチの設置」",
    "自己評価",
    "/evaluations?round=R5",
)
REPLY = Reply("自己評価が始まりました。", heading="7月3日（月）のお知らせ", deadlines=(TO_SUBMIT,))
LETTER = OutboxMessage(
    id=7,
    kind="reminder",
    channel="mail",
    address="owner@city.example",
    conversation="",
    recipient="owner",
    day=date(2023, 7, 3).isoformat(),
    in_reply_to=None,
    body=REPLY.to_json(),
    state="sending",
    attempts=1,
    created_at=datetime(2023, 7, 3, 9, 0, tzinfo=TOKYO),
)


def outgoing_of(reply: Reply, address: str = LETTER.address) -> OutboxMessage:
    return replace(LETTER, body=reply.to_json(), address=address)
