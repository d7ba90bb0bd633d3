"""What an outbox message looks like as mail, read back by Python's own parser and by a calendar's."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar, Event

from bot.channels.mail.render import Unwritable, message_of
from bot.message import Reply
from reminders.storage.outbox_message import OutboxMessage
from tests.bot.channels.mail.messages import LETTER, REPLY, TO_SUBMIT, outgoing_of

SENDER = "bot@city.example"
PAGE = "https://navi.city.example"


def as_sent(outgoing: OutboxMessage = LETTER, page: str | None = PAGE) -> bytes:
    return message_of(outgoing, SENDER, page).as_bytes(policy=policy.SMTP)


def read(outgoing: OutboxMessage = LETTER, page: str | None = PAGE) -> EmailMessage:
    found = message_from_bytes(as_sent(outgoing, page), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def events_of(message: EmailMessage) -> list[Event]:
    files = [part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"]
    return [event for part in files for event in Calendar.from_ical(part.get_content()).events]


def test_subject_and_text_come_back_as_they_were_written() -> None:
    message = read()
    assert message["Subject"] == "改革ナビ 7月3日（月）のお知らせ"
    assert message["To"] == "owner@city.example"
    assert message["From"] == SENDER
    assert text_of(message).splitlines()[0] == "自己評価が始まりました。"


def test_nothing_on_the_wire_is_longer_than_a_line_or_outside_ascii() -> None:
    long = Reply("長い一行です。" * 500, heading="お知らせ" * 40, deadlines=(TO_SUBMIT,))
    sent = as_sent(outgoing_of(long))
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 78
    back = message_from_bytes(sent, policy=policy.default)
    assert back["Subject"] == f"改革ナビ {'お知らせ' * 40}"


def test_the_way_to_the_entry_is_a_link() -> None:
    assert f"{PAGE}/evaluations?round=R5" in text_of(read()).splitlines()
    (event,) = events_of(read())
    assert str(event.url) == f"{PAGE}/evaluations?round=R5"


def test_what_is_begun_by_a_word_has_the_word_ready_and_nothing_to_begin_leads_to_the_page() -> None:
    by_word = replace(REPLY, deadlines=(replace(TO_SUBMIT, path=""),))
    said = text_of(read(outgoing_of(by_word))).splitlines()
    assert f"{PAGE}/?q=%E8%87%AA%E5%B7%B1%E8%A9%95%E4%BE%A1" in said
    assert PAGE in text_of(read(outgoing_of(replace(REPLY, deadlines=())))).splitlines()


def test_without_an_address_of_the_page_it_says_where_to_go() -> None:
    said = text_of(read(page=None))
    assert "改革ナビに「自己評価」と送ってください" in said and "http" not in said


def test_the_deadline_is_an_all_day_event_that_blocks_no_time() -> None:
    message = read()
    (event,) = events_of(message)
    assert (event.start, event.end) == (date(2023, 7, 31), date(2023, 8, 1))
    assert event.summary == "【締切】令和5年度 自己評価"
    assert event.transparency == "TRANSPARENT"
    assert event.uid == "R5-self_evaluation-parks@city.example"
    assert "1-1-2" in str(event.description)
    (part,) = message.iter_attachments()
    assert part.get_filename() == "R5-self_evaluation-parks.ics"
    assert part.get_param("method") == "PUBLISH"


def test_a_moved_deadline_takes_the_place_of_the_former_in_the_calendar() -> None:
    (before,) = events_of(read())
    moved = replace(REPLY, deadlines=(replace(TO_SUBMIT, day="2023-08-10"),))
    later = replace(outgoing_of(moved), id=8, created_at=LETTER.created_at + timedelta(days=21))
    (after,) = events_of(read(later))
    assert after.uid == before.uid
    assert (before.start, after.start) == (date(2023, 7, 31), date(2023, 8, 10))
    assert before.sequence < after.sequence < 2**31


def test_a_repeat_is_the_same_mail_to_the_last_byte_but_for_where_its_parts_are_divided() -> None:
    def undivided(outgoing: OutboxMessage) -> bytes:
        message = message_of(outgoing, SENDER, PAGE)
        message.set_boundary("-")
        return message.as_bytes(policy=policy.SMTP)

    assert undivided(LETTER) == undivided(LETTER)


def test_another_letter_or_the_same_number_after_a_restored_backup_has_another_name() -> None:
    names = [
        read(one)["Message-ID"]
        for one in (
            LETTER,
            replace(LETTER, id=8),
            replace(LETTER, created_at=LETTER.created_at + timedelta(days=1)),
        )
    ]
    assert names[0] == "<letter-7.20230703090000000000@city.example>"
    assert len(set(names)) == 3


def test_the_date_is_that_of_the_letter() -> None:
    assert read()["Date"].datetime == datetime.fromisoformat("2023-07-03T09:00:00+09:00")


@pytest.mark.parametrize(
    "address",
    ["", "owner", "a@city.example, b@city.example", "担当@city.example", "a@city.example\nBcc: b@c"],
)
def test_what_is_no_single_address_is_not_written_to(address: str) -> None:
    with pytest.raises(Unwritable):
        message_of(outgoing_of(REPLY, address), SENDER, PAGE)


def test_a_heading_cannot_begin_another_header() -> None:
    message = read(outgoing_of(Reply("はい", heading="お知らせ\r\nBcc: everybody@city.example")))
    assert message["Bcc"] is None
    assert message["Subject"] == "改革ナビ お知らせ Bcc: everybody@city.example"
