"""Remarks typed by number and mark: each is a dated task at the right record, carried out and told again."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from sgz_desktop.actions import agenda, supervision_copy, supervision_progress, supervision_remarks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.supervision_copy import CopyWish
from sgz_desktop.actions.supervision_remarks import RemarkLine, RemarkTyped
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.records.supervision import Remark
from sgz_desktop.errors import AppError
from tests.actions.supervised import WHO, given, mark_of, supervised_case

DUE = "2026-07-09"


@pytest.fixture
def case(desk: Desk) -> str:
    return supervised_case(desk)


def entered(desk: Desk, number: str, **typed: str) -> RemarkLine:
    place = supervision_remarks.remark_place(desk, number)
    id = supervision_remarks.enter_remark(desk, place, RemarkTyped(**typed)).id
    found = supervision_remarks.find_remark(desk, id)
    assert found is not None
    assert found in supervision_remarks.list_remarks(desk)
    return found


def due(desk: Desk) -> list[Item]:
    found = agenda.agenda(desk, 1)
    return [item for day in found.days.values() for item in day if item.kind == Remark.KIND]


def test_a_mark_leads_to_its_record(desk: Desk, case: str) -> None:
    copy = given(desk, case)
    mark = mark_of(copy, "session", 2)
    line = entered(desk, copy.number.lower(), mark=f" {mark.number} ", text="写得太短", decision="more")
    assert (line.kind, line.about, line.mark) == ("session", mark.id, mark.number)
    assert (line.supervisor, line.decision, line.due_on) == (WHO, "需补充", DUE)
    (item,) = due(desk)
    assert (item.what, item.day, item.case) == ("督导意见：写得太短", DUE, case)


def test_a_paper_s_number_alone_leads_to_its_record(desk: Desk, case: str) -> None:
    copy = given(desk, case)
    mark = mark_of(copy, "plan")
    line = entered(desk, f"{mark.sheet}-2", text="目标要能量")  # as its second print says
    assert (line.about, line.number, line.mark) == (mark.id, f"{mark.sheet}-2", 0)


def test_a_decision_alone_and_a_copy_without_a_mark_are_enough(desk: Desk, case: str) -> None:
    copy = given(desk, case)
    line = entered(desk, copy.number, decision="plan", due_on="7-3")
    assert (line.about, line.text, line.due_on) == (case, "同意计划", "2026-07-03")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"mark": "999", "text": "看"}, "mark"),
        ({"mark": "三", "text": "看"}, "mark"),
        ({}, "text"),
        ({"text": "看", "due_on": "改天"}, "due_on"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    desk: Desk, case: str, typed: dict[str, str], field: str
) -> None:
    place = supervision_remarks.remark_place(desk, given(desk, case).number)
    with pytest.raises(FormRefused) as told:
        supervision_remarks.enter_remark(desk, place, RemarkTyped(**typed))
    assert [one.field for one in told.value.problems] == [field]
    assert not supervision_remarks.list_remarks(desk)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("你好", "不是督导件或文书的编号"),
        ("2026-A777-D1", "本站没有个案2026-A777"),
        ("2026-A001-D7", "没有给出过督导件2026-A001-D7"),
        ("2026-A001-99-1", "没有编号2026-A001-99-1的文书"),
    ],
)
def test_a_number_that_names_nothing_is_said(desk: Desk, case: str, number: str, words: str) -> None:
    with pytest.raises(AppError, match=words) as told:
        supervision_remarks.remark_place(desk, number)
    assert len(told.value.message) <= 30


def test_carried_out_it_leaves_the_agenda_and_stands_in_the_next_copy(desk: Desk, case: str) -> None:
    copy = given(desk, case)
    mark = mark_of(copy, "session", 2)
    line = entered(desk, copy.number, mark=str(mark.number), text="问清楚儿子为何没有汇款")
    entered(desk, copy.number, text="夜灯还没有装")
    done = {"done": "电话问过，厂里减班", "done_on": "2026-06-30"}
    supervision_remarks.carry_out(desk, line.id, {**done, "text": "别人的话不改"})
    after = next(one for one in supervision_remarks.list_remarks(desk) if one.id == line.id)
    assert (after.state, after.done, after.text) == ("已落实", done["done"], "问清楚儿子为何没有汇款")
    assert [item.what for item in due(desk)] == ["督导意见：夜灯还没有装"]
    second = supervision_copy.make_copy(desk, case, CopyWish(WHO))
    first = pypdfium2.PdfDocument(io.BytesIO(second.data))[0].get_textpage().get_text_range()
    for words in (
        "上次意见落实",
        "问清楚儿子为何没有汇款",
        "电话问过，厂里减班",
        "夜灯还没有装",
        "还没有",
        "7月9日前",
    ):
        assert words in first, words


def test_ticked_off_moved_and_taken_back_on_the_agenda(desk: Desk, case: str) -> None:
    entered(desk, given(desk, case).number, text="看一看")
    (item,) = due(desk)
    agenda.finish_item(desk, item)
    assert not due(desk)
    agenda.finish_item(desk, item, undo=True)
    assert due(desk) == [item]
    agenda.move_item(desk, item, 1)
    assert [one.day for one in due(desk)] == ["2026-07-10"]
    assert not [one for one in agenda.agenda(desk, 1).undated if one.task]  # no task of its own was written


def test_the_monthly_sheet_names_nobody(desk: Desk, case: str) -> None:
    entered(desk, given(desk, case).number, text="看一看", due_on="2026-06-29")
    sheet = supervision_progress.progress_sheet(desk, "2026-06")
    heads = [head.words for head in sheet.heads]
    (row,) = sheet.rows
    told = dict(zip(heads, map(str, row), strict=True))
    assert told["个案编号"] == "2026-A001"
    assert told["服务对象"] == "陈某"
    assert (told["本月节数"], told["累计节数"], told["目标"]) == ("2", "2", "0/2达成")
    assert (told["风险"], told["未落实意见"], told["最近服务"]) == ("中", "1", "2026-06-17")
    assert "1条意见过期未落实" in told["需要督导决定"]
    words = pypdfium2.PdfDocument(io.BytesIO(supervision_progress.print_progress(desk, "2026-06")))
    assert "陈小雨" not in words[0].get_textpage().get_text_range()
    assert supervision_progress.progress_sheet(desk, "2026-05").rows == ()
    with pytest.raises(AppError, match="还没有到"):
        supervision_progress.progress_sheet(desk, "2026-07")
