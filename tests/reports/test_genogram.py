"""A genogram on paper: every name can be read, nothing leaves the page, the same every time."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from sgz_desktop.actions.papers_family import ACROSS, LEGEND, _tree
from sgz_desktop.domain import kin
from sgz_desktop.domain.genogram import genogram, narrow_genogram
from sgz_desktop.reports import case_file, values
from sgz_desktop.reports.genogram import FamilyDrawing
from sgz_desktop.reports.ink import Ink, Paper
from sgz_desktop.reports.looks import FILE_PAGE
from tests.domain.families import any_facts, real_families
from tests.reports.reading import OPERATORS, pages, solid

TODAY = "2026-06-30"


def family(drawn: Any) -> kin.Family:
    people, facts, homes = drawn
    return kin.family(people[0].id, people, facts, homes)


def drawn_on(tree: values.FamilyTree) -> list[str]:
    """The drawing's operators, at the top left of a page."""
    ink = Ink(Paper())
    FamilyDrawing(tree).draw(ink, FILE_PAGE.left, FILE_PAGE.top, FILE_PAGE.width)
    return ink.operators


@settings(max_examples=25, deadline=None)
@given(real_families())
def test_a_wide_family_is_cut_to_what_can_be_read_and_fits_the_page(drawn: Any) -> None:
    of = family(drawn)
    drawing = narrow_genogram(of, TODAY, ACROSS)
    assert len(drawing.symbols) + len(drawing.apart) == len(of.people)
    tree = _tree(drawing, "")
    assert FamilyDrawing(tree).height(FILE_PAGE.width) <= FILE_PAGE.height * 0.9
    for operators in drawn_on(tree):
        words = operators.split()
        for at, word in enumerate(words):
            if word in ("m", "l"):
                assert FILE_PAGE.left - 1 <= float(words[at - 2]) <= FILE_PAGE.left + FILE_PAGE.width + 1


@settings(max_examples=15, deadline=None)
@given(any_facts())
def test_whatever_the_relations_say_it_is_drawn_with_plain_strokes(drawn: Any) -> None:
    tree = _tree(genogram(family(drawn), TODAY), "")
    for operators in drawn_on(tree):
        for word in operators.split():
            if word[0].isalpha():
                assert OPERATORS.fullmatch(word), word


def test_names_and_legend_can_be_copied_out() -> None:
    people = [
        kin.Individual("a", "覃甲田", "1", "1962", "2020", dead=True),
        kin.Individual("b", "覃乙月", "2", "1991"),
    ]
    of = kin.family("b", people, [kin.KinFact("b", "51", "a", closeness="close")], [{"a", "b"}])
    tree = _tree(genogram(of, TODAY), "没有画出：邻居甲。")
    sheet = values.Sheet("家系图", "2026-A001-19-1", "INTERNAL", (tree,))
    file = values.CaseFile("青禾镇社工站", "2026-A001", (("服务对象", "覃乙月"),), (sheet,))
    data = case_file.build(file)
    assert case_file.build(file) == data
    text = solid(pages(data)[-1])
    for words in ("覃甲田", "覃乙月", "1962—2020", "父亲", "本人", "同住", LEGEND, "没有画出：邻居甲。"):
        assert solid(words) in text
