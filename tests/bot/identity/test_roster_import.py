from datetime import date
from pathlib import Path

import pytest

from bot.identity.roster_import import RosterProposal, apply, propose
from bot.identity.rosters import standing
from bot.refusal import Refusal
from bot.storage import audit, roster_store
from bot.storage.database import DatabaseFile
from knowledge.faults import RosterFaults
from knowledge.roster.roster import Roster
from knowledge.sources.roster_files import write_roster
from knowledge.sources.roster_sheets import roster_of
from tests.bot.conversation.floor import NOON, fresh_database
from tests.bot.fuse import Crash, Fuse
from tests.invented_roster import PLAN
from tests.knowledge.sources.roster_tables import GOOD, Rows, sheets

JULY = date(2024, 7, 1)
FIRST = roster_of(sheets(), PLAN)


class City:
    """A data folder, and files that are brought to it."""

    def __init__(self, folder: Path) -> None:
        self.database = fresh_database(folder)
        self.path = folder / "kaikaku.db"
        self.file = folder / "名簿.zip"

    def brings(self, roster: Roster) -> RosterProposal:
        write_roster(roster, PLAN, self.file)
        return propose(self.path, self.file, PLAN, JULY)

    def imports(self, roster: Roster) -> RosterProposal:
        proposal = self.brings(roster)
        apply(self.database, proposal, by="secretariat", now=NOON)
        return proposal

    def audit(self) -> list[audit.AuditLine]:
        with self.database.reading() as unit:
            return audit.lines(unit)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def _changed(**rows: Rows) -> Roster:
    return roster_of(sheets(**rows), PLAN)


MERGED = _changed(
    課等=[("parks", "公園道路課", "town"), ("papers", "文書課", "office")],
    人=[("a", "公園 太郎"), ("b",), ("c",)],
    職=[("課長", "parks", "b", None, "2025-03-31") if row[1] == "公園課" else row for row in GOOD["職"][1:]],
    所管=[("1-1-1", None, "parks"), *GOOD["所管"][3:]],
)


def test_a_proposal_changes_nothing(city: City) -> None:
    proposal = city.brings(FIRST)
    assert proposal.roster == FIRST
    assert standing(city.path, JULY).roster.is_sample
    assert city.audit() == []


def test_the_first_import_continues_nothing_of_the_sample(city: City) -> None:
    proposal = city.imports(FIRST)
    assert proposal.before is None
    assert standing(city.path, JULY).roster == FIRST


def test_history_goes_on_when_departments_merge(city: City) -> None:
    city.imports(FIRST)
    city.imports(MERGED)
    roster = standing(city.path, JULY).roster
    assert roster.department("roads").is_closed
    assert roster.department("parks").former_names == ("公園課",)
    assert roster.name_of("roads") == "道路課"
    with city.database.reading() as unit:
        assert roster_store.roster(unit, 1) == FIRST


def test_the_audit_says_who_when_what_and_names_no_person(city: City) -> None:
    city.imports(FIRST)
    city.imports(MERGED)
    first, second = city.audit()
    assert (first.at, first.who, first.what, first.before) == (NOON, "secretariat", "名簿の取込", "")
    assert second.subject == "名簿.zip（2024-07-01から）"
    assert second.before == "課等3、人3、所管5"
    assert second.after.splitlines()[:3] == [
        "課等2、人3、所管4",
        "課等の改称: parks（公園課 → 公園道路課）",
        "課等の変更: 公園道路課の共用メール（parks@city.example → なし）",
    ]
    assert "人の変更: 1件" in second.after
    assert "花子" not in second.after + first.after
    assert "U0A1" not in second.after + first.after


def test_a_faulty_file_changes_nothing(city: City) -> None:
    city.imports(FIRST)
    city.file.write_bytes(b"PK")
    with pytest.raises(RosterFaults):
        propose(city.path, city.file, PLAN, JULY)
    assert standing(city.path, JULY).roster == FIRST
    assert len(city.audit()) == 1


def test_one_that_was_overtaken_is_refused(city: City) -> None:
    slow = city.brings(FIRST)
    city.imports(MERGED)
    with pytest.raises(Refusal, match="ほかの名簿が取り込まれました"):
        apply(city.database, slow, by="secretariat", now=NOON)
    assert standing(city.path, JULY).roster == MERGED
    assert len(city.audit()) == 1


def test_roster_and_audit_stand_or_fall_together(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = city.brings(FIRST)

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("bot.identity.roster_import.audit.record", fail)
    with pytest.raises(OSError):
        apply(city.database, proposal, by="secretariat", now=NOON)
    assert standing(city.path, JULY).roster.is_sample
    with DatabaseFile(city.path).reading() as unit:
        assert unit["roster_persons"].count == 0


@pytest.mark.slow
def test_ended_at_any_point_an_import_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def story(folder: Path, fuse: Fuse) -> None:
        city = City(folder)
        with fuse.in_every_connection():
            city.imports(FIRST)

    undisturbed = Fuse()
    (tmp_path / "undisturbed").mkdir()
    story(tmp_path / "undisturbed", undisturbed)
    outcomes = []
    for point in range(1, undisturbed.passed + 1):
        folder = tmp_path / str(point)
        folder.mkdir()
        with pytest.raises(Crash):
            story(folder, Fuse(point, blow))
        roster = standing(folder / "kaikaku.db", JULY).roster
        with DatabaseFile(folder / "kaikaku.db").reading() as unit:
            told = len(audit.lines(unit))
        outcomes.append((roster == FIRST, told))
    assert set(outcomes) == {(False, 0), (True, 1)}
    assert outcomes == sorted(outcomes)


def blow() -> None:
    raise Crash
