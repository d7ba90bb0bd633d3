"""The bell on the page: what is due for this person and nothing else, with the buttons of the notice."""

from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from bot.notices.inbox_badge import BadgeItem, InboxBadge
from bot.settings import Settings
from tests.bot.channels.web.browser import at_the_page, seen
from tests.bot.channels.web.fakes import FakeFacade
from tests.bot.channels.web.staff import (
    DEPUTY,
    HALL,
    HEAD,
    OTHER,
    OWNER,
    SECRETARIAT,
    Staff,
    open_bot,
)

BELL = "/notices"


@pytest.fixture
def bot(tmp_path: Path) -> App:
    return open_bot(tmp_path)


def test_what_is_due_is_said_with_the_button_that_begins_it(bot: App) -> None:
    owner = Staff(bot, OWNER)
    assert BELL in owner.open("/plan").links
    page = owner.open(BELL)
    assert "【令和5年度 自己評価】" in page.words and "3-1-2" in page.words and "7月31日（月）" in page.words
    assert owner.press(page, "入力する").path == f"{HALL}/form"


def test_once_it_is_done_there_is_no_bell(bot: App) -> None:
    owner = Staff(bot, OWNER)
    owner.enter()
    assert BELL not in owner.open("/plan").links
    assert "いまお知らせはありません" in owner.open(BELL).words


def test_before_the_first_opening_nothing_is_due(tmp_path: Path) -> None:
    assert BELL not in Staff(open_bot(tmp_path, date(2021, 5, 20)), OWNER).open("/plan").links


def test_nobody_is_told_of_anothers_work(bot: App) -> None:
    page = Staff(bot, OTHER).open(BELL)
    assert "3-1-3" in page.words and "3-1-2" not in page.words
    assert "3-1-2" not in Staff(bot, "kanrisha").open(BELL).words


def test_what_waits_for_a_signature_stands_there_for_those_who_sign(bot: App) -> None:
    Staff(bot, OWNER).enter()
    head, secretariat = Staff(bot, HEAD), Staff(bot, SECRETARIAT)
    page = head.open(BELL)
    assert "あなたの確認を待っているもの（1件）" in page.words and HALL in page.links
    assert BELL not in Staff(bot, DEPUTY).open("/plan").links
    assert BELL not in secretariat.open("/plan").links
    head.press(head.open(HALL), "確認する")
    assert HALL in secretariat.open(BELL).links and BELL not in head.open("/plan").links


def test_it_is_put_off_until_the_day_that_is_named(tmp_path: Path) -> None:
    owner = Staff(open_bot(tmp_path), OWNER)
    page = owner.press(owner.open(BELL), "あとで（明日）")
    assert "7月11日（火）" in page.words and "入力する" not in page.words
    assert BELL not in owner.open("/plan").links
    assert BELL in Staff(open_bot(tmp_path, date(2023, 7, 11)), OWNER).open("/plan").links


def test_that_it_is_somebody_elses_is_passed_on(bot: App) -> None:
    owner = Staff(bot, OWNER)
    page = owner.press(owner.open(BELL), "担当が違います")
    assert "事務局" in page.words


def test_a_made_up_answer_is_nobodys(bot: App) -> None:
    owner, other = Staff(bot, OWNER), Staff(bot, OTHER)
    page = owner.open(BELL)
    button = next(form for form in page.forms if "あとで（明日）" in form.buttons)
    tokens = other.open(BELL).forms[-1].fields
    other.client.post(BELL, data=tokens | button.buttons["あとで（明日）"])
    assert BELL in owner.open("/plan").links
    assert other.client.post(BELL, data=tokens).status_code == 400
    assert owner.client.post(BELL, data=tokens | {"value": "later"}).status_code == 403


def test_strangers_have_no_bell(tmp_path: Path) -> None:
    for identity in ("trial", "none"):
        stranger = Staff(open_bot(tmp_path, identity=identity), None)
        assert BELL not in stranger.open("/plan").links and stranger.open(BELL).status == 403


def test_the_bell_counts_what_is_due() -> None:
    badge = InboxBadge((BadgeItem("一つ", "R5"), BadgeItem("二つ", "R5")))
    client = at_the_page(FakeFacade(is_due=badge), Settings(identity="trial"))
    assert "お知らせ" not in seen(client, "/plan").words
    client.cookies.set("kaikaku-person", "owner-1")
    assert "お知らせ2件" in seen(client, "/plan").words


def test_the_head_sees_what_is_open_and_cannot_begin_it(bot: App) -> None:
    page = Staff(bot, HEAD).open(BELL)
    assert "3-1-2" in page.words and "入力する" not in page.words
