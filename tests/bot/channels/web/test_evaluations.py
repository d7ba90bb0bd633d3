"""The self-evaluation on the page, without script: the same draft as in conversation, the same rules, its own refusals."""

from dataclasses import replace
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.app import App
from bot.message import Message, Reply
from bot.storage import draft_store, entry_store
from bot.storage.database_fault import DatabaseFault
from bot.storage.draft import FieldAnswer
from bot.storage.entry import Entry
from knowledge.roster.roster import Address, Channel
from tests.bot.channels.web.browser import Seen
from tests.bot.channels.web.staff import (
    DEPUTY,
    HALL,
    HEAD,
    OTHER,
    OTHER_HEAD,
    OWNER,
    SECRETARIAT,
    WHOLE,
    Page,
    Staff,
    filled,
    open_bot,
)

FORECAST = "forecast/3-1-2/effect_amount"
FORM = f"{HALL}/form"


@pytest.fixture
def bot(tmp_path: Path) -> App:
    return open_bot(tmp_path)


def draft(bot: App) -> draft_store.Kept | None:
    with bot.database.reading() as inside:
        return draft_store.kept_on(inside, "R5", "3-1-2")


def answers(bot: App) -> dict[str, FieldAnswer]:
    kept = draft(bot)
    assert kept is not None
    return dict(kept.draft.answers)


def versions(bot: App) -> tuple[Entry, ...]:
    with bot.database.reading() as inside:
        return entry_store.versions(inside, "R5", "3-1-2")


def chat(bot: App, person: str, *texts: str) -> str:
    for text in texts:
        reply = bot.conversation.take(
            Message("page", f"{person} {text}", "p", f"chat {person}", text, person)
        )
    return reply.text


