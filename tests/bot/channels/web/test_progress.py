"""The manager's page: what is on it, where it leads, and who sees what of it."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import open_app
from bot.app.facade import AppFacade
from bot.channels.web.app import create_app
from bot.progress.request import Request
from bot.progress.summary_text import headlines
from bot.settings import Settings
from bot.storage import entry_store as kept
from bot.storage.entry import SignOff, SignOffStep
from knowledge.plan.fiscal_year import FiscalYear
from knowledge.sources.safe_workbook import read_workbook
from tests.bot.channels.web.browser import HOME, Seen, at_the_page
from tests.bot.channels.web.fakes import FakeFacade
from tests.bot.progress.invented import AUGUST, SUBMITTED_AT, entries, summary

SECRETARIAT, OWNER, ADMINISTRATOR = "jimukyoku", "kodomo-ka-tanto", "kanrisha"


@pytest.fixture(scope="module")
def facade(tmp_path_factory: pytest.TempPathFactory) -> AppFacade:
    """The whole bot with the invented year in it."""
    folder = tmp_path_factory.mktemp("data")
    app = open_app(Settings(data=folder, today=AUGUST, identity="trial"))
    with app.database.writing() as inside:
        for one in entries():
            made = kept.submit(inside, one, by="gyosei-tanto", now=SUBMITTED_AT, is_late=one.is_late)
            for step in one.sign_offs:
                reason = "説明が足りません" if step.step is SignOffStep.RETURNED else ""
                sign_off = SignOff(step.step, SECRETARIAT, SUBMITTED_AT, reason)
                kept.sign(inside, made.number, sign_off, SignOffStep.SUBMITTED)
    return AppFacade(app)


def client_of(facade: AppFacade, person: str = "") -> TestClient:
    app = create_app(facade, facade.app.settings)
    client = TestClient(app, base_url=HOME, raise_server_exceptions=False, client=("127.0.0.1", 50000))
    client.cookies.set("kaikaku-person", person)
    return client


def page_of(facade: AppFacade, person: str, path: str = "/progress") -> Seen:
    response = client_of(facade, person).get(path)
    assert response.status_code == 200, response.text
    return Seen(response.text)


def links(page: Seen, start: str) -> list[str]:
    return [one["href"] for one in page.all("a") if one.get("href", "").startswith(start)]


def test_the_page_says_the_same_numbers_as_the_summary(facade: AppFacade) -> None:
    words = page_of(facade, SECRETARIAT).words
    for one in headlines(summary()):
        assert one.value in words and one.note in words
    assert "248,249.5千円" in words and "99.7%" in words


def test_every_figure_leads_to_its_entry_and_version(facade: AppFacade) -> None:
    page = page_of(facade, SECRETARIAT)
    found = links(page, "/progress/entries/")
    assert len(set(found)) > 20
    entry = page_of(facade, SECRETARIAT, found[0])
    assert "第1版（最新）" in entry.words
    shown = re.findall(r"[0-9,.]+千円（見込み）", page.words)
    assert shown
    figures = {
        words
        for path in set(found)
        for words in re.findall(r"[0-9,.]+千円", page_of(facade, SECRETARIAT, path).words)
    }
    assert {one.removesuffix("（見込み）") for one in shown} <= figures


def test_sums_lead_to_what_makes_them_up(facade: AppFacade) -> None:
    page = page_of(facade, SECRETARIAT)
    assert "/progress?year=R4#initiatives" in links(page, "/progress?year")
    assert "initiatives" in {one.get("id") for _, one in page.elements}
    (pillar,) = {one for one in links(page, "/progress?scope") if one.endswith("5")}
    assert "柱5「" in page_of(facade, SECRETARIAT, pillar).words


def test_the_choice_of_part_year_and_department_is_kept(facade: AppFacade) -> None:
    page = page_of(facade, SECRETARIAT, "/progress?scope=5-1&year=r4&department=zaisan")
    chosen = {one["value"] for one in page.all("option") if "selected" in one}
    assert chosen >= {"5-1", "R4", "zaisan"}
    assert "/progress?scope=5-1&year=R3&department=zaisan#initiatives" in links(page, "/progress")


def test_an_initiative_by_itself_has_its_page(facade: AppFacade) -> None:
    page = page_of(facade, SECRETARIAT, "/progress?scope=5-1-1&year=R5")
    assert "5-1-1「" in page.words
    assert "5-1-1" in {one["value"] for one in page.all("option") if "selected" in one}


@pytest.mark.parametrize("path", ["/progress", "/progress?scope=柱5", "/progress?department=own"])
def test_a_department_sees_its_own_work_alone(facade: AppFacade, path: str) -> None:
    page = page_of(facade, OWNER, path)
    assert "見本：こども育成課の分" in page.words and "5-1-1" not in page.words
    offered = {one["value"] for one in page.all("option")}
    assert "kodomo-ka" in offered and "joho" not in offered
    for link in links(page, "/progress/entries/"):
        assert "こども育成課" in page_of(facade, OWNER, link).words


def test_what_one_may_not_see_is_refused_with_who_can_help(facade: AppFacade) -> None:
    others = links(page_of(facade, SECRETARIAT, "/progress?scope=5-1-1"), "/progress/entries/")[0]
    for person in (OWNER, ADMINISTRATOR, ""):
        response = client_of(facade, person).get(others)
        assert response.status_code == 403 and "ご相談ください" in response.text
        assert "内部の要因" not in response.text
    for path in ("/progress", "/progress?department=joho"):
        for person in (ADMINISTRATOR, ""):
            assert client_of(facade, person).get(path).status_code == 403
    assert client_of(facade, OWNER).get("/progress?department=joho").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/progress?scope=柱9", "/progress?scope=%3Cscript%3E", "/progress?year=X", "/progress?year=R2"],
)
def test_what_there_is_not_is_said_on_a_page_of_its_own(facade: AppFacade, path: str) -> None:
    response = client_of(facade, SECRETARIAT).get(path)
    assert response.status_code == 404 and "<script>" not in response.text


def test_a_year_that_the_plan_has_not_is_neither_shown_nor_offered(facade: AppFacade) -> None:
    for path in ("/progress?year=R8", "/progress/excel?year=R8"):
        response = client_of(facade, SECRETARIAT).get(path)
        assert response.status_code == 404 and "この計画に令和8年度はありません" in response.text
    offered = page_of(facade, SECRETARIAT).all("option")
    assert "R7" in {one["value"] for one in offered} and "R8" not in {one["value"] for one in offered}


@pytest.mark.parametrize("number", ["0", "99999", "999999999999999999999999", "x", "-1"])
def test_an_entry_that_there_is_not_is_not_found(facade: AppFacade, number: str) -> None:
    assert client_of(facade, SECRETARIAT).get(f"/progress/entries/{number}").status_code == 404


def test_an_entry_says_all_that_was_entered_and_what_became_of_it(facade: AppFacade) -> None:
    page = page_of(facade, SECRETARIAT)
    found = [page_of(facade, SECRETARIAT, one) for one in set(links(page, "/progress/entries/"))]
    returned = next(one for one in found if "差戻し" in one.words)
    assert "説明が足りません" in returned.words and "2023年7月5日" in returned.words
    assert "内部の要因" in returned.words and "見本：行政経営課 担当" in returned.words


def test_earlier_versions_stay_one_tap_away(facade: AppFacade) -> None:
    first = next(one for one in entries() if (one.round, one.subject) == ("R3", "3-1-2") or one.round == "R4")
    with facade.app.database.writing() as inside:
        before = kept.versions(inside, first.round, first.subject)[-1]
        newer = kept.submit(
            inside,
            before,
            by=OWNER,
            now=SUBMITTED_AT,
            is_late=False,
            follows=before.version,
            why="桁の訂正",
        )
    page = page_of(facade, SECRETARIAT, f"/progress/entries/{newer.number}")
    assert "第2版（最新）" in page.words and "桁の訂正" in page.words
    assert links(page, "/progress/entries/") == [f"/progress/entries/{before.number}"]
    assert "（最新）" not in page_of(facade, SECRETARIAT, f"/progress/entries/{before.number}").words


def test_the_same_comes_as_a_workbook_to_those_who_may_see_it(facade: AppFacade) -> None:
    path = links(page_of(facade, SECRETARIAT, "/progress?scope=柱5&year=R5"), "/progress/excel")[0]
    response = client_of(facade, SECRETARIAT).get(path)
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    assert response.headers["cache-control"] == "no-store"
    sheets = read_workbook(response.content)
    assert [sheet.name for sheet in sheets][:2] == ["一覧", "柱別の集計"] and "185470.5" in str(sheets)
    own = str(read_workbook(client_of(facade, OWNER).get("/progress/excel").content))
    assert "5-2-5" in own and "5-1-1" not in own
    assert client_of(facade, ADMINISTRATOR).get("/progress/excel").status_code == 403


def test_only_who_is_known_finds_the_way_to_it(facade: AppFacade) -> None:
    assert links(page_of(facade, "", "/plan"), "/progress") == []
    assert links(page_of(facade, SECRETARIAT, "/plan"), "/progress") == ["/progress"]


def test_the_desk_is_asked_for_what_the_address_names() -> None:
    facade = FakeFacade(shown=summary())
    client = at_the_page(facade, Settings(identity="trial"))
    client.cookies.set("kaikaku-person", "manager")
    assert client.get("/progress?scope=柱3&year=R4&department=a,b").status_code == 200
    assert facade.requests == [
        ("manager", Request(ref="柱3", year=FiscalYear.reiwa(4), departments=("a", "b")))
    ]


def test_the_page_goes_by_the_days_of_the_citys_calendar(tmp_path: Path) -> None:
    shipped = Path("reminders/calendar.toml").read_text(encoding="utf-8")
    (tmp_path / "calendar.toml").write_text(
        shipped.replace('deadline = "07-31"', 'deadline = "07-20"'), encoding="utf-8"
    )
    day = date(2023, 7, 10)
    facade = AppFacade(open_app(Settings(data=tmp_path, today=day, identity="trial")))
    assert "7月20日" in page_of(facade, SECRETARIAT).words
