import struct
from xml.etree import ElementTree

from bot.message import Chart, Series
from bot.progress.chart import png, svg

YEARS = ("R3", "R4", "R5")


def chart(*values: int | None, title: str = "効果額", name: str = "目標") -> Chart:
    return Chart(title, YEARS[: len(values)], (Series(name, values),), "千円")


def words(picture: str) -> list[str]:
    return [
        one.text or "" for one in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    ]


def test_the_picture_says_every_figure_and_names_what_is_missing() -> None:
    assert words(svg(chart(14561, None, -2413))) == [
        "効果額（千円）",
        "記載なし",
        "14,561",
        "△2,413",
        "R3",
        "R4",
        "R5",
    ]


def test_what_somebody_wrote_is_no_markup() -> None:
    assert words(svg(chart(1, title="<b>&効果額")))[0] == "<b>&効果額（千円）"


def test_it_is_a_png_of_a_readable_width() -> None:
    picture = png(chart(14561, None, -2413))
    assert picture.startswith(b"\x89PNG") and struct.unpack(">I", picture[16:20])[0] == 990


def test_japanese_words_are_drawn_and_not_left_out() -> None:
    drawn, without = png(chart(1, title="効果額")), png(chart(1, title=""))
    assert drawn != without != png(chart(1, title="改革改革改革改革")) != drawn


def test_rows_differ_by_more_than_their_colour() -> None:
    several = Chart(
        "効果額", YEARS, tuple(Series(name, (1, 2, 3)) for name in ("目標", "見込み", "実績")), "千円"
    )
    edges = {
        (bar.get("stroke-dasharray"), bar.get("fill") == bar.get("stroke"))
        for bar in ElementTree.fromstring(svg(several)).iter("{http://www.w3.org/2000/svg}rect")
        if bar.get("stroke")
    }
    assert len(edges) == 3
    assert {"目標", "見込み", "実績"} <= set(words(svg(several))) and "記載なし" not in words(svg(several))


def test_between_several_rows_a_gap_is_explained_beside_them() -> None:
    rows = (Series("目標", (1, 2)), Series("実績", (1, None)))
    assert words(svg(Chart("効果額", YEARS[:2], rows, "千円"))).count("記載なし") == 1
