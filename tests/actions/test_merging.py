"""Two files of one person become one, both stay findable, and what was moved can be put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import cases, find, forms, people, undoing, visits
from sgz_desktop.actions.alike import likely_same
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.merging import merge_people, merge_preview, merged_files, unmerge_people
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.errors import AppError
from sgz_desktop.store import log, queries, read, search
from sgz_desktop.store import merging as store_merging
from sgz_desktop.store.check_search import check_search
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.proofs.roles_station import ADULT_CLIENT, CHILD, HIDDEN, desk_of, desks, furnish, owner, tells

KEPT = {"name": "陈小红", "born": "1949-03-07", "phone": "13900000217"}
OTHER = {"name": "陈晓红", "born": "1949", "phone": "13900000218", "id_number": "990000194903074025"}


@pytest.fixture
def desk(make_store: Callable[..., Store]) -> Desk:
    """The desk of a worker who heads the station too."""
    return desk_of(make_store(), "李小禾", "w-1", WORKER, HEAD)


@pytest.fixture
def pair(desk: Desk) -> tuple[str, str]:
    """Two files of one woman in two households, the second with a visit, a case and a task."""
    first = people.register_household(desk, {"village": "柳湾村"}, [MemberInput("02", KEPT)])
    second = people.register_household(desk, {"village": "柳湾村"}, [MemberInput("02", OTHER)])
    keep, other = first.people[0], second.people[0]
    visit = visits.new_visit(desk, person=other)
    rows = {"presences": [forms.RowInput("", {"person": other})]}
    forms.save_form(desk, visit, {"facts": "在家"}, rows)
    cases.open_case(desk, person=other)
    forms.save_form(desk, forms.new_form(desk, "task", {"person": other}), {"what": "送药"})
    return keep, other


def digest(desk: Desk) -> str:
    return desk.read(log.digest)


def merge(desk: Desk, keep: str, other: str, *taken: str) -> Changes:
    return merge_people(desk, keep, other, "同一个人", taken, merge_preview(desk, keep, other).seen)


def found(desk: Desk, text: str) -> list[str]:
    return [hit.id for hit in find.find_people(desk, text)]


def test_what_differs_and_what_moves_is_shown_first(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    seen = merge_preview(desk, keep, other)
    assert (seen.keep.number, seen.other.number) == ("人A0001", "人A0002")
    told = {one.label: (one.keep, one.other, one.asked) for one in seen.differing}
    assert told == {
        "姓名": ("陈小红", "陈晓红", True),
        "出生日期": ("1949年3月7日", "1949年", True),
        "身份证号": ("", "990000194903074025", False),
        "电话": ("13900000217", "13900000218", True),
    }
    assert dict(seen.moves) == {"家庭": 1, "家庭成员": 1, "走访": 1, "见到的人": 1, "个案": 1, "待办": 1}


def test_everything_goes_over_and_both_are_found(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    changes = merge(desk, keep, other, "id_number")
    assert not changes.conflicts
    page = people.person_page(desk, keep)
    assert page.form.values["phone"] == "13900000217"
    assert page.form.values["id_number"] == "990000194903074025"
    assert page.form.values["number"] == "人A0001"
    assert [case.client for case in page.cases] == [keep]
    assert [task.what for task in page.tasks] == ["送药"]
    assert len(people.list_people(desk)) == 1
    for text in ("人A0002", "陈晓红", "cxh", "4025", "990000194903074025", "13900000218", "0217", "人A0001"):
        assert found(desk, text) == [keep], text
    assert [hit.id for hit in likely_same(desk, {"name": "陈晓红", "born": "1949"})] == [keep]
    assert {one.id for one in find.find(desk, "陈晓红") if one.kind == "person"} == {keep}
    assert people.person_page(desk, other).line.id == keep
    assert [(one.id, one.number, one.why) for one in merged_files(desk, keep)] == [
        (other, "人A0002", "同一个人")
    ]


def test_no_reference_to_the_other_is_left(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    declared = {
        (kind, name)
        for kind, record in BY_KIND.items()
        for name, asked in questions(record).items()
        if asked.kind.name == "ref" and "person" in (ref_kinds(asked.kind) or ("person",))
    }
    assert set(store_merging.person_fields()) == declared
    merge(desk, keep, other)
    assert desk.read(lambda session: store_merging.named_by(session, other)) == {}


def test_taken_apart_it_is_as_before(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    before = digest(desk)
    merge(desk, keep, other, "id_number", "name", "born")
    assert digest(desk) != before
    undone = unmerge_people(desk, other, "不是同一个人")
    assert undone.stayed == ()
    assert digest(desk) == before
    assert found(desk, "陈晓红") == [other]
    assert found(desk, "陈小红") == [keep]
    assert people.person_page(desk, other).line.id == other
    assert list(desk.read(lambda session: list(check_search(session, lambda _done: None)))) == []
    merge(desk, keep, other)  # and together again
    assert found(desk, "陈晓红") == [keep]


def test_what_was_changed_since_stays_and_is_said(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    merge(desk, keep, other, "phone")
    forms.save_form(desk, forms.form(desk, keep, "person"), {"phone": "13900000999"})
    undone = unmerge_people(desk, other, "不是同一个人")
    assert undone.stayed == ("服务对象的电话",)
    assert people.person_page(desk, keep).form.values["phone"] == "13900000999"
    assert people.person_page(desk, other).form.values["phone"] == "13900000218"


def test_what_somebody_changed_while_choosing_stays_beside(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    shown = merge_preview(desk, keep, other)
    forms.save_form(desk, forms.form(desk, keep, "person"), {"phone": "13900000999"})
    changes = merge_people(desk, keep, other, "同一个人", ["phone"], shown.seen)
    assert changes.conflicts == (("person", keep, "phone"),)
    values = {one.value for one in forms.form(desk, keep, "person").conflicts["phone"]}
    assert values == {"13900000999", "13900000218"}


def test_one_household_holds_one_person_once(desk: Desk) -> None:
    home = people.register_household(
        desk, {"village": "柳湾村"}, [MemberInput("02", KEPT), MemberInput("20", OTHER)]
    )
    keep, other = home.people
    before = digest(desk)
    merge(desk, keep, other)
    page = people.person_page(desk, keep)
    assert [one.id for one in page.household_people] == [keep]
    unmerge_people(desk, other, "两个人")
    assert digest(desk) == before


def test_nobody_becomes_a_relative_of_themselves(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    form = forms.new_form(desk, "kinship", {"person": keep})
    forms.save_form(desk, form, {"who": other, "relation": "20"})
    before = digest(desk)
    merge(desk, keep, other)
    rows = forms.form(desk, keep, "person").rows["kin"]
    assert rows == ()
    unmerge_people(desk, other, "两个人")
    assert digest(desk) == before


def test_merged_in_a_row_leads_to_the_last_and_comes_apart_in_turn(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    third = people.register_household(desk, {}, [MemberInput("02", {"name": "陈小洪"})]).people[0]
    before = digest(desk)
    merge(desk, keep, other)
    merge(desk, third, keep)
    assert found(desk, "陈晓红") == found(desk, "陈小红") == [third]
    assert people.person_page(desk, other).line.id == third
    assert len(merged_files(desk, third)) == 2
    with pytest.raises(AppError, match="之后又合并过一次"):
        unmerge_people(desk, other, "先拆这个")
    unmerge_people(desk, keep, "拆开")
    unmerge_people(desk, other, "拆开")
    assert digest(desk) == before


def test_what_cannot_be_merged(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    before = digest(desk)
    with pytest.raises(AppError, match="请写明"):
        merge_people(desk, keep, other, " ", [], {})
    with pytest.raises(AppError, match="同一份档案"):
        merge_people(desk, keep, keep, "重复", [], {})
    for one, two in ((keep, "nobody"), ("nobody", other)):
        with pytest.raises(AppError, match="已经合并或删除"):
            merge_people(desk, one, two, "重复", [], {})
    with pytest.raises(AppError, match="没有并入别人"):
        unmerge_people(desk, other, "拆开")
    with pytest.raises(AppError, match="请写明"):
        unmerge_people(desk, other, "")
    assert digest(desk) == before
    merge(desk, keep, other, "number", "merged_into", "filed_on")  # each keeps its own number
    assert forms.form(desk, keep, "person").values["number"] == "人A0001"
    with pytest.raises(AppError, match="已经合并或删除"):
        merge_people(desk, keep, other, "再来一次", [], {})
    with pytest.raises(AppError, match="请用“拆开”"):
        undoing.restore_record(desk, other, "person", "恢复")


def test_a_merge_is_one_edit_and_can_be_undone_at_once(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    before, edits = digest(desk), desk.read(log.counts)["edits"]
    changes = merge(desk, keep, other, "phone")
    assert desk.read(log.counts)["edits"] == edits + 1
    assert changes.edit
    assert undoing.undo_edit(desk, changes.edit).stayed == ()
    assert digest(desk) == before


def test_what_is_erased_is_erased_in_the_files_merged_too(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    merge(desk, keep, other)
    assert found(desk, "13900000218") == [keep]
    forms.erase_values(desk, keep, "person", ["phone"], "本人要求")
    assert found(desk, "13900000218") == found(desk, "13900000217") == []
    assert desk.read(lambda session: read.get(session, Person, other)).phone is None  # type: ignore[union-attr]
    unmerge_people(desk, other, "两个人")
    assert desk.read(lambda session: read.get(session, Person, keep)).phone is None  # type: ignore[union-attr]


def test_a_hidden_case_goes_along_unseen(make_store: Callable[..., Store]) -> None:
    """The worker who merges sees and is told nothing of it; its own worker finds it with the one kept."""
    store = make_store(now=lambda: 1_782_800_000_000)
    furnish(store)
    worker, head = desks(store)[WORKER], desks(store)[HEAD]
    twin = people.register_household(worker, {}, [MemberInput("02", {"name": "陈小逗"})]).people[0]
    counts = dict(merge_preview(worker, twin, CHILD).moves), dict(merge_preview(head, twin, CHILD).moves)
    assert (counts[0]["个案"], counts[1]["个案"]) == (1, 2)
    before = store.read(log.digest)
    merge(worker, twin, CHILD)
    assert not tells(people.person_page(worker, twin), HIDDEN)
    assert cases.case_page(owner(store), HIDDEN).client == twin
    assert cases.case_page(head, HIDDEN).form.values["guardian_hidden"] is True
    with pytest.raises(AppError, match="权限"):
        cases.case_page(worker, HIDDEN)
    undone = unmerge_people(worker, CHILD, "两个孩子")
    assert undone.stayed == ()
    assert store.read(log.digest) == before


def test_who_may_merge(make_store: Callable[..., Store]) -> None:
    store = make_store(now=lambda: 1_782_800_000_000)
    furnish(store)
    for role, desk in desks(store).items():
        if role in (WORKER, HEAD):
            continue
        for work in (merge_people, unmerge_people):
            given = (ADULT_CLIENT, CHILD, "重复", [], {})[: 5 if work is merge_people else 2]
            with pytest.raises(AppError, match="其他岗位的权限"):
                work(desk, *given)  # type: ignore[operator]


FIELDS = (
    "name",
    "former_name",
    "nickname",
    "phone",
    "sex",
    "born",
    "disability_grade",
    "disability_kinds",
    "note",
)
VALUES = st.fixed_dictionaries({}, optional={name: st.sampled_from(["甲", "乙", "1"]) for name in FIELDS})
REFS = st.lists(st.sampled_from(store_merging.person_fields()), max_size=6)
LATER = st.lists(st.tuples(st.booleans(), st.sampled_from(FIELDS), st.sampled_from(["丙", "丁"])), max_size=4)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(desk: Desk, *writes: Write) -> None:
    saving = desk.doing("save_form")
    desk.write(lambda session: saving.record(session, "", writes))


def put_down(desk: Desk, keep: str, other: str, one: dict[str, str], two: dict[str, str], refs: Any) -> None:
    people = [Write("person", keep, {**one, "number": "1"}), Write("person", other, {**two, "number": "2"})]
    named = [
        Write(kind, desk.ids(), {name: other})
        for kind, name in refs
        if (kind, name) != ("person", "merged_into")
    ]
    written(desk, *people, *named)


@given(one=VALUES, two=VALUES, refs=REFS, taken=st.lists(st.sampled_from(FIELDS)))
@QUICK
def test_together_and_apart_is_as_before(
    desk: Desk, one: dict[str, str], two: dict[str, str], refs: Any, taken: list[str]
) -> None:
    """Whatever two files hold, whatever names them, whatever was chosen."""
    keep, other = desk.ids(), desk.ids()
    put_down(desk, keep, other, one, two, refs)
    before = digest(desk)
    cells = [questions(BY_KIND["person"])[name].cell for name in taken]
    merge(desk, keep, other, *dict.fromkeys(cells))
    assert desk.read(lambda session: store_merging.named_by(session, other)) == {}
    assert unmerge_people(desk, other, "两个人").stayed == ()
    assert digest(desk) == before


@given(one=VALUES, two=VALUES, refs=REFS, later=LATER, taken=st.lists(st.sampled_from(FIELDS)))
@QUICK
def test_what_others_wrote_meanwhile_is_never_lost(
    desk: Desk, one: dict[str, str], two: dict[str, str], refs: Any, later: Any, taken: list[str]
) -> None:
    """Values written on either file without having seen the merge stand: shown, or in conflict beside."""
    keep, other = desk.ids(), desk.ids()
    put_down(desk, keep, other, one, two, refs)
    seen = {id: forms.form(desk, id, "person").seen for id in (keep, other)}
    cells = [questions(BY_KIND["person"])[name].cell for name in taken]
    merge(desk, keep, other, *dict.fromkeys(cells))
    meanwhile: dict[tuple[str, str], str] = {}
    for of_keep, name, value in later:
        id = keep if of_keep else other
        cell = questions(BY_KIND["person"])[name].cell
        if (id, cell) not in meanwhile:
            meanwhile[id, cell] = value
            written(desk, Write("person", id, {name: value}, seen[id]))
    for (id, cell), value in meanwhile.items():
        loaded = desk.read(lambda session, id=id: read.load(session, BY_KIND["person"], id))
        assert loaded is not None
        heads = desk.read(
            lambda session, id=id, cell=cell: queries.table(
                session,
                """SELECT c.value FROM head h JOIN change c ON c.cid = h.cid JOIN entity n ON n.rid = h.rid
                JOIN cell_name f ON f.fid = h.fid WHERE n.id = ? AND f.cell = ?""",
                id,
                cell,
            )
        )
        assert any(value.encode() in bytes(head) for (head,) in heads)
    unmerge_people(desk, other, "两个人")
    assert desk.read(search.waiting) == 0


def test_two_valid_numbers_or_two_sexes_speak_against_a_merge(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    assert merge_preview(desk, keep, other).doubt == ""
    forms.save_form(desk, forms.form(desk, keep, "person"), {"id_number": "990000195001010027", "sex": "2"})
    forms.save_form(desk, forms.form(desk, other, "person"), {"sex": "1", "born": "1949-03-08"})
    doubt = merge_preview(desk, keep, other).doubt
    assert "身份证号都有效但不同，性别不同" in doubt
    assert "出生日期不同" in doubt
    assert doubt.endswith("可能不是同一人，请核对后再合并。")
