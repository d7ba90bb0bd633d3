"""Self-evaluation on Slack over the wire: step by step, as one modal, signed off; what is stale changes nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.storage import draft_store, entry_store
from bot.storage.draft_store import Kept
from bot.storage.entry import Entry, EntryState, SignOffStep
from tests.bot.channels.slack.town import Over, Town, city, town
from tests.fakes.slack import Json
from tests.fakes.slack_office import Person
from tests.waiting import until

FULL = {
    "状況": "計画どおり",
    "実績見込み": "14,561千円",
    "実績（": "14,500千円",
    "課題と改善": "文化振興課が9月までに開館日を見直す",
}


@pytest.fixture(params=["socket", "http"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    over: Over = "socket" if request.param == "socket" else "http"
    with town(tmp_path, over, day=date(2023, 7, 10), roster=city()) as made:
        yield made


@pytest.fixture
def owner(office: Town) -> Person:
    return office.person("U0OWNER")


def latest(person: Person, count: int) -> Json:
    """The bot's last word to that person, once it has said so many."""
    slack = person.slack
    slack.wait(lambda: len(slack.posted(person.own)) >= count)
    assert len(slack.posted(person.own)) == count
    return slack.posted(person.own)[-1]


def shown(office: Town, count: int = 1) -> Json:
    office.slack.wait(lambda: len(office.slack.views) >= count)
    return office.slack.views[-1]


def draft(office: Town, subject: str = "3-1-2") -> Kept | None:
    with office.app.database.reading() as inside:
        return draft_store.kept_on(inside, "R5", subject)


def entered(office: Town) -> tuple[Entry, ...]:
    with office.app.database.reading() as inside:
        return entry_store.latest(inside, "R5")


def begun(owner: Person) -> Json:
    owner.writes("3-1-2の自己評価")
    return latest(owner, 1)


def opened(office: Town, owner: Person) -> Json:
    """The modal with all the steps."""
    owner.presses(begun(owner), "まとめて入力", owner.own)
    view = shown(office)
    # Nobody fills it in before the message has arrived.
    latest(owner, 2)
    until(lambda: not office.outgoing_messages("sending"))
    return view


def submitted(office: Town, owner: Person) -> None:
    owner.submits(opened(office, owner), **FULL)
    owner.presses(latest(owner, 3), "提出", owner.own)
    assert "提出しました" in latest(owner, 4)["text"]


def test_it_is_taken_step_by_step_with_buttons_and_words(office: Town, owner: Person) -> None:
    asked = begun(owner)
    assert "［1/5］状況" in asked["text"]
    owner.presses(asked, "計画どおり", owner.own)
    asked = latest(owner, 2)
    assert "目標：14,561千円" in asked["text"]
    owner.presses(asked, "目標どおり", owner.own)
    latest(owner, 3)
    for number, words in enumerate(
        ("14.5百万円", "スキップ", "文化振興課が9月までに開館日を見直す"), start=4
    ):
        owner.writes(words)
        asked = latest(owner, number)
    owner.presses(asked, "提出", owner.own)
    assert "提出しました（第1版）" in latest(owner, 7)["text"]
    (entry,) = entered(office)
    assert (entry.state, entry.forecast[0].value) == (EntryState.ON_TRACK, 14_561_000)


def test_begun_in_a_channel_it_goes_on_in_direct_messages(office: Town, owner: Person) -> None:
    owner.mentions("3-1-2の自己評価")
    office.slack.wait(lambda: office.slack.posted("C0OFFICE"))
    (note,) = office.slack.posted("C0OFFICE")
    assert note["text"] == "DMでお答えしました。"
    assert "［1/5］状況" in latest(owner, 1)["text"]
    owner.writes("順調")
    assert "［2/5］実績見込み" in latest(owner, 2)["text"]


def test_begun_by_the_command_in_a_channel_nobody_else_sees_it(office: Town, owner: Person) -> None:
    owner.commands("3-1-2の自己評価")
    office.slack.wait(lambda: office.slack.whispers)
    (aside,) = office.slack.whispers
    assert aside["user"] == owner.id and "［1/5］状況" in aside["text"] and not office.slack.posted()
    owner.presses(aside, "まとめて入力", is_ephemeral=True)
    owner.submits(shown(office), **FULL)
    office.slack.wait(lambda: len(office.slack.whispers) == 3)
    assert "「提出」を選んでください" in office.slack.whispers[2]["text"] and not office.slack.posted()


