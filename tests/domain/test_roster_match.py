"""Whom a row means: number, then name and birth, then name and village; never guessed."""

from __future__ import annotations

from sgz_desktop.domain import id_number
from sgz_desktop.domain.roster_match import Identity, Index, Known


def number(born: str, order: str = "002") -> str:
    first = "110105" + born.replace("-", "") + order
    return first + id_number.check_character(first)


A = Known("a", Identity("梁甲菊", number("1948-03-12"), "", "上溪村"))
B = Known("b", Identity("梁甲菊", "", "1960-05", "石桥头村"))
C = Known("c", Identity("梁甲菊", "", "", "荷塘村"))


def test_by_number_then_birth_then_village() -> None:
    index = Index([A, B, C])
    assert index.find(Identity("梁甲菊", number("1948-03-12"))) == ("a",)
    assert index.find(Identity("梁甲菊", "", "1960-05-07")) == ("b",)
    assert index.find(Identity("梁甲菊", "", "", "荷塘村")) == ("c",)
    assert index.find(Identity("梁甲菊", "wrong", "1948-03-12")) == ("a",)  # the number is only written wrong
    assert index.find(Identity("梁甲菊")) == ()
    assert index.find(Identity("梁乙菊", "", "1960-05-07")) == ()
    assert index.find(Identity("梁甲菊", "", "1960")) == ()  # a bare year is not enough


def test_a_number_of_fifteen_digits_is_the_same_number() -> None:
    first = "110105480312002"
    index = Index([Known("a", Identity("梁甲菊", first))])
    assert index.find(Identity("梁甲菊", id_number.to_eighteen(first) or "")) == ("a",)


def test_a_file_merged_into_another_leads_there() -> None:
    index = Index([A, Known("a", Identity("梁菊", number("1948-03-12", "004")))])
    assert index.find(Identity("梁菊", number("1948-03-12", "004"))) == ("a",)
    assert index.find(Identity("梁甲菊", "", "1948-03-12")) == ("a",)


def test_a_village_is_known_by_its_short_name() -> None:
    index = Index([C])
    for village in ("荷塘", "荷塘村", "荷塘村委会", "荷塘村村民委员会"):
        assert index.find(Identity("梁甲菊", "", "", village)) == ("c",)
    assert index.find(Identity("梁甲菊", "", "", "荷")) == ()


def test_several_are_all_told() -> None:
    index = Index([B, Known("d", Identity("梁甲菊", "", "1960-05-09"))])
    assert index.find(Identity("梁甲菊", "", "1960-05")) == ("b", "d")


def test_another_valid_number_or_birth_is_another_person() -> None:
    index = Index([A, C])
    assert index.find(Identity("梁甲菊", number("1948-03-12", "004"), "1948-03-12", "上溪村")) == ()
    assert index.find(Identity("梁甲菊", "", "1990-01-01", "上溪村")) == ()
    assert index.find(Identity("梁甲菊", number("1950-01-01"), "", "荷塘村")) == (
        "c",
    )  # nothing known against it
