"""The shipped edition, and what keeps a damaged copy of it from being believed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.editions.edition import SHIPPED, shipped
from knowledge.faults import PlanFaults


def copy_without(lines_with: str, folder: Path) -> Path:
    for name in ("edition.toml", "annotations.toml", "jikko-keikaku-r3-r7.txt"):
        shutil.copy(SHIPPED / name, folder / name)
    text = folder / "jikko-keikaku-r3-r7.txt"
    kept = [line for line in text.read_text("utf-8").split("\n") if not line.startswith(lines_with)]
    text.write_text("\n".join(kept), "utf-8")
    return folder


def test_the_shipped_edition_says_what_it_is() -> None:
    edition = shipped()
    assert (edition.id, edition.title) == ("r3", "実行計画（案）")
    assert (edition.effective, edition.is_assumed) == (date(2021, 4, 1), True)
    assert len(edition.plan.initiatives) == 39


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("3-1-6.", "検算: initiativesは39のはずですが、38です"),
        ("5-2-8.", "注記 5-2-1: 重なりの注記の取組が計画の表にありません: 5-2-8"),
        ("はだのICT活用推進計画", "検算: individual_plansは4のはずですが、3です"),
        ("(案)", "検算: statusは案のはずですが、空欄です"),
        ("委員\t大屋崇", "検算: membersは6のはずですが、5です"),
    ],
)
def test_a_copy_that_lacks_a_line_is_refused(lost: str, message: str, tmp_path: Path) -> None:
    folder = copy_without(lost, tmp_path)
    with pytest.raises(PlanFaults) as refused:
        shipped(folder)
    assert any(message in str(fault) for fault in refused.value.faults), refused.value.faults
