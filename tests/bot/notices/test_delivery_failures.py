"""What the secretariat reads about outbox messages that did not arrive."""

from datetime import date

from bot.message import Reply
from bot.notices.delivery_failures import reply_of, word
from knowledge.roster.roster import Department, Person, Post, PostKind, Roster
from reminders.storage.delivery_failures import DeliveryFailure
from reminders.storage.outbox_message import State

ROSTER = Roster(
    departments=(Department("parks", "公園課", mailbox="parks@city.example"),),
    persons=(Person("owner", "", (Post(PostKind.OWNER, "parks"),)),),
)


def trouble(recipient: str, state: State, reason: str = "", number: int = 1) -> DeliveryFailure:
    return DeliveryFailure(
        number, recipient, date(2023, 7, 3), "mail", f"{recipient}@city.example", state, reason
    )


def test_each_kind_of_trouble_is_told_with_what_was_done_about_it() -> None:
    reply = reply_of(
        [trouble("owner", "failed", "宛先が受け付けられない (550)"), trouble("mailbox:parks", "doubtful")],
        ROSTER,
    )
    assert reply.heading == "届かなかった案内があります"
    assert (
        "・公園課 担当（owner@city.example、7月3日）宛先が受け付けられない (550)" in reply.text.splitlines()
    )
    assert "・公園課の共用メール（mailbox:parks@city.example、7月3日）" in reply.text.splitlines()
    assert "送り直していません" in reply.text and "送れませんでした" not in reply.text
    assert "\n\n\n" not in reply.text


def test_somebody_who_has_left_the_roster_keeps_their_id() -> None:
    assert "・gone（" in reply_of([trouble("gone", "lapsed")], ROSTER).text


def test_a_morning_on_which_everything_fails_fits_into_one_letter() -> None:
    troubles = [trouble("owner", "failed", number=number) for number in range(100)]
    text = Reply.from_json(word(ROSTER, troubles)).text
    assert text.count("・公園課 担当") == 30 and "ほかに70通あります" in text
