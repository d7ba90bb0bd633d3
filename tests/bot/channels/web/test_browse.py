import pytest

from tests.bot.channels.web.browser import at_the_page, seen
from tests.bot.channels.web.fakes import FakeFacade


def test_the_tree_leads_to_every_part_of_the_plan() -> None:
    client = at_the_page(FakeFacade())
    links = [one["href"] for one in seen(client, "/plan").all("a") if one["href"].startswith("/plan/")]
    assert links == ["/plan/1-1", "/plan/1-1-1", "/plan/1-1-2", "/plan/1-2", "/plan/1-2-1", "/plan/1-3"]
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_pillar_has_its_page() -> None:
    assert "施設を長く使います。" in seen(at_the_page(FakeFacade()), "/plan/柱1").words


@pytest.mark.parametrize("path", ["/plan/1-1", "/plan/1-1-1"])
def test_what_has_no_figure_is_named_and_never_nought(path: str) -> None:
    words = seen(at_the_page(FakeFacade()), path).words
    assert "記載なし" in words and "△300" in words and "5,400" in words


def test_a_row_under_adjustment_says_so_and_draws_nothing() -> None:
    page = seen(at_the_page(FakeFacade()), "/plan/1-1-2")
    assert page.words.count("調整中") == 7
    assert not [one for one in page.all("svg") if one.get("role") == "img"]


def test_an_item_without_initiatives_says_what_the_plan_says() -> None:
    assert "位置付ける予定です。" in seen(at_the_page(FakeFacade()), "/plan/1-3").words


def test_an_initiative_leads_on_and_back_and_to_a_question_about_it() -> None:
    links = [one["href"] for one in seen(at_the_page(FakeFacade()), "/plan/1-1-2").all("a")]
    assert "/plan/1-1-1" in links and "/plan/1-2-1" in links
    assert "/?q=1-1-2%E3%81%AE#question" in links


def test_a_source_shows_its_passage_among_its_own_with_page_and_figures() -> None:
    page = seen(at_the_page(FakeFacade()), "/sources/1-1-1")
    assert (
        "3ページ" in page.words and "点検の間隔を見直します。" in page.words and "間隔の見直し" in page.words
    )
    assert len([one for one in page.all("p") if one.get("class") == "here"]) == 1
    assert "5,400" in page.words and "窓口" not in page.words


@pytest.mark.parametrize("reference", ["1-1%231", "1-1-1%3Anote%3A1", "front%3Atitle"])
def test_references_with_signs_in_them_open(reference: str) -> None:
    assert at_the_page(FakeFacade()).get(f"/sources/{reference}").status_code == 200


def test_health_says_what_is_loaded() -> None:
    response = at_the_page(FakeFacade()).get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "edition": "改革計画（案）",
        "initiatives": 3,
        "database": "ok",
        "version": "0.1.0",
    }


def test_bad_health_can_be_told_by_the_status_alone() -> None:
    response = at_the_page(FakeFacade(is_well=False)).get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "trouble"
