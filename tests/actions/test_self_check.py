"""迎检自查: tables from data and files, what is found for them, a sample, and who may be called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sgz_desktop.actions import case_sample, forms, papers_self_check, self_check
from sgz_desktop.actions.case_sample import call_list, draw_cases, sample_paper
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import texts
from sgz_desktop.store import read
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Write

YEAR = {"first_on": "2025-09-01", "last_on": "2026-08-31"}
ROWS = [
    ["一级指标", "内容", "分值", "评分办法"],
    ["基础建设", "有2名以上专职人员", 10, "少1人扣5分"],
    [None, "签订服务合同", 5, None],
    ["服务", "档案装订规范", 5, None],
]


def write(desk: Desk, *records: tuple[str, str, Mapping[str, Any]], settled: bool = True) -> None:
    """Put records into the store; what is not `settled` stands beside what was there, as a conflict."""

    def work(session: Writing) -> None:
        for kind, id, values in records:
            loaded = read.load(session, BY_KIND[kind], id)
            seen = loaded.seen if loaded and settled else {}
            desk.doing("save_form").record(session, "", [Write(kind, id, values, seen)])

    desk.write(work)


def table_of(desk: Desk, folder: Path) -> str:
    """An evaluator's workbook taken over, for the year of a contract."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "评估表.xlsx")
    write(desk, ("contract", "contract-1", YEAR))
    found = self_check.read_evaluation(desk, folder / "评估表.xlsx")
    return self_check.import_evaluation(desk, found, "年度评估", contract="contract-1").id


def states(desk: Desk, id: str) -> list[str]:
    """How the items of a table stand."""
    return [line.standing.state for line in self_check.evaluation_page(desk, id).items]


def test_a_workbook_becomes_a_table_and_what_is_on_file_is_found(desk: Desk, tmp_path: Path) -> None:
    id = table_of(desk, tmp_path)
    assert states(desk, id) == ["missing", "met", "missing"]
    write(
        desk,
        ("staff", "staff-1", {"name": "李小禾", "posted_on": "2025-09-10"}),
        ("staff", "staff-2", {"name": "王青", "posted_on": "2024-01-01", "left_on": "2026-05-29"}),
        ("staff", "staff-3", {"name": "周岚", "posted_on": "2026-03-02", "post": "intern"}),
    )
    assert states(desk, id) == ["partly", "met", "missing"]  # one left in the year, one is no social worker
    write(desk, ("staff", "staff-2", {"left_on": "2026-09-01"}))
    page = self_check.evaluation_page(desk, id)
    assert [line.found for line in page.items][:2] == [("staff-2", "staff-1"), ("contract-1",)]
    assert (page.scores.points, page.scores.unscored, page.missing) == (20, 3, 1)


def test_evidence_is_linked_and_told_by_kind_and_day(desk: Desk, tmp_path: Path) -> None:
    id = table_of(desk, tmp_path)
    write(desk, ("visit", "visit-1", {"date": "2026-03-05", "facts": "老陈家的屋顶漏雨"}))
    item = str(self_check.evaluation_page(desk, id).items[2].item.id)
    form = forms.form(desk, item, "evaluation_item")
    row = RowInput("", {"about": "visit-1", "words": "抽查卷"})
    forms.save_form(desk, form, {"scored": 4, "where_kept": "3号柜"}, {"evidence": [row]})
    line = self_check.evaluation_page(desk, id).items[2]
    assert (line.standing.state, line.standing.by) == ("met", "evidence")
    assert line.evidence[0].words == "走访 2026年3月5日　抽查卷"
    told = list(texts(papers_self_check.material_list(desk, id)))
    assert "走访 2026年3月5日　抽查卷" in told
    assert "3号柜" in told
    assert "缺" in told
    assert not any("老陈" in one for one in told)


def test_a_text_file_is_read_too_and_no_table_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("一级指标,内容,分值,评分办法\n基础,有场地,5,\n,有人员,x,\n", "utf-8")
    found = self_check.read_evaluation(desk, tmp_path / "a.csv")
    assert [(one.section, one.text, one.points) for one in found.items] == [
        ("基础", "有场地", 5),
        ("基础", "有人员", None),
    ]
    assert found.doubts == (3,)
    (tmp_path / "b.csv").write_text("姓名,电话\n甲,1\n", "utf-8")
    with pytest.raises(AppError, match="没有找到评估项"):
        self_check.read_evaluation(desk, tmp_path / "b.csv")


@pytest.mark.parametrize("name", [one.id for one in self_check.checklists()])
def test_a_checklist_becomes_a_table_at_once(desk: Desk, name: str) -> None:
    id = self_check.make_checklist(desk, name).id
    page = self_check.evaluation_page(desk, id)
    assert page.table.sort == "six_haves"
    assert page.table.source
    assert len({line.item.section for line in page.items}) == 6
    assert all(line.item.proof is None or line.found_words for line in page.items)


