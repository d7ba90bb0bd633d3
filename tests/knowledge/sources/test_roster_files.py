import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.editions.edition import shipped
from knowledge.faults import RosterFaults
from knowledge.roster.roster import (
    Absence,
    Address,
    Bureau,
    Channel,
    Days,
    Department,
    ItemIndicator,
    Person,
    Post,
    PostKind,
    Responsibility,
    Roster,
)
from knowledge.sources.roster_files import read_roster, write_roster
from knowledge.sources.roster_sheets import roster_of, sheets_of
from knowledge.sources.sample_roster import FOLDER, sample_roster
from tests.invented_roster import PLAN
from tests.knowledge.sources.roster_tables import sheets

ROSTER = roster_of(sheets(), PLAN)


@pytest.mark.parametrize("name", ["名簿.xlsx", "名簿.ZIP", "名簿"])
class TestEveryForm:
    def test_is_written_and_read_back_the_same(self, tmp_path: Path, name: str) -> None:
        write_roster(ROSTER, PLAN, tmp_path / name)
        assert read_roster(tmp_path / name, PLAN) == ROSTER
        assert read_roster(tmp_path / name, PLAN, ROSTER) == ROSTER

    def test_holds_the_whole_sample(self, tmp_path: Path, name: str) -> None:
        plan = shipped().plan
        write_roster(sample_roster(plan), plan, tmp_path / name)
        assert read_roster(tmp_path / name, plan) == sample_roster(plan)

    def test_is_refused_with_sheet_and_row(self, tmp_path: Path, name: str) -> None:
        write_roster(Roster(persons=(Person("a"),)), PLAN, tmp_path / name)
        with pytest.raises(RosterFaults) as refusal:
            read_roster(tmp_path / name, PLAN)
        assert str(refusal.value) == "人 2行目: 人ID「a」の職が「職」にありません"


def test_the_kind_of_file_is_seen_in_its_content(tmp_path: Path) -> None:
    write_roster(ROSTER, PLAN, tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.dat")
    assert read_roster(tmp_path / "a.dat", PLAN) == ROSTER


def test_an_officer_may_edit_the_workbook_and_bring_it_back(tmp_path: Path) -> None:
    path = tmp_path / "名簿.xlsx"
    write_roster(ROSTER, PLAN, path)
    book = openpyxl.load_workbook(path)
    book["課等"]["B2"] = "公園緑地課"
    book["所管"].append(["1-2-1", None, "公園緑地課", "主"])
    book.save(path)
    edited = read_roster(path, PLAN, ROSTER)
    assert edited.department("parks").former_names == ("公園課",)
    assert [one.name for one in edited.departments_for("benches-again")] == ["公園緑地課"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("名簿.csv", b"a,b\n", "CSV は、シートごとのファイルを1つのフォルダーか zip に"),
        ("名簿.xlsx", b"a,b\n", "Excel(.xlsx)のファイルではありません"),
    ],
)
def test_what_is_no_roster_is_said_so(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RosterFaults) as refusal:
        read_roster(tmp_path / name, PLAN)
    assert words in str(refusal.value)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RosterFaults, match="ファイルを読めません"):
        read_roster(tmp_path / "nowhere.xlsx", PLAN)


def test_columns_for_people_show_names_and_titles() -> None:
    with (FOLDER / "所管.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["（参考）取組名"] == "ICT活用による業務の効率化"
    assert rows[0]["（参考）課名"].startswith("見本：")


NAMES = st.text("公園道路文書課係一二三=+-@'ａA１ ", min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Any roster of up to four departments, some of them gone."""
    count = draw(st.integers(1, 4))
    departments = tuple(
        Department(
            f"d{at}",
            draw(NAMES),
            draw(st.sampled_from([None, "b"])),
            draw(st.sampled_from(["", f"d{at}@city.example"])),
            merged_into=draw(st.sampled_from([None, "d0"])) if at else None,
        )
        for at in range(count)
    )
    present = [one.id for one in departments if one.is_current]
    kinds = st.sampled_from([PostKind.OWNER, PostKind.DEPUTY_HEAD])
    days = st.sampled_from([Days(), Days(date(2025, 4, 1)), Days(None, date(2026, 3, 31))])
    persons = tuple(
        Person(
            f"p{at}",
            draw(st.one_of(st.just(""), NAMES)),
            (Post(draw(kinds), draw(st.sampled_from(present)), days=draw(days)), Post(PostKind.MANAGER)),
            draw(
                st.sampled_from([(), (Address(Channel.SLACK, f"U0P{at}"), Address(Channel.PAGE, f"=p{at}"))])
            ),
        )
        for at in range(draw(st.integers(1, 3)))
    )
    return Roster(
        (Bureau("b", draw(NAMES)),),
        departments,
        persons,
        (
            Responsibility(draw(st.sampled_from(present)), "lamps"),
            Responsibility(draw(st.sampled_from(present)), ItemIndicator("1-1", "点灯率"), days=draw(days)),
        ),
        draw(st.sampled_from([(), (Post(PostKind.HEAD, "d0"),)])),
        draw(st.sampled_from([(), (Absence("p0", Days(date(2024, 7, 1))),)])),
    )


@given(rosters())
def test_any_roster_survives_its_sheets(roster: Roster) -> None:
    assert roster_of(sheets_of(roster, PLAN), PLAN) == roster


@given(rosters())
def test_any_roster_survives_its_import(roster: Roster) -> None:
    assert roster_of(sheets_of(roster, PLAN), PLAN, roster) == roster
