"""What the years are that a sentence names."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.japanese import plain
from knowledge.year_mentions import find_years

MAY_2023 = date(2023, 5, 1)


@pytest.mark.parametrize(
    "written",
    [
        *("R6", "r6", "Ｒ６", "R06", "R.6", "R6年度", "令和6年度", "令和６年", "令和6", "令和六年度", "令6"),
        *(
            "れいわ6",
            "レイワ6年度",
            "2024",
            "２０２４年度",
            "2024年",
            "西暦2024年",
            "FY2024",
            "ＦＹ24",
            "fiscal 2024",
        ),
        *(
            "fiscal year 2024",
            "6年度",
            "六年度",
            "'24年度",
            "’24",
            "24年度",
            "来年度",
            "来年",
            "翌年度",
            "next year",
        ),
    ],
)
def test_one_year_is_read_in_every_writing(written: str) -> None:
    text = plain(f"文化会館の{written}の効果額")
    (mention,) = find_years(text, MAY_2023)
    assert mention.year is not None and mention.year.short == "R6"
    assert text[mention.start : mention.end] == plain(written)
