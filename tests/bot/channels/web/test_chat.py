from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from bot.message import Chart, Choice, Field, File, Form, Message, Press, Reply, Series, Source, Table
from bot.settings import Settings
from bot.storage.database_fault import DatabaseFault
from tests.bot.channels.web.browser import Seen, ask, at_the_page, seen
from tests.bot.channels.web.fakes import AWKWARD, FakeFacade

TRIAL = Settings(identity="trial")

EVERYTHING = Reply(
    f"どの言葉も、書かれたとおりにそのまま見えるはずの本文です。{AWKWARD}",
    heading=f"見出し{AWKWARD}",
    table=Table(
        (f"年度{AWKWARD}", "千円"), ((f"令和3年度{AWKWARD}", f"1{AWKWARD}"),), f"表{AWKWARD}", (False, True)
    ),
    chart=Chart(
        f"図{AWKWARD}", (f"R3{AWKWARD}", "R4"), (Series(f"目標{AWKWARD}", (None, -3)),), f"千円{AWKWARD}"
    ),
    sources=(Source(f"1-1-1{AWKWARD}", f"1-1-1、p.3{AWKWARD}", 3, f"引用{AWKWARD}"),),
    choices=(
        Choice(f"候補{AWKWARD}", f"候補は？{AWKWARD}"),
        Choice(f"中止{AWKWARD}", f"値{AWKWARD}", f"stop{AWKWARD}", 4, "danger"),
    ),
    form=Form(
        f"evaluate{AWKWARD}",
        f"1-1-1{AWKWARD}",
        f"題{AWKWARD}",
        (
            Field(f"a{AWKWARD}", f"欄{AWKWARD}", "text", f"値{AWKWARD}", f"説明{AWKWARD}", True, (), f"誤り{AWKWARD}"),
            Field("b", "長い欄", "long", AWKWARD),
            Field("c", "選ぶ欄", "choice", "x", options=((f"x{AWKWARD}", f"選択{AWKWARD}"), ("y", "z"))),
        ),
        revision=7,
        submit=f"送る{AWKWARD}",
    ),
    file=File(f"表{AWKWARD}.xlsx", "exports/a.xlsx", "application/octet-stream"),
    notes=(f"注{AWKWARD}",),
    answer="{}",
)  # fmt: skip


def test_a_question_becomes_a_message_and_its_answer_is_shown() -> None:
    facade = FakeFacade()
    page = ask(at_the_page(facade), "1-1-1の効果額は？")
    (message,) = facade.messages
    assert message.text == "1-1-1の効果額は？"
    assert message.channel == "page" and message.press is None and message.sender is None
    assert "「1-1-1の効果額は？」ですね。" in page.words


