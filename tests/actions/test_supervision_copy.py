"""The copy a supervisor gets: its number, its marks, what changed since, and that it is kept as it was."""

from __future__ import annotations

import hashlib
import io
import re

import pypdfium2
import pytest

from sgz_desktop.actions import allowed as rules
from sgz_desktop.actions import forms, supervision_changes, supervision_copy, tasks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_changes import changed_lines, late_entries
from sgz_desktop.actions.supervision_copy import CopyWish
from sgz_desktop.actions.supervision_glance import TITLE
from sgz_desktop.actions.supervision_reading import Material, material
from sgz_desktop.domain.records.supervision import SupervisorCopy
from sgz_desktop.domain.supervising import marks_of
from sgz_desktop.errors import AppError
from sgz_desktop.store import papers, queries, read
from tests.actions.papers_station import family, paper
from tests.actions.supervised import WHO, given, mark_of, supervised_case


@pytest.fixture
def case(desk: Desk) -> str:
    return supervised_case(desk)


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        return [document[n].get_textpage().get_text_range() for n in range(len(document))]
    finally:
        document.close()


def of_case(desk: Desk, case: str) -> Material:
    return desk.read(lambda session: material(session, desk, case, WHO))


def copies(desk: Desk) -> list[SupervisorCopy]:
    return desk.read(lambda session: read.select_where(session, SupervisorCopy))


def test_what_is_looked_at_first_stands_on_one_page(desk: Desk, case: str) -> None:
    made = supervision_copy.make_copy(desk, case, CopyWish(WHO, "是否同意计划\n要不要延长"))
    first, second = pages_of(made.data)[:2]
    assert TITLE in first
    assert TITLE not in second
    for words in ("需要督导决定", "同意计划", "目标与进度", "放学有人照看", "6月17日", "督导签名", "共", WHO):
        assert words in first, words
    assert "陈小雨" not in "".join(pages_of(made.data))


def test_every_sheet_has_marks_that_lead_to_its_record(desk: Desk, case: str) -> None:
    made = given(desk, case)
    texts = pages_of(made.data)
    assert [mark.number for mark in made.marks] == list(range(1, len(made.marks) + 1))
    sheets = {mark.sheet for mark in made.marks}
    started = supervision_copy.copy_start(desk, case)
    assert sheets == {number for number, _, _ in started.sheets}
    for mark in made.marks:
        assert mark.sheet in texts[mark.page - 1]  # the sheet's own number in the head of that page
        own = "".join(str(one.number) for one in made.marks if one.page == mark.page)
        assert own in "".join(texts[mark.page - 1].split())  # the circles of a page, one below another
        assert 0 < mark.bottom < mark.top < 842
        assert desk.read(lambda session, mark=mark: read.exists(session, mark.kind, mark.id))
    assert {"intake", "plan", "session", "case"} <= {mark.kind for mark in made.marks}
    facts = [mark for mark in made.marks if mark.kind == "session"]
    assert len(facts) > 2 * len({mark.id for mark in facts})  # each paragraph has one of its own


def test_making_a_copy_writes_it_down_once_with_its_bytes(desk: Desk, case: str) -> None:
    made = supervision_copy.make_copy(desk, case, CopyWish(WHO, "结案"))
    assert not copies(desk)  # not before it is out
    supervision_copy.note_copy(desk, made)
    supervision_copy.note_copy(desk, made)
    (one,) = copies(desk)
    assert (one.number, one.recipient, one.question) == ("2026-A001-D1", WHO, "结案")
    assert one.sha256 == hashlib.sha256(made.data).hexdigest()
    assert [tuple(mark)[:5] for mark in marks_of(one.marks)] == [tuple(mark)[:5] for mark in made.marks]
    kept = desk.read(lambda session: papers.of_number(session, "2026-A001-D1"))
    assert kept
    assert (kept.state, kept.record) == (papers.GIVEN, one.id)
    other = supervision_copy.make_copy(desk, case, CopyWish(WHO, "别的"))
    assert other.number == "2026-A001-D2"
    with pytest.raises(AppError, match="刚被用过"):
        supervision_copy.note_copy(desk, supervision_copy.Copy(**{**vars(other), "number": made.number}))


def test_erasing_takes_the_copy_too(desk: Desk, case: str) -> None:
    made = given(desk, case)
    session = mark_of(made, "session").id
    forms.erase_values(desk, session, "session", ["facts"], "服务对象要求")
    kept = desk.read(lambda one: papers.of_number(one, made.number))
    assert kept
    assert kept.state == papers.ERASED


