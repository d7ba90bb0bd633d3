"""The page as people use it: at a facade, on a telephone, by keyboard, with an input method, without script."""

from typing import Any

import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 360, "height": 760}, "has_touch": True, "is_mobile": True}
NARROWEST = {"viewport": {"width": 320, "height": 640}}
QUESTION = "3-1-2の効果額は？"


def ask(page: Any, question: str) -> None:
    count = page.locator(".asked").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator("article.card").nth(count).wait_for()


def test_a_question_gets_its_figures_table_chart_and_source(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, QUESTION)
    card = page.locator("#latest")
    words = card.inner_text()
    assert "14,561千円" in words and "58,244千円" in words and "p.10" in words
    cells = card.locator("tbody tr").all_inner_texts()
    assert cells[0].split() == ["令和3年度", "記載なし"] and cells[-1].split() == ["5年計", "58,244"]
    assert card.locator("svg .bar").count() == 4 and card.locator("svg .gap").count() == 1


def test_the_answer_comes_in_place_and_one_goes_on_typing(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    page.evaluate("window.sameDocument = true")
    ask(page, QUESTION)
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.input_value("#question") == ""
    assert "14,561千円" in page.locator("#status").inner_text()
    page.keyboard.type("5-2-2の効果額は？")
    page.keyboard.press("Enter")
    page.locator("article.card").nth(1).wait_for()
    assert "△2,413" in page.locator("#latest").inner_text()


def test_on_a_telephone_the_keyboard_makes_room_for_the_answer(opened: Open, home: str) -> None:
    page = opened(home, **PHONE)
    ask(page, QUESTION)
    assert page.evaluate("document.activeElement.id") == "latest"
    assert page.locator("#latest").evaluate("card => card.getBoundingClientRect().top") < 200


def test_an_example_is_asked_by_pressing_it_and_the_focus_goes_to_the_answer(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    page.locator(".examples button").first.click()
    page.locator("#latest").wait_for()
    assert page.evaluate("document.activeElement.id") == "latest"


def test_a_reload_shows_the_same(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, QUESTION)
    before = page.locator("#talk").inner_text()
    page.reload()
    assert page.locator("#talk").inner_text() == before


class TestInputMethods:
    """The Enter that confirms a conversion stays with the input method, in the order of either browser."""

    def compose(self, page: Any) -> Any:
        page.focus("#question")
        keyboard = page.context.new_cdp_session(page)
        composing = {"text": "こうかがく", "selectionStart": 5, "selectionEnd": 5}
        keyboard.send("Input.imeSetComposition", composing)
        return keyboard

    def press_enter(self, keyboard: Any, code: int) -> None:
        pressed = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": "\r", **pressed})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})

    def nothing_was_sent(self, page: Any) -> bool:
        page.wait_for_timeout(300)
        return bool(page.locator(".asked").count() == 0)

    def test_while_composing_enter_does_not_send(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        keyboard = self.compose(page)
        self.press_enter(keyboard, 229)
        assert self.nothing_was_sent(page)
        self.press_enter(keyboard, 13)
        assert self.nothing_was_sent(page)

    def test_nor_does_it_when_the_composition_ends_before_the_key_is_told(
        self, opened: Open, home: str
    ) -> None:
        page = opened(home, **DESK)
        keyboard = self.compose(page)
        keyboard.send("Input.insertText", {"text": "効果額"})
        self.press_enter(keyboard, 229)
        assert self.nothing_was_sent(page)
        assert page.input_value("#question") == "効果額"

    def test_the_next_enter_sends(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        keyboard = self.compose(page)
        keyboard.send("Input.insertText", {"text": "3-1-2の効果額"})
        self.press_enter(keyboard, 229)
        self.press_enter(keyboard, 13)
        page.locator("#latest").wait_for()
        assert page.locator(".asked").text_content() == "質問：3-1-2の効果額"

    def test_in_a_form_of_a_dialogue_too(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        ask(page, "入力")
        page.focus("[name='field.amount']")
        keyboard = page.context.new_cdp_session(page)
        keyboard.send("Input.imeSetComposition", {"text": "まん", "selectionStart": 2, "selectionEnd": 2})
        self.press_enter(keyboard, 229)
        page.wait_for_timeout(300)
        assert page.locator(".asked").count() == 1


class TestSources:
    def test_a_source_opens_beside_the_answer(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        ask(page, QUESTION)
        page.locator("#latest [data-beside]").click()
        panel = page.locator("#beside")
        panel.wait_for()
        assert "サウンディング型市場調査を実施し" in panel.inner_text() and "10ページ" in panel.inner_text()
        answer, passage = page.locator("#latest").bounding_box(), panel.bounding_box()
        assert answer["x"] + answer["width"] <= passage["x"]
        assert page.locator("#latest").is_visible()

    def test_on_a_telephone_it_lies_over_the_page_and_gives_it_back(self, opened: Open, home: str) -> None:
        page = opened(home, **PHONE)
        ask(page, QUESTION)
        page.locator("#latest [data-beside]").tap()
        page.locator("#beside .passage").wait_for()
        box = page.locator("#beside").bounding_box()
        assert box["x"] == 0 and box["width"] == 360 and box["y"] + box["height"] <= 760
        page.locator("#beside .close").tap()
        assert not page.locator("#beside").is_visible()

    def test_another_source_takes_the_place_of_the_first(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        ask(page, QUESTION)
        ask(page, "5-2-2の効果額は？")
        page.locator("[data-beside]").nth(0).click()
        page.locator("#beside", has_text="文化会館").wait_for()
        page.locator("[data-beside]").nth(1).click()
        page.locator("#beside", has_text="再任用職員").wait_for()
        page.wait_for_timeout(200)
        assert page.evaluate("document.activeElement.id") == "passage"
        assert not page.locator(".contents").is_visible()

    @pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
    def test_escape_closes_it_and_the_focus_returns(self, opened: Open, home: str, screen: Any) -> None:
        page = opened(home, **screen)
        ask(page, QUESTION)
        page.focus("#latest [data-beside]")
        page.keyboard.press("Enter")
        page.locator("#beside .passage").wait_for()
        assert page.evaluate("document.activeElement.id") == "passage"
        page.keyboard.press("Escape")
        assert not page.locator("#beside").is_visible()
        assert page.evaluate("document.activeElement.matches('#latest [data-beside]')")


def test_everything_can_be_done_by_keyboard(opened: Open, home: str) -> None:
    page = opened(home, **DESK)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way by keyboard to {selector}")

    page.goto(f"{home}/plan")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to("a[href='/plan/5-2-2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/5-2-2")
    tab_to("a[href^='/?q=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.press("End")
    page.keyboard.type("効果額は？")
    page.keyboard.press("Enter")
    page.locator("#latest").wait_for()
    assert "△2,413" in page.locator("#latest").inner_text()
    page.evaluate("document.activeElement.blur()")
    tab_to("#latest [data-beside]")
    page.keyboard.press("Enter")
    page.locator("#beside .passage").wait_for()
    page.keyboard.press("Escape")
    tab_to("#latest button[value='helpful']")
    page.keyboard.press("Space")
    page.locator("#latest [aria-pressed='true']").wait_for()
    assert page.evaluate("document.activeElement.value") == "helpful"
    tab_to("#composer button")


def test_candidates_are_buttons_that_ask(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, "指定管理者制度の導入は達成できた？")
    choices = page.locator("#latest .choices button")
    assert choices.count() >= 2
    page.locator("#latest .choices button", has_text="文化会館").click()
    page.locator("article.card").nth(1).wait_for()
    assert "14,561千円" in page.locator("#latest").inner_text()


def test_a_form_is_filled_in_and_sent(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, "入力")
    page.get_by_label("遅れ").check()
    page.fill("[name='field.amount']", "1,456万円")
    page.fill("[name='field.why']", "工事の遅れ")
    page.get_by_role("button", name="送信").click()
    page.locator("article.card").nth(1).wait_for()
    words = page.locator("#latest").inner_text()
    assert "saveを受け付けました。state=late、amount=1,456万円、why=工事の遅れ" in words
    assert page.evaluate("document.activeElement.id") == "latest"
    assert page.locator("[name='field.amount']").count() == 1


def test_a_dialogues_button_is_pressed(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, "入力")
    page.get_by_role("button", name="中止する").click()
    page.locator("article.card").nth(1).wait_for()
    assert "stopを受け付けました" in page.locator("#latest").inner_text()


class TestConnection:
    def test_a_lost_connection_loses_no_words(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)
        page.route("**/ask", lambda route: route.abort())
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("つながりませんでした").wait_for()
        assert page.input_value("#question") == QUESTION
        assert page.locator(".asked").count() == 0
        page.unroute("**/ask")
        page.keyboard.press("Enter")
        page.locator("#latest").wait_for()
        assert page.locator("#trouble").text_content() == ""
        self.forget_the_cut(opened)

    def test_an_answer_lost_on_its_way_is_not_asked_for_twice(self, opened: Open, home: str) -> None:
        page = opened(home, **DESK)

        def lose_the_answer(route: Any) -> None:
            route.fetch()
            route.abort()

        page.route("**/ask", lose_the_answer)
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("つながりませんでした").wait_for()
        page.unroute("**/ask")
        page.keyboard.press("Enter")
        page.locator("#latest").wait_for()
        assert page.locator(".asked").count() == 1
        self.forget_the_cut(opened)

    def forget_the_cut(self, opened: Open) -> None:
        """The browser itself notes the connection that we cut."""
        opened.trouble[:] = [line for line in opened.trouble if "ERR_FAILED" not in line]  # type: ignore[attr-defined]


class TestWithoutScript:
    def test_one_asks_reads_and_opens_the_source(self, opened: Open, home: str) -> None:
        page = opened(home, java_script_enabled=False, **DESK)
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        page.locator("#latest").wait_for()
        assert page.url.endswith("/#latest")
        page.locator("#latest [data-beside]").click()
        page.get_by_text("サウンディング型市場調査を実施し").wait_for()
        page.get_by_role("link", name="質問に戻る").click()
        assert "14,561千円" in page.locator("#latest").inner_text()

    def test_candidates_marks_and_forms_work(self, opened: Open, home: str) -> None:
        page = opened(home, java_script_enabled=False, **PHONE)
        page.fill("#question", "指定管理者制度の導入は達成できた？")
        page.get_by_role("button", name="質問する").click()
        page.locator("#latest .choices button", has_text="文化会館").click()
        page.locator("#latest button[value='helpful']").click()
        assert page.locator("#latest [aria-pressed='true']").inner_text() == "はい"
        page.fill("#question", "入力")
        page.get_by_role("button", name="質問する").click()
        page.fill("[name='field.amount']", "1,456万円")
        page.get_by_role("button", name="送信").click()
        assert "amount=1,456万円" in page.locator("#latest").inner_text()


def test_on_trial_one_becomes_somebody(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **PHONE)
    page.get_by_label("誰として試しますか").select_option("jimukyoku")
    page.get_by_role("button", name="切り替える").click()
    assert page.get_by_label("誰として試しますか").input_value() == "jimukyoku"


@pytest.mark.parametrize("path", ["", "/plan", "/plan/柱3", "/plan/3-2", "/plan/5-2", "/plan/5-2-2", "/no"])
def test_nothing_runs_off_the_narrowest_screen(opened: Open, home: str, path: str) -> None:
    page = opened(home, **NARROWEST)
    if not path:
        ask(page, QUESTION)
        ask(page, "入力")
        ask(page, "とても長い" + "長" * 200)
    page.goto(home + path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    opened.trouble[:] = [line for line in opened.trouble if "404" not in line]  # type: ignore[attr-defined]


def test_on_paper_there_is_the_answer_and_nothing_to_press(opened: Open, home: str) -> None:
    page = opened(home, **DESK)
    ask(page, QUESTION)
    page.emulate_media(media="print")
    assert page.locator("#latest .sources").is_visible() and page.locator("#latest table").is_visible()
    assert not page.locator("#composer").is_visible() and not page.locator(".helpful").first.is_visible()
