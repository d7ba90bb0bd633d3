"""A self-evaluation in a real browser: by keyboard alone, in two windows at once, on a telephone, held against axe-core."""

from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.test_accessibility import WIDTHS, violations

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 360, "height": 760}, "has_touch": True, "is_mobile": True}
ROUND = "/evaluations/R6"


def become(page: Any, home: str, person: str, path: str = "/evaluations") -> None:
    page.goto(home)
    page.get_by_label("誰として試しますか").select_option(person)
    page.get_by_role("button", name="切り替える").click()
    page.goto(home + path)


def tab_to(page: Any, role: str, name: str) -> None:
    """Press Tab until the focus stands on what a screen reader would call so."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{role} {name} is not reached by keyboard")


def saved(page: Any, times: int) -> None:
    page.locator("#saved", has_text=f"変更{times}回目").wait_for()


def fill_in(page: Any) -> None:
    """A whole form as it should be, one field after another."""
    page.get_by_label("計画どおり").check()
    for box in page.locator("input.amount").all():
        box.fill("未定")
    page.get_by_label("課題と改善").fill("担当が9月までに案内を改める")


def no_word_of(opened: Open, status: str) -> None:
    """The browser itself notes a refusal that was asked for."""
    opened.trouble[:] = [line for line in opened.trouble if status not in line]  # type: ignore[attr-defined]


def test_a_whole_evaluation_by_keyboard_alone(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "bunka-tanto")
    tab_to(page, "button", "入力する")
    page.keyboard.press("Enter")
    page.wait_for_url("**/form")
    tab_to(page, "radio", "前倒し")
    page.keyboard.press("ArrowDown")
    saved(page, 1)
    assert page.get_by_label("計画どおり").is_checked()
    tab_to(page, "textbox", "実績見込み")
    page.keyboard.type("1,456千円")
    page.keyboard.press("Tab")
    page.locator(".error", has_text="1,456千円でよければ").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("14,561千円")
    tab_to(page, "textbox", "実績（")
    saved(page, 2)
    assert not page.locator(".error").count()
    page.keyboard.type("未定")
    tab_to(page, "textbox", "課題と改善")
    page.keyboard.type("文化振興課が9月までに案内を改める")
    tab_to(page, "button", "内容を確認する")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    tab_to(page, "button", "提出する")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("提出しました（第1版）").wait_for()

    become(page, trial_home, "bunka-kacho")
    tab_to(page, "link", "3-1-2")
    page.keyboard.press("Enter")
    tab_to(page, "button", "確認する")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("確認しました").wait_for()


def test_the_bell_leads_from_what_is_due_into_the_form_by_keyboard(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "sports-tanto", "/plan")
    tab_to(page, "link", "お知らせ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notices")
    tab_to(page, "button", "入力する")
    page.keyboard.press("Enter")
    page.wait_for_url("**/form")


def test_the_focus_goes_to_what_is_wrong_and_from_there_to_its_field(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "kanko-tanto")
    page.get_by_role("button", name="入力する").first.click()
    page.get_by_role("button", name="内容を確認する").click()
    page.locator("#faults").wait_for()
    assert page.evaluate("document.activeElement.id") == "faults"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'field-1'")
    assert page.title().startswith("確かめてください")
    page.get_by_role("link", name="この下書きを消す").click()
    page.get_by_role("button", name="下書きを消す").click()


def test_a_field_is_saved_when_it_is_left_and_a_press_fills_it_in(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "kikaku-tanto")
    page.get_by_role("button", name="入力する").first.click()
    page.get_by_label("課題と改善").fill("企画課が9月までに案内を改める")
    page.get_by_label("遅れ").check()
    saved(page, 2)
    page.reload()
    assert page.get_by_label("課題と改善").input_value() == "企画課が9月までに案内を改める"
    assert page.get_by_label("遅れ").is_checked()


def test_the_form_of_a_second_window_says_that_it_is_stale_and_loses_no_words(
    opened: Open, trial_home: str
) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "jinji-tanto")
    page.get_by_role("button", name="入力する").first.click()
    page.wait_for_url("**/form")
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("課題と改善").fill("一つ目の窓が9月までに改める")
    page.get_by_label("遅れ").check()
    saved(page, 2)
    second.get_by_label("課題と改善").fill("二つ目の窓が10月までに改める")
    second.get_by_label("前倒し").check()
    second.get_by_role("alert").get_by_text("古くなっています").wait_for()
    assert second.evaluate("document.activeElement.id") == "problem"
    assert second.get_by_label("課題と改善").input_value() == "一つ目の窓が9月までに改める"
    assert second.locator(".theirs", has_text="前倒し").count() == 1
    second.locator(".theirs", has_text="二つ目の窓が10月までに改める").get_by_role("button").click()
    saved(second, 3)
    second.reload()
    assert second.get_by_label("課題と改善").input_value() == "二つ目の窓が10月までに改める"
    no_word_of(opened, "409")


def test_a_lost_connection_loses_no_words(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, **DESK)
    become(page, trial_home, "koho-tanto")
    page.get_by_role("button", name="入力する").first.click()
    page.route("**/form", lambda route: route.abort())
    page.get_by_label("課題と改善").fill("広報広聴課が9月までに改める")
    page.get_by_label("遅れ").check()
    page.locator("#saved", has_text="つながりませんでした").wait_for()
    page.unroute("**/form")
    page.get_by_role("button", name="下書きを保存").click()
    page.locator("#saved", has_text="保存しました").wait_for()
    assert page.get_by_label("課題と改善").input_value() == "広報広聴課が9月までに改める"
    no_word_of(opened, "ERR_FAILED")


def test_without_script_the_buttons_do_it_all(opened: Open, trial_home: str) -> None:
    page = opened(trial_home, java_script_enabled=False, **PHONE)
    become(page, trial_home, "zaisan-tanto")
    page.get_by_role("button", name="入力する").first.click()
    assert not page.locator("[data-fill]").first.is_visible()
    fill_in(page)
    page.get_by_role("button", name="下書きを保存").click()
    assert "変更1回目" in page.locator("#saved").inner_text()
    page.get_by_role("button", name="内容を確認する").click()
    page.get_by_role("button", name="提出する").click()
    assert "提出しました（第1版）" in page.get_by_role("status").inner_text()


DEPARTMENTS = {
    ("wide", "light"): "gakko",
    ("wide", "dark"): "shobo",
    ("narrow", "light"): "kasen",
    ("narrow", "dark"): "suido-ka",
}


@pytest.fixture(params=DEPARTMENTS, ids="-".join)
def look(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A way of looking, and a department of its own."""
    width, scheme = request.param
    return DEPARTMENTS[width, scheme], {"viewport": WIDTHS[width], "color_scheme": scheme}