def cases_of(desk: Desk) -> None:
    """Eight cases of the year, one of them kept from the guardian; each client agreed to everything."""
    agreed = {"signed_on": "2025-10-01", "ok_service": "agreed", "ok_share_civil": "agreed", "giver": "self"}
    for n in range(1, 9):
        write(
            desk,
            ("person", f"p{n}", {"name": f"甲{n}", "phone": f"1399990000{n}"}),
            ("household", f"h{n}", {"village": "柳林村"}),
            ("membership", f"m{n}", {"household": f"h{n}", "person": f"p{n}"}),
            (
                "case",
                f"c{n}",
                {
                    "number": f"QH-2026-A00{n}",
                    "client": f"p{n}",
                    "household": f"h{n}",
                    "opened_on": "2025-10-01",
                    "worker": "王青",
                    "guardian_hidden": n == 8,
                },
            ),
            ("consent", f"k{n}", {"case": f"c{n}", **agreed}),
        )


def test_a_sample_is_written_down_and_never_holds_a_hidden_case(desk: Desk, tmp_path: Path) -> None:
    id = table_of(desk, tmp_path)
    cases_of(desk)
    write(
        desk,
        ("case", "old", {"number": "QH-2024-A001", "opened_on": "2024-01-01", "closed_on": "2025-08-31"}),
    )
    found, _ = draw_cases(desk, id, 3817, 3)
    assert (found.among, len(found.cases)) == (7, 3)
    again, changes = draw_cases(desk, id, 3817, 3)
    assert again == found
    note = forms.form(desk, id, "evaluation_table").values["note"]
    assert note == f"{case_sample.told(found, desk.today())}。"
    assert changes.edit is None  # the same lot is written once
    for owner in (desk, replace(desk, user="王青")):  # the case's own worker prints it no more than others
        for seed in range(30):
            told = list(texts(sample_paper(owner, id, seed, 7)))
            assert "QH-2026-A008" not in told
            assert "QH-2024-A001" not in told
            assert "QH-2026-A001" in told
    assert str(found.seed) in "".join(texts(sample_paper(desk, id, 3817, 3)))
    write(desk, ("case", "c8", {"guardian_hidden": False}))
    assert "QH-2026-A008" in list(texts(sample_paper(desk, id, 1, 8)))


def called(desk: Desk, id: str, caller: str = "civil") -> str:
    """The words of the list of people to call."""
    return "\n".join(texts(call_list(desk, id, caller)))


def test_only_who_agreed_is_called(desk: Desk, tmp_path: Path) -> None:
    id = table_of(desk, tmp_path)
    cases_of(desk)
    assert all(f"甲{n}" in called(desk, id) for n in range(1, 8))
    write(
        desk,
        ("consent", "k1", {"ok_share_civil": "refused"}),
        ("consent", "k2", {"withdrawn_on": "2026-01-01"}),
        ("consent", "k3", {"signed_on": None}),
        ("consent", "k4-later", {"case": "c4", "signed_on": "2026-02-01", "ok_service": "agreed"}),
        ("person", "p5", {"died_on": "2026-02-01"}),
        ("case", "c6", {"deleted": True}),
    )
    told = called(desk, id)
    assert "甲7" in told
    assert not [n for n in range(1, 7) if f"甲{n}" in told]
    assert "甲7" not in called(desk, id, "township")
    write(desk, ("consent", "k7", {"ok_share_township": "agreed"}))
    assert "甲7" in called(desk, id, "township")
    write(desk, ("consent", "k7", {"ok_share_civil": "refused"}), settled=False)
    write(desk, ("consent", "k7", {"ok_share_civil": "agreed"}), settled=False)
    assert "甲7" not in called(desk, id)  # two computers do not agree on what was said
    assert case_sample.print_call_list(desk, id).startswith(b"%PDF")


def test_nobody_of_a_home_kept_back_is_called(desk: Desk, tmp_path: Path) -> None:
    """Not the hidden case's client by another case, nor who lives with them, nor who has their number."""
    id = table_of(desk, tmp_path)
    cases_of(desk)
    agreed = {"signed_on": "2025-10-01", "ok_service": "agreed", "ok_share_civil": "agreed"}
    write(
        desk,
        ("case", "c9", {"number": "QH-2026-A009", "client": "p8", "opened_on": "2025-10-01"}),
        ("consent", "k9", {"case": "c9", **agreed}),
        ("membership", "m1", {"household": "h8"}),
        ("person", "p2", {"phone": "13999900008"}),
    )
    told = called(desk, id)
    assert not [n for n in (1, 2, 8) if f"甲{n}" in told]
    assert "甲3" in told
    write(desk, ("case", "c8", {"guardian_hidden": False}))
    assert all(f"甲{n}" in called(desk, id) for n in range(1, 9))  # it was the mark that kept them back
