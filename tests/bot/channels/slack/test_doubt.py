"""A send that ends without word: the outbox message is looked for by what it carries, and said once or left in doubt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.slack import message_search
from bot.message import Message, Reply
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.channels.slack.town import Town, town
from tests.fakes.slack import broken, rate_limited
from tests.fakes.slack_office import Person
from tests.waiting import until

QUESTION = "3-1-2の効果額は？"
LOOKED = "conversations.history"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made


def in_doubt(office: Town, clerk: Person, *, arrived: bool) -> None:
    """The clerk's question has been answered, and nobody knows whether the answer arrived."""
    before = len(office.outgoing_messages("doubtful"))
    office.slack.will("chat.postMessage", broken(502, after=arrived))
    clerk.writes(QUESTION)
    until(lambda: len(office.outgoing_messages("doubtful")) > before)


def calls(office: Town, method: str) -> int:
    return [one for one, _ in office.slack.calls].count(method)


def settled(office: Town, minutes: int = 5) -> list[OutboxMessage]:
    office.later(minutes=minutes)
    return office.outgoing_messages("sent")


@pytest.mark.parametrize("arrived", [True, False])
def test_a_letter_is_found_however_much_was_said_since(office: Town, arrived: bool) -> None:
    clerk = office.person()
    in_doubt(office, clerk, arrived=arrived)
    for number in range(3 * message_search.A_PAGE):
        office.slack.put(clerk.own, {"user": clerk.id, "text": f"{number}"})
    assert len(settled(office)) == 1 and len(office.slack.posted()) == 1
    assert calls(office, LOOKED) == 4


def test_where_more_was_said_than_is_read_it_stays_in_doubt_and_is_not_said_again(office: Town) -> None:
    clerk = office.person()
    in_doubt(office, clerk, arrived=True)
    for number in range(message_search.PAGES * message_search.A_PAGE):
        office.slack.put(clerk.own, {"user": clerk.id, "text": f"{number}"})
    assert settled(office) == [] and len(office.slack.posted()) == 1
    assert [one.reason for one in office.outgoing_messages("doubtful")] == [
        "送信の結果が分からない (SlackApiError)"
    ]


def test_while_slack_is_busy_nothing_is_looked_for_and_later_everything_is(office: Town) -> None:
    for id in ("U0CLERK", "U0OTHER"):
        in_doubt(office, office.person(id), arrived=True)
    office.slack.will(LOOKED, rate_limited(60))
    assert settled(office) == [] and calls(office, LOOKED) == 1
    assert settled(office) == [] and calls(office, LOOKED) == 1, "Slack asked for a minute's rest"
    office.rested()
    assert len(settled(office)) == 2
    assert len(office.slack.posted()) == 2


@pytest.mark.parametrize("is_confidential", [True, False])
def test_a_word_aside_that_nobody_can_find_goes_to_the_askers_own_messages_once(
    office: Town, is_confidential: bool
) -> None:
    def answer(_message: Message) -> Reply:
        return Reply("まだ公表していません", is_confidential=is_confidential)

    object.__setattr__(office.app.conversation, "answer", answer)
    clerk = office.person()
    office.slack.will("chat.postEphemeral", broken(502, after=True))
    clerk.commands("評価は？")
    until(lambda: len(office.outgoing_messages("doubtful")) == 1)
    assert len(settled(office)) == 1 == len(settled(office, 10))
    (again,) = office.slack.posted()
    assert again in office.slack.messages[clerk.own] and len(office.slack.whispers) == 1
