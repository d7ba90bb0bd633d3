from dataclasses import replace
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.requests import Request

from bot.app import open_app
from bot.app.facade import AppFacade
from bot.channels.web.receive import PERSON_COOKIE, sender_of
from bot.channels.web.site import Site
from bot.identity.rights import Refused
from bot.message import Message, Press
from bot.settings import Settings
from knowledge.sources.sample_roster import sample_roster

DAY = date(2024, 7, 1)


PLAIN = Settings()


def facade(folder: Path, settings: Settings = PLAIN) -> AppFacade:
    return AppFacade(open_app(replace(settings, data=folder, today=DAY)))


def request(peer: str, headers: list[tuple[bytes, bytes]], chosen: str = "") -> Request:
    cookie = (b"cookie", f"{PERSON_COOKIE}={chosen}".encode())
    return Request({"type": "http", "client": (peer, 50000), "headers": [*headers, cookie]})


def asked(text: str, key: str = "1", conversation: str = "mine", press: Press | None = None) -> Message:
    return Message("page", key, conversation, conversation, text, None, press)


def test_a_conversation_is_shown_again_as_it_was(tmp_path: Path) -> None:
    page = facade(tmp_path)
    reply = page.take(asked("3-1-2の効果額は？"))
    page.take(asked("よその質問", key="2", conversation="theirs"))
    (exchange,) = facade(tmp_path).exchanges("page", "mine", 10)
    assert (exchange.message, exchange.reply, exchange.mark) == (asked("3-1-2の効果額は？"), reply, None)
    assert exchange.at.date() == DAY


def test_what_was_received_and_not_handled_is_shown_without_a_reply(tmp_path: Path) -> None:
    page = facade(tmp_path)
    page.app.conversation.receive(asked("3-1-2の効果額は？"))
    assert [exchange.reply for exchange in page.exchanges("page", "mine", 10)] == [None]


def test_a_reply_is_marked_and_the_last_mark_counts(tmp_path: Path) -> None:
    page = facade(tmp_path)
    page.take(asked("3-1-2の効果額は？"))
    page.mark("terminal", "1", "helpful")
    page.mark("page", "none such", "helpful")
    assert [exchange.mark for exchange in page.exchanges("page", "mine", 10)] == [None]
    assert page.mark("page", "1", "helpful")
    assert page.mark("page", "1", "not_helpful")
    assert not page.mark("page", "1", "not_helpful")
    assert [exchange.mark for exchange in page.exchanges("page", "mine", 10)] == ["not_helpful"]


def test_a_pressed_candidate_is_shown_by_its_label(tmp_path: Path) -> None:
    page = facade(tmp_path)
    page.take(asked("文化会館", press=Press("ask", "3-1-2の効果額は？")))
    (exchange,) = page.exchanges("page", "mine", 10)
    assert exchange.message.text == "文化会館" and exchange.reply and exchange.reply.kind == "fact"


def test_the_people_to_try_are_those_of_the_roster(tmp_path: Path) -> None:
    page = facade(tmp_path)
    people = Site(page, Settings(identity="trial")).people
    roster = sample_roster(page.edition().plan)
    assert [person.id for person in people] == [person.id for person in roster.persons]
    assert {person.label for person in people} >= {"見本：行政経営課 担当"}
    assert Site(page, Settings()).people == ()


def test_whom_a_request_speaks_for_depends_on_the_kind_of_identity(tmp_path: Path) -> None:
    bot, trial = facade(tmp_path), Settings(identity="trial")
    assert sender_of(request("127.0.0.1", [], "jimukyoku"), bot, trial) == "jimukyoku"
    assert sender_of(request("127.0.0.1", [], "nobody"), bot, trial) is None
    forwarded = request("127.0.0.1", [(b"X-Forwarded-For", b"1.2.3.4")], "jimukyoku")
    assert isinstance(sender_of(forwarded, bot, trial), Refused)
    assert sender_of(request("127.0.0.1", [], "jimukyoku"), bot, Settings()) is None
    proxy = Settings(
        identity="proxy", proxy_user_header="X-User", proxy_addresses=(ip_network("10.0.0.0/8"),)
    )
    assert sender_of(request("10.1.1.1", [(b"x-user", b"somebody")], "jimukyoku"), bot, proxy) is None
    assert isinstance(sender_of(request("127.0.0.1", [(b"x-user", b"somebody")]), bot, proxy), Refused)


def test_a_file_is_one_of_the_data_folder(tmp_path: Path) -> None:
    page = facade(tmp_path / "data")
    made = tmp_path / "data" / "files" / "進捗.xlsx"
    made.parent.mkdir()
    made.write_text("x")
    (tmp_path / "secret").write_text("x")
    (made.parent / "link").symlink_to(tmp_path / "secret")
    assert page.file("files/進捗.xlsx") == made
    for path in ("../secret", str(tmp_path / "secret"), "files/link", "files", "files/none", ""):
        assert page.file(path) is None, path


def test_examples_are_of_the_plan_in_force(tmp_path: Path) -> None:
    examples = facade(tmp_path).examples()
    assert len(examples) >= 4 and all(example.question and example.shows for example in examples)


def test_every_source_of_an_answer_opens(tmp_path: Path) -> None:
    page = facade(tmp_path)
    references = {passage.reference for passage in page.passages()}
    for number, text in enumerate(
        ["3-1-2の効果額は？", "自己評価は誰がやるの？", "柱3の取組一覧", "EBPMとは"]
    ):
        reply = page.take(asked(text, key=str(number), conversation=str(number)))
        assert reply.sources, text
        assert {source.reference for source in reply.sources} <= references


def test_health_tells_what_is_loaded_and_never_raises(tmp_path: Path) -> None:
    page = facade(tmp_path)
    health = page.health()
    assert (health.is_well, health.edition, health.initiatives, health.database) == (
        True,
        page.edition().title,
        39,
        "ok",
    )
    page.app.settings.database_path.unlink()
    assert not page.health().is_well and "データベース" in page.health().database


def test_a_broken_database_is_told_to_the_visitor_in_words(tmp_path: Path) -> None:
    page = facade(tmp_path)
    page.app.settings.database_path.write_bytes(b"this is no database" * 1000)
    reply = page.take(asked("3-1-2の効果額は？"))
    assert reply.kind == "error" and "復元" in reply.text


@pytest.mark.parametrize("day", [date(2019, 4, 1), date(2024, 7, 1), date(2031, 1, 1)])
def test_the_given_day_is_today_for_whoever_asks(tmp_path: Path, day: date) -> None:
    app = open_app(Settings(data=tmp_path, today=day))
    assert app.now().date() == day
    text = app.conversation.take(asked("今年度は何年度？ 3-1-2の今年度の効果額は？")).text
    assert ("14,561" in text) == (day.year == 2024)