def test_all_the_steps_fit_one_modal(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert [label.partition("（")[0] for label in labels] == [
        "状況",
        "実績見込み",
        "実績",
        "差の要因",
        "うまくいった要因",
        "課題と改善",
    ]
    ack = owner.submits(view, **FULL)
    assert ack.body == {}
    owner.presses(latest(owner, 3), "提出", owner.own)
    latest(owner, 4)
    (entry,) = entered(office)
    assert (entry.actual[0].value, entry.problems) == (14_500_000, FULL["課題と改善"])


def test_what_is_wrong_stands_beside_its_field_and_is_asked_only_once(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    causes = "空調の工事で二か月休館したため"
    vague = FULL | {"実績見込み": "1,456千円", "差の要因": causes, "課題と改善": "開館日の見直しを検討する"}
    ack = owner.submits(view, **vague)
    assert ack.body["response_action"] == "errors"
    forecast, problems = ack.body["errors"].values()
    assert "桁が大きく違います" in forecast and "誰が、いつまでに" in problems
    kept = draft(office)
    assert kept is not None and kept.draft.answer("state") is not None
    assert kept.draft.answer("problems") is None
    # The same words again are meant so.
    assert owner.submits(view, **vague).body == {}
    assert "1,456千円" in latest(owner, 3)["text"]
    office.later(minutes=5)
    assert len(office.slack.posted(owner.own)) == 3


def test_a_double_click_on_send_is_one(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    owner.submits(view, **FULL)
    owner.submits(view, **FULL)
    office.later(minutes=5)
    kept = draft(office)
    assert kept is not None and kept.draft.revision == 1
    assert len(office.slack.posted(owner.own)) == 3


def test_a_form_left_for_later_is_kept_as_far_as_it_goes(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    owner.presses_in(view, "下書きを保存して中断", 実績見込み="12,000千円")
    office.slack.wait(lambda: "保存" in str(office.slack.views[-1]["blocks"]) and not _inputs(office))
    assert "再開" in str(latest(owner, 3)["blocks"])
    owner.presses(latest(owner, 3), "再開", owner.own)
    assert "［1/5］状況" in latest(owner, 4)["text"]
    kept = draft(office)
    assert kept is not None
    assert [answer.value for answer in kept.draft.answers.values() if answer.value] == [12_000_000]


def _inputs(office: Town) -> list[Json]:
    return [block for block in office.slack.views[-1]["blocks"] if block["type"] == "input"]


def test_what_is_wrong_when_left_is_shown_in_the_same_modal(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    owner.presses_in(view, "下書きを保存して中断", 実績見込み="第3四半期")
    office.slack.wait(lambda: "数字として読み取れません" in str(office.slack.views[-1]["blocks"]))
    (again,) = office.slack.views
    assert owner.submits(again, **FULL).body == {}


def test_a_stale_modal_changes_nothing_and_gives_back_what_was_written(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    owner.writes("遅れ")
    latest(owner, 3)
    before = draft(office)
    ack = owner.submits(view, **FULL)
    assert ack.body["response_action"] == "update"
    words = str(ack.body["view"]["blocks"])
    assert "何も変えていません" in words and FULL["課題と改善"] in words
    assert draft(office) == before


def test_after_a_colleague_has_taken_over_the_modal_changes_nothing(office: Town, owner: Person) -> None:
    view = opened(office, owner)
    deputy = office.person("U0DEPUTY")
    deputy.writes("3-1-2の自己評価")
    deputy.presses(latest(deputy, 1), "引き継いで入力する", deputy.own)
    latest(deputy, 2)
    ack = owner.submits(view, **FULL)
    assert ack.body["response_action"] == "update" and "文化振興課" in str(ack.body["view"])
    kept = draft(office)
    assert kept is not None and kept.draft.answer("state") is None


def test_a_modal_that_came_too_late_is_told_of_and_opens_by_its_message(office: Town, owner: Person) -> None:
    asked = begun(owner)
    owner.presses(asked, "まとめて入力", owner.own, trigger=office.slack.trigger(lasts=-1))
    office.slack.wait(lambda: len(office.slack.posted(owner.own)) == 3)
    told, message = sorted(office.slack.posted(owner.own)[1:], key=lambda one: "blocks" in one)
    assert "開けませんでした" in told["text"]
    owner.presses(message, "入力欄を開く", owner.own)
    assert owner.submits(shown(office), **FULL).body == {}


def test_pressed_again_later_the_modal_opens_again(office: Town, owner: Person) -> None:
    asked = begun(owner)
    owner.presses(asked, "まとめて入力", owner.own)
    shown(office)
    latest(owner, 2)
    aged(office)
    owner.presses(asked, "まとめて入力", owner.own)
    shown(office, 2)
    assert len(office.slack.posted(owner.own)) == 2


def aged(office: Town) -> None:
    """As if everything said so far had been said yesterday."""
    with office.app.database.writing() as inside:
        inside.execute("UPDATE letters SET created_at = '2023-07-09T00:00:00+00:00'")


def test_a_button_that_begins_leads_on_anew_another_day(office: Town, owner: Person) -> None:
    owner.writes("自己評価")
    listed = latest(owner, 1)
    owner.presses(listed, "3-1-2", owner.own)
    owner.presses(latest(owner, 2), "中断", owner.own)
    latest(owner, 3)
    aged(office)
    owner.presses(listed, "3-1-2", owner.own)
    assert "［1/5］状況" in latest(owner, 4)["text"]
    owner.presses(listed, "3-1-2", owner.own)
    office.later(minutes=5)
    assert len(office.slack.posted(owner.own)) == 4


def test_an_entry_is_confirmed_and_accepted_by_buttons(office: Town, owner: Person) -> None:
    submitted(office, owner)
    head, secretariat = office.person("U0HEAD"), office.person("U0OFFICE")
    for person, label in ((head, "確認する"), (secretariat, "受理する")):
        person.writes("確認一覧")
        person.presses(latest(person, 1), "3-1-2", person.own)
        person.presses(latest(person, 2), label, person.own)
        latest(person, 3)
    (entry,) = entered(office)
    assert [one.step for one in entry.sign_offs] == [SignOffStep.CONFIRMED, SignOffStep.ACCEPTED]


def test_an_entry_is_returned_with_its_reason_in_a_modal(office: Town, owner: Person) -> None:
    submitted(office, owner)
    head = office.person("U0HEAD")
    head.writes("3-1-2の確認")
    head.presses(latest(head, 1), "差し戻す", head.own)
    view = shown(office, 2)
    latest(head, 2)
    until(lambda: not office.outgoing_messages("sending"))
    for reason, words in (("　", "理由を書いてください"), ("長" * 501, "500字以内")):
        ack = head.submits(view, 差戻しの理由=reason)
        assert words in ack.body["errors"]["field:reason"]
    assert head.submits(view, 差戻しの理由="要因を詳しく").body == {}
    assert "差し戻しました。理由：要因を詳しく" in latest(head, 3)["text"]
    (entry,) = entered(office)
    assert (entry.sign_off.step, entry.sign_off.reason) == (SignOffStep.RETURNED, "要因を詳しく")


def test_a_reason_written_while_the_entry_was_corrected_is_given_back(office: Town, owner: Person) -> None:
    submitted(office, owner)
    head = office.person("U0HEAD")
    head.writes("3-1-2の確認")
    asked = latest(head, 1)
    head.presses(asked, "差し戻す", head.own)
    view = shown(office, 2)
    head.presses(asked, "確認する", head.own)
    latest(head, 3)
    ack = head.submits(view, 差戻しの理由="要因を詳しく")
    assert ack.body["response_action"] == "update" and "要因を詳しく" in str(ack.body["view"])
    assert [one.step for one in entered(office)[0].sign_offs] == [SignOffStep.CONFIRMED]


def test_somebody_elses_work_is_not_entered(office: Town) -> None:
    other = office.person("U0ELSE")
    other.writes("3-1-2の自己評価")
    assert "ほかの課等の担当" in latest(other, 1)["text"]
    stranger = office.person("U0NOBODY")
    stranger.writes("自己評価")
    assert "14,561" not in latest(stranger, 1)["text"] and draft(office) is None
