from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faults import SourceFaults
from knowledge.sources.csv_tables import read_archive, read_folder, write_archive, write_files
from knowledge.sources.sheets import Sheet

TEXT = "課ID,課名\r\nparks,公園課\r\n"
READ = (Sheet("課等", (("課ID", "課名"), ("parks", "公園課"))),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_each_encoding_that_excel_saves_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "課等.csv").write_bytes(TEXT.encode(encoding))
    assert read_folder(tmp_path) == READ


def test_what_is_neither_is_refused_by_the_files_name(tmp_path: Path) -> None:
    (tmp_path / "課等.csv").write_bytes(b"\x81\x20")
    with pytest.raises(SourceFaults, match=r"課等\.csv の文字コード"):
        read_folder(tmp_path)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "課等.CSV").write_bytes(TEXT.encode())
    (tmp_path / "メモ.txt").write_bytes(b"\x81\x20")
    assert read_folder(tmp_path) == READ


def test_rows_keep_the_line_on_which_they_begin(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b'a\n"b\nb"\n\nc\n')
    assert read_folder(tmp_path)[0].rows == (("a",), ("b\nb",), (), (), ("c",))


def test_a_broken_quotation_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b'a\nb\n"c\nd\n')
    with pytest.raises(SourceFaults, match=r"x\.csv 4行目: CSV として読めません"):
        read_folder(tmp_path)


class TestArchives:
    def test_names_that_windows_wrote_are_read(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("AAAA/BBBB.csv", TEXT.encode("cp932"))
        # Windows writes the bytes of CP932 and no mark of the encoding.
        content = stream.getvalue().replace(b"AAAA/BBBB.csv", "名簿/課等.csv".encode("cp932"))
        assert read_archive(content) == READ

    def test_a_macs_own_copies_are_passed_over(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("__MACOSX/課等.csv", b"\x81\x20")
            archive.writestr("課等.csv", TEXT.encode())
        assert read_archive(stream.getvalue()) == READ

    def test_no_name_leads_out_of_the_archive(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("../../課等.csv", TEXT.encode())
        assert read_archive(stream.getvalue()) == READ

    def test_too_many_cells_in_all_files_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("knowledge.sources.csv_tables.MAX_CELLS", 7)
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("a.csv", TEXT.encode())
            archive.writestr("b.csv", TEXT.encode())
        with pytest.raises(SourceFaults, match="セルが多すぎます"):
            read_archive(stream.getvalue())

    def test_a_bomb_is_not_unpacked(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w", 8) as archive:
            archive.writestr("a.csv", b"," * 50_000_000)
        with pytest.raises(SourceFaults, match="展開すると大きく"):
            read_archive(stream.getvalue())


def test_written_cells_open_as_text_in_a_spreadsheet() -> None:
    ((name, content),) = write_files([Sheet("x", (("値",), ("=1+1",), ("@a",), ("3-1-2",), (None,)))])
    assert name == "x.csv"
    assert content == "\ufeff値\r\n'=1+1\r\n'@a\r\n3-1-2\r\n\"\"\r\n".encode()


CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), min_size=1, max_size=8
) | st.sampled_from(["=a", "'=a", "''+", "-", "＝", "'", "\t="])


@given(st.lists(st.lists(CELL, min_size=1, max_size=4).map(tuple), min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]]) -> None:
    rows = [tuple(cell.replace("\n", " ") for cell in row) for row in rows]
    assert read_archive(write_archive([Sheet("x", tuple(rows))])) == (Sheet("x", tuple(rows)),)
