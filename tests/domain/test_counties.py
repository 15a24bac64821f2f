"""The county a number was first given in, by code and year (resources/counties)."""

from __future__ import annotations

import pytest

from sgz_desktop.domain import counties
from sgz_desktop.domain.id_number import PROVINCES
from sgz_desktop.resources import resource


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("350627", 1990, "福建省漳州市南靖县"),
        ("350627", 1931, "福建省漳州市南靖县"),
        ("110105", 1995, "北京市朝阳区"),
        ("429004", 2001, "湖北省仙桃市"),
        ("441900", 2001, "广东省东莞市"),
        ("130123", 1990, "河北省石家庄市栾城县"),
        ("130123", 1995, "河北省石家庄市正定县"),
        ("352627", 1990, "福建省龙岩地区连城县"),
        ("352627", 2020, "福建省龙岩地区连城县"),
        ("810000", 1960, "香港特别行政区"),
    ],
)
def test_a_code_has_the_name_of_its_year(code: str, year: int, name: str) -> None:
    assert counties.county(code, year) == name


@pytest.mark.parametrize("code", ["359999", "000627", "990101", "", "35062", "三五零六"])
def test_a_code_the_table_has_not_has_no_name(code: str) -> None:
    assert counties.county(code, 1990) == ""


def test_every_line_is_a_code_of_a_known_province_with_years_in_order() -> None:
    seen: dict[str, int] = {}
    for line in resource("counties", "gbt2260.txt").read_text(encoding="utf-8").splitlines():
        code, years, name = line.split(" ")
        first, last = years.split("-")
        assert len(code) == 6
        assert code[:2] in PROVINCES
        assert name
        assert not last or int(first or 0) <= int(last)
        assert int(first or 0) > seen.get(code, -1)
        seen[code] = int(last or 9999)
    assert len(seen) > 6000
