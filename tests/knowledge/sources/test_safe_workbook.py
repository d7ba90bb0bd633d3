"""Workbooks that mean harm or are broken are refused with a word of what is wrong; ours stay text."""

import random
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from knowledge.faults import SourceFaults
from knowledge.sources import sheets as bounds
from knowledge.sources.safe_workbook import read_workbook, write_workbook
from knowledge.sources.sheets import Formula, Sheet

PLAIN = write_workbook([Sheet("表", (("番号", "名"), ("3-1-2", "文化会館")))])


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_part(name: str, part: bytes, content: bytes = PLAIN) -> bytes:
    """The workbook with a part added, or put in place of its own."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != name:
                target.writestr(info.filename, source.read(info))
        target.writestr(name, part)
    return stream.getvalue()


def _part(name: str, content: bytes = PLAIN) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def _refusal(content: bytes) -> str:
    with pytest.raises(SourceFaults) as refusal:
        read_workbook(content)
    return str(refusal.value)


class TestReading:
    def test_gives_what_the_cells_hold(self) -> None:
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.title = "表"
        page.append(["文字", 12, 1.5, True, datetime(2025, 4, 1), None])
        page.append([None, "=A1&B1"])
        page["A4"] = "離れた行"
        assert read_workbook(_saved(book)) == (
            Sheet(
                "表",
                (
                    ("文字", 12, 1.5, True, datetime(2025, 4, 1)),
                    (None, Formula("=A1&B1")),
                    (),
                    ("離れた行",),
                ),
            ),
        )

    def test_does_not_mind_mail_addresses_that_excel_made_links(self) -> None:
        book = openpyxl.Workbook()
        cell = book.worksheets[0]["A1"]
        cell.value = "a@city.example"
        cell.hyperlink = Hyperlink(ref="A1", target="mailto:a@city.example")
        assert read_workbook(_saved(book))[0].rows == (("a@city.example",),)

    def test_believes_no_stated_dimension(self) -> None:
        sheet = _part("xl/worksheets/sheet1.xml")
        assert b"<dimension" in sheet
        lying = sheet.replace(b'ref="A1:B2"', b'ref="A1:A1"')
        assert lying != sheet
        assert read_workbook(_with_part("xl/worksheets/sheet1.xml", lying)) == read_workbook(PLAIN)


class TestRefusing:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("xl/vbaProject.bin", "マクロ（xl/vbaProject.bin）"),
            ("XL/VBAPROJECT.BIN", "マクロ（XL/VBAPROJECT.BIN）"),
            ("xl/macrosheets/sheet1.xml", "マクロ（xl/macrosheets/sheet1.xml）"),
            ("xl/externalLinks/link1.xml", "ほかのファイルへのリンク（xl/externalLinks/link1.xml）"),
            ("xl/connections.xml", "外部データへの接続（xl/connections.xml）"),
            ("xl/embeddings/oleObject1.bin", "埋め込まれたファイル（xl/embeddings/oleObject1.bin）"),
            ("xl/activeX/activeX1.xml", "ActiveX コントロール（xl/activeX/activeX1.xml）"),
        ],
    )  # fmt: skip
    def test_names_what_an_import_has_no_use_for(self, name: str, words: str) -> None:
        assert words in _refusal(_with_part(name, b"<x/>"))

    def test_a_macro_format_under_a_plain_name(self) -> None:
        types = _part("[Content_Types].xml").replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
        assert "マクロ有効の形式" in _refusal(_with_part("[Content_Types].xml", types))

    def test_a_link_to_another_file(self) -> None:
        link = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" TargetMode="External" '
            b'Target="file:///c:/a.xlsx" Type="x/externalLinkPath"/>'
            b"</Relationships>"
        )
        assert "外部へのリンク（file:///c:/a.xlsx）" in _refusal(_with_part("xl/_rels/other.rels", link))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_document_type_in_any_encoding(self, encoding: str) -> None:
        bomb = (
            f'<?xml version="1.0" encoding="{encoding}"?>'
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
        ).encode(encoding)
        assert "文書型の宣言（xl/sharedStrings.xml）" in _refusal(_with_part("xl/sharedStrings.xml", bomb))

    def test_a_part_that_unpacks_to_very_much_more(self) -> None:
        assert "展開すると大きく" in _refusal(_with_part("xl/media/x.bin", b"\0" * 20_000_000))

    def test_parts_that_together_unpack_to_too_much(self) -> None:
        noise = random.Random(1).randbytes(1000)
        content = PLAIN
        stream = BytesIO()
        with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
            for info in source.infolist():
                target.writestr(info.filename, source.read(info))
            for at in range(14):
                target.writestr(f"xl/media/{at}.bin", b"".join(noise + bytes(30_000) for _ in range(150)))
        packed = stream.getvalue()
        assert len(packed) < bounds.MAX_BYTES
        assert "展開すると大きく" in _refusal(packed)

    def test_too_many_parts(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_STORED) as target:
            for at in range(bounds.MAX_PARTS + 1):
                target.writestr(f"{at}", b"")
        assert "展開すると大きく" in _refusal(stream.getvalue())

    def test_a_file_that_is_too_large(self) -> None:
        assert "10MB" in _refusal(PLAIN + bytes(bounds.MAX_BYTES))

    def test_too_many_cells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("knowledge.sources.safe_workbook.MAX_CELLS", 3)
        assert "セルが多すぎます" in _refusal(PLAIN)

    def test_a_row_far_below(self) -> None:
        far = _part("xl/worksheets/sheet1.xml").replace(b'r="2"', b'r="999999999999"')
        assert "セルが多すぎます" in _refusal(_with_part("xl/worksheets/sheet1.xml", far))

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "Excel(.xlsx)のファイルではありません"),
            ("番号,名\n".encode(), "Excel(.xlsx)のファイルではありません"),
            (b"\xd0\xcf\x11\xe0" + bytes(600), "パスワード付き、または古い形式"),
            (PLAIN[: len(PLAIN) // 2], "Excel(.xlsx)のファイルではありません"),
        ],
    )
    def test_what_is_no_workbook(self, content: bytes, words: str) -> None:
        assert words in _refusal(content)

    def test_one_whose_parts_are_not_there(self) -> None:
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("[Content_Types].xml", _part("[Content_Types].xml"))
        assert "壊れている" in _refusal(stream.getvalue())

    def test_damage_anywhere_is_either_refused_in_words_or_harmless(self) -> None:
        chance = random.Random(7)
        refused = 0
        for _ in range(300):
            damaged = bytearray(PLAIN)
            for _ in range(chance.randint(1, 8)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                read_workbook(bytes(damaged))
            except SourceFaults as refusal:
                refused += 1
                assert str(refusal)
        assert refused > 100

    def test_nonsense_inside_a_part_too(self) -> None:
        chance = random.Random(8)
        refused = 0
        for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
            part = _part(name)
            for _ in range(60):
                damaged = bytearray(part)
                damaged[chance.randrange(len(damaged))] = chance.randrange(32, 127)
                try:
                    read_workbook(_with_part(name, bytes(damaged)))
                except SourceFaults:
                    refused += 1
        assert refused > 30


class TestWriting:
    DANGEROUS = ('=HYPERLINK("http://x.example")', "+81", "-1", "@sum", "＝1", "\t=1", "'=1", "=", "3-1-2")

    def test_what_looks_like_a_formula_stays_text(self) -> None:
        content = write_workbook([Sheet("表", (("値",), *((text,) for text in self.DANGEROUS)))])
        page = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
        assert [page.cell(row, 1).value for row in range(2, 11)] == list(self.DANGEROUS)
        for row in range(2, 11):
            assert page.cell(row, 1).data_type == "s"
            assert page.cell(row, 1).number_format == "@"
        assert page.cell(2, 1).quotePrefix
        assert not page.cell(10, 1).quotePrefix
        assert [row[0] for row in read_workbook(content)[0].rows[1:]] == list(self.DANGEROUS)

    def test_a_new_row_in_a_text_column_stays_text_and_numbers_stay_numbers(self) -> None:
        content = write_workbook([Sheet("表", (("番号", "額"), ("3-1-2", 14561)))])
        page = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
        assert page.column_dimensions["A"].number_format == "@"
        assert page.column_dimensions["B"].number_format == "General"
        assert page["B2"].value == 14561
        assert page.freeze_panes == "A2"

    def test_choices_are_offered_in_their_column(self) -> None:
        content = write_workbook([Sheet("表", (("番号", "主副"),))], {("表", "主副"): ("主", "副")})
        (rule,) = openpyxl.load_workbook(BytesIO(content)).worksheets[0].data_validations.dataValidation
        assert (rule.formula1, str(rule.sqref)) == ('"主,副"', "B2:B2000")