def test_the_second_copy_says_what_changed(desk: Desk, case: str) -> None:
    first = given(desk, case)
    assert "改了什么" not in "".join(pages_of(first.data))
    plan = mark_of(first, "plan").id
    forms.save_form(desk, forms.form(desk, plan, "plan"), {"overall_goal": "放学有人接，晚饭有人做"})
    late = paper(desk, case, "session", {"date": "2026-06-20", "facts": "补写的一次会谈。"})
    told = forms.new_form(desk, "task", {"case": case})
    task = forms.save_form(desk, told, {"what": "找老师谈一次", "due_on": "2026-07-10"}).id
    tasks.finish_tasks(desk, [task])
    of = of_case(desk, case)
    lines = {(one.paper, one.what): (one.before, one.now) for one in changed_lines(of)}
    assert lines["服务计划", "总目标"] == ("放学有人接", "放学有人接，晚饭有人做")
    assert lines["过程记录", "新增过程记录"][0] == "—"
    assert len(lines) == 2  # nothing else was touched
    assert [day for day, _, _ in late_entries(of)] == ["2026-06-20"]
    second = given(desk, case)
    page = next(text for text in pages_of(second.data) if "与上一份" in text)
    for words in ("2026-A001-D1", "晚饭有人做", "补录", "找老师谈一次", "已办"):
        assert words in page, words
    at = {mark.id: mark.page for mark in reversed(second.marks)}[late]
    assert re.search(rf"{at}\s*过程记录", page)  # the page named is the one it stands on
    assert not changed_lines(of_case(desk, case))


def test_another_recipient_has_seen_nothing_yet(desk: Desk, case: str) -> None:
    given(desk, case)
    other = supervision_copy.make_copy(desk, case, CopyWish("别的督导"))
    assert "改了什么" not in "".join(pages_of(other.data))


def test_marks_are_the_same_for_the_same_file(desk: Desk, case: str) -> None:
    wish = CopyWish(WHO, "是否同意计划")
    one, two = (supervision_copy.make_copy(desk, case, wish) for _ in range(2))
    assert (one.data, one.marks) == (two.data, two.marks)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (CopyWish(""), "请写明给哪位督导"),
        (CopyWish(WHO, only=("2026-A001-99-1",)), "没有选文书"),
    ],
)
def test_what_cannot_be_made_is_said(desk: Desk, case: str, wish: CopyWish, words: str) -> None:
    with pytest.raises(AppError, match=words):
        supervision_copy.make_copy(desk, case, wish)


def test_making_and_writing_down_leave_a_line(desk: Desk, case: str) -> None:
    given(desk, case)
    desk.store.write(lambda session: None)
    done = desk.read(lambda session: queries.table(session, "SELECT action FROM access_log"))
    assert {("make_copy",), ("note_copy",)} <= set(done)
    assert not rules.TABLE["make_copy"].grant.station & {rules.CLERK, rules.ADMIN, rules.SUPERVISOR}


def test_what_identified_before_it_was_put_right_is_not_told(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(desk, case)
    client = desk.read(lambda session: material(session, desk, case, WHO)).file.case.client or ""
    wrong = {"name": "欧阳误写", "born": "1951-02-03", "way_there": "门前有枣树的那家", "nickname": "枣树公"}
    asked = forms.form(desk, client, "person")
    first = {name: wrong[name] for name in wrong if name in asked.values}
    forms.save_form(desk, asked, first)
    given(desk, case)
    right = {"name": "陈有田", "born": "1962-03-05", "nickname": "田螺哥"}
    forms.save_form(desk, forms.form(desk, client, "person"), right)
    said = "".join(f"{one.before}{one.now}" for one in changed_lines(of_case(desk, case)))
    assert len(changed_lines(of_case(desk, case))) >= 2, "that they were changed is told"
    leaks = ("误写", "1951", "枣树", "田螺")
    assert [word for word in leaks if word in said] == []
    monkeypatch.setattr(supervision_changes, "hides", lambda _question: False)
    bare = "".join(f"{one.before}{one.now}" for one in changed_lines(of_case(desk, case)))
    assert [word for word in leaks if word in bare], "control: as any other text they would be"


def test_a_remark_that_names_somebody_of_another_file_is_coded(desk: Desk, case: str) -> None:
    clean = of_case(desk, case).clean
    assert "苗满仓" in clean("问问苗满仓的意见"), "control: nobody of that name is on file"
    family(desk, name="苗满仓", id_number=None, phone=None)
    assert of_case(desk, case).clean("问问苗满仓的意见") == "问问苗某的意见"