def test_every_page_of_an_evaluation_is_open_to_everybody(
    opened: Open, trial_home: str, look: tuple[str, dict[str, Any]]
) -> None:
    department, seen_so = look
    page = opened(trial_home, **seen_so)
    found, wide = {}, {}

    def see(what: str) -> None:
        found[what] = violations(page)
        wide[what] = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")

    become(page, trial_home, f"{department}-tanto")
    see("list")
    page.locator(".work").last.get_by_role("link").first.click()
    entry = page.url
    page.locator("main").get_by_role("button").or_(page.get_by_role("link", name="続きを入力する")).click()
    page.get_by_role("button", name="内容を確認する").click()
    page.locator("#faults").wait_for()
    see("faults")
    page.evaluate("document.querySelector('[name=revision]').value = 0")
    page.get_by_label("課題と改善").fill("古い窓の言葉")
    page.get_by_label("前倒し").check()
    page.locator("#problem").wait_for()
    see("stale")
    fill_in(page)
    page.get_by_label("差の要因").fill("設備の工事で休んだため")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="内容を確認する").click()
    page.wait_for_url("**/review")
    see("review")
    page.goto(entry + "/discard")
    see("discard")
    become(page, trial_home, f"{department}-kakaricho", entry.removeprefix(trial_home) + "/form")
    see("occupied")
    become(page, trial_home, f"{department}-tanto", entry.removeprefix(trial_home) + "/review")
    page.get_by_role("button", name="提出する").click()
    page.get_by_text("提出しました").wait_for()
    see("entry")
    become(page, trial_home, f"{department}-kacho", entry.removeprefix(trial_home))
    page.get_by_role("button", name="差し戻す").click()
    page.locator("#reason-error").wait_for()
    see("sign off")
    page.get_by_label("差し戻すときは").fill("要因を詳しく書いてください")
    page.get_by_role("button", name="差し戻す").click()
    become(page, trial_home, "jimukyoku")
    see("secretariat")
    become(page, trial_home, f"{department}-tanto", "/notices")
    see("notices")
    become(page, trial_home, "kanrisha")
    see("refused")
    for status in ("409", "403", "422"):
        no_word_of(opened, status)
    assert found == {key: [] for key in found}
    assert wide == dict.fromkeys(wide, 0)


def test_a_text_too_long_to_be_sent_stays_where_it_was_written(opened: Open, trial_home: str) -> None:
    page, long = opened(trial_home, **DESK), "あ" * 10_000
    become(page, trial_home, "joho-tanto")
    page.get_by_role("button", name="入力する").first.click()
    page.wait_for_url("**/form")
    box = page.get_by_label("課題と改善")
    box.fill(long)
    page.keyboard.press("Tab")
    page.locator("#saved", has_text="1000字以内でお願いします（いま10000字）").wait_for()
    page.get_by_role("button", name="内容を確認する").click()
    assert page.url.endswith("/form") and box.input_value() == long
    no_word_of(opened, "413")