def test_after_sending_one_is_led_to_the_newest_answer() -> None:
    client = at_the_page(FakeFacade())
    form = seen(client).form("/ask") | {"question": "橋"}
    response = client.post("/ask", data=form, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/#latest"
    assert [one for one in seen(client).all("article") if one.get("id") == "latest"]


def test_a_reload_or_a_new_window_loses_nothing() -> None:
    client = at_the_page(FakeFacade())
    ask(client, "一つ目")
    ask(client, "二つ目")
    words = seen(client).words
    assert words.index("一つ目") < words.index("二つ目")


def test_another_browser_sees_nothing_of_it() -> None:
    facade = FakeFacade()
    ask(at_the_page(facade), "ないしょ")
    assert "ないしょ" not in seen(at_the_page(facade)).words


def test_a_double_click_is_one_message() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋"}
    client.post("/ask", data=form)
    client.post("/ask", data=form)
    first, second = facade.messages
    assert first.key == second.key
    assert seen(client).words.count("「橋」ですね。") == 1


def test_asking_the_same_again_later_is_another_message() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    ask(client, "橋")
    ask(client, "橋")
    first, second = facade.messages
    assert first.key != second.key


def test_asking_something_else_from_a_page_gone_back_to_is_heard() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask")
    client.post("/ask", data=form | {"question": "橋"})
    client.post("/ask", data=form | {"question": "道"})
    assert [message.text for message in facade.messages] == ["橋", "道"]
    assert facade.messages[0].key != facade.messages[1].key


@pytest.mark.parametrize("token", ["", "short", "x" * 23, "あ" * 22, "<script>alert(1)</scri>"])
def test_a_form_token_that_is_not_ours_is_refused(token: str) -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋", "form": token}
    assert client.post("/ask", data=form).status_code == 400
    assert facade.messages == []


@pytest.mark.parametrize("question", ["", "  ", "　"])
def test_nothing_typed_is_nothing_asked(question: str) -> None:
    facade = FakeFacade()
    ask(at_the_page(facade), question)
    assert facade.messages == []


def test_whatever_is_said_of_a_question_too_long_is_said_by_the_bot() -> None:
    facade = FakeFacade()
    ask(at_the_page(facade), "橋" * 5000)
    assert facade.messages[0].text == "橋" * 5000


def test_control_characters_do_not_get_in() -> None:
    facade = FakeFacade()
    ask(at_the_page(facade), "橋\x00\x1b[31mは\x7f？")
    assert facade.messages[0].text == "橋[31mは？"


def test_whatever_people_type_and_plans_hold_stays_words() -> None:
    facade = FakeFacade(says=lambda message: EVERYTHING)
    client = at_the_page(facade, TRIAL)
    pages = [client.get("/?q=" + AWKWARD.replace("&", "%26")), client.get("/plan"), client.get("/plan/1-1")]
    pages += [client.get("/plan/柱1"), client.get("/plan/1-1-1"), client.get("/sources/1-1-1")]
    ask(client, AWKWARD)
    pages += [client.get("/")]
    for response in pages:
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        page = Seen(response.text)
        assert page.all("script") == [{"type": "module", "src": "/static/page.js"}]
        assert "<script>alert('x')</script>&amp;" in page.words + "".join(
            value for _, attributes in page.elements for value in attributes.values()
        )


def test_a_table_says_what_its_columns_and_rows_are() -> None:
    page = ask(at_the_page(FakeFacade(says=lambda message: EVERYTHING)), "橋")
    assert [one["scope"] for one in page.all("th")] == ["col", "col", "row"]
    assert page.all("caption")


def test_a_chart_says_in_words_what_is_missing() -> None:
    page = ask(at_the_page(FakeFacade(says=lambda message: EVERYTHING)), "橋")
    (chart,) = [one for one in page.all("svg") if one.get("role") == "img"]
    assert f"R3{AWKWARD} 記載なし" in chart["aria-label"]
    assert "R4 △3" in chart["aria-label"]


def test_a_candidate_is_a_button_that_asks_its_question() -> None:
    facade = FakeFacade(says=lambda message: Reply("どちら？", choices=(Choice("橋", "1-1-1は？"),)))
    client = at_the_page(facade)
    client.post("/press", data=ask(client, "あれ").form("/press"))
    assert facade.messages[-1].press == Press("ask", "1-1-1は？")
    assert facade.messages[-1].text == "橋"


def test_an_example_is_a_button_that_asks_itself() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    client.post("/press", data=seen(client).form("/press"))
    question = f"橋の点検は？{AWKWARD}"
    assert (facade.messages[-1].press, facade.messages[-1].text) == (Press("ask", question), question)


def test_candidates_are_not_listed_twice() -> None:
    text = "どれですか。\n1. 橋\n2. 道\n3. 川"
    reply = Reply(text, choices=(Choice("橋", "橋は？"), Choice("道", "道は？")))
    page = ask(at_the_page(FakeFacade(says=lambda message: reply)), "あれ")
    assert "どれですか。\n3. 川" in page.words
    assert "1. 橋" not in page.words and "2. 道" not in page.words


def test_a_button_of_a_dialogue_is_a_press_at_its_revision() -> None:
    choice = Choice("中止", "1-1-1", "stop", 4)
    facade = FakeFacade(says=lambda message: Reply("続けますか。", choices=(choice,)))
    client = at_the_page(facade)
    client.post("/press", data=ask(client, "橋").form("/press"))
    assert facade.messages[-1].press == Press("stop", "1-1-1", (), 4)
    assert facade.messages[-1].text == "中止"


def test_a_form_is_a_press_with_its_fields() -> None:
    fields = (Field("state", "状況", "choice", options=(("on", "計画どおり"),)), Field("why", "原因", "long"))
    facade = FakeFacade(says=lambda message: Reply("どうぞ。", form=Form("save", "1-1-1", "評価", fields, 3)))
    client = at_the_page(facade)
    form = ask(client, "橋").form("/press") | {"field.state": "on", "field.why": "一行目\r\n二行目"}
    client.post("/press", data=form)
    pressed = facade.messages[-1].press
    assert pressed == Press("save", "1-1-1", (("state", "on"), ("why", "一行目\n二行目")), 3)


def test_a_field_cannot_pose_as_the_forms_own() -> None:
    form = Form("save", "1-1-1", "評価", (Field("action", "名前"), Field("revision", "番号")), 3)
    facade = FakeFacade(says=lambda message: Reply("どうぞ。", form=form))
    client = at_the_page(facade)
    sent = ask(client, "橋").form("/press") | {"field.action": "drop", "field.revision": "99"}
    client.post("/press", data=sent)
    assert facade.messages[-1].press == Press("save", "1-1-1", (("action", "drop"), ("revision", "99")), 3)


@pytest.mark.parametrize(
    "bad", [{"press": ""}, {"revision": "three"}, {"revision": "-1"}, {"revision": "9" * 30}]
)
def test_a_press_that_no_page_of_ours_holds_is_refused(bad: dict[str, str]) -> None:
    facade = FakeFacade(says=lambda message: EVERYTHING)
    client = at_the_page(facade)
    form = ask(client, "橋").form("/press") | bad
    before = len(facade.messages)
    assert client.post("/press", data=form).status_code == 400
    assert len(facade.messages) == before


def test_errors_stand_beside_their_fields_and_above_them_all() -> None:
    page = ask(at_the_page(FakeFacade(says=lambda message: EVERYTHING)), "橋")
    (field,) = [one for one in page.all("input") if one.get("aria-invalid") == "true"]
    ids = {one["id"] for _, one in page.elements if "id" in one}
    assert set(field["aria-describedby"].split()) <= ids
    assert f"#{field['id']}" in [one["href"] for one in page.all("a") if "href" in one]


def test_only_the_newest_form_can_be_filled_in() -> None:
    form = Form("save", "1-1-1", "評価", (Field("why", "原因"),), 3)
    facade = FakeFacade(says=lambda message: Reply("どうぞ。", form=form))
    client = at_the_page(facade)
    ask(client, "一回目")
    page = ask(client, "二回目")
    assert len([one for one in page.all("input") if one.get("name") == "field.why"]) == 1


def test_an_answer_can_be_marked_and_says_so() -> None:
    facade = FakeFacade()
    client = at_the_page(facade)
    form = ask(client, "橋").form("/helpful")
    page = Seen(client.post("/helpful", data=form | {"helpful": "not_helpful"}).text)
    ((exchange,),) = facade.kept.values()
    assert exchange.mark == "not_helpful"
    pressed = [one for one in page.all("button") if one.get("aria-pressed") == "true"]
    assert [one["value"] for one in pressed] == ["not_helpful"]
    assert client.post("/helpful", data=form | {"helpful": "maybe"}).status_code == 400


def test_an_answer_of_somebody_elses_conversation_cannot_be_marked() -> None:
    facade = FakeFacade()
    mine, theirs = at_the_page(facade), at_the_page(facade)
    form = ask(mine, "橋").form("/helpful")
    own = ask(theirs, "図書館").form("/helpful")
    theirs.post("/helpful", data=own | {"of": form["of"], "helpful": "helpful"})
    assert [exchange.mark for (exchange,) in facade.kept.values()] == [None, None]


def test_what_could_not_be_taken_is_said_and_can_be_sent_again() -> None:
    facade = FakeFacade(says=lambda message: Reply("データベースが使用中です。", kind="error"))
    client = at_the_page(facade)
    form = seen(client).form("/ask") | {"question": "橋"}
    response = client.post("/ask", data=form)
    assert response.status_code == 503
    page = Seen(response.text)
    assert "データベースが使用中です。" in page.words
    assert page.form("/ask")["question"] == "橋"


def test_trouble_with_the_database_is_told_in_its_own_words() -> None:
    facade = FakeFacade()
    fault = DatabaseFault("locked")

    def refuse(channel: str, conversation: str, limit: int) -> NoReturn:
        raise fault

    facade.exchanges = refuse  # type: ignore[method-assign]
    response = at_the_page(facade).get("/")
    assert response.status_code == 503
    assert str(fault) in response.text


def test_a_message_not_handled_yet_is_shown_as_received() -> None:
    facade = FakeFacade(says=lambda message: EVERYTHING)
    client = at_the_page(facade)
    ask(client, "橋")
    ((conversation, exchanges),) = facade.kept.items()
    facade.kept[conversation] = [replace(one, reply=None) for one in exchanges]
    assert "受け付けました" in seen(client).words


def test_an_old_conversation_is_folded_and_can_be_opened() -> None:
    client = at_the_page(FakeFacade())
    for number in range(1, 23):
        ask(client, f"質問{number:02}")
    assert "質問02" not in seen(client).words and "これより前" in seen(client).words
    assert "質問02" in seen(client, "/?all").words and "これより前" not in seen(client, "/?all").words


def test_english_words_are_marked_as_english() -> None:
    page = ask(at_the_page(FakeFacade(says=lambda message: Reply("Not in the plan."))), "hello")
    assert [one["lang"] for one in page.all("article")] == ["en"]


def english(message: Message) -> Reply:
    chart = Chart("x", ("FY2021 (R3)",) * 5, (Series("x", (None, 1, 2, 3, 4)),), "yen")
    return Reply("3-1-2 橋の点検, effect amount target: not set in the first year.", chart=chart, answer="{}")


def test_an_english_card_is_english_throughout() -> None:
    page = ask(at_the_page(FakeFacade(says=english)), "hello")
    (chart,) = [one for one in page.all("svg") if one.get("role") == "img"]
    assert "FY2021 (R3) not set" in chart["aria-label"] and "記載なし" not in page.words
    assert "Was this helpful?" in page.words and "役に立ちましたか" not in page.words


class TestFiles:
    def answer(self, message: Message) -> Reply:
        return Reply("できました。", file=File("進捗.csv", "exports/a.csv", "text/csv"))

    def test_a_file_is_handed_to_whom_it_was_made_for(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("a,b", "utf-8")
        facade = FakeFacade(says=self.answer, files={"exports/a.csv": path})
        ours, theirs = at_the_page(facade), at_the_page(facade)
        page = ask(ours, "進捗")
        seen(theirs)
        (link,) = [one["href"] for one in page.all("a") if one["href"].startswith("/files/")]
        response = ours.get(link)
        assert response.text == "a,b"
        assert "attachment" in response.headers["content-disposition"]
        assert theirs.get(link).status_code == 404

    def test_a_file_that_is_gone_is_said_to_be_gone(self) -> None:
        client = at_the_page(FakeFacade(says=self.answer))
        (link,) = [one["href"] for one in ask(client, "進捗").all("a") if one["href"].startswith("/files/")]
        assert client.get(link).status_code == 404


class TestWho:
    def test_on_trial_one_chooses_whom_to_be(self) -> None:
        facade = FakeFacade()
        client = at_the_page(facade, TRIAL)
        form = seen(client).form("/person")
        client.post("/person", data=form | {"person": "manager"})
        ask(client, "橋")
        assert facade.messages[-1].sender == "manager"
        assert {"value": "manager", "selected": ""} in seen(client).all("option")

    def test_each_person_has_their_own_conversation_and_finds_it_again(self) -> None:
        client = at_the_page(FakeFacade(), TRIAL)
        form = seen(client).form("/person")
        client.post("/person", data=form | {"person": "manager"})
        ask(client, "部長の質問")
        client.post("/person", data=form | {"person": "owner-1"})
        assert "部長の質問" not in seen(client).words
        client.post("/person", data=form | {"person": "manager"})
        assert "部長の質問" in seen(client).words

    def test_a_made_up_person_is_refused(self) -> None:
        client = at_the_page(FakeFacade(), TRIAL)
        form = seen(client).form("/person")
        assert client.post("/person", data=form | {"person": "mayor"}).status_code == 400

    def test_without_trial_there_is_nobody_to_choose(self) -> None:
        client = at_the_page(FakeFacade())
        form = seen(client).form("/ask")
        assert not [one for one in seen(client).forms if one["action"] == "/person"]
        assert client.post("/person", data=form | {"person": "manager"}).status_code == 400

    @pytest.mark.parametrize("path", ["/", "/plan", "/sources/1-1-1"])
    def test_who_is_turned_away_is_told_who_can_help(self, path: str) -> None:
        response = at_the_page(FakeFacade(), TRIAL).get(path, headers={"x-forwarded-for": "10.0.0.1"})
        assert response.status_code == 403
        assert "ほかのサーバーを経由しては使えません。管理者にご相談ください。" in response.text