class TestTheForm:
    def test_a_whole_evaluation_is_begun_filled_in_looked_over_and_submitted(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        listed = owner.open("/evaluations")
        assert "未入力" in listed.words and "7月31日（月）" in listed.words and "あと21日" in listed.words
        page = owner.press(listed, "入力する")
        assert page.path == FORM
        page = owner.press(page, "内容を確認する", **WHOLE)
        assert page.path == f"{HALL}/review" and "14,561千円" in page.words
        page = owner.press(page, "提出する")
        assert "提出しました（第1版）" in page.words and "所管課長の確認待ち" in page.words
        (entry,) = versions(bot)
        assert entry.submitted_by == OWNER and entry.forecast[0].value == 14_561_000
        assert entry.problems == WHOLE["problems"] and draft(bot) is None

    def test_half_of_it_is_saved_and_nothing_is_asked_for_yet(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(
            owner.begin(), "下書きを保存", state="behind", problems="文化振興課が\r\n9月までに改める"
        )
        assert page.status == 200 and "入力してください" not in page.words
        assert "下書きを保存しました" in page.words and "変更1回目" in page.words
        assert answers(bot) == {
            "state": FieldAnswer("behind"),
            "problems": FieldAnswer("文化振興課が\n9月までに改める"),
        }
        again = owner.open(FORM)
        assert again.field("state") == "behind" and again.field("problems") == "文化振興課が\n9月までに改める"

    def test_what_is_missing_is_named_with_a_way_to_its_field(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "内容を確認する", forecast="14,561千円")
        assert "確かめていただきたい項目が3つあります" in page.words
        assert {"#field-1", "#field-3", "#field-6"} <= set(page.links)
        assert answers(bot)[FORECAST] == FieldAnswer(value=14_561_000)
        assert not set(page.described) - set(page.ids) and len(set(page.ids)) == len(page.ids)

    def test_nothing_is_looked_over_before_it_is_whole(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        owner.begin()
        assert owner.open(f"{HALL}/review").path == f"{FORM}?all=1"

    def test_a_doubtful_figure_is_kept_only_when_it_is_said_to_be_meant(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        doubtful = WHOLE | {"forecast": "1,456千円", "causes": "二か月休館し、使用料が減ったため"}
        page = owner.press(owner.begin(), "内容を確認する", **doubtful)
        assert "桁が大きく違います" in page.words and page.field("forecast") == "1,456千円"
        assert FORECAST not in answers(bot)
        page = owner.press(page, "内容を確認する")
        assert "桁が大きく違います" in page.words and FORECAST not in answers(bot)
        page = owner.press(page, "内容を確認する", **{f"meant.{FORECAST}": "1,456千円"})
        assert page.path == f"{HALL}/review"
        assert answers(bot)[FORECAST] == FieldAnswer(value=1_456_000) and "△90%" in page.words

    def test_a_mark_on_other_words_counts_for_nothing(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "下書きを保存", forecast="1,456千円")
        owner.press(page, "下書きを保存", forecast="1,455千円", **{f"meant.{FORECAST}": "1,456千円"})
        assert FORECAST not in answers(bot)

    def test_it_is_not_closed_over_words_that_could_not_be_kept(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "保存して閉じる", forecast="いろいろ")
        assert page.path.startswith(FORM) and page.field("forecast") == "いろいろ"
        page = owner.press(page, "保存して閉じる", forecast="未定")
        assert page.path == "/evaluations" and "下書き 1/5" in page.words
        kept = draft(bot)
        assert kept is not None and kept.at_it is None

    def test_after_the_deadline_it_is_taken_and_marked(self, tmp_path: Path) -> None:
        bot = open_bot(tmp_path, date(2023, 8, 3))
        owner = Staff(bot, OWNER)
        assert "締切を過ぎています" in owner.open("/evaluations").words
        page = owner.press(owner.press(owner.begin(), "内容を確認する", **WHOLE), "提出する")
        assert "締切後の提出" in page.words and versions(bot)[0].is_late

    def test_last_years_round_can_still_be_entered(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.open("/evaluations?round=R4"), "入力する")
        assert page.path == "/evaluations/R4/3-1-2/form" and "令和3年度" not in page.words
        page = owner.press(page, "内容を確認する", **{**WHOLE, "actual": ""})
        page = owner.press(page, "提出する")
        assert "締切後の提出" in page.words and versions(bot) == ()

    def test_what_the_entry_will_not_hold_is_said_before_it_is_submitted(self, bot: App) -> None:
        owner, behind = Staff(bot, OWNER), {**WHOLE, "forecast": "11,000千円"}
        page = owner.press(owner.begin(), "下書きを保存", **behind, success="早めの説明がよかった")
        assert "いまの内容では提出に含まれません" in page.words
        page = owner.press(page, "内容を確認する", causes="工事が遅れた")
        assert "提出に含まれません" in page.words and "早めの説明がよかった" in page.words
        owner.press(page, "提出する")
        assert (versions(bot)[0].success, versions(bot)[0].causes) == ("", "工事が遅れた")

    def test_what_the_entry_will_hold_is_not_said_to_be_left_out(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "内容を確認する", **WHOLE, success="早めの説明がよかった")
        assert page.path.endswith("/review") and "提出に含まれません" not in page.words
        owner.press(page, "提出する")
        assert versions(bot)[0].success == "早めの説明がよかった"

    def test_how_long_a_comment_may_be_stands_beside_its_field(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.begin()
        fields = Seen(owner.client.get(page.path).text).all("textarea")
        assert fields and {one["maxlength"] for one in fields} == {"1000"}
        assert page.words.count("1000字まで書けます") == len(fields)

    def test_a_comment_too_long_is_given_back_and_not_cut(self, bot: App) -> None:
        owner, long = Staff(bot, OWNER), "あ" * 1001
        page = owner.press(owner.begin(), "下書きを保存", problems=long)
        assert "1000字以内" in page.words and page.field("problems") == long
        assert answers(bot) == {}

    def test_an_indicator_is_entered_in_its_own_unit(self, bot: App) -> None:
        person = Staff(bot, "joho-tanto")
        page = person.press(person.open("/evaluations/R5/1-1%232"), "入力する")
        assert page.path == "/evaluations/R5/1-1%232/form" and "目標" in page.words

    def test_a_draft_is_thrown_away_only_after_being_asked(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "下書きを保存", state="behind")
        page = owner.open(f"{HALL}/discard")
        assert "元に戻せません" in page.words and draft(bot) is not None
        assert owner.press(page, "下書きを消す").path == "/evaluations" and draft(bot) is None

    def test_a_draft_that_changed_meanwhile_is_not_thrown_away(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        page = owner.begin()
        asked = owner.open(f"{HALL}/discard")
        owner.press(page, "下書きを保存", state="behind")
        again = owner.press(asked, "下書きを消す")
        assert again.path == f"{HALL}/discard" and "遅れ" in again.words and draft(bot) is not None


class TestOneDraft:
    def test_what_has_not_changed_takes_a_state_and_three_buttons(self, tmp_path: Path) -> None:
        before = open_bot(tmp_path, date(2022, 7, 11))
        chat(
            before,
            OWNER,
            "3-1-2の自己評価",
            "順調",
            "14,561千円",
            "スキップ",
            "文化振興課が毎年9月に改める",
            "提出",
        )
        bot = open_bot(tmp_path)
        owner = Staff(bot, OWNER)
        page = owner.begin()
        assert "残りは昨年・目標のとおりにする" not in page.words
        page = owner.press(page, "下書きを保存", state="on_track")
        page = owner.press(page, "残りは昨年・目標のとおりにする")
        assert page.path.startswith(f"{HALL}/review?") and "内容をご確認ください" in page.words
        owner.press(page, "提出する")
        (entry,) = versions(bot)
        assert entry.forecast[0].value == entry.actual[0].value == 14_561_000
        assert entry.problems == "文化振興課が毎年9月に改める"

    def test_the_rest_is_not_taken_over_words_that_could_not_be_kept(self, tmp_path: Path) -> None:
        before = open_bot(tmp_path, date(2022, 7, 11))
        chat(
            before,
            OWNER,
            "3-1-2の自己評価",
            "順調",
            "14,561千円",
            "スキップ",
            "文化振興課が毎年9月に改める",
            "提出",
        )
        bot = open_bot(tmp_path)
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "下書きを保存", state="on_track")
        page = owner.press(page, "残りは昨年・目標のとおりにする", forecast="1,456千円")
        assert page.path.startswith(FORM) and page.field("forecast") == "1,456千円"
        assert "problems" not in answers(bot)

    def test_what_was_begun_in_conversation_goes_on_in_the_form(self, bot: App) -> None:
        chat(bot, OWNER, "3-1-2の自己評価", "遅れ", "12,000千円")
        owner = Staff(bot, OWNER)
        assert "下書き 2/5" in owner.open("/evaluations").words
        page = owner.open(FORM)
        assert page.field("state") == "behind" and page.field("forecast") == "12,000千円"
        page = owner.press(
            page, "内容を確認する", actual="未定", causes="休館したため", problems=WHOLE["problems"]
        )
        owner.press(page, "提出する")
        assert versions(bot)[0].forecast[0].value == 12_000_000

    def test_what_was_begun_in_the_form_goes_on_in_conversation(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        owner.press(owner.begin(), "下書きを保存", state="on_track", forecast="14,561千円")
        assert "［3/5］実績（令和4年度 効果額）" in chat(bot, OWNER, "再開")
        chat(bot, OWNER, "未定", "スキップ", WHOLE["problems"], "提出")
        assert versions(bot)[0].actual[0].value is None

    def test_what_conversation_asked_back_stands_doubtful_in_its_field(self, bot: App) -> None:
        chat(bot, OWNER, "3-1-2の自己評価", "順調", "1,456千円")
        page = Staff(bot, OWNER).open(FORM)
        assert page.field("forecast") == "1,456千円" and "桁が大きく違います" in page.words

    def test_last_years_answers_are_shown_and_the_forecast_stands_for_the_actual(
        self, tmp_path: Path
    ) -> None:
        before = open_bot(tmp_path, date(2022, 7, 11))
        chat(
            before,
            OWNER,
            "3-1-2の自己評価",
            "順調",
            "13,500千円",
            "スキップ",
            "文化振興課が九月に改める",
            "提出",
        )
        owner = Staff(open_bot(tmp_path), OWNER)
        page = owner.begin()
        assert page.field("actual") == "13,500千円" and page.field("problems") == ""
        assert "昨年の見込み" in page.words and "文化振興課が九月に改める" in page.words
        assert owner.press(page, "保存して閉じる").path == "/evaluations"


class TestStaleness:
    def test_a_stale_form_changes_nothing_and_shows_both(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        one = owner.begin()
        two = owner.open(FORM)
        owner.press(one, "下書きを保存", state="behind", problems="一つ目の窓が9月までに直す")
        page = owner.press(two, "下書きを保存", state="ahead", problems="二つ目の窓が10月までに直す")
        assert page.status == 409 and "古くなっています。何も変えていません" in page.words
        assert page.field("state") == "behind" and page.field("problems") == "一つ目の窓が9月までに直す"
        assert "二つ目の窓が10月までに直す" in page.words and "前倒し\n" in page.words
        assert answers(bot)["problems"] == FieldAnswer("一つ目の窓が9月までに直す")
        owner.press(page, "下書きを保存", problems="二つ目の窓が10月までに直す")
        assert answers(bot)["problems"] == FieldAnswer("二つ目の窓が10月までに直す")

    def test_what_was_looked_over_is_submitted_only_as_it_was_seen(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        seen = owner.press(owner.begin(), "内容を確認する", **WHOLE)
        owner.press(owner.open(FORM), "下書きを保存", problems="別の窓が10月までに直す")
        page = owner.press(seen, "提出する")
        assert page.path.startswith(f"{HALL}/review?") and "古くなっています" in page.words
        assert "別の窓が10月までに直す" in page.words and versions(bot) == ()

    def test_a_form_sent_twice_counts_once(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        seen = owner.press(owner.begin(), "内容を確認する", **WHOLE)
        first, again = owner.press(seen, "提出する"), owner.press(seen, "提出する")
        assert "提出しました" in first.words and "提出しました" in again.words and len(versions(bot)) == 1

    def test_words_for_a_draft_that_is_over_are_given_back(self, bot: App) -> None:
        owner = Staff(bot, OWNER)
        old = owner.begin()
        owner.press(owner.press(owner.open(FORM), "内容を確認する", **WHOLE), "提出する")
        page = owner.press(old, "下書きを保存", problems="遅れて書いたこと")
        assert page.status == 409 and "もう入力できません" in page.words and "遅れて書いたこと" in page.words
        assert len(versions(bot)) == 1 and draft(bot) is None

    def test_a_second_person_is_told_who_is_at_it_and_sees_the_draft(self, bot: App) -> None:
        owner, deputy = Staff(bot, OWNER), Staff(bot, DEPUTY)
        mine = owner.press(owner.begin(), "下書きを保存", state="behind")
        page = deputy.open(FORM)
        assert "文化振興課 担当" in page.words and "が入力しています" in page.words and "遅れ" in page.words
        page = deputy.press(page, "引き継いで入力する")
        assert page.path == FORM
        page = owner.press(mine, "下書きを保存", problems="担当が書いたこと")
        assert page.status == 409 and "文化振興課 係長" in page.words and "担当が書いたこと" in page.words
        assert "problems" not in answers(bot)


class TestTrouble:
    def test_what_could_not_be_kept_stays_in_its_fields(self, bot: App) -> None:
        before = Staff(bot, OWNER)
        page = before.begin()

        def full(_message: Message) -> Reply:
            raise DatabaseFault("full")

        broken = replace(bot, conversation=replace(bot.conversation, answer=full))
        owner = Staff(broken, OWNER)
        owner.client.cookies = before.client.cookies
        again = owner.press(page, "下書きを保存", state="behind", problems="失われてはならない言葉")
        assert again.status == 503 and "ディスクがいっぱい" in again.words
        assert again.field("problems") == "失われてはならない言葉" and again.field("state") == "behind"


class TestSignOff:
    def test_it_is_confirmed_by_the_head_and_accepted_by_the_secretariat(self, bot: App) -> None:
        Staff(bot, OWNER).enter()
        head, secretariat = Staff(bot, HEAD), Staff(bot, SECRETARIAT)
        assert "あなたの確認を待っているもの（1件）" in head.open("/evaluations").words
        assert "確認しました" in head.press(head.open(HALL), "確認する").words
        assert "あなたの確認を待っているもの" not in head.open("/evaluations").words
        page = secretariat.press(secretariat.open(HALL), "受理する")
        assert "受理しました" in page.words
        assert [one.step.value for one in versions(bot)[0].sign_offs] == ["confirmed", "accepted"]
        assert "受理" in Staff(bot, OWNER).open("/evaluations").words

    def test_what_is_returned_has_a_reason_and_comes_back_as_a_new_version(self, bot: App) -> None:
        owner, head = Staff(bot, OWNER), Staff(bot, HEAD)
        owner.enter()
        page = head.press(head.open(HALL), "差し戻す", reason="  ")
        assert page.status == 422 and "理由を書いてください。" in page.words
        page = head.press(page, "差し戻す", reason="い" * 501)
        assert page.status == 422 and "500字以内" in page.words and "い" * 501 in page.words
        assert versions(bot)[0].sign_offs == ()
        head.press(page, "差し戻す", reason="改める案内の名前を書いてください")
        assert "改める案内の名前を書いてください" in owner.open("/evaluations").words
        page = owner.press(owner.open("/evaluations"), "直して出し直す")
        assert "差戻しの理由：改める案内の名前を書いてください" in page.words
        assert page.field("forecast") == "14,561千円"
        page = owner.press(
            page, "内容を確認する", problems="文化振興課が9月までに利用案内を改める", why="名前を加えた"
        )
        page = owner.press(page, "提出する")
        assert [one.version for one in versions(bot)] == [1, 2]
        assert "第1版（前の版）" in page.words and "理由：名前を加えた" in page.words

    def test_what_was_signed_meanwhile_is_not_signed_again(self, bot: App) -> None:
        Staff(bot, OWNER).enter()
        head = Staff(bot, HEAD)
        seen = head.open(HALL)
        head.press(seen, "確認する")
        page = head.press(seen, "差し戻す", reason="やはり直してください")
        assert "古くなっています" in page.words and len(versions(bot)[0].sign_offs) == 1

    @pytest.mark.parametrize(
        ("person", "act", "who_can_help"),
        [
            (OWNER, "confirm", "課長"),
            (DEPUTY, "confirm", "課長"),
            (HEAD, "accept", "事務局"),
            (SECRETARIAT, "confirm", "課長"),
            (OTHER_HEAD, "confirm", "課長"),
            ("bunka-bu-bucho", "return", "事務局"),
        ],
    )
    def test_whoever_may_not_is_told_who_can(
        self, bot: App, person: str, act: str, who_can_help: str
    ) -> None:
        Staff(bot, OWNER).enter()
        head = Staff(bot, HEAD)
        form = head.open(HALL).form(f"{HALL}/sign")
        staff = Staff(bot, person)
        fields = staff.open("/plan").forms[0].fields | {"form": "a" * 22, "act": act, "reason": "理由"}
        response = staff.client.post(form.action, data=form.fields | fields)
        page = Page(response)
        assert page.status == 403 and who_can_help in page.words and "ご相談ください" in page.words
        assert versions(bot)[0].sign_offs == ()


@pytest.mark.parametrize(
    "path", ["/evaluations", HALL, FORM, f"{HALL}/review", f"{HALL}/discard", "/notices"]
)
def test_nothing_is_inline_and_every_page_is_strict(bot: App, path: str) -> None:
    owner = Staff(bot, OWNER)
    owner.press(owner.begin(), "内容を確認する", **WHOLE)
    response = owner.client.get(path)
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    for tag, attributes in Seen(response.text).elements:
        assert tag != "style" and not (tag == "script" and "src" not in attributes)
        assert not any(name == "style" or name.startswith("on") for name in attributes), (tag, attributes)
    page = Page(response)
    assert not set(page.described) - set(page.ids) and len(set(page.ids)) == len(page.ids)


STRANGERS = [OTHER, OTHER_HEAD, "kanrisha"]


class TestRights:
    @pytest.mark.parametrize("person", STRANGERS)
    @pytest.mark.parametrize("path", [HALL, FORM, f"{HALL}/review", f"{HALL}/discard"])
    def test_nobody_sees_the_work_of_another_department(self, bot: App, person: str, path: str) -> None:
        owner = Staff(bot, OWNER)
        owner.press(owner.begin(), "下書きを保存", problems="文化振興課が9月までに秘密の案内を改める")
        page = Staff(bot, person).open(path)
        assert page.status == 403 and "ご相談ください" in page.words and "秘密" not in page.words

    @pytest.mark.parametrize("person", [*STRANGERS, HEAD, SECRETARIAT])
    @pytest.mark.parametrize("path", ["begin", "form", "review", "take", "discard"])
    def test_only_those_who_enter_can_change_a_draft(self, bot: App, person: str, path: str) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "下書きを保存", state="behind")
        before = draft(bot)
        staff = Staff(bot, person)
        tokens = staff.open("/plan").forms[0].fields | {"form": "a" * 22, "way": "form"}
        sent = filled(page.form(FORM), {"state": "ahead"}) | tokens
        response = staff.client.post(f"{HALL}/{path}", data=sent)
        assert response.status_code == 403 and "ご相談ください" in response.text
        assert draft(bot) == before

    @pytest.mark.parametrize("path", ["begin", "form", "review", "take", "discard", "sign"])
    def test_without_the_pages_token_nothing_changes(self, bot: App, path: str) -> None:
        owner = Staff(bot, OWNER)
        page = owner.press(owner.begin(), "下書きを保存", state="behind")
        before = draft(bot)
        sent = filled(page.form(FORM), {"state": "ahead"}) | {"way": "form", "change": "0" * 64}
        assert owner.client.post(f"{HALL}/{path}", data=sent).status_code == 403
        assert (
            owner.client.post(
                f"{HALL}/{path}", data=sent, headers={"origin": "http://evil.example"}
            ).status_code
            == 403
        )
        assert draft(bot) == before

    def test_one_who_has_chosen_nobody_is_told_how(self, bot: App) -> None:
        for path in ("/evaluations", HALL, FORM):
            page = Staff(bot, None).open(path)
            assert page.status == 403 and "誰として試しますか" in page.words

    def test_where_nobody_is_known_there_is_nothing_to_enter(self, tmp_path: Path) -> None:
        nobody = Staff(open_bot(tmp_path, identity="none"), OWNER)
        page = nobody.open("/evaluations")
        assert page.status == 403 and "管理者にご相談ください" in page.words
        assert "/evaluations" not in nobody.open("/plan").links
        assert nobody.open(HALL).status == 403

    def test_behind_a_proxy_the_roster_says_who_may(self, tmp_path: Path) -> None:
        app = open_bot(tmp_path)
        behind = replace(
            app.settings,
            identity="proxy",
            proxy_user_header="X-Remote-User",
            proxy_addresses=(ip_network("127.0.0.1"),),
        )
        sample = app.roster()
        persons = tuple(
            replace(one, addresses=(Address(Channel.PAGE, "tanaka"),)) if one.id == OWNER else one
            for one in sample.persons
        )
        app = replace(app, settings=behind, roster=lambda: replace(sample, persons=persons))
        for user, status in ((None, 403), ("suzuki", 403), ("tanaka", 200)):
            staff = Staff(app, SECRETARIAT)
            staff.client.headers |= {"X-Remote-User": user} if user else {}
            for path in ("/evaluations", HALL):
                assert staff.open(path).status == status, (user, path)
        assert staff.press(staff.open(HALL), "入力する").path == FORM
        kept = draft(app)
        assert kept is not None and kept.changed_by == OWNER
        stranger = Staff(app, None)
        assert "登録は事務局にご相談ください" in stranger.open("/evaluations").words

    def test_the_administrator_sees_no_entries(self, bot: App) -> None:
        assert Staff(bot, "kanrisha").open("/evaluations").status == 403

    def test_the_secretariat_sees_every_department_and_the_others_their_own(self, bot: App) -> None:
        assert "情報システム課" in Staff(bot, SECRETARIAT).open("/evaluations").words
        assert "情報システム課" not in Staff(bot, HEAD).open("/evaluations").words

    @pytest.mark.parametrize(
        "path",
        ["/evaluations/R9/3-1-2", "/evaluations/R7/3-1-2", "/evaluations/R5/9-9-9", "/evaluations?round=R7"],
    )
    def test_a_round_to_come_and_a_subject_unknown_are_not_there(self, bot: App, path: str) -> None:
        assert Staff(bot, OWNER).open(path).status == 404

    def test_what_stands_alike_is_shown_alone(self, bot: App) -> None:
        Staff(bot, OWNER).enter()
        secretariat = Staff(bot, SECRETARIAT)
        page = secretariat.open("/evaluations?round=R5&standing=submitted")
        assert "文化振興課" in page.words and "情報システム課" not in page.words
        assert "文化振興課" not in secretariat.open("/evaluations?round=R5&standing=open").words
        assert "情報システム課" in secretariat.open("/evaluations?standing=nonsense").words

    def test_what_was_said_to_somebody_else_is_not_shown(self, bot: App) -> None:
        submitted = Staff(bot, OWNER).enter()
        assert "提出しました" in submitted.words
        assert "提出しました" not in Staff(bot, DEPUTY).open(submitted.path).words

    @pytest.mark.parametrize("sent", [{"draft": "x"}, {"revision": ""}, {"draft": "1" * 12}, {"form": "x"}])
    def test_made_up_fields_break_nothing(self, bot: App, sent: dict[str, str]) -> None:
        owner = Staff(bot, OWNER)
        page = owner.begin()
        response = owner.client.post(FORM, data=page.form(FORM).fields | sent)
        assert response.status_code == 400 and answers(bot) == {}
